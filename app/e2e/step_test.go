package e2e

import (
	"image"
	"slices"
	"testing"
	"time"
)

// TestStepPixels tags a word by key and compares the pictures before and after: in
// the article's column nothing differs but the line of the word. Undo brings back
// every pixel of the column.
func TestStepPixels(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	for _, c := range []struct {
		name, ref string
		spot      func() spot
		want      string
		word      []string // keys that select the word around the caret
	}{
		{"Latin", courier, func() spot { return p.word("organisers") }, "organisers", []string{"ctrl+Left", "ctrl+shift+Right"}},
		{"Arabic", "sahil-1", func() spot { return p.see(arabic, "المفاوضات", 1) }, "المفاوضات", []string{"ctrl+Right", "ctrl+shift+Left"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer p.on(t)()
			p.openArticle(c.ref)
			spot := c.spot()
			p.click(spot.middle(), 1)
			mark := p.mark()
			p.key(append(c.word, "2", "ctrl+z")...) // the word is selected now, without the toolbar
			p.wait("undo", mark)
			p.away()
			before := p.stillPicture()
			var tagged, undone *image.RGBA
			p.becomes(c.ref, func() {
				p.key("1")
				p.until("the tag shows", func() bool { return len(differing(before, p.picture(), articleColumn)) > 0 })
				tagged = p.stillPicture()
			}, "+"+d.span(c.ref, "actor", c.want))
			p.becomes(c.ref, func() {
				p.key("ctrl+z")
			}, "-"+d.span(c.ref, "actor", c.want))
			for end := time.Now().Add(patience); time.Now().Before(end); {
				if undone = p.stillPicture(); len(differing(before, undone, articleColumn)) == 0 {
					break
				}
			}
			changed := differing(before, tagged, articleColumn)
			line := image.Rect(articleColumn.Min.X, spot.Min.Y-lineAbove, articleColumn.Max.X, spot.Max.Y+lineBelow)
			if i := slices.IndexFunc(changed, func(q image.Point) bool { return !q.In(line) }); i >= 0 {
				t.Errorf("%v differs after the tag, outside of the line %v. See %s and %s", changed[i], line,
					keep(t, "before", before), keep(t, "tagged", tagged))
			}
			if back := differing(before, undone, articleColumn); len(back) > 0 {
				t.Errorf("%d pixels of the column differ after undo, as %v. See %s and %s", len(back), back[0],
					keep(t, "before", before), keep(t, "undone", undone))
			}
		})
	}
}

// articleColumn is the text of the article in a window of 1280x800, without the
// label bar and the strip at the scroll bar, which shows marks and begins at 962.
var articleColumn = image.Rect(264, 76, 958, 770)

// How far a line reaches above and below the ink of its words: the chip stands
// above, the line of the span below.
const (
	lineAbove = 24
	lineBelow = 12
)

// stillPicture is the screen once it has stopped changing.
func (p *program) stillPicture() *image.RGBA {
	p.t.Helper()
	was, since := p.picture(), time.Now()
	for end := time.Now().Add(2 * patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		now := p.picture()
		if !slices.Equal(was.Pix, now.Pix) {
			was, since = now, time.Now()
		}
		if time.Since(since) > calm {
			return now
		}
	}
	p.t.Fatalf("the window goes on changing with nobody doing anything. See %s", keep(p.t, "restless", was))
	return nil
}

// differing lists the pixels of a part that are not the same in two pictures.
func differing(a, b *image.RGBA, part image.Rectangle) []image.Point {
	var found []image.Point
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				found = append(found, image.Pt(x, y))
			}
		}
	}
	return found
}
