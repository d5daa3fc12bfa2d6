package schema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/annotate/rules"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// ruleArea is the area of the rules that annotations are held against.
type ruleArea struct {
	e     *Editor
	draft *annotate.Rule
	value rules.Value // of the draft, until it is complete
}

func (a *ruleArea) title() string         { return "Rules" }
func (a *ruleArea) adds() string          { return "Add" }
func (a *ruleArea) arranges() bool        { return false }
func (a *ruleArea) arrange([]annotate.ID) {}
func (a *ruleArea) drop()                 { a.draft, a.value = nil, rules.Value{} }
func (a *ruleArea) empty() string {
	return "No rules yet. A rule warns about spans that the codebook would not want: too many words, a quotation mark alone, a relation that is missing. It refuses nothing."
}

func (a *ruleArea) items() []item {
	var items []item
	for _, r := range a.e.schema().Rules {
		k, _ := rules.KindOf(r.Name)
		it := item{id: r.ID, title: cmp.Or(k.Title, r.Name), below: a.about(r)}
		if l, ok := a.e.schema().Label(r.Label); ok {
			it.marks = []widgets.Mark{reader.MarkOf(l)}
		}
		items = append(items, it)
	}
	if a.draft != nil {
		k, _ := rules.KindOf(a.draft.Name)
		items = append(items, item{id: draftID, title: cmp.Or(k.Title, "New rule"), below: "new"})
	}
	return items
}

// about is what a rule is for and what it says, in a few words.
func (a *ruleArea) about(r annotate.Rule) string {
	whose := "All labels"
	if l, ok := a.e.schema().Label(r.Label); ok {
		whose = l.Called()
	}
	if r.Value == "" {
		return whose
	}
	return whose + " · " + r.Value
}

func (a *ruleArea) add() {
	a.draft, a.value = &annotate.Rule{Name: rules.List[0].Name}, rules.Value{}
	a.e.chosen[a.e.now] = draftID
}

// get is a rule with its value taken apart.
func (a *ruleArea) get(id annotate.ID) (annotate.Rule, rules.Value) {
	if id == draftID && a.draft != nil {
		return *a.draft, a.value
	}
	for _, r := range a.e.schema().Rules {
		if r.ID == id {
			v, _ := rules.Parse(r.Name, r.Value) // one that cannot be read is shown as it is written
			return r, v
		}
	}
	return annotate.Rule{}, rules.Value{}
}

// put changes a rule. A draft is put into the schema once its value is complete.
func (a *ruleArea) put(r annotate.Rule, v rules.Value) error {
	k, _ := rules.KindOf(r.Name)
	r.Value = v.String(k)
	_, err := rules.Parse(r.Name, r.Value)
	switch {
	case err != nil && r.ID == "":
		*a.draft, a.value = r, v
		a.e.soon()
		return nil
	case err != nil:
		return &annotate.Error{Kind: annotate.ErrInvalid, Detail: sentence(err)}
	case r.ID != "":
		return a.e.o.Session.EditSchema("Change the rule "+k.Title, r)
	}
	r.ID = a.e.o.Session.Env().NewID()
	if err := a.e.o.Session.EditSchema("Add the rule "+k.Title, r); err != nil {
		return err
	}
	a.drop()
	a.e.added(r.ID)
	a.e.soon()
	return nil
}

