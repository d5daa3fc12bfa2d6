package cli

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"lede/annotate/format"
)

// progress draws a bar on stderr while long work goes on, if that is a terminal.
type progress struct {
	a     *app
	mu    sync.Mutex
	last  time.Time
	drawn bool
}

// startProgress returns what to call with news, and what to call at the end.
func (a *app) startProgress() (news func(format.Progress), done func()) {
	if !terminal(a.Stderr) {
		return func(format.Progress) {}, func() {}
	}
	p := &progress{a: a}
	return p.news, p.clear
}

// startSteps is startProgress for work that counts its steps.
func (a *app) startSteps(phase format.Phase) (news func(done, total int), done func()) {
	tell, done := a.startProgress()
	return func(n, total int) { tell(format.Progress{Phase: phase, Done: n, Total: total}) }, done
}

func (p *progress) news(n format.Progress) {
	const often = 100 * time.Millisecond
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.a.Env.Now()
	if now.Sub(p.last) < often {
		return
	}
	p.last, p.drawn = now, true
	_, _ = fmt.Fprint(p.a.Stderr, "\r\x1b[K"+bar(n)) // a bar that cannot be drawn is no loss
}

func bar(n format.Progress) string {
	const width = 30
	if n.Total <= 0 {
		return fmt.Sprintf("%s: %s", n.Phase, plural(n.Done, "article"))
	}
	full := min(width, n.Done*width/n.Total)
	return fmt.Sprintf("%s [%s%s] %d of %d", n.Phase, strings.Repeat("#", full), strings.Repeat(" ", width-full), n.Done, n.Total)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		_, _ = fmt.Fprint(p.a.Stderr, "\r\x1b[K")
	}
}

// terminal says whether a person may be looking at w.
func terminal(w any) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && file.Name() != os.DevNull
}
