package schema

import (
	"maps"
	"slices"

	"lede/annotate"
	"lede/app/widgets"
)

// whenRows is a condition: an attribute of the same thing and those of its values
// with which it holds. A condition on several attributes, which a file may have, is
// shown one below the other.
func (a *attributes) whenRows(f *form, title, always string, now annotate.When, t annotate.Attribute, set func(annotate.When)) {
	others := a.others(t)
	if len(others) == 0 && len(now) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(now))
	for i, name := range append(names, "") {
		if name == "" && i > 0 {
			break
		}
		a.whenRow(f, title, always, name, now, others, set)
		title = "and"
	}
}

func (a *attributes) whenRow(f *form, title, always, name string, now annotate.When, others []annotate.Attribute, set func(annotate.When)) {
	titles, chosen := []string{always}, 0
	at := -1
	for i, o := range others {
		titles = append(titles, "only with some values of "+titleOr(o.Title, o.Name))
		if o.Name == name {
			chosen, at = i+1, i
		}
	}
	key := title + "/" + name
	field := f.choice("when/"+key, titles, chosen, func(i int) {
		next := maps.Clone(now)
		delete(next, name)
		if i > 0 {
			if next == nil {
				next = annotate.When{}
			}
			next[others[i-1].Name] = firstValue(others[i-1])
		}
		set(emptied(next))
	})
	f.put(f.row(title, field))
	if at < 0 {
		return
	}
	o := others[at]
	var options []widgets.Pick
	values := valuesOf(o)
	for _, v := range values {
		options = append(options, widgets.Pick{Title: titleOr(v.Title, v.Name), On: slices.Contains(now[name], v.Name)})
	}
	f.put(f.top("", f.scrolled("values/"+key, f.picks("values/"+key, f.fieldWidth()-12, options, func(i int) {
		next := maps.Clone(now)
		var list []string
		for k, p := range options {
			if p.On != (k == i) {
				list = append(list, values[k].Name)
			}
		}
		if next[name] = list; len(list) == 0 {
			delete(next, name)
		}
		set(emptied(next))
	}))))
}

// emptied is a condition, nil if it asks for nothing.
func emptied(w annotate.When) annotate.When {
	if len(w) == 0 {
		return nil
	}
	return w
}

// others are the attributes that the condition of one can be about: closed lists
// and truth values of the same things.
func (a *attributes) others(t annotate.Attribute) []annotate.Attribute {
	var fit []annotate.Attribute
	for _, o := range a.e.schema().Attributes {
		meets := len(o.Labels) == 0 || len(t.Labels) == 0 || slices.ContainsFunc(o.Labels, func(id annotate.ID) bool { return slices.Contains(t.Labels, id) })
		if o.ID != t.ID && o.Scope == t.Scope && meets && len(valuesOf(o)) > 0 {
			fit = append(fit, o)
		}
	}
	return fit
}

// valuesOf are the values that a condition can name.
func valuesOf(t annotate.Attribute) []annotate.Choice {
	if t.Type == annotate.BooleanValue {
		return []annotate.Choice{{Name: "true", Title: "yes"}, {Name: "false", Title: "no"}}
	}
	return t.Choices
}

func firstValue(t annotate.Attribute) []string {
	if v := valuesOf(t); len(v) > 0 {
		return []string{v[0].Name}
	}
	return nil
}