// sentence makes one of what rules.Parse says.
func sentence(err error) string {
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (a *ruleArea) form(f *form, id annotate.ID) {
	r, v := a.get(id)
	k, known := rules.KindOf(r.Name)
	if id == draftID {
		f.put(f.row("Warns about", a.kindField(f, r)))
	} else {
		f.put(f.row("Warns about", widgets.NewElastic(cmp.Or(k.Title, r.Name), theme.TextSize, theme.Text)))
	}
	f.put(f.hint(cmp.Or(k.Help, "This version does not know the rule, and leaves it as it is.")))
	if known {
		f.put(f.row("Label", a.labelField(f, r)))
		a.valueRows(f, k, v)
		if k.Shape != rules.CheckName {
			a.whereRows(f, r, v)
		}
	}
	if id == draftID {
		note := "Say what it needs, and it holds."
		if k.Shape == rules.NoValue {
			note = ""
		}
		row := []fyne.CanvasObject{widgets.NewElastic(note, theme.SmallSize, theme.Dim)}
		if k.Shape == rules.NoValue {
			row = append(row, f.press("complete", func(tapped func()) *widgets.Surface { return widgets.NewBorderedButton("Add the rule", tapped) }, a.complete))
		}
		f.put(widgets.NewPadded(widgets.Pad{Left: titleColumn + 12}, widgets.NewStretch(8, 0, row...)))
		return
	}
	f.deeds("", a.deeds(id))
}

func (a *ruleArea) deeds(id annotate.ID) []deed {
	return []deed{{"delete", "Delete", 'd', func() { a.remove(id) }}}
}

// kindField is which rule a draft is.
func (a *ruleArea) kindField(f *form, r annotate.Rule) fyne.CanvasObject {
	var titles []string
	chosen := 0
	for i, k := range rules.List {
		titles = append(titles, k.Title)
		if k.Name == r.Name {
			chosen = i
		}
	}
	return f.choice("title", titles, chosen, func(i int) {
		a.draft.Name, a.value = rules.List[i].Name, rules.Value{}
		a.e.soon()
	})
}

// complete adds a draft that needs no value.
func (a *ruleArea) complete() {
	a.e.fail(a.put(*a.draft, a.value))
}

func (a *ruleArea) change(id annotate.ID, alter func(*annotate.Rule, *rules.Value)) error {
	r, v := a.get(id)
	alter(&r, &v)
	if k, _ := rules.KindOf(r.Name); id == draftID && k.Shape == rules.NoValue { // added by its button
		*a.draft, a.value = r, v
		a.e.soon()
		return nil
	}
	return a.put(r, v)
}

func (a *ruleArea) set(f *form, alter func(*annotate.Rule, *rules.Value)) {
	a.e.fail(a.change(f.of, alter))
}

func (a *ruleArea) labelField(f *form, r annotate.Rule) fyne.CanvasObject {
	titles, ids, chosen := []string{"spans of every label"}, []annotate.ID{""}, 0
	for _, l := range a.e.schema().Labels {
		if l.ID == r.Label {
			chosen = len(ids)
		}
		titles, ids = append(titles, l.Called()), append(ids, l.ID)
	}
	return f.choice("label", titles, chosen, func(i int) {
		a.set(f, func(r *annotate.Rule, _ *rules.Value) { r.Label = ids[i] })
	})
}

// valueRows are what the rule needs to know.
func (a *ruleArea) valueRows(f *form, k rules.Kind, v rules.Value) {
	s := a.e.schema()
	switch k.Shape {
	case rules.Number:
		shown := ""
		if v.Number > 0 {
			shown = strconv.Itoa(v.Number)
		}
		f.put(f.row("Words", f.text("value", shown, "a number", func(typed string) error {
			n, err := strconv.Atoi(strings.TrimSpace(typed))
			if err != nil || n < 1 {
				return &annotate.Error{Kind: annotate.ErrInvalid, Detail: "That is not a number from 1."}
			}
			return a.change(f.of, func(_ *annotate.Rule, v *rules.Value) { v.Number = n })
		})))
	case rules.Policy:
		var options []widgets.Pick
		words := map[string]string{rules.OverlapNone: "none at all", rules.OverlapNest: "one may lie in another", rules.OverlapAny: "any"}
		for _, p := range rules.Policies {
			options = append(options, widgets.Pick{Title: words[p], On: v.Choice == p})
		}
		f.put(f.row("Overlap", f.picks("value", f.fieldWidth(), options, func(i int) {
			a.set(f, func(_ *annotate.Rule, v *rules.Value) { v.Choice = rules.Policies[i] })
		})))
	case rules.CheckName:
		var titles []string
		for _, c := range rules.Checks {
			titles = append(titles, c.Title)
		}
		now := slices.IndexFunc(rules.Checks, func(c rules.Kind) bool { return c.Name == v.Choice })
		f.put(f.row("Check", f.choice("value", titles, now, func(i int) {
			a.set(f, func(_ *annotate.Rule, v *rules.Value) { v.Choice = rules.Checks[i].Name })
		})))
	case rules.Labels:
		var names []string
		var options []widgets.Pick
		for _, l := range s.Labels {
			mark := reader.MarkOf(l)
			names, options = append(names, l.Name), append(options, widgets.Pick{Title: l.Called(), Mark: &mark, On: slices.Contains(v.Names, l.Name)})
		}
		f.put(f.top("Labels", a.namePicks(f, names, options)))
	case rules.Relations:
		var names []string
		var options []widgets.Pick
		for _, t := range s.RelationTypes {
			names, options = append(names, t.Name), append(options, widgets.Pick{Title: titleOr(t.Title, t.Name), On: slices.Contains(v.Names, t.Name)})
		}
		f.put(f.top("Relations", a.namePicks(f, names, options)))
	case rules.Attribute, rules.Pair:
		a.attributeRows(f, k, v)
	case rules.NoValue:
	}
}

// namePicks are names of which the rule's value has some.
func (a *ruleArea) namePicks(f *form, names []string, options []widgets.Pick) fyne.CanvasObject {
	return f.scrolled("value", f.picks("value", f.fieldWidth()-12, options, func(i int) {
		a.set(f, func(_ *annotate.Rule, v *rules.Value) {
			v.Names = nil
			for k, o := range options {
				if o.On != (k == i) {
					v.Names = append(v.Names, names[k])
				}
			}
		})
	}))
}

// attributeRows are one attribute with some of its values, or two attributes.
func (a *ruleArea) attributeRows(f *form, k rules.Kind, v rules.Value) {
	r, _ := a.get(f.of)
	fit := a.attributesOf(r)
	var titles []string
	for _, t := range fit {
		titles = append(titles, titleOr(t.Title, t.Name))
	}
	names := append(slices.Clone(v.Names), "", "")
	pick := func(title string, nth int) fyne.CanvasObject {
		now := slices.IndexFunc(fit, func(t annotate.Attribute) bool { return t.Name == names[nth] })
		return f.row(title, f.choice("value"+strconv.Itoa(nth), titles, now, func(i int) {
			a.set(f, func(_ *annotate.Rule, v *rules.Value) {
				next := append(slices.Clone(v.Names), "", "")[:2]
				next[nth] = fit[i].Name
				v.Names, v.Values = slices.DeleteFunc(next, func(s string) bool { return s == "" }), nil
			})
		}))
	}
	if k.Shape == rules.Pair {
		f.put(f.pair(pick("First", 0), pick("Then", 1)))
		return
	}
	f.put(pick("Attribute", 0))
	for _, t := range fit {
		if t.Name != names[0] || len(valuesOf(t)) == 0 {
			continue
		}
		var options []widgets.Pick
		all := valuesOf(t)
		for _, c := range all {
			options = append(options, widgets.Pick{Title: titleOr(c.Title, c.Name), On: slices.Contains(v.Values, c.Name)})
		}
		f.put(f.top("One of", f.scrolled("values", f.picks("values", f.fieldWidth()-12, options, func(i int) {
			a.set(f, func(_ *annotate.Rule, v *rules.Value) {
				v.Values = nil
				for k, o := range options {
					if o.On != (k == i) {
						v.Values = append(v.Values, all[k].Name)
					}
				}
			})
		}))))
		f.put(f.hint("None is chosen: any value will do."))
		break
	}
}

// attributesOf are the attributes of the spans that a rule is for, each name once.
func (a *ruleArea) attributesOf(r annotate.Rule) []annotate.Attribute {
	var fit []annotate.Attribute
	for _, t := range a.e.schema().Attributes {
		mine := t.Scope == annotate.SpanScope && (r.Label == "" || len(t.Labels) == 0 || slices.Contains(t.Labels, r.Label))
		if mine && !slices.ContainsFunc(fit, func(o annotate.Attribute) bool { return o.Name == t.Name }) {
			fit = append(fit, t)
		}
	}
	return fit
}

// whereRows limit the rule to spans with some values of attributes.
func (a *ruleArea) whereRows(f *form, r annotate.Rule, v rules.Value) {
	now := annotate.When{}
	for _, c := range v.Where {
		now[c.Attribute] = c.Values
	}
	spans := annotate.Attribute{Scope: annotate.SpanScope}
	if r.Label != "" {
		spans.Labels = []annotate.ID{r.Label}
	}
	(&attributes{e: a.e}).whenRows(f, "Holds", "for all of them", emptied(now), spans, func(w annotate.When) {
		a.set(f, func(_ *annotate.Rule, v *rules.Value) {
			v.Where = nil
			for _, t := range a.attributesOf(r) {
				if values, ok := w[t.Name]; ok {
					v.Where = append(v.Where, rules.Condition{Attribute: t.Name, Values: values})
				}
			}
		})
	})
}

// remove deletes a rule. No span is touched by it.
func (a *ruleArea) remove(id annotate.ID) {
	if id == draftID {
		a.drop()
		a.e.show()
		return
	}
	r, _ := a.get(id)
	k, _ := rules.KindOf(r.Name)
	a.e.fail(a.e.straight("Delete the rule "+cmp.Or(k.Title, r.Name), "Delete", migrate.DeleteRule{Rule: id}))
}
