package storage

import "lede/annotate"

var labels = layout{
	table: "label",
	columns: []string{
		"id", "name", "title", "color", "color_dark", "pattern", "hotkey", "description", "guideline", "parent", "entity", "ord", "extra",
	},
	shown: liveRow,
	soft:  true,
	values: func(r record) ([]any, error) {
		l, e := r.(annotate.Label), encoded{r: r}
		return []any{
			string(l.ID), l.Name, l.Title, l.Color, l.ColorDark, string(l.Pattern), l.Hotkey, l.Description, l.Guideline,
			string(l.Parent), l.Entity, l.Order, e.extra(l.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var l annotate.Label
		err := row.Scan(as(&l.ID), &l.Name, &l.Title, &l.Color, &l.ColorDark, as(&l.Pattern), &l.Hotkey, &l.Description,
			&l.Guideline, as(&l.Parent), &l.Entity, &l.Order, into(&l.Extra))
		return l, err
	},
}

var attributes = layout{
	table: "attribute",
	columns: []string{
		"id", "scope", "labels", "name", "title", "type", "choices", "required", "description", "default_value", "when_values",
		"ord", "extra",
	},
	shown: "true",
	values: func(r record) ([]any, error) {
		a, e := r.(annotate.Attribute), encoded{r: r}
		return []any{
			string(a.ID), string(a.Scope), e.ids(a.Labels), a.Name, a.Title, string(a.Type),
			e.json(a.Choices, len(a.Choices) == 0), a.Required, a.Description,
			e.json(a.Default, len(a.Default) == 0), e.json(a.When, len(a.When) == 0), a.Order, e.extra(a.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var a annotate.Attribute
		err := row.Scan(as(&a.ID), as(&a.Scope), into(&a.Labels), &a.Name, &a.Title, as(&a.Type), into(&a.Choices),
			&a.Required, &a.Description, into(&a.Default), into(&a.When), &a.Order, into(&a.Extra))
		return a, err
	},
}

var relationTypes = layout{
	table: "relation_type",
	columns: []string{
		"id", "name", "title", "from_labels", "to_labels", "min", "max", "description", "hotkey", "ord", "extra",
	},
	shown: liveRow,
	soft:  true,
	values: func(r record) ([]any, error) {
		t, e := r.(annotate.RelationType), encoded{r: r}
		return []any{
			string(t.ID), t.Name, t.Title, e.ids(t.From), e.ids(t.To), t.Min, t.Max, t.Description, t.Hotkey, t.Order,
			e.extra(t.Extra),
		}, e.err
	},
	scan: func(row scanner) (record, error) {
		var t annotate.RelationType
		err := row.Scan(as(&t.ID), &t.Name, &t.Title, into(&t.From), into(&t.To), &t.Min, &t.Max,
			&t.Description, &t.Hotkey, &t.Order, into(&t.Extra))
		return t, err
	},
}

var rules = layout{
	table:   "rule",
	columns: []string{"id", "name", "label", "value", "extra"},
	shown:   "true",
	values: func(r record) ([]any, error) {
		u, e := r.(annotate.Rule), encoded{r: r}
		return []any{string(u.ID), u.Name, string(u.Label), u.Value, e.extra(u.Extra)}, e.err
	},
	scan: func(row scanner) (record, error) {
		var u annotate.Rule
		err := row.Scan(as(&u.ID), &u.Name, as(&u.Label), &u.Value, into(&u.Extra))
		return u, err
	},
}

var entities = layout{
	table:   "entity",
	columns: []string{"id", "kind", "name", "aliases", "attributes", "extra"},
	shown:   liveRow,
	soft:    true,
	values: func(r record) ([]any, error) {
		n, e := r.(annotate.Entity), encoded{r: r}
		return []any{string(n.ID), n.Kind, n.Name, e.json(n.Aliases, len(n.Aliases) == 0), e.values(n.Attributes), e.extra(n.Extra)}, e.err
	},
	scan: func(row scanner) (record, error) {
		var n annotate.Entity
		err := row.Scan(as(&n.ID), &n.Kind, &n.Name, into(&n.Aliases), into(&n.Attributes), into(&n.Extra))
		return n, err
	},
}

var annotators = layout{
	table:   "annotator",
	columns: []string{"id", "name", "kind", "extra"},
	shown:   liveRow,
	soft:    true,
	values: func(r record) ([]any, error) {
		a, e := r.(annotate.Annotator), encoded{r: r}
		return []any{string(a.ID), a.Name, string(a.Kind), e.extra(a.Extra)}, e.err
	},
	scan: func(row scanner) (record, error) {
		var a annotate.Annotator
		err := row.Scan(annotatorTargets(&a)...)
		return a, err
	},
}

func annotatorTargets(a *annotate.Annotator) []any {
	return []any{as(&a.ID), &a.Name, as(&a.Kind), into(&a.Extra)}
}
