package form

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/dates"
	"lede/app/theme"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	a := test.NewApp()
	theme.Set(a, theme.Light)
	m.Run()
}

// desk is a form in a window, about things whose values it changes.
type desk struct {
	*Form
	t      *testing.T
	canvas fyne.Canvas
	root   *fyne.Container
	o      Options
	left   int // how often the keyboard went back to the text
	kept   annotate.Values
}

func newDesk(t *testing.T, attributes []annotate.Attribute, things ...annotate.Values) *desk {
	t.Helper()
	d := &desk{Form: New(), t: t, root: container.NewVBox()}
	w := test.NewTempWindow(t, d.root)
	w.Resize(fyne.NewSize(900, 800))
	d.canvas = w.Canvas()
	if len(things) == 0 {
		things = []annotate.Values{nil}
	}
	d.o = Options{
		Canvas: d.canvas, Width: 271, Column: 108, Attributes: attributes, Things: things, Editable: true, Of: "Event",
		Published: "2026-03-04",
		Set: func(name string, alter func(annotate.Values) json.RawMessage) {
			for i, v := range d.o.Things {
				d.o.Things[i] = v.With(name, alter(v))
			}
		},
		Show: func() { d.show() },
		Leave: func() {
			d.left++
			d.canvas.Unfocus()
		},
		Keep: func(name string, raw json.RawMessage) {
			d.kept = d.kept.With(name, raw)
			d.show()
		},
	}
	d.show()
	return d
}

func (d *desk) show() {
	d.o.Kept = d.kept
	d.root.Objects = d.Fill(d.o)
	d.root.Refresh()
}

// shown are the names of the fields.
func (d *desk) shown() string {
	var names []string
	for _, one := range d.fields {
		names = append(names, one.a.Name)
	}
	return strings.Join(names, " ")
}

// press presses keys and types characters: a name of one letter or more that no key
// has is typed.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		name := fyne.KeyName(k)
		switch to := d.canvas.Focused().(type) {
		case nil:
			d.t.Fatalf("nothing has the keyboard for %q", k)
		case fyne.Focusable:
			if known[name] {
				to.TypedKey(&fyne.KeyEvent{Name: name})
				continue
			}
			for _, r := range k {
				to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(strings.ToUpper(string(r)))})
				d.canvas.Focused().TypedRune(r)
			}
		}
	}
}

var known = map[fyne.KeyName]bool{
	fyne.KeyReturn: true, fyne.KeyTab: true, fyne.KeyEscape: true, fyne.KeyDown: true, fyne.KeyUp: true,
	fyne.KeyDelete: true, fyne.KeySpace: true, fyne.KeyPageDown: true,
}

// has fails unless the first thing has these values, as JSON.
func (d *desk) has(what, want string) {
	d.t.Helper()
	raw, err := json.Marshal(d.o.Things)
	if err != nil {
		d.t.Fatal(err)
	}
	if string(raw) != want {
		d.t.Errorf("%s: %s, want %s", what, raw, want)
	}
}

// focused is the attribute whose field has the keyboard, "" for none.
func (d *desk) focused() string {
	for _, one := range d.fields {
		if d.editor != nil && d.editor.field == one || d.canvas.Focused() == fyne.Focusable(one.face) {
			return one.a.Name
		}
	}
	return ""
}

func (d *desk) at(what, want string) {
	d.t.Helper()
	if got := d.focused(); got != want {
		d.t.Errorf("%s: the keyboard is at %q, want %q", what, got, want)
	}
}

func named(names ...string) []annotate.Choice {
	var all []annotate.Choice
	for _, n := range names {
		all = append(all, annotate.Choice{Name: n})
	}
	return all
}

