package gliner

import (
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

func init() {
	tokenizer := token.Option()
	tokenizer.Values = append([]string{token.GLiNER}, tokenizer.Values...)
	tokenizer.Default = token.GLiNER
	tokenizer.Help = "how text is cut into words: as GLiNER does, by Unicode's words (UAX #29), at white space only, or by rules for English"
	format.Register(&format.Format{
		Name:        "gliner",
		Title:       "GLiNER",
		Description: "Words, entities and relations as JSON, as GLiNER is trained on.",
		Extensions:  []string{".json", ".jsonl"},
		ExtensionFor: func(s format.Settings) string {
			if s["layout"] == "lines" {
				return ".jsonl"
			}
			return ".json"
		},
		Folder:   true,
		AsFile:   func(string, format.Settings) bool { return true }, // a folder only if the data is split
		Training: true,
		Splits:   true,
		Oracles:  []string{"GLiNER c2bb58d"},
		Options: []format.Option{
			{Key: "layout", Values: []string{"list", "lines"}, Default: "list", For: format.ForExport, Help: "one JSON list, or a record a line"},
			tokenizer,
			format.UnitOption("paragraph"),
			{Key: "max-width", Default: "12", For: format.ForExport, Help: "how many words of a span the model learns (its max_width); longer spans are written and counted; 0: any number"},
			{Key: "max-words", Default: "384", For: format.ForExport, Help: "how many words of a record the model reads (its max_len); longer records are written and counted; 0: any number"},
		},
		CannotHold: []string{
			"split spans as one", "attributes, notes, entities", "relations across records", "blanks between words",
			"ids of spans, status, title and other facts", "document fields", "more than one annotator",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// state is what fitting and writing share for one export.
type state struct {
	layout   token.Layout
	maxWidth int // in words; 0: any
	maxWords int
	err      error // of an option, told when writing starts
}

func fitProject(job *format.Job) {
	s := &state{}
	s.layout, s.err = token.ParseLayout(job.Settings)
	for key, to := range map[string]*int{"max-width": &s.maxWidth, "max-words": &s.maxWords} {
		n, err := strconv.Atoi(job.Settings[key])
		if (err != nil || n < 0) && s.err == nil {
			s.err = &format.UsageError{Detail: "option " + key + " must be a number of words, not " + strconv.Quote(job.Settings[key]) + ".", Hint: "0 is for any number."}
		}
		*to = n
	}
	job.State = s
}

// detect looks for the names of its keys.
func detect(s format.Sample) int {
	head := strings.TrimSpace(s.Head)
	if !s.Dir && head != "" && (head[0] == '[' || head[0] == '{') && strings.Contains(head, `"tokenized_text"`) && strings.Contains(head, `"ner"`) {
		return 95
	}
	return 0
}

// prepared is what the writer needs of an article.
type prepared struct {
	records []token.Record
	links   [][]token.Link
}

// fit lays spans on words. The fitted article has one span for each entity.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	job.LoseRest(a, format.Keeps{Relations: true})
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
	if len(p.records) == 0 {
		job.Lose("articles", "articles without a word, left out", 1, a.Ref)
		job.Lose("relations", "relations between spans that no record holds both of", len(set.Relations), a.Ref)
		return nil
	}
	var lost []format.Relation
	p.links, lost = token.Links(p.records, set.Relations)
	job.Lose("relations", "relations between spans that no record holds both of", len(lost), a.Ref)
	for i := range p.records {
		s.warn(a, &p.records[i], job)
	}
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

// warn counts what is written and what GLiNER, as it is set by default, passes over.
func (s *state) warn(a *format.Article, r *token.Record, job *format.Job) {
	if s.maxWords > 0 && len(r.Tokens) > s.maxWords {
		job.Lose("long_records", "records with more words than GLiNER reads of one (--opt max-words): choose a smaller --opt unit", 1, a.Ref)
	}
	for i, e := range r.Entities {
		if s.maxWidth > 0 && e.End-e.First > s.maxWidth {
			job.Lose("long_spans", "spans of more words than GLiNER learns (--opt max-width); they are in the file", 1, a.Ref+": "+e.Span.Label)
		}
		if i > 0 && r.Entities[i-1].First == e.First && r.Entities[i-1].End == e.End {
			job.Lose("same_extent", "spans on the same words as another one: GLiNER learns only the last; all are in the file", 1, a.Ref+": "+e.Span.Label)
		}
	}
}
