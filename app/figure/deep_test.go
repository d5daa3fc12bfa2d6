package figure

import (
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// nested is n spans within one another over several lines, which all begin and end
// elsewhere or, with together, begin at one place.
func nested(n int, together bool) Source {
	words := strings.Repeat("harbour workers walked out ", 12)
	src := Source{Schema: &annotate.Schema{}, Text: text.New(words)}
	for i := range n {
		label := annotate.ID(fmt.Sprint("l", i))
		src.Schema.Labels = append(src.Schema.Labels, annotate.Label{ID: label, Name: string(label), Color: "#0072b2"})
		r := text.Range{Start: i, End: len(words) - 1 - i}
		if together {
			r.Start = 0
		}
		src.Spans = append(src.Spans, annotate.Span{ID: label, Label: label, Fragments: annotate.Fragments{r}})
	}
	return src
}

// However deep spans lie, every one has its own line below the words, and none of
// these reaches another, the words that follow or their labels.
func TestDeepSpansHaveRoom(t *testing.T) {
	for _, n := range []int{2, 3, 6, 7, 10, 30} {
		for _, chips := range []bool{true, false} {
			src := nested(n, false)
			scene, err := Draw(src.Passage(text.Range{End: src.Text.Len()}, false), Options{
				Fonts: layout.NewBundle(nil), Style: look.Light(), Width: 420, Chips: chips,
			})
			if err != nil {
				t.Fatal(err)
			}
			var lines, others []box
			rows := map[float32]bool{}
			for _, s := range scene.shapes[atLine] {
				lines = append(lines, s.extent())
				rows[s.extent().y0] = true
			}
			for _, s := range scene.shapes[atFill] {
				others = append(others, s.extent())
			}
			for _, s := range scene.shapes[atChip] {
				l := s.(letters)
				others = append(others, box{l.x0, l.baseline - 0.74*l.size, l.x1, l.baseline})
			}
			if len(rows) < 3*n { // over three lines of text or more
				t.Errorf("%d spans, chips %v: %d rows of lines", n, chips, len(rows))
			}
			for i, a := range lines {
				for _, b := range append(lines[:i:i], others...) {
					if a.overlaps(b) {
						t.Fatalf("%d spans, chips %v: a line at %v lies over what is at %v", n, chips, a, b)
					}
				}
			}
		}
	}
}

// Labels for which there is no room are counted.
func TestLabelsWithoutRoomAreCounted(t *testing.T) {
	src := nested(10, true)
	c := &composer{p: src.Passage(text.Range{End: src.Text.Len()}, false), text: src.Text, scene: &Scene{}}
	c.o = Options{Fonts: layout.NewBundle(nil), Style: look.Light(), Width: 420, Chips: true}
	c.shown, c.lanes = c.collect()
	c.place()
	drawn := c.fitting(c.lines[0], c.shown)
	if last := drawn[len(drawn)-1]; last.more < 2 || len(drawn)-1+last.more != 10 {
		t.Errorf("%d labels are drawn, the last says +%d", len(drawn)-1, last.more)
	}
}
