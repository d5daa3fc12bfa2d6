package prodigy

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/format/token"
)

func init() {
	format.Register(&format.Format{
		Name:        "prodigy",
		Title:       "Prodigy (JSON lines)",
		Description: "A task a line with tokens, spans, relations and classes, as Prodigy and spaCy's scripts read it.",
		Extensions:  []string{".jsonl"},
		Training:    true,
		Options:     []format.Option{token.Option(), format.UnitOption("article")},
		CannotHold: []string{
			"split spans as one", "blanks at the ends of spans", "attributes, notes, entities and origins of spans, ids", "attributes and notes of relations",
			"flags, notes", "document fields that are no text (they come back as text)", "relations between records",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// detect judges by keys that nobody else writes.
func detect(s format.Sample) int {
	sure := 0
	for _, o := range jsonobject.Sample(s, 20) {
		raw, ok := o.Peek("text")
		switch {
		case !ok || raw[0] != '"' || o.Has("annotator"):
			return 0
		case o.Has("_task_hash") || o.Has("_input_hash") || o.Has("answer"):
			sure = 95
		case o.Has("tokens") && (o.Has("spans") || o.Has("relations")), o.Has("spans") && o.Has("meta") && o.Only("text", "spans", "meta"), o.Has("options") && o.Has("accept"):
			sure = max(sure, 93)
		case tokenSpans(o):
			sure = max(sure, 93)
		}
	}
	return sure
}

// tokenSpans reports whether the first span counts tokens.
func tokenSpans(o *jsonobject.Object) bool {
	raw, ok := o.Peek("spans")
	if !ok || raw[0] != '[' {
		return false
	}
	for first := range format.JSONElements(raw) {
		return first[0] == '{' && o.Inner(first).Has("token_start")
	}
	return false
}

// state is what fitting and writing share for one export.
type state struct {
	layout token.Layout
	err    error // of the unit option, told when writing starts
}

func fitProject(job *format.Job) {
	s := &state{}
	s.layout, s.err = token.ParseLayout(job.Settings)
	job.State = s
}

// prepared is what the writer needs of an article.
type prepared struct {
	records []token.Record
	links   [][]token.Link
	classes []string
}

func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	set := format.Set{}
	bare := format.Article{Ref: a.Ref}
	if len(a.Sets) > 0 {
		set = a.Sets[0]
		told := set
		told.Fields = nil // told by themselves
		bare.Sets = []format.Set{told}
	}
	job.LoseRest(&bare, format.Keeps{Relations: true})
	p := &prepared{records: s.layout.Lay(a, set.Spans, job)}
	var lost []format.Relation
	p.links, lost = token.Links(p.records, set.Relations)
	job.Lose("relations", "relations whose ends are in no record together", len(lost), a.Ref)
	p.classes = format.ClassesOf(set.Fields, job.Schema)
	back := format.FieldsOf(p.classes, nil) // a new project knows nothing of types
	for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
		if !sameValue(set.Fields[name], back[name]) {
			job.Lose("fields", "document fields that come back from classes as text, as the field “class” or not at all", 1, a.Ref+": "+name)
		}
	}
	fitted := *a
	fitted.Prepared = p
	if len(a.Sets) > 0 {
		set.Spans, set.Relations = token.Spans(p.records), nil
		fitted.Sets = []format.Set{set}
	}
	return &fitted
}

func sameValue(a, b json.RawMessage) bool {
	x, err1 := format.CanonicalJSON(a)
	y, err2 := format.CanonicalJSON(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
