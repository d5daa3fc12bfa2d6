package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"math/rand"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The bounds of DESIGN §9: our own work in milliseconds, and the goal for the
// painted frame.
const (
	openBound  = 20.0
	openGoal   = 50.0 // for 1 MB
	stepBound  = 4.0
	frameShare = 1000.0 / 60 // what a step may take over the empty view's frame
)

// size is an article of the benchmarks.
type size struct {
	name         string
	bytes, spans int
	kind         string // what makes it hard, as framebench calls it
}

var (
	sizes = []size{
		{"5KB", 5 << 10, 10, ""}, {"100KB", 100 << 10, 500, ""}, {"1MB", 1 << 20, 5000, ""}, {"10MB", 10 << 20, 50_000, ""},
	}
	hardSizes = []size{
		{"100KB dense", 100 << 10, 5000, ""},
		{"10MB in one line", 10 << 20, 50_000, "line"},
		{"a million newlines", 1_000_000, 5000, "newlines"},
		{"2MB of Arabic in one line", 2 << 20, 5000, "arabic"},
		{"10MB and one span over all", 10 << 20, 50_000, "over"},
		{"100KB nested", 100 << 10, 5000, "nested"},
	}
)

// BenchmarkWindow measures the text view in a real window: an article is opened,
// a word tagged, the text scrolled. Own work is held against its bound; until the
// painted frame is printed beside an empty view's in the same run. Whether the tag
// is on the screen is seen in a picture.
func BenchmarkWindow(b *testing.B) {
	w := newBenchWindow(b)
	for range 30 {
		w.do("mark")
	}
	var empty []float64
	for range 40 {
		empty = append(empty, w.do("empty").Frame)
	}
	nothing := median(empty)
	b.Logf("an empty view: painted after %.1f ms (median)", nothing)
	for _, size := range append(slices.Clone(sizes), hardSizes...) {
		open := fmt.Sprintf("open %d %d %s", size.bytes, size.spans, size.kind)
		b.Run("open/"+size.name, func(b *testing.B) {
			w.repeat(b, openBound, max(openGoal, nothing+frameShare), nothing, func() timing { return w.do(open) })
		})
		w.do(open)
		b.Run("tag/"+size.name, func(b *testing.B) {
			w.repeat(b, stepBound, nothing+frameShare, nothing, func() timing {
				w.do("untag")
				return w.do("tag")
			})
			w.shows(b)
		})
		b.Run("scroll/"+size.name, func(b *testing.B) {
			w.repeat(b, stepBound, nothing+frameShare, nothing, func() timing { return w.do("scroll") })
		})
	}
}

// timing is what a step took, in milliseconds.
type timing struct {
	Work, Frame float64
	Error       string
}

// benchWindow is a running framebench.
type benchWindow struct {
	b    *testing.B
	desk *desk
	in   io.Writer
	out  *bufio.Scanner
	said *strings.Builder
	pid  int
}

func newBenchWindow(b *testing.B) *benchWindow {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "framebench")
	if err := build(binary, "lede/app/e2e/framebench"); err != nil {
		b.Fatal(err)
	}
	w := &benchWindow{b: b, desk: newDesk(b), said: &strings.Builder{}}
	cmd := exec.Command(binary)
	cmd.Env = w.desk.environment()
	cmd.Stderr = w.said
	var err error
	if w.in, err = cmd.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	w.out = bufio.NewScanner(out)
	w.desk.spawn(cmd)
	w.pid = cmd.Process.Pid
	w.check("start", w.answer("start"))
	return w
}

// do has a command done, which must not fail.
func (w *benchWindow) do(command string) timing {
	w.b.Helper()
	return w.check(command, w.tell(command))
}

func (w *benchWindow) tell(command string) timing {
	w.b.Helper()
	if _, err := fmt.Fprintln(w.in, command); err != nil {
		w.b.Fatalf("%s: %v: %s", command, err, w.said)
	}
	return w.answer(command)
}

func (w *benchWindow) check(command string, a timing) timing {
	w.b.Helper()
	if a.Error != "" {
		w.b.Fatalf("%s: %s. Is there a GL driver? %s", command, a.Error, w.said)
	}
	return a
}

// answer reads a line. A window that cannot be opened (no GL driver) ends the
// benchmarks here.
func (w *benchWindow) answer(command string) timing {
	w.b.Helper()
	var a timing
	if !w.out.Scan() {
		w.b.Fatalf("%s: the window has ended, perhaps for want of a GL driver: %s", command, w.said)
	}
	if err := json.Unmarshal(w.out.Bytes(), &a); err != nil {
		w.b.Fatalf("%s: %v: %s", command, err, w.said)
	}
	return a
}

// repeat does a step again and again and reports medians.
func (w *benchWindow) repeat(b *testing.B, bound, goal, nothing float64, step func() timing) {
	b.Helper()
	w.b = b
	var work, frame []float64
	for b.Loop() {
		t := step()
		work, frame = append(work, t.Work), append(frame, t.Frame)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(work), "own-ms")
	b.ReportMetric(median(frame), "painted-ms")
	b.Logf("own work %.2f ms (bound %.0f ms) %s; painted after %.1f ms (goal %.1f ms, an empty view %.1f ms) %s",
		median(work), bound, verdict(median(work), bound), median(frame), goal, nothing, verdict(median(frame), goal))
}

