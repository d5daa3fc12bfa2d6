package brat

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// state is what fitting and writing share for one export.
type state struct {
	labels, types map[string]string // to safe names
	named         map[string]string // safe name → label
	folders       map[string]string // annotator → folder, nil if only one goes out
	files         format.FileNames
	choices       map[string]*choice // attributes that brat can show
	order         []string           // their names
}

// choice is an attribute with a closed list of values, or a boolean one.
type choice struct {
	values []string // nil = boolean
}

// wideAllowed are the characters of folder names for annotators.
func wideAllowed(r rune) bool { return allowed(r) || r > 0x7f && !format.IsLineBreak(r) }

func fitProject(job *format.Job) {
	s := &state{choices: map[string]*choice{}, named: map[string]string{}}
	s.labels = job.SafeNames("label", job.SchemaLabels(), allowed)
	for name, safe := range s.labels {
		s.named[safe] = name
	}
	s.types = job.SafeNames("relation", job.SchemaTypes(), allowed)
	if len(job.Annotators) > 1 {
		s.folders = job.SafeNames("annotator", job.Annotators, wideAllowed)
	}
	for _, a := range job.Schema.Attributes {
		if a.Scope != annotate.SpanScope || a.Name == "" || strings.IndexFunc(a.Name, func(r rune) bool { return !allowed(r) }) >= 0 {
			continue
		}
		s.choice(a)
	}
	for _, e := range job.Entities {
		job.Lose("entities", "attributes of entities", len(e.Attributes), e.Name)
		job.Lose("entities", "other names of entities", len(e.Aliases), e.Name)
	}
	job.State = s
}

// choice notes an attribute that brat can show; of the same name, for other
// labels, the values are put together.
func (s *state) choice(a annotate.Attribute) {
	known, has := s.choices[a.Name]
	switch {
	case a.Type == annotate.BooleanValue && !has:
		s.choices[a.Name] = &choice{}
	case a.Type == annotate.OneOf && (!has || known.values != nil):
		if !has {
			known = &choice{}
			s.choices[a.Name] = known
		}
		for _, c := range a.Choices {
			if c.Name != "" && strings.IndexFunc(c.Name, func(r rune) bool { return !allowed(r) }) < 0 && !slices.Contains(known.values, c.Name) {
				known.values = append(known.values, c.Name)
			}
		}
		if known.values == nil {
			delete(s.choices, a.Name)
			return
		}
	default:
		return
	}
	if !has {
		s.order = append(s.order, a.Name)
	}
}

// shown reports whether an attribute value has an A line; value is "" for true.
func (s *state) shown(name string, raw json.RawMessage) (value string, ok bool) {
	c := s.choices[name]
	if c == nil {
		return "", false
	}
	if c.values == nil {
		return "", string(raw) == "true"
	}
	if json.Unmarshal(raw, &value) != nil || !slices.Contains(c.values, value) {
		return "", false
	}
	return value, true
}

func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	job.LoseRest(a, format.Keeps{Relations: true, Attributes: true, SpanNotes: true, Entities: true})
	fitted := *a
	fitted.Name = s.files.Name(a.Ref)
	fitted.Sets = make([]format.Set, len(a.Sets))
	for i, set := range a.Sets {
		fitted.Sets[i] = s.fitSet(a, set, job)
	}
	return &fitted
}

func (s *state) fitSet(a *format.Article, set format.Set, job *format.Job) format.Set {
	gone := map[string]bool{}
	var spans []format.Span
	for _, x := range set.Spans {
		split, rejoined := splitLines(a.Index(), x.Fragments)
		if len(split) == 0 {
			gone[x.ID] = true
			job.Lose("line_breaks", "spans of nothing but line breaks, left out", 1, a.Ref)
			continue
		}
		if strings.TrimFunc(a.Index().Quote(split), blank) == "" {
			gone[x.ID] = true
			job.Lose("blanks", "spans of nothing but blanks, left out", 1, a.Ref)
			continue
		}
		if !slices.Equal(rejoined, x.Fragments) {
			job.Lose("line_breaks", "spans with line breaks at an end, or split at nothing but line breaks: import cannot tell", 1, a.Ref)
		}
		x.Fragments, x.Label = split, s.labels[x.Label]
		spans = append(spans, x)
	}
	set.Spans = spans
	kept, dropped := format.WithoutSpans(set.Relations, gone)
	job.Lose("relations", "relations of spans that were left out", dropped, a.Ref)
	set.Relations = nil
	for _, r := range kept {
		r.Type = s.types[r.Type]
		set.Relations = append(set.Relations, r)
	}
	return set
}

// blank is what Python's str.strip drops: brat takes a span of nothing else for
// one without its text.
func blank(r rune) bool { return unicode.IsSpace(r) || format.IsLineBreak(r) }

// unfit reports whether an entity's id cannot stand in an N line.
func unfit(id string) bool { return id == "" || strings.ContainsAny(id, " \t\n\r:") }

// splitLines cuts fragments at line breaks, which stand in no fragment of brat.
// rejoined is what an import makes of the result.
func splitLines(t *text.Text, fragments []text.Range) (split, rejoined []text.Range) {
	for _, f := range fragments {
		start := f.Start
		o := f.Start
		for _, r := range t.Slice(f) {
			if format.IsLineBreak(r) {
				if o > start {
					split = append(split, text.Range{Start: start, End: o})
				}
				start = o + 1
			}
			o++
		}
		if o > start {
			split = append(split, text.Range{Start: start, End: o})
		}
	}
	for _, f := range split {
		if n := len(rejoined); n > 0 && format.OnlyLineBreaks(t.Slice(text.Range{Start: rejoined[n-1].End, End: f.Start})) {
			rejoined[n-1].End = f.End
			continue
		}
		rejoined = append(rejoined, f)
	}
	return split, rejoined
}
