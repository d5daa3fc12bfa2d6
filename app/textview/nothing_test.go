package textview

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
)

// drawn is what the view shows in a colour, word by word, and where it begins.
func (r *rig) drawn(c color.Color) (words string, at fyne.Position) {
	var all []string
	for _, o := range test.WidgetRenderer(r.View).Objects() {
		if t, ok := o.(*canvas.Text); ok && t.Visible() && t.Color == c {
			if len(all) == 0 {
				at = t.Position()
			}
			all = append(all, t.Text)
		}
	}
	return strings.Join(all, " "), at
}

// In the place of a text that has nothing but white space stands a sentence, in the
// quiet colour of light and dark; beside a text there is none.
func TestNoText(t *testing.T) {
	const says = "This article has no text."
	r := newRig(t, "", 560, 420)
	r.SetHeader("Dockers walk out", "")
	for name, style := range map[string]Style{"light": LightStyle(), "dark": DarkStyle()} {
		r.SetStyle(style)
		for _, blank := range []string{"", " ", "\n", " \n\t\n\u3000"} {
			r.SetText(text.New(blank))
			words, at := r.drawn(style.Dim)
			if words != says {
				t.Errorf("%s: of %q it says %q", name, blank, words)
			}
			if least := r.headHeight(); at.Y < least || at.Y > least+style.Line || at.X < r.colX {
				t.Errorf("%s: it says so at %v, not where the text would be, at %v, %v", name, at, r.colX, least)
			}
		}
		r.SetText(text.New(" x"))
		if words, _ := r.drawn(style.Dim); words != "" {
			t.Errorf("%s: of a text it says %q", name, words)
		}
	}
}

// The sentence wraps, and begins at the right below a title that does.
func TestNoTextWrapsAndFollowsTheTitle(t *testing.T) {
	r := newRig(t, "", 130, 420)
	if n := len(r.nothingBlock().Lines); n < 2 {
		t.Errorf("in a narrow view it has %d lines", n)
	}
	r.View.Resize(fyne.NewSize(700, 420))
	_, left := r.drawn(r.opts.Style.Dim)
	r.SetHeader("قال وزير", "")
	if _, right := r.drawn(r.opts.Style.Dim); right.X <= left.X {
		t.Errorf("below a title from the right it begins at %v, as at %v before", right, left)
	}
}
