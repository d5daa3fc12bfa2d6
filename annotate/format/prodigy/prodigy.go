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
		Detect: detect, Read: joined, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
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

// prepared is what the writer needs of an article: its tasks.
type prepared struct {
	tasks   []task
	classes []string
}

// task is a piece of an article, or all of it, with its tokens.
type task struct {
	article *format.Article
	record  token.Record
	links   []token.Link
}

// ofTask are facts that Prodigy adds to a task: those of a whole article are none of
// its pieces', which Prodigy would take for the same task again.
var ofTask = []string{"_input_hash", "_task_hash", "_timestamp"}

func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	whole := s.layout
	whole.Unit = format.Unit{Name: "article"}
	p := &prepared{}
	fitted := *a
	fitted.Sets = nil
	bare := format.Article{Ref: a.Ref}
	if len(a.Sets) > 0 {
		set := a.Sets[0]
		told := set
		told.Fields = nil // told by themselves
		bare.Sets = []format.Set{told}
		p.classes = fitClasses(a, &set, job)
		set.Spans = token.Spans(whole.Lay(a, set.Spans, job))
		fitted.Sets = []format.Set{set}
	}
	job.LoseRest(&bare, format.Keeps{Relations: true})
	pieces := s.layout.Pieces(&fitted, job)
	if s.layout.Unit.Name != "article" {
		for _, key := range ofTask {
			if a.Meta[key] != nil {
				job.Lose("facts", "hashes and times that Prodigy gave to whole articles", 1, a.Ref)
			}
		}
	}
	for i, piece := range pieces {
		t := task{article: piece}
		t.lay(whole, a, job)
		pieces[i], p.tasks = t.article, append(p.tasks, t)
	}
	fitted.Prepared = p
	if len(pieces) == 1 && pieces[0].Piece == nil {
		fitted.Sets = pieces[0].Sets
		return &fitted
	}
	fitted.Gather(pieces)
	return &fitted
}

// lay lays the spans of a task on its tokens. That they are told of as they lie in the
// article is done.
func (t *task) lay(layout token.Layout, a *format.Article, job *format.Job) {
	own := *t.article
	t.article = &own
	set := format.Set{}
	if len(own.Sets) > 0 {
		set = own.Sets[0]
	}
	aside := &format.Job{Schema: job.Schema, Settings: job.Settings, Names: map[string]string{}}
	records := layout.Lay(&own, set.Spans, aside)
	links, lost := token.Links(records, set.Relations)
	job.Lose("relations", "relations whose ends are in no record together", len(lost), a.Ref)
	t.record, t.links = records[0], links[0]
	if len(own.Sets) > 0 {
		set.Spans, set.Relations = token.Spans(records), nil
		for _, l := range t.links {
			set.Relations = append(set.Relations, *l.Relation)
		}
		own.Sets = []format.Set{set}
	}
}

// fitClasses makes classes of the fields, and tells of what does not come back from them.
func fitClasses(a *format.Article, set *format.Set, job *format.Job) []string {
	classes := format.ClassesOf(set.Fields, job.Schema)
	back := format.FieldsOf(classes, nil) // a new project knows nothing of types
	for _, name := range slices.Sorted(maps.Keys(set.Fields)) {
		if !sameValue(set.Fields[name], back[name]) {
			job.Lose("fields", "document fields that come back from classes as text, as the field “class” or not at all", 1, a.Ref+": "+name)
		}
	}
	return classes
}

func sameValue(a, b json.RawMessage) bool {
	x, err1 := format.CanonicalJSON(a)
	y, err2 := format.CanonicalJSON(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