// event is what the news schema asks of an event, shortened.
func event() []annotate.Attribute {
	modes := []annotate.Choice{
		{Name: "visit", When: annotate.When{"type": {"CONSULT"}}},
		{Name: "phone", When: annotate.When{"type": {"CONSULT"}}},
		{Name: "demo", When: annotate.When{"type": {"PROTEST"}}},
		{Name: "riot", When: annotate.When{"type": {"PROTEST"}}},
		{Name: "strike", When: annotate.When{"type": {"PROTEST"}}},
	}
	return []annotate.Attribute{
		{Name: "context", Title: "Context", Type: annotate.ManyOf, Choices: named("economic", "legal", "human rights", "health", "crime", "asylum")},
		{Name: "type", Title: "Type", Type: annotate.OneOf, Required: true, Choices: []annotate.Choice{
			{Name: "AGREE", Title: "Agree"}, {Name: "CONSULT", Title: "Consult"}, {Name: "SUPPORT", Title: "Support"}, {Name: "COOPERATE", Title: "Cooperate"}, {Name: "PROTEST", Title: "Protest"},
		}},
		{Name: "mode", Title: "Mode", Type: annotate.OneOf, Choices: modes},
		{Name: "dead", Title: "Dead", Type: annotate.NumberValue},
		{Name: "place", Title: "Place", Type: annotate.TextValue},
		{Name: "generic", Title: "Generic", Type: annotate.BooleanValue},
		{Name: "until", Title: "Until", Type: annotate.DateValue},
		{Name: "union", Title: "Union", Type: annotate.TextValue, When: annotate.When{"mode": {"strike"}}},
	}
}

func TestOnlyWhatAppliesShows(t *testing.T) {
	d := newDesk(t, event())
	if got := d.shown(); got != "context type dead place generic until" {
		t.Errorf("at first %s", got)
	}
	d.set("type", annotate.StringValue("PROTEST"))
	d.set("mode", annotate.StringValue("strike"))
	if got := d.shown(); got != "context type mode dead place generic until union" {
		t.Errorf("of a strike %s", got)
	}
}

func TestTheWholeEventInAFewKeys(t *testing.T) {
	d := newDesk(t, event())
	if !d.Begin() {
		t.Fatal("nothing to fill in")
	}
	d.at("what is required goes first", "type")
	d.press("p", "Return")
	d.at("then what is empty", "context")
	d.press("econ", "Return", "huma", "Return", "Return")
	d.at("a list is left by Enter", "mode")
	d.press("3")
	d.at("a digit picks and goes on", "dead")
	d.press("4,000", "Return", "Varno", "Return")
	d.at("a truth value", "generic")
	d.press("y")
	d.at("a date", "until")
	d.press("last week", "Return")
	d.press("Return")
	if d.left != 1 || d.editor != nil {
		t.Errorf("after the last field the keyboard went back %d times", d.left)
	}
	d.has("all of it", `[{"context":["economic","human rights"],"dead":4000,"generic":true,"mode":"strike","place":"Varno","type":"PROTEST","until":"2026-03-01"}]`)
}

func TestTabGoesAsOneSeesItAndEscBack(t *testing.T) {
	d := newDesk(t, event())
	d.Begin()
	d.press("Tab")
	d.at("as one sees it", "dead")
	d.has("nothing", `[null]`)
	d.press("12", "Tab")
	d.at("next", "place")
	d.press("Varno", "Escape")
	if d.left != 1 {
		t.Error("Esc did not go back to the text")
	}
	d.has("what was typed is written down", `[{"dead":12,"place":"Varno"}]`)
	d.Begin()
	d.press("Return")
	d.at("Enter alone takes nothing", "context")
	d.press("Down", "Return", "Escape")
	d.has("an arrow marks", `[{"context":["economic"],"dead":12,"place":"Varno"}]`)
	d.Begin()
	d.press("co", "Tab")
	d.at("Tab takes what was looked for; the mode follows", "mode")
	d.press("Down", "Tab", "Escape")
	d.has("and what an arrow marked", `[{"context":["economic"],"dead":12,"mode":"visit","place":"Varno","type":"CONSULT"}]`)
}

