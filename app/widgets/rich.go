package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"lede/app/textview/layout"
	"lede/app/theme"
)

// Bit is a stretch of text in one look within a Rich paragraph.
type Bit struct {
	Text  string
	Face  Face
	Color theme.Name
	Back  theme.Name // behind the words; "" = nothing
}

// Rich is a paragraph of bits in several looks that wraps at a width. One that runs
// from right to left is set so as a whole.
type Rich struct {
	widget.BaseWidget
	Bits     []Bit
	TextSize float32
	Width    float32
	Spread   float32 // height of a line
}

// NewRich makes a paragraph.
func NewRich(size, width, spread float32, bits ...Bit) *Rich {
	w := &Rich{Bits: bits, TextSize: size, Width: width, Spread: spread}
	w.ExtendBaseWidget(w)
	return w
}

// piece is a part of a bit on one line, with where it stands.
type piece struct {
	bit        Bit
	text       string
	x, y, wide float32
}

// word is what is not broken.
type word struct {
	text  string
	blank bool // one goes before it
	loose bool // a line may end before it even without a blank
}

// wordsOf cuts text where a line may end: at blanks, and between the characters of
// scripts that are written without.
func wordsOf(s string) []word {
	var all []word
	var now strings.Builder
	blank, loose := false, false
	flush := func() {
		if now.Len() > 0 {
			all = append(all, word{now.String(), blank, loose})
			now.Reset()
			blank, loose = false, false
		}
	}
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0':
			flush()
			blank = true
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			flush()
			loose = true
			now.WriteRune(r)
		default:
			now.WriteRune(r)
		}
	}
	flush()
	if blank {
		all = append(all, word{blank: true})
	}
	return all
}

func (w *Rich) measure(face Face, s string) float32 {
	return setter().block(shaped{text: s, face: face, size: w.TextSize}).Lines[0].Width
}

// unit is what stays on one line: words that no blank parts, in their looks.
type unit struct {
	bits  []Bit
	blank bool // one goes before it
	wide  float32
}

// units cuts the paragraph where a line may end.
func (w *Rich) units() []unit {
	var all []unit
	gap := false // a blank is due
	for _, bit := range w.Bits {
		for _, part := range w.narrow(bit.Face, wordsOf(bit.Text)) {
			gap = gap || part.blank
			if part.text == "" {
				continue
			}
			if len(all) == 0 || gap || part.loose {
				all = append(all, unit{blank: gap})
			}
			last := &all[len(all)-1]
			one := bit
			one.Text = part.text
			last.bits = append(last.bits, one)
			last.wide += w.measure(bit.Face, part.text)
			gap = false
		}
	}
	return all
}

// pieces sets the paragraph, and says how high it is.
func (w *Rich) pieces() ([]piece, float32) {
	var set []piece
	var x, y float32
	var plain strings.Builder
	for _, u := range w.units() {
		lead := float32(0)
		if u.blank && x > 0 {
			lead = w.measure(u.bits[0].Face, "a a") - 2*w.measure(u.bits[0].Face, "a")
		}
		if x > 0 && x+lead+u.wide > w.Width {
			x, y, lead = 0, y+w.Spread, 0
		}
		for _, bit := range u.bits {
			wide := w.measure(bit.Face, bit.Text)
			plain.WriteString(bit.Text + " ")
			if last := len(set) - 1; last >= 0 && x > 0 && set[last].y == y && sameLook(set[last].bit, bit) {
				if lead > 0 {
					set[last].text += " "
				}
				set[last].text += bit.Text
				set[last].wide += lead + wide
			} else {
				set = append(set, piece{bit, bit.Text, x + lead, y, wide})
			}
			x += lead + wide
			lead = 0
		}
	}
	if d, _ := layout.DirectionOf(plain.String()); d == layout.RightToLeft {
		for i := range set {
			set[i].x = w.Width - set[i].x - set[i].wide
		}
	}
	return set, y + w.Spread
}

func sameLook(a, b Bit) bool { return a.Face == b.Face && a.Color == b.Color && a.Back == b.Back }

// narrow cuts words that are wider than the paragraph, as addresses are.
func (w *Rich) narrow(face Face, words []word) []word {
	var all []word
	for _, one := range words {
		if w.measure(face, one.text) <= w.Width {
			all = append(all, one)
			continue
		}
		g := graphemes.FromString(one.text)
		for first := true; g.Next(); first = false {
			all = append(all, word{g.Value(), one.blank && first, true})
		}
	}
	return all
}

// CreateRenderer is for Fyne.
func (w *Rich) CreateRenderer() fyne.WidgetRenderer {
	r := &richRenderer{w: w}
	r.build()
	return r
}

type richRenderer struct {
	w      *Rich
	height float32
	objs   []fyne.CanvasObject
}

func (r *richRenderer) Destroy()                     {}
func (r *richRenderer) Layout(fyne.Size)             {}
func (r *richRenderer) MinSize() fyne.Size           { return fyne.NewSize(r.w.Width, r.height) }
func (r *richRenderer) Objects() []fyne.CanvasObject { return r.objs }

func (r *richRenderer) Refresh() {
	for _, o := range r.objs {
		o.Refresh()
	}
}

func (r *richRenderer) build() {
	set, height := r.w.pieces()
	r.height = height
	var backs, words []fyne.CanvasObject
	for _, p := range set {
		line := NewLine(p.text, r.w.TextSize, p.bit.Color)
		line.Face = p.bit.Face
		h := line.MinSize().Height
		place(line, p.x, p.y+(r.w.Spread-h)/2, p.wide+1, h)
		words = append(words, line)
		if p.bit.Back != "" {
			back := NewFill(p.bit.Back)
			back.Radius = 3
			place(back, p.x-1.5, p.y+1.5, p.wide+3, r.w.Spread-3)
			backs = append(backs, back)
		}
	}
	r.objs = append(backs, words...)
}
