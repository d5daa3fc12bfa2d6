package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/widgets"
)

// relations reads the relations of the open article from the store, as type and
// the texts of the ends.
func (h *harness) relations() []string {
	h.t.Helper()
	h.saved()
	doc, err := h.shell.work.store.Document(context.Background(), h.shell.work.session.Doc().Article.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	var found []string
	for _, set := range doc.Sets {
		words := map[annotate.ID]string{}
		for _, s := range set.Spans {
			words[s.ID] = doc.Text.Quote(s.Fragments)
		}
		for _, r := range set.Relations {
			kind, _ := h.shell.work.session.Schema().RelationType(r.Type)
			found = append(found, kind.Name+": "+words[r.From]+" → "+words[r.To])
		}
	}
	slices.Sort(found)
	return found
}

func (h *harness) wantRelations(want ...string) {
	h.t.Helper()
	if got := h.relations(); !slices.Equal(got, want) {
		h.t.Fatalf("relations are %q, want %q", got, want)
	}
}

// tagged is a window on an article with an event, its time and two actors; the
// event is chosen.
func tagged(t *testing.T) *harness {
	h := newHarness(t, 1)
	for words, label := range map[string]string{"Dockers": "actor", "said “no”": "event", "Monday": "time", "port authority": "actor", "second": "place"} {
		h.mark(words, label)
	}
	h.chooseWords("said “no”")
	h.shell.work.reader.Focus()
	return h
}

func (h *harness) mark(words, label string) {
	h.t.Helper()
	l, ok := h.shell.work.session.Schema().LabelNamed(label)
	if !ok {
		h.t.Fatalf("no label %s", label)
	}
	h.shell.work.session.Select(h.at(words))
	_, err := h.shell.work.session.Label(l.ID)
	h.do(err)
}

func (h *harness) chooseWords(words string) annotate.ID {
	h.t.Helper()
	at := h.at(words)
	for _, s := range h.shell.work.session.Doc().Spans() {
		if s.Fragments[0] == at {
			h.shell.work.session.Choose(s.ID)
			h.settle()
			return s.ID
		}
	}
	h.t.Fatalf("no span “%s”", words)
	return ""
}

func (h *harness) said(words string) bool {
	return len(h.shell.float.Objects) > 0 && says(h.shell.float.Objects[0], words)
}

func TestOneTypeNeedsNoQuestion(t *testing.T) {
	h := tagged(t)
	h.press("R", "S") // the possible ends are Dockers, Monday, port authority and second, the nearest first
	if h.shell.covered() {
		h.press(fyne.KeyEscape)
		t.Fatal("it asked")
	}
	h.wantRelations("time: said “no” → Monday")
	if step, _ := h.shell.work.session.NextUndo(); step.Title != "Link as Time" {
		t.Errorf("the step is %q", step.Title)
	}
	h.ctrl("Z")
	h.wantRelations()
}

func TestSeveralTypesAsk(t *testing.T) {
	h := tagged(t)
	h.press("R", "A")
	if !h.shell.covered() {
		t.Fatal("actor or recipient: it does not ask")
	}
	h.wantRelations()
	// The keyboard is in the picker; its numbers pick.
	h.shell.win.Canvas().Focused().TypedRune('2')
	h.settle()
	h.wantRelations("recipient: said “no” → Dockers")
	if !h.shell.work.reader.Focused() {
		t.Error("the text has lost the keyboard")
	}
	h.press("R", "A")
	h.shell.win.Canvas().Focused().TypedRune('1') // the one that is left
	h.settle()
	h.wantRelations("actor: said “no” → Dockers", "recipient: said “no” → Dockers")
}

func TestReversedFromTheOtherEnd(t *testing.T) {
	h := tagged(t)
	from, to := h.chooseWords("Monday"), h.chooseWords("said “no”")
	h.shell.work.relate(from, to, "")
	h.settle()
	h.wantRelations("time: said “no” → Monday")
	h.shell.work.relate(to, from, "")
	if !h.said("They are related already") {
		t.Error("nothing says that the relation is there")
	}
	h.wantRelations("time: said “no” → Monday")
}

func TestWhyNoRelationIsOffered(t *testing.T) {
	h := tagged(t)
	a, b := h.chooseWords("Monday"), h.chooseWords("Dockers")
	h.shell.work.relate(a, b, "")
	if !h.said("The schema has no relation type between “Time” and “Actor”.") {
		t.Error("nothing says why")
	}
	h.wantRelations()
	h.shell.work.session.Choose("")
	h.settle()
	h.shell.table.Run(commands.RelationNew)
	if !h.said("A relation between two spans") || h.view().Relating() {
		t.Error("without a chosen span, R does not say what to do")
	}
}

func TestARelationIsChosenAndChanged(t *testing.T) {
	h := tagged(t)
	event, actor := h.chooseWords("said “no”"), h.chooseWords("Dockers")
	kinds := h.shell.work.session.Offers(event, actor)
	h.do(h.shell.work.session.Relate(kinds[0], event, actor))
	r := h.shell.work.session.Doc().RelationsOf(event)[0]
	s := h.shell.work.session
	s.Choose("")
	s.ChooseRelation(r.ID)
	h.settle()
	if s.Chosen() != event || h.view().ChosenLink() != string(r.ID) {
		t.Fatalf("chosen are %q and %q", s.Chosen(), h.view().ChosenLink())
	}
	if !says(h.shell.work.inspector.Object, "Delete relation") {
		t.Error("the inspector does not show the relation")
	}
	h.shell.titles()
	if c, _ := h.shell.table.Command(commands.EditDelete); h.shell.table.Title(c) != "Delete relation" {
		t.Errorf("the menu says %q", h.shell.table.Title(c))
	}
	if h.shell.table.Enabled(commands.RelationReverse) {
		t.Error("no actor has an event as its actor")
	}
	h.shell.table.Run(commands.RelationRetype)
	h.settle()
	h.shell.win.Canvas().Focused().TypedRune('2')
	h.settle()
	h.wantRelations("recipient: said “no” → Dockers")
	h.press(fyne.KeyDelete)
	h.wantRelations()
	if s.ChosenRelation() != "" || s.Chosen() != event || len(s.Doc().Spans()) != 5 {
		t.Error("Delete took more than the relation")
	}
	h.ctrl("Z")
	if s.ChosenRelation() != r.ID {
		t.Error("undo does not show the relation that came back")
	}
	h.press(fyne.KeyEscape)
	if s.ChosenRelation() != "" || s.Chosen() != event {
		t.Error("Esc lets go of the relation first")
	}
}

func TestInspectorLooksForTheOtherEndInTheText(t *testing.T) {
	h := tagged(t)
	h.shell.work.nextPart(1)
	for range 40 { // by Tab through the inspector
		if s, ok := h.shell.win.Canvas().Focused().(*widgets.Surface); ok && says(s.Content, "+ place") {
			break
		}
		h.send(fyne.KeyTab)
	}
	h.send(fyne.KeyReturn)
	if !h.view().Relating() || !h.shell.work.reader.Focused() {
		t.Fatal("the text does not look for the other end")
	}
	h.press("A") // the only place
	h.wantRelations("place: said “no” → second")
}

func TestAllRelationsAreRemembered(t *testing.T) {
	h := tagged(t)
	h.shell.table.Run(commands.ViewRelations)
	if !h.settings.Settings().Relations {
		t.Error("it is not remembered")
	}
	h.shell.titles()
	h.shell.table.Run(commands.ViewRelations)
	if h.settings.Settings().Relations {
		t.Error("it is not switched off again")
	}
}

func TestExcerpts(t *testing.T) {
	h := tagged(t)
	h.mark("Dockers said “no” on Monday. The port authority said", "quote")
	if got := h.shell.work.excerpt(h.shell.work.session.Chosen()); !strings.HasSuffix(got, "…") || len([]rune(got)) > 33 {
		t.Errorf("%q", got)
	}
}