func TestTypingFindsTheLikeliestFirst(t *testing.T) {
	d := newDesk(t, event())
	for typed, want := range map[string][]string{
		"c": {"CONSULT", "COOPERATE"}, "PRO": {"PROTEST"}, "op": {"COOPERATE"}, "cpr": {"COOPERATE"}, "xyz": nil,
	} {
		d.Begin()
		d.press(typed)
		var got []string
		for _, i := range d.editor.found {
			got = append(got, d.editor.all[i].value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
		d.press("Escape")
	}
	d.has("nothing was taken", `[null]`)
}

func TestAValueThatAppliesNoLongerIsKeptAndSaysSo(t *testing.T) {
	value := annotate.StringValue
	d := newDesk(t, event(), annotate.Values{
		"type": value("CONSULT"), "mode": value("strike"), "union": value("HWU"), "kind": value("person"),
		"dead": value("many"), "until": value("soon"), "context": json.RawMessage(`["legal","gone"]`), "place": value("Varno"),
	})
	for name, want := range map[string]string{
		"type": "", "mode": "Only with Type Protest", "union": "", "kind": "Not in the schema for Event", "dead": "Not a number",
		"until": "Not a date like 2026, 2026-03 or 2026-03-04", "context": "Not in the list of the schema", "place": "",
	} {
		if got := d.known[name].now.stale; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	d.set("type", value("AGREE"))
	if one := d.known["mode"]; one.now.stale != "Not with Type Agree" || one.wanted() {
		t.Errorf("mode: %q, wanted %v", one.now.stale, one.wanted())
	}
	d.canvas.Focus(d.known["mode"].face)
	d.press("Delete")
	if strings.Contains(d.shown(), "mode") || !strings.Contains(d.shown(), "kind") {
		t.Errorf("left are %s", d.shown())
	}
	d.set("mode", nil)
	d.known["kind"].clear()
	d.has("only what the person removed went", `[{"context":["legal","gone"],"dead":"many","place":"Varno","type":"AGREE","union":"HWU","until":"soon"}]`)
	if one := d.known["union"]; one.now.stale != "Only with Mode strike" {
		t.Errorf("union: %q", one.now.stale)
	}
}

func TestSeveralThings(t *testing.T) {
	value := annotate.StringValue
	d := newDesk(t, event(),
		annotate.Values{"type": value("PROTEST"), "mode": value("riot"), "context": json.RawMessage(`["legal","crime"]`)},
		annotate.Values{"type": value("PROTEST"), "place": value("Varno"), "context": json.RawMessage(`["legal"]`)},
	)
	if m := d.known["mode"].now; !m.mixed || m.raw != nil {
		t.Errorf("mode %+v", m)
	}
	if c := d.known["context"].now; string(c.raw) != `["legal"]` || !slices.Equal(c.some, []string{"crime"}) {
		t.Errorf("context %+v", c)
	}
	d.canvas.Focus(d.known["mode"].face)
	d.press("3")
	d.has("one value for all", `[{"context":["legal","crime"],"mode":"strike","type":"PROTEST"},{"context":["legal"],"mode":"strike","place":"Varno","type":"PROTEST"}]`)
	d.press("Escape")
	d.known["context"].choose("crime")
	d.known["context"].choose("legal")
	d.has("lists grow and shrink by what was pressed", `[{"context":["crime"],"mode":"strike","type":"PROTEST"},{"context":["crime"],"mode":"strike","place":"Varno","type":"PROTEST"}]`)
	d.o.Things[1] = d.o.Things[1].With("type", value("CONSULT")).With("mode", nil)
	d.show()
	if m := d.known["mode"].now; m.applies || len(m.offered) > 0 || !m.mixed {
		t.Errorf("of two types, mode %+v", m)
	}
}

func TestKeeping(t *testing.T) {
	d := newDesk(t, event(), annotate.Values{"type": annotate.StringValue("PROTEST")})
	tag := d.known["type"].name
	tag.MouseIn(&desktop.MouseEvent{})
	if tag.pin.Hidden || tag.pin.Name != widgets.IconPin {
		t.Error("no pin under the pointer")
	}
	tag.Tapped(nil)
	tag.MouseOut()
	if string(d.kept["type"]) != `"PROTEST"` || tag.pin.Hidden || tag.pin.Name != widgets.IconPinned {
		t.Errorf("kept %s, hidden %v", d.kept["type"], tag.pin.Hidden)
	}
	tag.Tapped(nil)
	if len(d.kept) > 0 || !tag.pin.Hidden {
		t.Errorf("still kept %v", d.kept)
	}
	if d.known["place"].name.Tapped(nil); len(d.kept) > 0 {
		t.Error("nothing was kept as a value")
	}
}

func TestDatesAreProposed(t *testing.T) {
	d := newDesk(t, []annotate.Attribute{{Name: "from", Type: annotate.DateValue}, {Name: "end_date", Type: annotate.DateValue}})
	d.o.Dates = func() []Proposal {
		return []Proposal{
			{Period: dates.Period{From: "2026-02-23", To: "2026-03-01", Words: "last week"}, Own: true},
			{Period: dates.Period{From: "2026-03-04", To: "2026-03-04", Words: "published"}},
		}
	}
	d.show()
	if got := d.known["end_date"].hint(); got != "2026-03-01?" {
		t.Errorf("the closed field says %q", got)
	}
	d.Begin()
	d.press("Return", "Return")
	d.has("Enter takes what the own words say", `[{"end_date":"2026-03-01","from":"2026-02-23"}]`)
	if d.left != 1 {
		t.Error("the walk did not end")
	}
	d.canvas.Focus(d.known["from"].face)
	for typed, want := range map[string]string{"2025-12": "2025-12", "yesterday": "2026-03-03", "sometime": "sometime", "": ""} {
		d.known["from"].open(nil)
		d.editor.entry.SetText(typed)
		d.press("Return")
		if d.editor != nil {
			d.press("Escape")
		}
		if got := d.o.Things[0].String("from"); got != want {
			t.Errorf("%q became %q", typed, got)
		}
	}
}

func TestValuesGivenLastAreOffered(t *testing.T) {
	d := newDesk(t, []annotate.Attribute{{Name: "country", Type: annotate.TextValue}})
	d.o.Recent = func(annotate.Attribute) []string { return []string{"NOR", "DNK", "SWE", "SWZ"} }
	d.show()
	d.Begin()
	d.press("s")
	var got []string
	for _, i := range d.editor.found {
		got = append(got, d.editor.all[i].title)
	}
	if !slices.Equal(got, []string{"SWE", "SWZ"}) {
		t.Errorf("offered %q", got)
	}
	d.press("Down", "Down", "Return")
	d.has("an arrow and Enter take one", `[{"country":"SWZ"}]`)
	d.Begin()
	d.press("S", "Return")
	d.has("Enter alone takes what was typed", `[{"country":"S"}]`)
}

func TestByPointer(t *testing.T) {
	d := newDesk(t, []annotate.Attribute{
		{Name: "form", Type: annotate.OneOf, Choices: named("direct", "indirect", "mixed")},
		{Name: "relevant", Type: annotate.BooleanValue, Required: true},
		{Name: "denied", Type: annotate.BooleanValue},
		{Name: "type", Type: annotate.OneOf, Choices: event()[1].Choices},
	})
	pills := d.known["form"].pills()
	pills[1].(*tap).Tapped(nil)
	d.known["relevant"].pills()[1].(*tap).Tapped(nil)
	d.known["denied"].face.Tapped(&fyne.PointEvent{})
	d.known["type"].face.Tapped(&fyne.PointEvent{})
	row := newOptionLine(d.editor)
	row.show(2)
	row.Tapped(nil)
	d.has("one click a choice, two in a list", `[{"denied":true,"form":"indirect","relevant":false,"type":"SUPPORT"}]`)
	if d.left != 4 {
		t.Errorf("the keyboard went back to the text %d times, want after each", d.left)
	}
	d.known["form"].pills()[1].(*tap).Tapped(nil)
	d.known["denied"].face.Tapped(&fyne.PointEvent{})
	d.has("again takes back", `[{"relevant":false,"type":"SUPPORT"}]`)
}

func TestWhatCannotBeChanged(t *testing.T) {
	d := newDesk(t, event(), annotate.Values{"context": json.RawMessage(`["legal"]`)})
	d.o.Editable = false
	d.show()
	if d.Begin() {
		t.Error("the form begins")
	}
	for _, one := range d.fields {
		if !one.face.Disabled() {
			t.Errorf("%s can be pressed", one.a.Name)
		}
	}
	for _, p := range d.known["context"].pills() {
		p.(*tap).Tapped(nil)
	}
	d.has("nothing", `[{"context":["legal"]}]`)
}

func TestNumbers(t *testing.T) {
	for typed, want := range map[string]string{
		"4000": "4000", "4,000": "4000", "1,234,567": "1234567", "-3.5": "-3.5", "4,00": `"4,00"`, "many": `"many"`, " 12 ": "12", "007": `"007"`, "": "", "  ": "",
	} {
		if got := string(rawOf(annotate.NumberValue, typed)); got != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}
