// Command framebench shows the annotated text view alone in a real window and does
// to it what it is told on standard input, a command a line:
//
//	open BYTES SPANS [KIND]   show an article with so many spans; see hard.go
//	tag                give a label to the first word, as by its key
//	untag              take the label off again
//	scroll             one notch of the wheel
//	page               a window's height on; fails at the end
//	empty              show nothing, and paint that
//	mark               choose and let go, so that a frame is due (a warm-up)
//
// It answers each with a line of JSON: the milliseconds of our own work (from the
// handler of the event to the refresh that ends it) and those until the painted
// frame was handed over. The benchmarks of package e2e drive it. With the argument
// "bare" it shows an empty window and does nothing.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/textview"
)

// answer is a line of output.
type answer struct {
	Work  float64 `json:"work"`  // ms
	Frame float64 `json:"frame"` // ms from the same start to the painted frame
	Error string  `json:"error,omitempty"`
}

func main() {
	app.SetMetadata(fyne.AppMetadata{ID: "org.lede.framebench", Name: "framebench", Migrations: map[string]bool{"fyneDo": true}})
	a := app.New()
	w := a.NewWindow("framebench")
	w.Resize(fyne.NewSize(1280, 800))
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		w.ShowAndRun()
		return
	}
	b := newBench()
	w.SetContent(container.NewStack(b.view, b.frames))
	w.SetPadded(false)
	w.Canvas().Focus(b.view)
	go func() {
		b.serve()
		fyne.Do(a.Quit)
	}()
	w.ShowAndRun()
}

// bench is the view and the article in it.
type bench struct {
	view   *textview.View
	frames *frames
	source string
	items  []textview.Item
}

func newBench() *bench {
	b := &bench{frames: newFrames()}
	labels := map[string]textview.LabelStyle{}
	for i, name := range names {
		labels[name] = textview.LabelStyle{Title: name, Color: colors[i], Pattern: textview.Pattern(i)}
	}
	b.view = textview.New(textview.Options{Faces: textview.SystemFaces(), Labels: labels})
	table := commands.NewTable(commands.Linux)
	table.SetLabels([]commands.Label{{ID: "tag", Title: "Tag", Hotkey: "1"}}, func(string) { b.tag() }, nil, nil)
	b.view.Keys = table.Keyboard()
	return b
}

// serve does what standard input says, until it ends.
func (b *bench) serve() {
	out := json.NewEncoder(os.Stdout)
	_ = out.Encode(b.measure(func() { b.view.Refresh() })) // ready: a frame was painted
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		words := strings.Fields(in.Text())
		if len(words) == 0 {
			continue
		}
		_ = out.Encode(b.do(words[0], words[1:]))
	}
}

func (b *bench) do(command string, args []string) answer {
	switch command {
	case "open":
		if len(args) < 2 {
			return answer{Error: "open BYTES SPANS [KIND]"}
		}
		bytes, _ := strconv.Atoi(args[0])
		spans, _ := strconv.Atoi(args[1])
		b.source, b.items = article(bytes, spans)
		if len(args) > 2 {
			b.source, b.items = hard(args[2], bytes, spans)
		}
		runtime.GC()
		return b.measure(b.open)
	case "tag":
		fyne.DoAndWait(func() { b.view.SetSelection(first) })
		return b.measure(func() { b.view.TypedKey(&fyne.KeyEvent{Name: fyne.Key1}) })
	case "untag":
		return b.measure(func() {
			b.view.RemoveItem(0, "tagged")
			b.view.Refresh()
		})
	case "scroll":
		time.Sleep(40 * time.Millisecond) // a step by itself: those within a frame are added up
		return b.measure(func() { b.view.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}) })
	case "page":
		return b.page()
	case "empty":
		fyne.DoAndWait(func() {
			b.view.SetHeader("", "")
			b.view.SetText(text.New(""))
		})
		return b.measure(func() { b.view.Refresh() })
	case "mark":
		return b.measure(func() { b.view.Refresh() })
	}
	return answer{Error: "unknown command " + command}
}

// page scrolls by a window's height.
func (b *bench) page() answer {
	was := b.view.ScrollPosition()
	a := b.measure(func() { b.view.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -b.view.Size().Height)}) })
	if b.view.ScrollPosition() == was {
		a.Error = "the end"
	}
	return a
}

// open is what the window does with an article that the store has handed over.
func (b *bench) open() {
	b.view.SetHeader("A headline of the usual length", "Varno Tribune · 4 March 2026 · English")
	b.view.SetText(text.New(b.source))
	b.view.SetLayers([]textview.Layer{{Name: "mine", Items: b.items, Editable: true}})
}

// first is the range of the first word of every article here.
var first = text.Range{Start: 0, End: len(opening)}

const opening = "Zanzibar"

func (b *bench) tag() {
	b.view.PutItem(0, textview.Item{ID: "tagged", Label: "actor", Fragments: []text.Range{first}})
	b.view.ClearSelection()
}

// measure does something on the main goroutine and waits for its frame.
func (b *bench) measure(f func()) answer {
	var a answer
	start := time.Now()
	fyne.DoAndWait(func() {
		start = time.Now()
		f()
		a.Work = ms(time.Since(start))
		b.frames.want = true
	})
	select {
	case end := <-b.frames.painted:
		a.Frame = ms(end.Sub(start))
	case <-time.After(20 * time.Second):
		a.Error = "no frame was painted within 20 seconds"
	}
	return a
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// frames hears of painted frames. Fyne tells nobody; but it asks every widget for
// its least size before it paints, and does what is queued after.
type frames struct {
	widget.BaseWidget
	want    bool
	painted chan time.Time
}

func newFrames() *frames {
	f := &frames{painted: make(chan time.Time, 1)}
	f.ExtendBaseWidget(f)
	return f
}

func (f *frames) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

func (f *frames) MinSize() fyne.Size {
	if f.want {
		f.want = false
		fyne.Do(func() { f.painted <- time.Now() })
	}
	return fyne.NewSize(1, 1)
}

// article makes a text that begins with the opening, and spans that lie spread
// over it but not on its first line.
func article(bytes, spans int) (string, []textview.Item) {
	r := rand.New(rand.NewSource(1))
	var b strings.Builder
	b.Grow(bytes + 64)
	b.WriteString(opening)
	for n := 1; b.Len() < bytes; n++ {
		switch {
		case n%90 == 0:
			b.WriteString(".\n")
		case n%14 == 0:
			b.WriteString(". ")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(words[r.Intn(len(words))])
	}
	s := b.String()
	items := make([]textview.Item, spans)
	for i := range items {
		long := 5 + r.Intn(30)
		if i%8 == 0 {
			long = 100 + r.Intn(100)
		}
		start := 120 + r.Intn(max(1, len(s)-long-120))
		items[i] = textview.Item{
			ID: fmt.Sprint("s", i), Label: names[i%len(names)],
			Fragments: []text.Range{{Start: start, End: min(len(s), start+long)}},
		}
	}
	return s, items
}

var words = strings.Fields(`the minister said on Tuesday that protesters gathered outside parliament while
police officers blocked several roads near central station and a spokesman for the opposition party called the
decision wholly unacceptable government officials negotiations yesterday reported killed injured demonstration strike`)
