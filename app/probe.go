package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// probe tells end-to-end tests when something has settled, one JSON line an
// event. It says nothing of where things are: tests must look at the screen. It
// is silent unless LEDE_PROBE names a file.
type probe struct {
	mu   sync.Mutex
	file *os.File
}

func newProbe() *probe {
	path := os.Getenv("LEDE_PROBE")
	if path == "" {
		return &probe{}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		slog.Warn("probe", "error", err)
	}
	return &probe{file: f}
}

// say writes an event with its fields, given as key, value, key, value.
func (p *probe) say(event string, fields ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file == nil {
		return
	}
	line := map[string]any{"event": event}
	for i := 0; i+1 < len(fields); i += 2 {
		line[fmt.Sprint(fields[i])] = fields[i+1]
	}
	raw, err := json.Marshal(line)
	if err != nil {
		slog.Warn("probe", "error", err)
		return
	}
	if _, err := p.file.Write(append(raw, '\n')); err != nil {
		slog.Warn("probe", "error", err)
	}
}

// took says how long our own work on a gesture took, from its handler to the last
// refresh: what is painted afterwards is not in it. The benchmarks of the window
// read it.
func (p *probe) took(what string, begin time.Time) {
	p.say("took", "name", what, "ms", float64(time.Since(begin).Microseconds())/1000)
}

func (p *probe) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != nil {
		_ = p.file.Close() // only tests read it
		p.file = nil
	}
}
