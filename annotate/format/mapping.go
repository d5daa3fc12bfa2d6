package format

import (
	"maps"
	"slices"

	"lede/annotate"
)

// mapped is the article with the labels that the import was told to use. Spans whose
// label is mapped to nothing stay out, with the relations at them.
func (im *importer) mapped(a *Article) *Article {
	for i := range a.Sets {
		for k := range a.Sets[i].Spans {
			im.use(a.Sets[i].Spans[k].Label)
		}
	}
	if len(im.o.Map) == 0 {
		return a
	}
	own := *a
	own.Sets = slices.Clone(a.Sets)
	for i := range own.Sets {
		s := &own.Sets[i]
		gone := map[string]bool{}
		var spans []Span
		for _, x := range s.Spans {
			name, told := im.o.Map[x.Label]
			if told {
				im.inFiles[x.Label] = true
				if name == "" {
					gone[x.ID] = true
					im.notes.add("map", "spans left out, because their label is mapped to nothing", 1, x.Label)
					continue
				}
				x.Label = name
			}
			spans = append(spans, x)
		}
		s.Spans = spans
		dropped := 0
		s.Relations, dropped = WithoutSpans(s.Relations, gone)
		im.notes.add("map", "relations left out with spans whose label is mapped to nothing", dropped, a.Ref)
		var still [][]string
		for _, same := range s.Same {
			if same = slices.DeleteFunc(slices.Clone(same), func(id string) bool { return gone[id] }); len(same) > 1 {
				still = append(still, same)
			}
		}
		s.Same = still
	}
	return &own
}

// renamed is what a file says of labels, under the names that the import was told to
// use. Labels stand in it by name.
func (im *importer) renamed(s *annotate.Schema) *annotate.Schema {
	if len(im.o.Map) == 0 {
		return s
	}
	name := func(old string) (string, bool) {
		name, told := im.o.Map[old]
		if !told {
			name = old
		}
		return name, name != ""
	}
	names := func(ids []annotate.ID) (kept []annotate.ID) {
		for _, id := range ids {
			if to, in := name(string(id)); in && !slices.Contains(kept, annotate.ID(to)) {
				kept = append(kept, annotate.ID(to))
			}
		}
		return kept
	}
	own := *s
	own.Labels, own.Attributes, own.RelationTypes = nil, nil, nil
	for _, l := range s.Labels {
		to, in := name(l.Name)
		if _, told := im.o.Map[l.Name]; told {
			im.inFiles[l.Name] = true
		}
		if to != l.Name {
			l.Name, l.Title = to, to
		}
		if parent, there := name(string(l.Parent)); there {
			l.Parent = annotate.ID(parent)
		} else {
			l.Parent = ""
		}
		if in {
			own.Labels = append(own.Labels, l)
		}
	}
	for _, a := range s.Attributes {
		limited := len(a.Labels) > 0 && a.Scope == annotate.SpanScope
		if limited {
			a.Labels = names(a.Labels)
		}
		if !limited || len(a.Labels) > 0 {
			own.Attributes = append(own.Attributes, a)
		}
	}
	for _, t := range s.RelationTypes {
		t.From, t.To = names(t.From), names(t.To)
		own.RelationTypes = append(own.RelationTypes, t)
	}
	return &own
}

// tellUnmapped says which labels of the mapping no file has: likely they are misspelled.
func (im *importer) tellUnmapped() {
	for _, name := range slices.Sorted(maps.Keys(im.o.Map)) {
		if !im.inFiles[name] {
			im.notes.add("map", "labels that were to be mapped, and no span has", 1, name)
		}
	}
}

// withSplit are facts of an article with the part of the data that its file gives.
func withSplit(meta annotate.Values, part string) annotate.Values {
	if _, has := meta[SplitKey]; has || part == "" {
		return meta
	}
	return meta.With(SplitKey, annotate.StringValue(part))
}
