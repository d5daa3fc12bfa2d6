package chat

import (
	"lede/annotate/format"
	"lede/annotate/format/token"
)

// enough is how many examples the services ask for at least.
const enough = 10

func init() {
	format.Register(&format.Format{
		Name:         "chat",
		Title:        "Chat for language models",
		Description:  "Conversations (system, user, assistant) as lines of JSON, as language models are fine-tuned on.",
		Extensions:   []string{".jsonl"},
		ExtensionFor: func(format.Settings) string { return ".jsonl" },
		Folder:       true,
		AsFile:       func(string, format.Settings) bool { return true }, // a folder only if the data is split
		Training:     true,
		Splits:       true,
		Options: []format.Option{
			{Key: "instruction", For: format.ForExport, Help: "the first paragraph of the system prompt, in place of ours"},
			{Key: "guidelines", Values: []string{"yes", "no"}, Default: "no", For: format.ForExport, Help: "the labels' guidelines in the system prompt, after their descriptions"},
			format.UnitOption("article"),
		},
		CannotHold: []string{
			"split spans as one", "notes, entities", "relations across records", "blanks at the ends of spans",
			"ids of spans, status, title and other facts", "document fields", "more than one annotator",
		},
		Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// state is what fitting and writing share for one export.
type state struct {
	layout token.Layout
	prompt string
	rows   int
	err    error // of an option, told when writing starts
}

func fitProject(job *format.Job) {
	s := &state{}
	s.layout, s.err = token.ParseLayout(job.Settings)
	s.prompt = prompt(job)
	s.few(job, enough)
	job.State = s
}

// few tells how many conversations are missing; what comes takes that back.
func (s *state) few(job *format.Job, n int) {
	job.Lose("few", "conversations are missing of the ten that services for fine-tuning ask for", n, "")
}

// prepared is what the writer needs of an article.
type prepared struct {
	records []token.Record
	links   [][]token.Link
}

// fit lays spans on the text. The fitted article has one span for each that is quoted.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	job.LoseRest(a, format.Keeps{Relations: true, Attributes: true})
	var set format.Set
	if len(a.Sets) > 0 {
		set = a.Sets[0]
	}
	p := &prepared{}
	for _, r := range s.layout.Lay(a, set.Spans, job) {
		if len(r.Tokens) > 0 {
			p.records = append(p.records, r)
		}
	}
	var lost []format.Relation
	p.links, lost = token.Links(p.records, set.Relations)
	job.Lose("relations", "relations between spans that no record holds both of", len(lost), a.Ref)
	if len(p.records) == 0 {
		job.Lose("articles", "articles without a word, left out", 1, a.Ref)
		return nil
	}
	s.few(job, -min(len(p.records), max(0, enough-s.rows)))
	s.rows += len(p.records)
	fitted := *a
	fitted.Prepared = p
	if len(a.Sets) > 0 {
		set.Spans, set.Relations = token.Spans(p.records), nil
		for _, links := range p.links {
			for _, l := range links {
				set.Relations = append(set.Relations, *l.Relation)
			}
		}
		fitted.Sets = []format.Set{set}
	}
	return &fitted
}
