package form

import (
	"encoding/json"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/dates"
)

// Options is what a form needs. It is filled anew whenever something changes.
type Options struct {
	Canvas fyne.Canvas
	Width  float32 // of the form
	Column float32 // where the fields begin

	Attributes []annotate.Attribute // that the things may have, in order
	Things     []annotate.Values    // the values of each; never none
	Editable   bool

	// Set gives an attribute of every thing what alter makes of its values, as one
	// step; nil removes it.
	Set func(name string, alter func(annotate.Values) json.RawMessage)
	// Place is where an object of the form stands on the canvas, also one that was not
	// painted yet; nil: as the driver knows it.
	Place func(fyne.CanvasObject) fyne.Position
	// Reveal brings a field that a key went to into sight, with room for its list
	// below; may be nil.
	Reveal func(fyne.CanvasObject)
	// Show fills the form anew with what is set now, before it returns.
	Show func()
	// Leave gives the keyboard back to the text.
	Leave func()

	Recent    func(annotate.Attribute) []string // texts and numbers given last; may be nil
	Published string                            // day of publication, for dates; "" if it is not known
	Dates     func() []Proposal                 // dates that may be meant, the likeliest first; may be nil

	Of   string // what the next ones are called, as “Event”
	Kept annotate.Values
	Keep func(name string, value json.RawMessage) // nil: nothing can be kept
}

// Proposal is a date that may be meant.
type Proposal struct {
	dates.Period
	Own bool // the thing's own words say it: Enter takes it
}

// Form is the fields of some things.
type Form struct {
	o      Options
	fields []*field          // those that are shown, in order
	known  map[string]*field // every field there was, by attribute
	seen   map[string]bool   // by the walk
	editor *editor
}

// New makes a form without fields.
func New() *Form { return &Form{known: map[string]*field{}} }

// Fill makes the form that of some things, or shows what changed in them, and gives
// a row for each field. Fields that are there still keep the keyboard.
func (f *Form) Fill(o Options) []fyne.CanvasObject {
	f.o, f.fields = o, nil
	var rows []fyne.CanvasObject
	for _, a := range f.attributes() {
		state := f.stateOf(a)
		if !state.shown() {
			continue
		}
		one := f.known[a.Name]
		if one == nil || one.a.Type != a.Type {
			one = newField(f, a)
			f.known[a.Name] = one
		}
		one.fill(a, state)
		f.fields = append(f.fields, one)
		rows = append(rows, one.row)
	}
	return rows
}

// Forget makes the form one without fields.
func (f *Form) Forget() { f.fields, f.known, f.seen = nil, map[string]*field{}, nil }

// attributes are those of the schema, then what else the things have values of.
func (f *Form) attributes() []annotate.Attribute {
	all := slices.Clone(f.o.Attributes)
	others := map[string]bool{}
	for _, v := range f.o.Things {
		for name := range v {
			others[name] = !slices.ContainsFunc(all, func(a annotate.Attribute) bool { return a.Name == name })
		}
	}
	maps.DeleteFunc(others, func(_ string, other bool) bool { return !other })
	for _, name := range slices.Sorted(maps.Keys(others)) {
		all = append(all, annotate.Attribute{Name: name, Type: unknown})
	}
	return all
}

// Begin gives the keyboard to the field that is needed most and says whether there
// is one.
func (f *Form) Begin() bool {
	f.seen = map[string]bool{}
	to := f.needed("")
	if to == nil && len(f.fields) > 0 {
		to = f.fields[0]
	}
	if to == nil || !f.o.Editable {
		return false
	}
	f.goTo(to)
	return true
}

// needed is the field that the walk goes to from another one: the next that is
// required and empty, going round; else the next empty one; nil if none is.
func (f *Form) needed(from string) *field {
	at := f.index(from) // -1: from the start
	n := len(f.fields)
	for i := 1; i <= n; i++ {
		if one := f.fields[(at+i+n)%n]; one.a.Required && one.wanted() && !f.seen[one.a.Name] {
			return one
		}
	}
	for _, one := range f.fields {
		if one.wanted() && !f.seen[one.a.Name] {
			return one
		}
	}
	return nil
}

func (f *Form) index(name string) int {
	return slices.IndexFunc(f.fields, func(one *field) bool { return one.a.Name == name })
}

// walkOn goes on from a field to the one needed next; from the last, to the text.
func (f *Form) walkOn(from string) {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	f.seen[from] = true
	if to := f.needed(from); to != nil {
		f.goTo(to)
		return
	}
	f.leave()
}

// step goes to the next field (1) or the last (-1), as one sees them.
func (f *Form) step(from string, by int) {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	f.seen[from] = true
	at := f.index(from) + by
	if at < 0 || at >= len(f.fields) {
		f.leave()
		return
	}
	f.goTo(f.fields[at])
}

func (f *Form) goTo(to *field) {
	f.o.Canvas.Focus(to.face)
	if f.o.Reveal != nil {
		f.o.Reveal(to.row)
	}
	to.open(nil)
}

func (f *Form) leave() {
	f.seen = nil
	f.o.Leave()
}

// Commit writes down what stands in the editor that is open, and closes it.
func (f *Form) Commit() {
	if f.editor != nil {
		f.editor.finish()
	}
}

// set gives all things a value and shows it.
func (f *Form) set(name string, raw json.RawMessage) {
	f.alter(name, func(annotate.Values) json.RawMessage { return raw })
}

func (f *Form) alter(name string, alter func(annotate.Values) json.RawMessage) {
	f.o.Set(name, alter)
	f.o.Show()
}
