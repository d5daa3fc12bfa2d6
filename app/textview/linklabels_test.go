package textview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// The labels of two arcs that run close to each other make room for one another:
// always the same, or the click goes to the other one.
func TestLabelsOfLinksStayWhereTheyAre(t *testing.T) {
	r := linked(t, "“We were offered the same page again,” said Brandvik.", nil)
	r.SetLayers([]Layer{{
		Items:    []Item{r.item("q", "quote", "We were offered the same page again"), r.item("c", "event", "said"), r.item("a", "actor", "Brandvik")},
		Links:    []Link{{"1", "q", "a", "speaker"}, {"2", "q", "c", "cue"}},
		Editable: true,
	}})
	r.Choose("q")
	at := map[string]box{"1": r.tie("1").pill, "2": r.tie("2").pill}
	if at["1"] == at["2"] {
		t.Fatal("the labels lie on one another")
	}
	for id, b := range at {
		r.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.middle()}})
		r.ChooseLink(id)
		for other, was := range at {
			if got := r.tie(other).pill; got != was {
				t.Errorf("the label of %s went from %v to %v when %s was pointed at", other, was, got, id)
			}
		}
	}
}
