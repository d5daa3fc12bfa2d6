package bdocjs

import (
	"context"
	"encoding/json"
	"iter"
	"path"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

const hint = "docs/formats/bdocjs.md has the keys."

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		sources := []format.Source{src}
		if src.Dir {
			var err error
			if sources, err = files(src); err != nil {
				yield(nil, err)
				return
			}
		}
		for _, one := range sources {
			for item := range one.JSONItems() {
				a, err := (*format.Article)(nil), item.Err
				if err == nil {
					a, err = document(item, one)
				}
				if err == nil {
					err = ctx.Err()
				}
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
	}
}

// files are the documents of a folder.
func files(src format.Source) ([]format.Source, error) {
	all, err := format.Walk(src)
	if err != nil {
		return nil, err
	}
	var list []format.Source
	for _, rel := range all {
		switch strings.ToLower(path.Ext(rel)) {
		case ".bdocjs", ".json", ".jsonl":
			list = append(list, src.File(rel))
		}
	}
	if len(list) == 0 {
		return nil, format.Refuse(src.At(0), "", "the folder holds no .bdocjs file")
	}
	return list, nil
}

// document is one document of GATE.
func document(item format.JSONItem, src format.Source) (*format.Article, error) {
	o := jsonobject.Parse(item.Raw, item.Place, hint)
	a := &format.Article{Place: item.Place, Ref: o.Text("name")}
	if a.Ref == "" {
		a.Ref, a.RefFromName = strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), true
	}
	if raw, ok := o.Peek("text"); !ok || raw[0] != '"' {
		o.Fail(`there is no "text"`)
	}
	a.Text = o.Text("text")
	r := reader{o: o, a: a}
	switch kind := o.Text("offset_type"); kind {
	case "", "p":
	case "j":
		r.utf16 = text.New(a.Text)
	default:
		o.Fail(`"offset_type" is %q, not p (code points) or j (UTF-16)`, kind)
	}
	f := o.Values("features")
	if sets, ok := o.Take("annotation_sets"); ok {
		r.sets(sets)
	}
	if raw, ok := f[features.Sets]; ok && o.Err() == nil {
		sets, err := features.ToSets(a.Sets, raw, item.Place)
		if err != nil {
			return nil, err
		}
		a.Sets = sets
		delete(f, features.Sets)
	}
	features.ToArticle(a, f)
	return a, o.Err()
}

// reader reads the annotation sets of one document; the first fault is the
// object's.
type reader struct {
	o     *jsonobject.Object
	a     *format.Article
	utf16 *text.Text // the text, if offsets count UTF-16 code units
}

func (r *reader) sets(raw string) {
	if raw[0] != '{' {
		r.o.Fail(`"annotation_sets" must be an object`)
		return
	}
	for name, value := range format.JSONFields(raw) {
		o := r.o.Inner(value)
		if inside := o.Text("name"); inside != "" && inside != name {
			o.Fail("the annotation set %q calls itself %q", name, inside)
		}
		set := format.Set{Place: r.a.Place, Annotator: name}
		kept := keeper{ids: map[string]string{}, taken: map[string]bool{}}
		for item := range o.List("annotations") {
			r.annotation(o.Inner(item), &set, &kept)
		}
		r.o.Adopt(o)
		r.finish(&set, &kept)
		r.a.Sets = append(r.a.Sets, set)
	}
}

// keeper remembers what became of the annotations of a set.
type keeper struct {
	ids       map[string]string // id in the file → id of the span
	taken     map[string]bool   // ids of spans
	relations []pending
}

type pending struct{ from, raw string }

func (r *reader) annotation(o *jsonobject.Object, set *format.Set, kept *keeper) {
	defer func() { r.o.Adopt(o) }()
	start, ok1 := o.Int("start")
	end, ok2 := o.Int("end")
	id, ok3 := o.Int("id")
	s := format.Span{Place: r.a.Place, Label: o.Text("type")}
	if !ok1 || !ok2 || !ok3 {
		o.Fail("an annotation (%s) has no start, end or id", s.Label)
	}
	f := o.Values("features")
	if f == nil {
		f = features.Features{}
	}
	if o.Err() != nil {
		return
	}
	key := strconv.Itoa(id)
	if kept.ids[key] != "" {
		o.Fail("the id %d is there twice in the annotation set %q", id, set.Annotator)
		return
	}
	if start == end {
		r.a.Skip("empty", "annotations of no characters, left out", 1, r.a.Place.String()+": "+s.Label)
		return
	}
	s.Fragments = []text.Range{r.place(o, start, end)}
	if raw, ok := f[fragmentsFeature]; ok {
		s.Fragments = r.fragments(o, raw, start, end)
		delete(f, fragmentsFeature)
	}
	if raw, ok := f[relationsFeature]; ok {
		kept.relations = append(kept.relations, pending{key, string(raw)})
		delete(f, relationsFeature)
	}
	features.ToSpan(&s, f)
	if s.ID == "" || kept.taken[s.ID] {
		set.LocalIDs = set.LocalIDs || s.ID == ""
		for s.ID = key; kept.taken[s.ID]; s.ID += "'" {
		}
	}
	kept.taken[s.ID], kept.ids[key] = true, s.ID
	set.Spans = append(set.Spans, s)
}

// place is a range in code points.
func (r *reader) place(o *jsonobject.Object, start, end int) text.Range {
	if r.utf16 == nil {
		return text.Range{Start: start, End: end}
	}
	from, ok1 := r.utf16.RuneOfUTF16(start)
	to, ok2 := r.utf16.RuneOfUTF16(end)
	if !ok1 || !ok2 {
		o.Fail("an annotation reaches from %d to %d, which are no places between characters of the text in UTF-16 code units", start, end)
	}
	return text.Range{Start: from, End: to}
}

// fragments are the pieces of a span as Lede wrote them.
func (r *reader) fragments(o *jsonobject.Object, raw json.RawMessage, start, end int) []text.Range {
	var pairs [][2]int
	if json.Unmarshal(raw, &pairs) != nil || len(pairs) == 0 || pairs[0][0] != start || pairs[len(pairs)-1][1] != end {
		o.Fail("%q of the annotation from %d to %d does not fit it", fragmentsFeature, start, end)
		return nil
	}
	var list []text.Range
	for _, p := range pairs {
		list = append(list, r.place(o, p[0], p[1]))
	}
	return list
}

// finish makes the relations, when all annotations are known.
func (r *reader) finish(set *format.Set, kept *keeper) {
	for _, p := range kept.relations {
		if p.raw[0] != '[' {
			r.o.Fail("%q must be a list", relationsFeature)
			return
		}
		for item := range format.JSONElements(p.raw) {
			o := r.o.Inner(item)
			to, ok := o.Int("to")
			rel := format.Relation{Place: r.a.Place, Type: o.Text("type"), From: kept.ids[p.from], To: kept.ids[strconv.Itoa(to)]}
			if !ok || rel.To == "" {
				o.Fail("a relation (%s) leads to the annotation %d, which is not there", rel.Type, to)
			}
			features.ToRelation(&rel, o.Values("features"))
			set.LocalIDs = set.LocalIDs || rel.ID == ""
			r.o.Adopt(o)
			set.Relations = append(set.Relations, rel)
		}
	}
}
