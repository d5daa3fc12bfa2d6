package migrate

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
)

// replaced is a list of ids in which one stands for another, once.
func replaced(ids []id, old, by id) []id {
	if !slices.Contains(ids, old) {
		return ids
	}
	var all []id
	for _, i := range ids {
		if i == old {
			i = by
		}
		if i != "" && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// replaceLabel deletes a label for which another one stands from now on.
func (e *effect) replaceLabel(old, by id) {
	p := e.p
	was, _ := p.label(old)
	is, _ := p.label(by)
	e.rewrite(everyRule, rules.Renames{Labels: map[string]string{was.Name: is.Name}})
	p.schema.Labels = without(p.schema.Labels, old)
	for i := range p.schema.Labels {
		if l := &p.schema.Labels[i]; l.Parent == old {
			if l.Parent = by; l.ID == by {
				l.Parent = ""
			}
		}
	}
	for i := range p.schema.RelationTypes {
		t := &p.schema.RelationTypes[i]
		t.From, t.To = replaced(t.From, old, by), replaced(t.To, old, by)
	}
	for i := range p.schema.Rules {
		if p.schema.Rules[i].Label == old {
			p.schema.Rules[i].Label = by
		}
	}
	p.rulesOnce()
	p.replaceInAttributes(old, by, func(s annotate.Scope) bool { return s != annotate.RelationScope })
}

// replaceInAttributes lets one label or relation type stand for another in the
// attributes of some scopes. Two of one name that then belong to the same things
// become one.
func (p *planner) replaceInAttributes(old, by id, scopes func(annotate.Scope) bool) {
	for i := 0; i < len(p.schema.Attributes); i++ {
		a := &p.schema.Attributes[i]
		if !scopes(a.Scope) || !slices.Contains(a.Labels, old) {
			continue
		}
		other := slices.IndexFunc(p.schema.Attributes, func(o annotate.Attribute) bool {
			return o.ID != a.ID && o.Name == a.Name && o.Scope == a.Scope && slices.Contains(o.Labels, by)
		})
		if other < 0 {
			a.Labels = replaced(a.Labels, old, by)
			continue
		}
		into := &p.schema.Attributes[other]
		for _, c := range a.Choices {
			if listed(into.Type) && !slices.ContainsFunc(into.Choices, func(o annotate.Choice) bool { return o.Name == c.Name }) {
				into.Choices = append(into.Choices, c)
			}
		}
		if a.Labels = replaced(a.Labels, old, ""); len(a.Labels) == 0 {
			p.schema.Attributes = slices.Delete(p.schema.Attributes, i, i+1)
			i--
		}
	}
}

// dropLabel deletes a label for which nothing stands. What the schema says of it
// alone goes as well; also says so, when the annotations have been looked at.
func (e *effect) dropLabel(old id) (also *[]string) {
	also = new([]string)
	p := e.p
	l, _ := p.label(old)
	parent := l.Parent
	e.rewrite(everyRule, rules.Renames{Labels: map[string]string{l.Name: ""}})
	p.schema.Labels = without(p.schema.Labels, old)
	for i := range p.schema.Labels {
		if p.schema.Labels[i].Parent == old {
			p.schema.Labels[i].Parent = parent
		}
	}
	var went []string
	p.schema.Rules = slices.DeleteFunc(p.schema.Rules, func(r annotate.Rule) bool {
		if r.Label == old {
			went = append(went, "rule "+ruleName(r))
		}
		return r.Label == old
	})
	went = append(went, e.dropFromAttributes(old, func(s annotate.Scope) bool { return s != annotate.RelationScope })...)
	p.late = append(p.late, func(w *walk) {
		went := append(e.dropFromTypes(old, w.types), went...)
		if len(went) > 0 {
			*also = append(*also, fmt.Sprintf("What was for it alone goes as well: %s.", strings.Join(went, ", ")))
		}
	})
	return also
}

// dropFromAttributes takes a label or relation type out of attributes of some
// scopes, and deletes those that were for it alone.
func (e *effect) dropFromAttributes(old id, scopes func(annotate.Scope) bool) (went []string) {
	p := e.p
	var all, gone []annotate.Attribute
	for _, a := range p.schema.Attributes {
		if scopes(a.Scope) && slices.Contains(a.Labels, old) {
			if a.Labels = replaced(a.Labels, old, ""); len(a.Labels) == 0 {
				went, gone = append(went, called("attribute", a.Name, "")), append(gone, a)
				continue
			}
		}
		all = append(all, a)
	}
	p.schema.Attributes = all
	for _, a := range gone {
		e.rewrite(p.rulesOf(a), rules.Renames{Attributes: map[string]string{a.Name: ""}})
	}
	return went
}

// dropFromTypes takes a label out of relation types. A type that could lead from
// it alone, or to it alone, is deleted, unless there are relations of it.
func (e *effect) dropFromTypes(old id, inUse map[id]int) (went []string) {
	p := e.p
	var all []annotate.RelationType
	for _, t := range p.schema.RelationTypes {
		limited := slices.Equal(t.From, []id{old}) || slices.Equal(t.To, []id{old})
		t.From, t.To = replaced(t.From, old, ""), replaced(t.To, old, "")
		if limited && inUse[t.ID] == 0 {
			went = append(went, called("relation", t.Name, ""))
			e.rewrite(everyRule, rules.Renames{Relations: map[string]string{t.Name: ""}})
			went = append(went, e.dropFromAttributes(t.ID, func(s annotate.Scope) bool { return s == annotate.RelationScope })...)
			continue
		}
		all = append(all, t)
	}
	p.schema.RelationTypes = all
	return went
}

func listed(t annotate.AttributeType) bool { return t == annotate.OneOf || t == annotate.ManyOf }
