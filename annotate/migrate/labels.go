package migrate

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/schema"
)

// Put adds a record of the schema (an id that is new, or "") or replaces the one
// of its id, and touches nothing that is annotated: a new label, another colour,
// key, order, guideline, condition or rule. What is called otherwise, has other
// values or goes has steps of its own.
type Put struct{ Record annotate.Record }

func (s Put) compile(p *planner, e *effect) error {
	var what string
	var added bool
	switch r := s.Record.(type) {
	case annotate.Label:
		what = called("label", r.Name, r.Title)
		p.schema.Labels, added = put(p, p.schema.Labels, r, func(r *annotate.Label) *id { return &r.ID })
	case annotate.Attribute:
		what = called("attribute", r.Name, r.Title)
		p.schema.Attributes, added = put(p, p.schema.Attributes, r, func(r *annotate.Attribute) *id { return &r.ID })
	case annotate.RelationType:
		what = called("relation", r.Name, r.Title)
		p.schema.RelationTypes, added = put(p, p.schema.RelationTypes, r, func(r *annotate.RelationType) *id { return &r.ID })
	case annotate.Rule:
		what = called("rule", r.Name, "")
		p.schema.Rules, added = put(p, p.schema.Rules, r, func(r *annotate.Rule) *id { return &r.ID })
	default:
		return refuse("", "%s is no part of a schema.", s.Record.RecordKind())
	}
	verb := "Change"
	if added {
		verb = "Add"
	}
	e.title = verb + " " + what
	e.tell = func(*effect) []string { return []string{e.title + "."} }
	return nil
}

func put[T annotate.Record](p *planner, items []T, r T, of func(*T) *id) (all []T, added bool) {
	if at := of(&r); *at == "" {
		*at = p.env.NewID()
	}
	if now := at(items, r.RecordID()); now != nil {
		*now = r
		return items, false
	}
	return append(items, r), true
}

// called names a thing of the schema for people.
func called(what, name, title string) string {
	if title == "" {
		title = name
	}
	return what + " “" + title + "”"
}

// RenameLabel gives a label another name, which is one row. A title that was made
// from the name is made anew.
type RenameLabel struct {
	Label annotate.ID
	Name  string
}

func (s RenameLabel) compile(p *planner, e *effect) error {
	l, err := p.label(s.Label)
	if err != nil {
		return err
	}
	old := l.Name
	if l.Title == schema.TitleOf(old) || l.Title == "" {
		l.Title = schema.TitleOf(s.Name)
	}
	l.Name = s.Name
	e.rewrite(everyRule, rules.Renames{Labels: map[string]string{old: s.Name}})
	e.title = fmt.Sprintf("Rename label “%s” to “%s”", old, s.Name)
	e.tell = func(*effect) []string {
		return []string{fmt.Sprintf("Label “%s” is called “%s”. Its spans stay as they are.", old, s.Name)}
	}
	return nil
}

// MergeLabels gives the spans of some labels another one and deletes these labels.
// Two spans that then have one label on the same words become one, with the
// attributes, notes and relations of both; where they differ, those of the span
// that had the label before stay.
type MergeLabels struct {
	From []annotate.ID
	Into annotate.ID
}

func (s MergeLabels) compile(p *planner, e *effect) error {
	into, err := p.label(s.Into)
	if err != nil {
		return err
	}
	var names []string
	for _, from := range s.From {
		l, err := p.label(from)
		if err != nil {
			return err
		}
		if from == s.Into {
			return refuse("Choose another one.", "A label cannot be merged into itself.")
		}
		if into.Entity == "" {
			into.Entity = l.Entity
		}
		names = append(names, "“"+l.Name+"”")
	}
	target := into.Name
	for _, from := range s.From {
		e.replaceLabel(from, s.Into)
	}
	e.moveSpans(s.From, s.Into)
	e.title = fmt.Sprintf("Merge label %s into “%s”", strings.Join(names, ", "), target)
	e.tell = func(e *effect) []string {
		return e.toldMoved(fmt.Sprintf("%s of %s get the label “%s”", count(e.spans, "span"), strings.Join(names, ", "), target))
	}
	return nil
}

// moveSpans gives spans of some labels another one.
func (e *effect) moveSpans(from []annotate.ID, into annotate.ID) {
	from = slices.Clone(from)
	e.p.joins[into] = e
	e.span = func(s *annotate.Span, _ *annotate.Document) bool {
		if slices.Contains(from, s.Label) {
			s.Label = into
			e.touch(&e.spans)
		}
		return true
	}
}

// toldMoved says what became of spans that got another label.
func (e *effect) toldMoved(first string) []string {
	if e.spans == 0 {
		return []string{first + "."}
	}
	said := []string{fmt.Sprintf("%s, in %s.", first, count(e.articles, "article"))}
	if e.joined > 0 {
		said = append(said, e.toldJoined())
	}
	return said
}

