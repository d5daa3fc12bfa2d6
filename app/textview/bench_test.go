package textview

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

// scenes are the articles that speed is promised for.
var scenes = []struct {
	name         string
	bytes, spans int
}{
	{"5KB/10", 5_000, 10},
	{"100KB/500", 100_000, 500},
	{"1MB/5000", 1_000_000, 5_000},
	{"10MB/50000", 10_000_000, 50_000},
	{"100KB/5000", 100_000, 5_000},
}

// scene is one of scenes, or one that is made to be hard.
type scene struct {
	name  string
	text  func() string
	items func(length int) []Item
	bound float64 // ms to open; 0 for no promise
}

func everyScene() []scene {
	var all []scene
	for _, s := range scenes {
		bound := openBound
		if s.bytes > 1_000_000 {
			bound = 0
		}
		all = append(all, scene{s.name, prose(s.bytes), some(s.spans), bound})
	}
	return append(all,
		scene{"10MB in one line/50000", func() string { return strings.ReplaceAll(article(10_000_000), "\n", " ") }, some(50_000), 0},
		scene{"a million newlines/5000", func() string { return strings.Repeat("\n", 1_000_000) }, some(5_000), 0},
		scene{"2MB of Arabic in one line/5000", arabic, some(5_000), 0},
		scene{"10MB/50000 and one over all", prose(10_000_000), withOneOverAll(50_000), 0},
		scene{"100KB/5000 nested in one paragraph", prose(100_000), nested(5_000), openBound},
	)
}

func prose(bytes int) func() string { return func() string { return article(bytes) } }

// arabic is 2 MB without a line break.
func arabic() string {
	const sentence = "أعلنت الحكومة يوم الاثنين أن المفاوضات مع النقابة انهارت للمرة الثالثة هذا العام (NATO 2026). "
	return strings.Repeat(sentence, 2_000_000/len(sentence))
}

func some(n int) func(int) []Item { return func(length int) []Item { return someItems(length, n) } }

func withOneOverAll(n int) func(int) []Item {
	return func(length int) []Item {
		all := Item{ID: "all", Label: "quote", Fragments: []text.Range{{Start: 0, End: length}}}
		return append([]Item{all}, someItems(length, n)...)
	}
}

// nested are spans each of which holds the next: as many as the first paragraph has
// room for, then again from the outside.
func nested(n int) func(int) []Item {
	return func(int) []Item {
		const paragraph = 500
		items := make([]Item, n)
		for i := range items {
			in := i % (paragraph/2 - 1)
			items[i] = Item{ID: fmt.Sprint("s", i), Label: []string{"actor", "event", "quote"}[i%3], Fragments: []text.Range{{Start: in, End: paragraph - in}}}
		}
		slices.SortStableFunc(items, func(a, b Item) int { return a.Fragments[0].Start - b.Fragments[0].Start })
		return items
	}
}

// Bounds on our own work, in milliseconds: from the handler to the refresh.
const (
	openBound   = 20.0
	tagBound    = 4.0
	scrollBound = 4.0
)

var vocabulary = strings.Fields("the minister said on Tuesday that protesters gathered outside parliament while police officers blocked several roads near central station and a spokesman for the opposition party called the decision wholly unacceptable office affluent AVATAR To we government officials negotiations yesterday reported killed injured demonstration strike")

func article(n int) string {
	r := rand.New(rand.NewSource(1))
	var b strings.Builder
	b.Grow(n + 100)
	for k := 1; b.Len() < n; k++ {
		b.WriteString(vocabulary[r.Intn(len(vocabulary))])
		switch {
		case k%90 == 0:
			b.WriteString(".\n")
		case k%14 == 0:
			b.WriteString(". ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()[:n]
}

func someItems(length, n int) []Item {
	r := rand.New(rand.NewSource(2))
	labels := []string{"actor", "event", "quote"}
	items := make([]Item, n)
	for i := range items {
		l := 5 + r.Intn(30)
		if i%8 == 0 {
			l = 100 + r.Intn(100)
		}
		a := r.Intn(max(1, length-l))
		items[i] = Item{ID: fmt.Sprint("s", i), Label: labels[i%3], Fragments: []text.Range{{Start: a, End: min(length, a+l)}}}
	}
	// In text order, as an annotation set lists its spans.
	slices.SortStableFunc(items, func(a, b Item) int { return a.Fragments[0].Start - b.Fragments[0].Start })
	return items
}

// report prints our own time of one step, its bound, and whether it holds.
func report(b *testing.B, spent time.Duration, bound float64) {
	own := float64(spent.Microseconds()) / 1000 / float64(b.N)
	b.ReportMetric(own, "own-ms")
	if bound == 0 {
		b.Logf("%.2f ms, no bound", own)
		return
	}
	verdict := "ok"
	if own > bound {
		verdict = "OVER"
	}
	b.ReportMetric(bound, "bound-ms")
	b.Logf("%.2f ms, bound %g ms: %s", own, bound, verdict)
}

func BenchmarkOpen(b *testing.B) {
	for _, s := range everyScene() {
		b.Run(s.name, func(b *testing.B) {
			r := newRig(b, "x", 712, 750)
			t := text.New(s.text())
			layers := []Layer{{Items: s.items(t.Len()), Editable: true}}
			b.ResetTimer()
			start := time.Now()
			for range b.N {
				r.SetText(t)
				r.SetLayers(layers)
			}
			report(b, time.Since(start), s.bound)
		})
	}
}

func BenchmarkTag(b *testing.B) {
	for _, s := range everyScene() {
		b.Run(s.name, func(b *testing.B) {
			r := newRig(b, s.text(), 712, 750)
			length := r.Text().Len()
			r.SetLayers([]Layer{{Items: s.items(length), Editable: true}})
			b.ResetTimer()
			start := time.Now()
			for i := range b.N {
				o := i * 37 % min(length-50, 2000)
				r.PutItem(0, Item{ID: fmt.Sprint("new", i%200), Label: "quote", Fragments: []text.Range{{Start: o, End: o + 20}}})
			}
			report(b, time.Since(start), tagBound)
		})
	}
}

func BenchmarkScroll(b *testing.B) {
	for _, s := range everyScene() {
		b.Run(s.name, func(b *testing.B) {
			r := newRig(b, s.text(), 712, 750)
			r.SetLayers([]Layer{{Items: s.items(r.Text().Len()), Editable: true}})
			b.ResetTimer()
			start := time.Now()
			for i := range b.N {
				down := float32(-1)
				if i/2000%2 == 1 {
					down = 1
				}
				r.clock.pass(frame)
				r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 31*down)})
			}
			report(b, time.Since(start), scrollBound)
		})
	}
}