func verdict(value, bound float64) string {
	if value <= bound {
		return "ok"
	}
	return "OVER"
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// shows fails unless the tagged word stands on another ground than without the tag,
// and the word after it on the same.
func (w *benchWindow) shows(b *testing.B) {
	b.Helper()
	tagged := w.desk.picture()
	w.do("untag")
	bare := w.desk.picture()
	k := drawInk(b, reading, "Zanzibar")
	seen := pageOf(tagged, tagged.Rect).look(k)
	if len(seen) != 1 {
		b.Fatalf("the tagged word was seen %d times. See %s", len(seen), keep(b, "tagged", tagged))
	}
	if changed := changes(bare, tagged, seen[0].Rectangle); changed < 0.5 {
		b.Fatalf("%.0f %% of the tagged word's ground changed by the tag. See %s", 100*changed, keep(b, "tagged", tagged))
	}
	beside := seen[0].Add(image.Pt(2*seen[0].Dx(), 0))
	if changed := changes(bare, tagged, beside); changed > 0 {
		b.Fatalf("%.0f %% of the ground beside the tagged word changed too. See %s", 100*changed, keep(b, "tagged", tagged))
	}
}

// changes is the share of the pixels of a box that differ between two pictures.
func changes(a, b *image.RGBA, box image.Rectangle) float64 {
	n := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(box.Dx()*box.Dy())
}

// BenchmarkProgram measures the whole program's own work on a project that holds
// articles of several sizes: it goes from one to the next, and tags a word. This is
// more than BenchmarkWindow's: the store is read, the panels follow.
func BenchmarkProgram(b *testing.B) {
	d := newDesk(b)
	d.cli("new", d.project)
	lines := filepath.Join(d.home, "long.jsonl")
	write(b, lines, longArticles())
	d.cli("import", d.project, lines)
	p := d.open()
	for i, size := range sizes {
		b.Run("open/"+size.name, func(b *testing.B) {
			p.timed(b, openBound, "next", func() { p.goTo(i) })
		})
		b.Run("tag/"+size.name, func(b *testing.B) {
			p.goTo(i)
			zanzibar := p.see(reading, "Zanzibar", 0)
			p.timed(b, stepBound, "label", func() {
				p.click(zanzibar.middle(), 2)
				p.key("1")
				p.key("ctrl+z")
				p.settleDown()
			})
		})
	}
}

// timed does something again and again, and reports the median of what the program
// says that its last such step took.
func (p *program) timed(b *testing.B, bound float64, what string, do func()) {
	b.Helper()
	var took []float64
	for n := 0; n < max(5, min(b.N, 15)); n++ {
		mark := p.mark()
		do()
		h := p.waitFor("took", mark, func(h happening) bool { return h.Name == what })
		for _, later := range p.probe.all(b)[mark:] {
			if later.Event == "took" && later.Name == what {
				h = later
			}
		}
		took = append(took, h.Ms)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(took), "own-ms")
	b.Logf("the program's own work %.2f ms (bound %.0f ms) %s", median(took), bound, verdict(median(took), bound))
}

// goTo leaves the nth article of the list and comes back to it: the last step of
// the program opens it.
func (p *program) goTo(n int) {
	p.t.Helper()
	p.key("Escape", "Escape")
	p.openArticle(refOf(n))
	away, back := "ctrl+Down", "ctrl+Up"
	if n == len(sizes)-1 {
		away, back = back, away
	}
	for _, key := range []string{away, back} {
		mark := p.mark()
		p.key(key)
		p.wait("took", mark) // said last
	}
}

// settleDown waits until the program has said nothing for a while.
func (p *program) settleDown() {
	for was := -1; was != p.mark(); time.Sleep(250 * time.Millisecond) {
		was = p.mark()
	}
}

func refOf(n int) string { return "long-" + sizes[n].name }

// longArticles are articles of the benchmarks' sizes, as lines for import.
func longArticles() string {
	r := rand.New(rand.NewSource(1))
	words := strings.Fields("the minister said on Tuesday that protesters gathered outside parliament while police officers blocked several roads")
	var out strings.Builder
	for n, size := range sizes {
		var text strings.Builder
		text.WriteString("Zanzibar")
		for i := 1; text.Len() < size.bytes; i++ {
			text.WriteString([]string{" ", ". ", ".\n"}[min(2, (i%14)/13+2*((i%90)/89))])
			text.WriteString(words[r.Intn(len(words))])
		}
		type span struct {
			ID    string `json:"id"`
			Label string `json:"label"`
			Start int    `json:"start"`
			End   int    `json:"end"`
		}
		spans := make([]span, size.spans)
		for i := range spans {
			start := 120 + r.Intn(text.Len()-200)
			spans[i] = span{fmt.Sprintf("%s-%d", size.name, i), []string{"actor", "event", "quote"}[i%3], start, start + 5 + r.Intn(30)}
		}
		line, err := json.Marshal(map[string]any{
			"id": refOf(n), "title": "An article of " + size.name, "text": text.String(), "annotator": "ana", "spans": spans,
		})
		if err != nil {
			panic(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.String()
}
