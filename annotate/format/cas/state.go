package cas

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// State is what an export needs to know from beginning to end.
type State struct {
	// XML says that what XML 1.0 forbids must not be written.
	XML bool
	// Rows says that there is a row a token and nothing else (WebAnno TSV): no lists, no
	// layer for the article, and tokens wherever a span begins or ends.
	Rows bool
	// Builtin says that INCEpTION's own layer for named entities is written: nothing
	// but labels and ids of entities.
	Builtin bool

	files    format.FileNames
	folders  map[string]string // annotator → folder, nil if one alone goes out
	features map[annotate.Scope]*features
}

// features are the features that attributes of a scope have become.
type features struct {
	reserved map[string]bool
	names    map[string]string // attribute → feature
	taken    map[string]bool
	order    []string          // features
	lists    map[string]bool   // features that hold lists of words
	title    map[string]string // feature → what to call it
}

// ExportOptions are the options of everything that is written as a CAS.
func ExportOptions() []format.Option {
	return []format.Option{{
		Key: "layer", Values: []string{"custom", "named-entity"}, Default: "custom", For: format.ForExport,
		Help: "custom: layers of Lede's own, which hold everything and are made in INCEpTION from layers.xml; named-entity: INCEpTION's own layer, with labels and ids of entities alone",
	}}
}

// NewState begins an export: names of features, folders of annotators.
func NewState(job *format.Job) *State {
	s := &State{Builtin: job.Settings["layer"] == "named-entity", features: map[annotate.Scope]*features{}}
	for scope, reserved := range map[annotate.Scope]map[string]bool{
		annotate.SpanScope: spanNames, annotate.RelationScope: relationNames, annotate.DocumentScope: articleNames,
	} {
		s.features[scope] = &features{
			reserved: reserved, names: map[string]string{}, taken: map[string]bool{}, lists: map[string]bool{}, title: map[string]string{},
		}
	}
	if len(job.Annotators) > 1 {
		s.folders = job.SafeNames("annotator", job.Annotators, FolderRune)
	}
	return s
}

// FolderRune says whether names of folders may hold r.
func FolderRune(r rune) bool {
	return nameRune(r) || r == '-' || r > 0x7f && !format.IsLineBreak(r)
}

func nameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
}

// AddSchema makes features of the schema's attributes. It comes before any article,
// so that names do not depend on which articles go out.
func (s *State) AddSchema(job *format.Job) {
	several := map[[2]string]bool{}
	for _, a := range job.Schema.Attributes {
		key := [2]string{string(a.Scope), a.Name}
		list, seen := several[key]
		several[key] = a.Type == annotate.ManyOf && (list || !seen)
	}
	for _, a := range job.Schema.Attributes {
		f := s.features[a.Scope]
		if f == nil || a.Name == "" {
			continue
		}
		name := f.of(job, a.Scope, a.Name)
		f.title[name] = a.Title
		// A relation layer with a list would be none for INCEpTION.
		f.lists[name] = several[[2]string{string(a.Scope), a.Name}] && !s.Rows && a.Scope != annotate.RelationScope
	}
}

// of is the feature of an attribute: its own name where a feature may be called so.
func (f *features) of(job *format.Job, scope annotate.Scope, attribute string) string {
	if name, ok := f.names[attribute]; ok {
		return name
	}
	base := strings.Map(func(r rune) rune {
		if nameRune(r) {
			return r
		}
		return '_'
	}, attribute)
	if base == "" || base[0] == '_' || base[0] >= '0' && base[0] <= '9' || f.reserved[base] || foreignNames[base] {
		base = "x" + base
	}
	name := base
	for k := 2; f.taken[name]; k++ {
		name = base + "_" + strconv.Itoa(k)
	}
	f.names[attribute], f.taken[name] = name, true
	f.order = append(f.order, name)
	if name != attribute {
		job.Names[string(scope)+" attribute "+attribute] = name
	}
	return name
}

// Feature is the feature of an attribute, made if need be.
func (s *State) Feature(job *format.Job, scope annotate.Scope, attribute string) string {
	return s.features[scope].of(job, scope, attribute)
}

// Folder is the folder of an annotator, "" if only one goes out.
func (s *State) Folder(annotator string) string { return s.folders[annotator] }

// Types is the type system of all that has been written so far.
func (s *State) Types() *Types {
	t := NewTypes()
	add := func(name, super string, list ...Feature) *Type {
		typ := t.Add(name, super)
		typ.Features = append(typ.Features, list...)
		return typ
	}
	texts := func(typ *Type, names ...string) {
		for _, n := range names {
			typ.Feature(Feature{Name: n, Range: StringRange})
		}
	}
	add(Token, Annotation)
	texts(add(Sentence, Annotation), "id")
	texts(add(Metadata, DocAnnotation), "documentTitle", "documentId", "documentUri")
	if s.Builtin {
		texts(add(NamedEntity, Annotation), "value", "identifier")
		return t
	}
	span := add(SpanLayer, Annotation)
	span.Description = "Spans of Lede. Parts of a split span have the same value of the feature split."
	texts(span, "label")
	s.attributes(span, annotate.SpanScope)
	texts(span, "entity", "entity_name", "entity_kind", "note", "split")
	relation := add(RelationLayer, Annotation, Feature{Name: "Dependent", Range: SpanLayer}, Feature{Name: "Governor", Range: SpanLayer})
	relation.Description = "Relations of Lede, from Governor to Dependent."
	texts(relation, "label")
	s.attributes(relation, annotate.RelationScope)
	texts(relation, "note")
	if !s.Rows {
		article := add(ArticleLayer, Annotation)
		article.Description = "What Lede knows of the whole article: one annotation of no text at its beginning."
		s.attributes(article, annotate.DocumentScope)
		texts(article, slices.Sorted(maps.Keys(articleNames))...)
	}
	return t
}

func (s *State) attributes(t *Type, scope annotate.Scope) {
	f := s.features[scope]
	for _, name := range f.order {
		rng := StringRange
		if f.lists[name] {
			rng = StringArray
		}
		t.Feature(Feature{Name: name, Range: rng, Description: f.title[name]})
	}
}

// kinds are the kinds of values of attributes in some records, as far as one kind
// fits all: else they are written as JSON.
func kinds(all []annotate.Values) map[string]string {
	found := map[string]string{}
	for _, values := range all {
		for name, raw := range values {
			kind := kindOf(raw)
			if old, has := found[name]; has && old != kind {
				kind = jsonKind
			}
			found[name] = kind
		}
	}
	return found
}

// encode is a value of a feature. kind says as what it is written; for features that
// hold lists all but lists are lists of one JSON text.
func encode(raw json.RawMessage, kind string, list bool) (v Value, as string) {
	if kind == listKind && list {
		var words []string
		allWords(raw, &words)
		v = Value{Kind: List, List: []Value{}}
		for _, w := range words {
			v.List = append(v.List, word(w))
		}
		return v, listKind
	}
	if kind == listKind || list {
		kind = jsonKind
	}
	text := string(raw)
	if kind == "" {
		text = format.JSONString(text)
	} else if canonical, err := format.CanonicalJSON(raw); err == nil {
		text = string(canonical)
	}
	if v = word(text); list {
		v = Value{Kind: List, List: []Value{v}}
	}
	return v, kind
}
