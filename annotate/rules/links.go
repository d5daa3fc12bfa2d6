package rules

import (
	"fmt"
	"slices"

	"lede/annotate"
)

// outgoing holds the number of relations that lead from a span against the least and
// the largest number of their types.
func (r *run) outgoing(l *labelled, i int) {
	s := &r.spans[i]
	for _, t := range l.outgoing {
		n := 0
		for _, k := range r.out.of(i) {
			if r.data.Relations[k].Type == t.ID {
				n++
			}
		}
		title := titleOf(t.Title, t.Name)
		switch {
		case n < t.Min && !r.isOff(RelationMin, s.Label):
			w := Warning{Rule: RelationMin, Field: t.Name, Text: title + " is missing.", Hint: r.linkHint(t)}
			if t.Min > 1 {
				w.Text = fmt.Sprintf("%s: there should be at least %d, and there %s %d.", title, t.Min, are(n), n)
			}
			r.warn(s, w)
		case t.Max > 0 && n > t.Max && !r.isOff(RelationMax, s.Label):
			r.warn(s, Warning{
				Rule: RelationMax, Field: t.Name, Text: fmt.Sprintf("%s: there should be at most %d, and there %s %d.", title, t.Max, are(n), n),
				Hint: "Remove what does not belong to it.",
			})
		}
	}
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// linkHint says what to link a span to.
func (r *run) linkHint(t annotate.RelationType) string {
	var titles []string
	for _, id := range t.To {
		titles = append(titles, r.of(id).title)
	}
	if len(titles) == 0 {
		return "Link it to a span."
	}
	return "Link it to a span with the label " + either(titles) + "."
}

// needsLink warns of a span from which, or to which, none of the relations leads.
func (r *run) needsLink(rule *rule, i int) {
	s, links := &r.spans[i], r.out.of(i)
	if rule.Name == NeedsIncoming {
		links = r.in.of(i)
	}
	if slices.ContainsFunc(links, func(k int32) bool { return rule.ids[r.data.Relations[k].Type] }) {
		return
	}
	w := Warning{Rule: rule.Name, Field: rule.field(), Text: rule.title + " is missing.", Hint: "Link it to the span that is meant."}
	if rule.Name == NeedsIncoming {
		w.Text = "Nothing leads to it as " + rule.title + "."
		w.Hint = "Link the span that it belongs to, or delete it."
	} else if reason := because(rule, r.of(s.Label), s); reason != "" {
		w.Text = rule.title + " is missing" + reason + "."
	}
	r.warn(s, w)
}

// field is what a warning of the rule is about: the names that it has.
func (r *rule) field() string {
	return Value{Names: r.Names}.String(Kind{Shape: Relations})
}

// relations checks every relation.
func (r *run) relations() {
	type edge struct{ kind, from, to annotate.ID }
	seen := make(map[edge]bool, len(r.data.Relations))
	for i := range r.data.Relations {
		l := &r.data.Relations[i]
		from, okFrom := r.end(l.From)
		to, okTo := r.end(l.To)
		if !okFrom || !okTo {
			continue // no store holds such a relation
		}
		about := *from
		about.Accepted = l.Accepted // what is no problem here stands with the relation
		warn := func(w Warning) {
			if !r.isOff(w.Rule, from.Label) {
				w.Relation = l.ID
				if w.Field == "" {
					w.Field = r.typeName(l.Type)
				}
				r.warn(&about, w)
			}
		}
		if e := (edge{l.Type, l.From, l.To}); seen[e] {
			warn(Warning{Rule: Duplicate, Text: r.typeTitle(l.Type) + " leads to the same span twice.", Hint: "Remove one of the two."})
		} else {
			seen[e] = true
		}
		r.relation(l, from, to, warn)
	}
	for _, rule := range r.links {
		if rule.Name == DifferentEnds {
			r.differentEnds(rule)
		}
	}
}

func (r *run) end(id annotate.ID) (*annotate.Span, bool) {
	i, ok := r.rank[id]
	if !ok {
		return nil, false
	}
	return &r.spans[i], true
}

// relation checks one relation.
func (r *run) relation(l *annotate.Relation, from, to *annotate.Span, warn func(Warning)) {
	title := r.typeTitle(l.Type)
	if l.From == l.To {
		warn(Warning{Rule: SelfRelation, Text: title + " leads from the span to itself.", Hint: "Remove the relation."})
	}
	t := r.types[l.Type]
	if t == nil {
		return
	}
	switch {
	case !t.kind.AllowsFrom(from.Label):
		warn(Warning{
			Rule: RelationEnds, Text: fmt.Sprintf("%s leads from %s; the schema has %s there.", title, r.of(from.Label).title, r.titles(t.kind.From)),
			Hint: "Turn the relation round, give it another type, or remove it.",
		})
	case !t.kind.AllowsTo(to.Label):
		warn(Warning{
			Rule: RelationEnds, Text: fmt.Sprintf("%s leads to %s %s; the schema has %s there.", title, r.of(to.Label).title, r.quote(to.Fragments), r.titles(t.kind.To)),
			Hint: "Turn the relation round, give it another type, or remove it.",
		})
	}
	r.values(t.attributes, l.Attributes, func(w Warning) {
		w.Text = title + ": " + w.Text
		warn(w)
	})
	for _, rule := range r.links {
		if rule.Name == EndsApart && rule.ids[l.Type] && rule.concerns(from) && l.From != l.To && shareText(from.Fragments, to.Fragments) {
			warn(Warning{
				Rule: EndsApart, Text: fmt.Sprintf("%s %s shares text with it.", title, r.quote(to.Fragments)),
				Hint: "Leave it out of the span, in a part before and a part after if it stands in the middle.",
			})
		}
	}
}

// concerns says whether a rule is for a span: by its label and its condition.
func (r *rule) concerns(s *annotate.Span) bool {
	return (r.label == "" || r.label == s.Label) && holds(r.Where, s.Attributes)
}

func (r *run) titles(labels []annotate.ID) string {
	var titles []string
	for _, id := range labels {
		titles = append(titles, r.of(id).title)
	}
	return either(titles)
}

func (r *run) typeTitle(id annotate.ID) string {
	if t := r.types[id]; t != nil {
		return t.title
	}
	return "Relation"
}

func (r *run) typeName(id annotate.ID) string {
	if t := r.types[id]; t != nil {
		return t.kind.Name
	}
	return ""
}

// differentEnds warns of a span to which two of the relations lead from one span.
func (r *run) differentEnds(rule *rule) {
	for i := range r.spans {
		s := &r.spans[i]
		if !rule.concerns(s) {
			continue
		}
		first := map[annotate.ID]annotate.ID{} // type by end
		for _, k := range r.out.of(i) {
			l := &r.data.Relations[k]
			if !rule.ids[l.Type] {
				continue
			}
			other, known := first[l.To]
			if to, ok := r.end(l.To); ok && known && other != l.Type {
				r.warn(s, Warning{
					Rule: rule.Name, Field: rule.field(),
					Text: fmt.Sprintf("%s is both its %s and its %s.", r.quote(to.Fragments), r.typeTitle(other), r.typeTitle(l.Type)),
					Hint: "Remove one of the two relations.",
				})
				break
			}
			first[l.To] = l.Type
		}
	}
}

// shareText says whether two lists of fragments have a code point in common.
func shareText(a, b annotate.Fragments) bool {
	for i, k := 0, 0; i < len(a) && k < len(b); {
		if a[i].Overlaps(b[k]) {
			return true
		}
		if a[i].End <= b[k].End {
			i++
		} else {
			k++
		}
	}
	return false
}

// entity checks what a span points at.
func (r *run) entity(l *labelled, s *annotate.Span) {
	if s.Entity == "" || r.entities == nil || l.label.Entity == "" || r.isOff(EntityKind, s.Label) {
		return
	}
	if e, ok := r.entities(s.Entity); ok && e.Kind != "" && e.Kind != l.label.Entity {
		r.warn(s, Warning{
			Rule: EntityKind, Text: fmt.Sprintf("It stands for %s, which is of the kind %s; %s stands for %s.", quoted(e.Name), quoted(e.Kind), l.title, quoted(l.label.Entity)),
			Hint: "Choose another entity.",
		})
	}
}

// documentFields checks the fields of the article. Of one that was skipped nothing
// is asked.
func (r *run) documentFields() {
	if r.data.Set.ID == "" || r.data.Set.Status == annotate.Skipped {
		return
	}
	r.values(r.fields, r.data.Set.Fields, func(w Warning) {
		if !r.isOff(w.Rule, "") {
			w.Severity = severities[w.Rule]
			w.Accepted = slices.Contains(r.data.Set.Accepted, w.Key())
			r.found = append(r.found, w)
		}
	})
}

// Entity holds an entity of the project against the schema.
func (c *Checker) Entity(e annotate.Entity) []Warning {
	r := &run{Checker: c}
	r.values(c.schema.EntityAttributes(e.Kind), e.Attributes, func(w Warning) {
		if !c.isOff(w.Rule, "") {
			w.Severity, w.Entity = severities[w.Rule], e.ID
			r.found = append(r.found, w)
		}
	})
	return r.found
}
