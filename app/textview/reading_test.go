package textview

import (
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const varied = "The minister said on Tuesday that protesters had gathered outside parliament while police officers blocked several roads near the central station, and a spokesman for the opposition called the decision wholly unacceptable. "

func TestLineLengthIsThatManyCharacters(t *testing.T) {
	r := newRig(t, strings.Repeat(varied, 30), 1600, 600)
	for _, sans := range []bool{false, true} {
		for _, chars := range []int{0, 45, 60, 80, 100} {
			for _, size := range []float32{0, 14, 30} {
				r.SetReading(Reading{Chars: chars, Sans: sans, Size: size})
				want := chars
				if want == 0 {
					want = CharsOf(LightStyle())
				}
				n := 0
				lines := r.paint.lines[:len(r.paint.lines)-1]
				for _, l := range lines {
					n += l.Line.End - l.Line.Start
				}
				if got := float64(n) / float64(len(lines)); got < 0.86*float64(want) || got > 1.1*float64(want) {
					t.Errorf("%d characters wanted in a line (sans %v, size %g), %.1f are", want, sans, size, got)
				}
			}
		}
	}
	r.SetReading(Reading{Chars: WindowWidth})
	if s := r.opts.Style; r.colX > s.Side+s.Strip || r.colX+r.colW < 1600-s.Side-2*s.Strip {
		t.Errorf("lines as wide as the window: %g at %g", r.colW, r.colX)
	}
}

func TestReadingOfNothingIsTheStyle(t *testing.T) {
	for _, s := range []Style{LightStyle(), DarkStyle()} {
		if (Reading{}).Fit(s) != s || (Reading{Size: s.TextSize, Spacing: 1}).Fit(s) != s {
			t.Error("a reading without a wish changes the style")
		}
	}
	r := newRig(t, news, 712, 400)
	r.SetReading(Reading{Size: 30})
	r.SetStyle(DarkStyle())
	if r.opts.Style.TextSize != 30 || r.opts.Style.Page != DarkStyle().Page {
		t.Error("a new style forgot how the text is to be read")
	}
}

// Spans lie where their words are, whatever the measures: the fill of a span
// begins and ends where its letters do, and its chip stands above it on the page.
func TestSpansFollowTheMeasures(t *testing.T) {
	r := newRig(t, news+"\nقال وزير الخارجية أحمد إن الاتفاق سيوقع غدا في القاهرة", 900, 700)
	r.layer(r.item("a", "actor", "harbour"), r.item("b", "quote", "الاتفاق"))
	for _, reading := range []Reading{{}, {Size: 12}, {Size: 36}, {Spacing: 0.9}, {Spacing: 2}, {Size: 30, Spacing: 1.5, Chars: 45, Sans: true}} {
		r.SetReading(reading)
		for _, word := range []string{"harbour", "الاتفاق"} {
			at := r.find(word)
			l := r.flow.LineOf(at.Start, false)
			y0, y1 := r.paint.fillOf(l)
			if top, bottom := float32(l.Y-r.flow.Top()), float32(l.Y-r.flow.Top())+float32(l.H); y0 < top || y1 >= bottom {
				t.Errorf("%+v: the fill of %q is at %g–%g in a line at %g–%g", reading, word, y0, y1, top, bottom)
			}
			base := r.paint.y(l.Y) + r.paint.baseline(l.Block)
			if base <= y0 || base >= y1 {
				t.Errorf("%+v: %q stands at %g, its fill is at %g–%g", reading, word, base, y0, y1)
			}
			found := false
			r.paint.segments(l, at, func(x0, x1 float32) {
				for _, o := range r.paint.order[atFill] {
					p, s := o.Position(), o.Size()
					found = found || near(p.X, x0) && near(p.X+s.Width, x1) && near(p.Y, y0) && near(p.Y+s.Height, y1)
				}
			})
			if !found {
				t.Errorf("%+v: no fill lies behind %q", reading, word)
			}
		}
		for _, o := range r.paint.order[atChip] {
			if size := o.(*canvas.Text).TextSize; size < 7 || size > 13 {
				t.Errorf("%+v: a chip is set in %g", reading, size)
			}
		}
	}
}

func near(a, b float32) bool { return a-b < 1.01 && b-a < 1.01 }

func TestParagraphNumbers(t *testing.T) {
	s := "First.\n\n   \nقال وزير الخارجية غدا\nThird " + strings.Repeat("and so on ", 40) + "\nFourth"
	r := newRig(t, s, 712, 700)
	plain := len(r.paint.order[atText])
	r.SetReading(Reading{Numbers: true})
	got := map[string]fyne.Position{}
	for _, o := range r.paint.order[atText][plain:] {
		got[o.(*canvas.Text).Text] = o.Position()
	}
	if len(got) != 4 {
		t.Fatalf("numbers %v, want 1 to 4", got)
	}
	for n, word := range map[int]string{1: "First", 2: "قال", 3: "Third", 4: "Fourth"} {
		p := got[strconv.Itoa(n)]
		at, _ := r.LocateXY(r.find(word).Start)
		if p.Y > at.Y || p.Y < at.Y-20 {
			t.Errorf("number %d at %g, its line at %g", n, p.Y, at.Y)
		}
		if rtl := n == 2; rtl != (p.X > r.colX+r.colW) || !rtl && p.X > r.colX-10 {
			t.Errorf("number %d stands at %g beside a column of %g–%g", n, p.X, r.colX, r.colX+r.colW)
		}
	}
	r.SetReading(Reading{})
	if len(r.paint.order[atText]) != plain {
		t.Error("the numbers stay")
	}
}

// A narrow window and a million paragraphs: there is room for the widest number.
func TestNumbersHaveRoom(t *testing.T) {
	r := newRig(t, strings.Repeat("x\n", 200_000)+"ש", 420, 300)
	r.SetReading(Reading{Numbers: true, Chars: WindowWidth})
	r.ScrollTo(400_000)
	for _, o := range r.paint.order[atText] {
		if x := o.Position().X; x < 4 || x+o.Size().Width > 420-r.opts.Style.Strip {
			t.Fatalf("%q is at %g", o.(*canvas.Text).Text, x)
		}
	}
	if b := r.numberBlock(200_001); !strings.Contains(b.Whole(&b.Lines[0].Runs[0]).Text, "200001") {
		t.Error("the last number is another")
	}
}
