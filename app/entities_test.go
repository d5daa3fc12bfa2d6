package app

import (
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/app/widgets"
)

// offers are the lines of the picker for a span and what was typed.
func (h *harness) offers(words, typed string) []string {
	h.t.Helper()
	id := h.chooseWords(words)
	var titles []string
	for _, l := range h.shell.work.entityLines([]annotate.ID{id}, typed) {
		line := l.Title
		if l.Key != "" {
			line += ": " + l.Key
		}
		titles = append(titles, line)
	}
	return titles
}

func (h *harness) wantOffers(words, typed string, want ...string) {
	h.t.Helper()
	if got := h.offers(words, typed); !slices.Equal(got, want) {
		h.t.Errorf("for “%s” and %q it offers\n%s\nwant\n%s", words, typed, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestWhatEnterTakes: the first line of the picker is whom the words mean, else whom
// the article has just mentioned for words that refer back, else a new entity.
func TestWhatEnterTakes(t *testing.T) {
	h := tagged(t)
	s := h.shell.work.session
	h.wantOffers("Dockers", "", "New actor “Dockers”")
	id, err := s.LinkNewEntity([]annotate.ID{h.chooseWords("Dockers")}, "", "Dockers’ Union")
	h.do(err)
	h.settle()
	h.wantOffers("Dockers", "", "Unlink from Dockers’ Union", "New actor “Dockers”")
	h.wantOffers("port authority", "", "New actor “port authority”", "Dockers’ Union: mentioned before")
	h.wantOffers("second", "", "New place “second”")
	h.wantOffers("port authority", "unoin", "Dockers’ Union: 1×", "New actor “unoin”")
	h.wantOffers("second", "dock", "Dockers’ Union: "+widgets.Facts("actor", "1×"), "New place “dock”")
	e, _ := s.Entity(id)
	e.Aliases = []string{"the Authority of the port"}
	h.do(s.ChangeEntity(e))
	h.settle()
	h.wantOffers("port authority", "", "Dockers’ Union: "+widgets.Facts("same words", "also “the Authority of the port”"), "New actor “port authority”")
}

// TestPickerForLabelsWithoutEntities says why nothing is offered.
func TestPickerForLabelsWithoutEntities(t *testing.T) {
	h := tagged(t)
	h.chooseWords("Monday")
	h.shell.work.pickEntity()
	if h.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("the picker opens for a time")
	}
	if !h.said("stand for no actor, event or place") {
		t.Error("it does not say why")
	}
}

// TestEntityPageFollows shows on the page what changes elsewhere, and leads from a
// mention to its place.
func TestEntityPageFollows(t *testing.T) {
	h := tagged(t)
	w := h.shell.work
	span := h.chooseWords("Dockers")
	_, err := w.session.LinkNewEntity([]annotate.ID{span}, "", "Dockers’ Union")
	h.do(err)
	h.settle()
	w.showEntities("")
	h.settle()
	shows := func(words string) {
		t.Helper()
		h.until("the page says "+words, func() bool { return says(w.entities.Sheet.Content, words) })
	}
	shows("1 mention in 1 article")
	h.do(w.session.LinkEntity([]annotate.ID{h.chooseWords("port authority")}, w.session.Doc().Spans()[0].Entity))
	shows("2 mentions in 1 article")
	w.entities.Close()
	h.settle()
	if w.entities != nil || h.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("the page is still there")
	}
}
