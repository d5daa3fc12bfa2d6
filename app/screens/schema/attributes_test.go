package schema

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/sheet"
)

func (b *bench) area(i int) {
	b.t.Helper()
	b.e.tabs.OnChosen(i)
	b.e.tabs.Choose(i)
	b.settle()
}

// setAttribute gives the first span with a label a value.
func (b *bench) setAttribute(span int, name, value string) {
	b.t.Helper()
	ids := []annotate.ID{b.s.Doc().Spans()[span].ID}
	if err := b.s.AlterAttribute(ids, name, func(annotate.Values) json.RawMessage { return annotate.StringValue(value) }); err != nil {
		b.t.Fatal(err)
	}
	b.settle()
}

func choices(a annotate.Attribute) string {
	var all []string
	for _, c := range a.Choices {
		all = append(all, c.Name)
	}
	return strings.Join(all, " ")
}

func TestAnAttributeWithValuesIsAdded(t *testing.T) {
	b := open(t)
	b.area(areaAttributes)
	b.press(fyne.KeyUnknown, '+')
	b.typed("Mood")
	b.keys(fyne.KeyTab)
	b.to("labels")
	b.keys(fyne.KeyHome, fyne.KeyRight, fyne.KeyRight, fyne.KeySpace) // Quote
	b.write("newvalue", "Calm; Very angry ;; Calm")
	a := b.attribute("mood")
	if a.Type != annotate.OneOf || choices(a) != "calm very_angry calm_2" || a.Scope != annotate.SpanScope ||
		!slices.Equal(a.Labels, []annotate.ID{b.label("quote").ID}) {
		t.Fatalf("the attribute is %+v", a)
	}
	b.undo()
	if slices.ContainsFunc(b.s.Schema().Attributes, func(a annotate.Attribute) bool { return a.Name == "mood" }) {
		t.Error("one step back leaves it there")
	}
}

func TestValuesAreReorderedAndGetConditions(t *testing.T) {
	b := open(t)
	b.area(areaAttributes)
	b.choose("Mode")
	b.to("choices")
	b.keys(fyne.KeyDown)
	b.mods = fyne.KeyModifierShift
	b.keys(fyne.KeyUp)
	b.mods = 0
	if got := choices(b.attribute("mode")); !strings.HasPrefix(got, "third-party visit") {
		t.Errorf("the values are %s", got)
	}
	b.undo()
	b.keys(fyne.KeyHome)
	name := ""
	for field := range b.e.form.fields {
		if strings.HasPrefix(field, "values/Offered") {
			name = field
		}
	}
	b.to(name)
	b.keys(fyne.KeyHome, fyne.KeySpace) // the first event type too
	first := b.attribute("type").Choices[0].Name
	if when := b.attribute("mode").Choices[0].When["type"]; !slices.Contains(when, first) || len(when) != 2 {
		t.Errorf("offered with %v", when)
	}
}

func TestAValueInUseIsRenamedEverywhere(t *testing.T) {
	b := open(t)
	b.setAttribute(2, "type", "PROTEST")
	b.area(areaAttributes)
	b.choose("Type")
	at := slices.IndexFunc(b.attribute("type").Choices, func(c annotate.Choice) bool { return c.Name == "PROTEST" })
	b.to("choices").(*values).choose(at)
	b.settle()
	b.write("valuename", "RALLY")
	if !b.seen("RALLY") || b.s.Doc().Spans()[2].Attributes.String("type") != "PROTEST" {
		t.Fatal("no preview, or it was done at once")
	}
	b.keys(fyne.KeyReturn)
	if got := b.s.Doc().Spans()[2].Attributes.String("type"); got != "RALLY" {
		t.Errorf("the span has %q", got)
	}
	riot := b.attribute("mode").Choices[slices.IndexFunc(b.attribute("mode").Choices, func(c annotate.Choice) bool { return c.Name == "riot" })]
	if !slices.Equal(riot.When["type"], []string{"RALLY"}) {
		t.Errorf("riot is offered with %v", riot.When)
	}
	b.undo()
	if got := b.s.Doc().Spans()[2].Attributes.String("type"); got != "PROTEST" {
		t.Errorf("after undo the span has %q", got)
	}
}

