package format

import (
	"slices"
	"strings"

	"lede/annotate"
)

// checkChoices refuses choices that contradict each other or the format.
func checkChoices(f *Format, o ExportOptions) error {
	switch {
	case o.Split != nil && f.SchemaAlone:
		return usage("format %s holds no articles that could be split.", "", f.Name)
	case len(o.Mask) > 0 && o.NoText:
		return usage("without the text there are no words to replace.", "Leave one of --no-text and --mask out.")
	case o.MaskEverywhere && len(o.Mask) == 0:
		return usage("of no label are words to be hidden, so there are none to be hidden everywhere.", "Say which with --mask LABEL.")
	}
	return nil
}

// ParseLabelMap reads pairs OLD=NEW; nil if there are none. A label may hold a "=": the
// last one counts.
func ParseLabelMap(pairs []string) (map[string]string, error) {
	var names map[string]string
	for _, pair := range pairs {
		i := strings.LastIndexByte(pair, '=')
		if i < 1 {
			return nil, usage("a label is renamed by OLD=NEW, and %q is not that.", "", pair)
		}
		if names == nil {
			names = map[string]string{}
		}
		old, name := pair[:i], pair[i+1:]
		if was, twice := names[old]; twice && was != name {
			return nil, usage("the label %s gets two names, %q and %q.", "", old, was, name)
		}
		names[old] = name
	}
	return names, nil
}

// picker chooses labels and gives them other names. Nil: all stay as they are.
type picker struct {
	names map[string]string // of the labels that go out
}

func newPicker(schema *annotate.Schema, o *ExportOptions) (*picker, error) {
	if len(o.Labels) == 0 && len(o.Map) == 0 {
		return nil, nil
	}
	if err := labelsKnown(schema, o.Labels); err != nil {
		return nil, err
	}
	p := &picker{map[string]string{}}
	for _, l := range schema.Labels {
		if len(o.Labels) == 0 || slices.Contains(o.Labels, l.Name) {
			p.names[l.Name] = l.Name
		}
	}
	for from, to := range o.Map {
		if err := labelsKnown(schema, []string{from}); err != nil {
			return nil, err
		}
		if strings.ContainsAny(to, "\n\x00") {
			return nil, usage("%q cannot be the name of a label.", "", to)
		}
		if _, out := p.names[from]; !out {
			continue
		}
		if p.names[from] = to; to == "" {
			delete(p.names, from)
		}
	}
	return p, nil
}

func labelsKnown(schema *annotate.Schema, names []string) error {
	for _, name := range names {
		if _, ok := schema.LabelNamed(name); !ok {
			var all []string
			for _, l := range schema.Labels {
				all = append(all, l.Name)
			}
			return usage("the project has no label %q.", "Labels: %s.", name, join(all))
		}
	}
	return nil
}

// apply leaves spans out whose labels do not go out, with the relations at them, and
// renames the others. The article's sets may be those of the project: they are copied.
func (p *picker) apply(a *Article, left *notes) {
	if p == nil {
		return
	}
	a.Sets = slices.Clone(a.Sets)
	for i := range a.Sets {
		s := &a.Sets[i]
		gone := map[string]bool{}
		var spans []Span
		for _, x := range s.Spans {
			name, out := p.names[x.Label]
			if !out {
				gone[x.ID] = true
				left.add("labels", "spans whose label was not chosen", 1, x.Label)
				continue
			}
			x.Label = name
			spans = append(spans, x)
		}
		s.Spans = spans
		SortSpans(s.Spans)
		dropped := 0
		s.Relations, dropped = WithoutSpans(s.Relations, gone)
		left.add("labels", "relations of spans whose label was not chosen", dropped, a.Ref)
	}
}

// schema is the project's with the labels that go out, under their new names: where
// several get one name, the first of them stands for all.
func (p *picker) schema(s *annotate.Schema) *annotate.Schema {
	if p == nil {
		return s
	}
	picked := *s
	picked.Labels = nil
	stands := map[annotate.ID]annotate.ID{} // for labels that go out
	named := map[string]annotate.ID{}
	for _, l := range s.Labels {
		name, out := p.names[l.Name]
		if !out {
			continue
		}
		if first, taken := named[name]; taken {
			stands[l.ID] = first
			continue
		}
		if name != l.Name {
			l.Name, l.Title = name, name
		}
		named[name], stands[l.ID] = l.ID, l.ID
		picked.Labels = append(picked.Labels, l)
	}
	for i := range picked.Labels {
		picked.Labels[i].Parent = stands[picked.Labels[i].Parent]
	}
	limit := func(ids []annotate.ID) []annotate.ID {
		var kept []annotate.ID
		for _, id := range ids {
			if to, out := stands[id]; out && !slices.Contains(kept, to) {
				kept = append(kept, to)
			}
		}
		return kept
	}
	picked.Attributes, picked.RelationTypes, picked.Rules = nil, nil, nil
	for _, a := range s.Attributes {
		limited := len(a.Labels) > 0 && (a.Scope == annotate.SpanScope || a.Scope == annotate.EntityScope)
		if limited {
			a.Labels = limit(a.Labels)
		}
		if !limited || len(a.Labels) > 0 { // of labels that all stay out nothing is said
			picked.Attributes = append(picked.Attributes, a)
		}
	}
	// Types limit what is offered, never what is there: none can be left out.
	for _, t := range s.RelationTypes {
		t.From, t.To = limit(t.From), limit(t.To)
		picked.RelationTypes = append(picked.RelationTypes, t)
	}
	for _, r := range s.Rules {
		if to, out := stands[r.Label]; out || r.Label == "" {
			r.Label = to
			picked.Rules = append(picked.Rules, r)
		}
	}
	return &picked
}