// toldJoined says that spans became one with others.
func (e *effect) toldJoined() string {
	said := fmt.Sprintf("%d of them %s on the very words of a span of that label and %s one with it", e.joined,
		verb(e.joined, "lies", "lie"), verb(e.joined, "becomes", "become"))
	if e.differing > 0 {
		said += fmt.Sprintf("; %s that it has otherwise %s", count(e.differing, "value"), verb(e.differing, "goes", "go"))
	}
	return said + "."
}

// DeleteLabel deletes a label, and its spans with their relations, or gives its
// spans to the label To.
type DeleteLabel struct {
	Label annotate.ID
	To    annotate.ID // "" = its spans are deleted
}

func (s DeleteLabel) compile(p *planner, e *effect) error {
	l, err := p.label(s.Label)
	if err != nil {
		return err
	}
	name := l.Name
	e.title = "Delete label “" + name + "”"
	if s.To != "" {
		to, err := p.label(s.To)
		if err != nil {
			return err
		}
		if s.To == s.Label {
			return refuse("Choose another one.", "The spans of a label that is deleted cannot stay with it.")
		}
		target := to.Name
		e.replaceLabel(s.Label, s.To)
		e.moveSpans([]id{s.Label}, s.To)
		e.tell = func(e *effect) []string {
			return e.toldMoved(fmt.Sprintf("Label “%s” is deleted; its %s get the label “%s”", name, count(e.spans, "span"), target))
		}
		return nil
	}
	e.span = func(sp *annotate.Span, _ *annotate.Document) bool { return sp.Label != s.Label }
	also := e.dropLabel(s.Label)
	e.tell = func(e *effect) []string {
		said := []string{fmt.Sprintf("Label “%s” is deleted.", name)}
		if e.goneSpans > 0 {
			said[0] = fmt.Sprintf("Label “%s” is deleted with its %s in %s", name, count(e.goneSpans, "span"), count(e.articles, "article"))
			if e.goneRelations > 0 {
				said[0] += fmt.Sprintf(" and %s at %s", count(e.goneRelations, "relation"), verb(e.goneSpans, "it", "them"))
			}
			said[0] += "."
		}
		return append(said, *also...)
	}
	return nil
}

// Part is where spans of a label that is split go: those for which one of Values
// is the value of the attribute, or in whose words the expression Words is found.
type Part struct {
	Values []string
	Words  string         // a regular expression (Go's syntax) over the words of a span
	Label  annotate.Label // one that is there, by its id; without id, a new one
}

// SplitLabel gives the spans of a label other labels, by the value of an attribute
// or by their words: the first part that fits. What fits none keeps the label. A new
// label belongs to the same attributes, relations and rules.
type SplitLabel struct {
	Label     annotate.ID
	Attribute string // by this attribute's value; "" = by words
	Clear     bool   // the value by which a span was moved is taken from it
	Parts     []Part
}

func (s SplitLabel) compile(p *planner, e *effect) error {
	l, err := p.label(s.Label)
	if err != nil {
		return err
	}
	name := l.Name
	parts, err := p.parts(s)
	if err != nil {
		return err
	}
	e.title = fmt.Sprintf("Split label “%s”", name)
	counts, stayed := make([]int, len(parts)), 0
	for _, part := range parts {
		p.joins[part.label] = e
	}
	e.span = func(sp *annotate.Span, d *annotate.Document) bool {
		if sp.Label != s.Label {
			return true
		}
		i := slices.IndexFunc(parts, func(part part) bool { return part.fits(sp, d) })
		if i < 0 || parts[i].label == s.Label {
			if e.counting {
				stayed++
			}
			return true
		}
		sp.Label = parts[i].label
		if s.Clear && s.Attribute != "" {
			sp.Attributes = sp.Attributes.With(s.Attribute, nil)
			e.touchAll(&e.goneValues, 1)
		}
		e.touch(&e.spans)
		e.touch(&counts[i])
		return true
	}
	e.tell = func(e *effect) []string {
		said := []string{fmt.Sprintf("Label “%s” is split: %s in %s.", name, count(e.spans, "span"), count(e.articles, "article"))}
		for i, part := range parts {
			said = append(said, fmt.Sprintf("%s %s the label “%s”.", count(counts[i], "span"), verb(counts[i], "gets", "get"), part.name))
		}
		said = append(said, fmt.Sprintf("%s %s “%s”.", count(stayed, "span"), verb(stayed, "stays", "stay"), name))
		if e.joined > 0 {
			said = append(said, e.toldJoined())
		}
		return said
	}
	return nil
}
