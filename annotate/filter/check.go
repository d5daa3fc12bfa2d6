package filter

import (
	"fmt"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
)

// Check looks whether there are the labels, relation types and annotators that a
// filter names. What is said with a * is not looked at.
func Check(f *annotate.Filter, schema *annotate.Schema, people []annotate.Annotator) error {
	there := map[annotate.FilterKey][]string{annotate.FilterAnnotator: {annotate.FilterMe}}
	for _, l := range schema.Labels {
		there[annotate.FilterLabel] = append(there[annotate.FilterLabel], l.Name)
	}
	for _, t := range schema.RelationTypes {
		there[annotate.FilterRelation] = append(there[annotate.FilterRelation], t.Name)
	}
	for _, p := range people {
		there[annotate.FilterAnnotator] = append(there[annotate.FilterAnnotator], p.Name)
	}
	return check(f, there)
}

func check(f *annotate.Filter, there map[annotate.FilterKey][]string) error {
	if f == nil {
		return nil
	}
	for _, part := range f.Of {
		if err := check(part, there); err != nil {
			return err
		}
	}
	if f.Key != annotate.FilterLabel && f.Key != annotate.FilterRelation && f.Key != annotate.FilterAnnotator {
		return nil
	}
	for _, v := range f.Values {
		fits := false
		for _, name := range there[f.Key] {
			fits = fits || Fits(v, name)
		}
		if fits || v.Before || v.After {
			continue
		}
		hint := "There are " + strings.Join(there[f.Key], ", ") + "."
		if near := rules.Near(v.Text, there[f.Key]); near != "" {
			hint = fmt.Sprintf("Do you mean “%s”?", near)
		} else if len(there[f.Key]) == 0 {
			hint = "There is none at all."
		}
		return &Error{f.At, fmt.Sprintf("There is no %s “%s”.", f.Key, v.Text), hint}
	}
	return nil
}

// Named is the filter with a name in the place of me.
func Named(f *annotate.Filter, name string) *annotate.Filter {
	if f == nil || name == "" {
		return f
	}
	g := *f
	g.Of, g.Values = nil, nil
	for _, part := range f.Of {
		g.Of = append(g.Of, Named(part, name))
	}
	for _, v := range f.Values {
		if v == (annotate.FilterValue{Text: annotate.FilterMe}) && (f.Key == annotate.FilterAnnotator || f.Key == annotate.FilterAssigned) {
			v.Text = name
		}
		g.Values = append(g.Values, v)
	}
	bind(&g, nil)
	return &g
}
