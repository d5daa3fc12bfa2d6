package format

import (
	"maps"
	"slices"

	"lede/annotate"
)

// mapped is the article with the labels that the import was told to use. Spans whose
// label is mapped to nothing stay out, with the relations at them.
func (im *importer) mapped(a *Article) *Article {
	if len(im.o.Map) == 0 {
		return a
	}
	if im.inFiles == nil {
		im.inFiles = map[string]bool{}
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