func TestAnUnusedValueNeedsNoPreview(t *testing.T) {
	b := open(t)
	b.area(areaAttributes)
	b.choose("Mention")
	b.to("choices")
	b.write("valuename", "proper")
	if got := choices(b.attribute("mention")); !strings.HasPrefix(got, "proper ") {
		t.Errorf("the values are %s", got)
	}
}

func TestARenameThatIsCancelledIsForgotten(t *testing.T) {
	b := open(t)
	b.setAttribute(0, "kind", "group")
	b.area(areaAttributes)
	b.write("name", "sort")
	if !b.seen("sort") {
		t.Fatal("no preview")
	}
	b.keys(fyne.KeyEscape)
	if b.attribute("kind").Name != "kind" || !b.e.Sheet.Shown() {
		t.Error("it was renamed, or too much was closed")
	}
	if f := b.to("name"); b.e.form.fields["name"] != f {
		t.Error("the form is not the one of before")
	}
}

func TestAnAttributeIsRetyped(t *testing.T) {
	b := open(t)
	b.setAttribute(0, "country", "DEU")
	b.area(areaAttributes)
	b.choose("Country")
	a := b.e.area().(*attributes)
	a.retype(b.attribute("country").ID, annotate.OneOf)
	b.settle()
	if !b.seen("Misfits") {
		t.Fatal("nothing asks what becomes of the values")
	}
	b.e.o.Canvas.Overlays().Top().(*sheet.Sheet).Done()
	b.settle()
	if got := b.attribute("country"); got.Type != annotate.OneOf || choices(got) != "DEU" {
		t.Errorf("the attribute is %+v", got)
	}
}

func TestADefaultAndWhetherItIsNeeded(t *testing.T) {
	b := open(t)
	b.area(areaAttributes)
	b.choose("Dead")
	b.write("default", "many")
	if !b.seen("That is not a number") {
		t.Error("a word is taken for a number")
	}
	b.write("default", "0")
	b.to("required")
	b.keys(fyne.KeySpace)
	if a := b.attribute("dead"); string(a.Default) != "0" || !a.Required {
		t.Errorf("the attribute is %+v", a)
	}
}

func TestARelationIsAddedAndLimited(t *testing.T) {
	b := open(t)
	b.area(areaRelations)
	b.press(fyne.KeyUnknown, '+')
	b.typed("Paid by")
	b.keys(fyne.KeyTab)
	b.to("from")
	b.keys(fyne.KeyHome, fyne.KeyRight, fyne.KeySpace)
	b.write("min", "1")
	b.write("max", "0.5")
	if !b.seen("not a whole number") {
		t.Error("half a relation is taken")
	}
	b.write("max", "1")
	r, ok := b.s.Schema().RelationTypeNamed("paid_by")
	if !ok || r.Min != 1 || r.Max != 1 || !slices.Equal(r.From, []annotate.ID{b.label("event").ID}) {
		t.Fatalf("the relation is %+v", r)
	}
	b.to("key")
	b.keys(fyne.KeyReturn)
	b.press("4", '4')
	if b.seen("is the key of") { // of another relation from events
		b.keys(fyne.KeyReturn)
	}
	if r, _ := b.s.Schema().RelationTypeNamed("paid_by"); r.Hotkey != "4" {
		t.Errorf("the key is %q", r.Hotkey)
	}
}

func TestKindsOfEntities(t *testing.T) {
	b := open(t)
	b.area(areaKinds)
	if got := b.s.Schema().EntityKinds(); len(got) == 0 || len(b.e.list.lines) != len(got) {
		t.Fatalf("%d lines for the kinds %v", len(b.e.list.lines), got)
	}
	b.press(fyne.KeyUnknown, '+')
	b.typed("weapon")
	b.keys(fyne.KeyTab)
	b.to("labels")
	b.keys(fyne.KeyEnd, fyne.KeySpace)
	if got := b.label("source_phrase").Entity; got != "weapon" {
		t.Fatalf("it stands for %q", got)
	}
	b.write("title", "arm")
	if got := b.label("source_phrase").Entity; got != "arm" {
		t.Errorf("after the rename it stands for %q", got)
	}
	b.choose("arm")
	b.keys(fyne.KeyDelete)
	if got := b.label("source_phrase").Entity; got != "" {
		t.Errorf("after the deletion it stands for %q", got)
	}
}

func TestRulesAreAddedChangedAndDeleted(t *testing.T) {
	b := open(t)
	b.area(areaRules)
	count := len(b.s.Schema().Rules)
	b.press(fyne.KeyUnknown, '+') // the first rule: too many words
	b.write("value", "0")
	if !b.seen("not a number from 1") {
		t.Error("no words at all are taken")
	}
	b.write("value", "12")
	rule := func() annotate.Rule {
		for _, r := range b.s.Schema().Rules {
			if r.ID == b.e.chosen[areaRules] {
				return r
			}
		}
		return annotate.Rule{}
	}
	if r := rule(); len(b.s.Schema().Rules) != count+1 || r.Name != "max_words" || r.Value != "12" || r.Label != "" {
		t.Fatalf("the rule is %+v", r)
	}
	b.write("value", "9")
	if r := rule(); r.Value != "9" {
		t.Errorf("the rule is %+v", r)
	}
	b.c.Focus(b.e.list)
	b.keys(fyne.KeyDelete)
	if len(b.s.Schema().Rules) != count {
		t.Error("it is there still")
	}
}

func TestLinksLeadToOtherAreas(t *testing.T) {
	b := open(t)
	b.e.goToRecord(annotate.KindAttribute, b.attribute("mode").ID)
	b.settle()
	if b.e.now != areaAttributes || !b.seen("Withdraw") {
		t.Error("the attribute is not shown")
	}
	b.e.addAttributeFor(annotate.SpanScope, b.label("cue").ID)
	b.settle()
	b.typed("Verb")
	b.keys(fyne.KeyTab)
	b.e.area().(*attributes).retype(draftID, annotate.TextValue)
	b.settle()
	a := b.attribute("verb")
	if !slices.Equal(a.Labels, []annotate.ID{b.label("cue").ID}) || a.Type != annotate.TextValue {
		t.Errorf("the attribute is %+v", a)
	}
}

func TestFindFiltersAndKeepsTheOrder(t *testing.T) {
	b := open(t)
	b.area(areaAttributes)
	b.e.find.SetText("quote")
	b.settle()
	for _, it := range b.e.list.lines {
		if !strings.Contains(strings.ToLower(it.title+it.below), "quote") {
			t.Errorf("%q was found", it.title)
		}
	}
	if len(b.e.list.lines) == 0 || b.e.list.movable() {
		t.Error("nothing was found, or a part of the list can be reordered")
	}
}

func TestTurningAndComingBack(t *testing.T) {
	b := open(t)
	b.e.Turn(-1)
	b.settle()
	if b.e.now != areaRules || b.c.Focused() != fyne.Focusable(b.e.list) {
		t.Errorf("area %d, the keyboard is at %T", b.e.now, b.c.Focused())
	}
	b.e.Turn(1)
	b.to("color")
	b.keys(fyne.KeyEscape)
	if b.e.now != areaLabels || b.c.Focused() != fyne.Focusable(b.e.list) || !b.e.Sheet.Shown() {
		t.Error("Esc in the form did not lead back to the list")
	}
	b.e.Find()
	b.typed("cue")
	b.keys(fyne.KeyDown)
	if len(b.e.list.lines) != 1 || b.e.chosen[areaLabels] != b.label("cue").ID {
		t.Errorf("found %+v", b.e.list.lines)
	}
}
