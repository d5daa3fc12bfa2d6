package conll

import (
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// prepared is what the writer needs of an article: its sentences.
type prepared []sentence

// sentence is a stretch of tokens with a row of tags for each column.
type sentence struct {
	tokens []token.Token
	tags   [][]string // by column, then by token
}

// fit chooses the spans that tags can hold and works out the tokens. The fitted
// article has one span for each entity of the file: by sentence, column and place.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	job.LoseRest(a, format.Keeps{})
	fitted := *a
	var set format.Set
	if len(a.Sets) > 0 {
		set = a.Sets[0]
	}
	spans := slices.Clone(set.Spans)
	for i := range spans {
		spans[i].Label = s.safe(spans[i].Label)
	}
	layout := s.layout
	layout.Cuts = markCuts(a)
	records := layout.Lay(a, s.choose(a, spans, job), job)
	var sentences prepared
	set.Spans, set.Relations = nil, nil
	for i := range records {
		if len(records[i].Tokens) == 0 {
			continue
		}
		tags, entities := s.tags(&records[i])
		sentences = append(sentences, sentence{records[i].Tokens, tags})
		set.Spans = append(set.Spans, entities...)
		warn(a, records[i].Tokens, job)
	}
	if !marked(job) {
		job.Lose("borders", "borders between articles, which nothing marks (docstart=no)", 1, "")
	}
	fitted.Prepared = sentences
	if len(a.Sets) > 0 {
		fitted.Sets = []format.Set{set}
	}
	return &fitted
}

// marked says whether a line marks where an article begins.
func marked(job *format.Job) bool {
	return job.Settings["docstart"] != "no" || job.Settings["columns"] == "plus"
}

// markCuts are places inside what would look like a mark between articles if it were
// a token.
func markCuts(a *format.Article) []int {
	var cuts []int
	for from := 0; ; {
		i := strings.Index(a.Text[from:], docstart)
		if i < 0 {
			return cuts
		}
		cuts = append(cuts, a.Index().RuneOf(from+i)+1)
		from += i + len(docstart)
	}
}

// warn tells of tokens that some readers take for comments.
func warn(a *format.Article, tokens []token.Token, job *format.Job) {
	for _, t := range tokens {
		if a.Index().RuneAt(t.Start) == '#' {
			job.Lose("comments", "tokens that begin with #, which some readers take for comments", 1, a.Ref)
		}
	}
}

// choose returns the spans that win in their column (token.Longest).
func (s *state) choose(a *format.Article, spans []format.Span, job *format.Job) []format.Span {
	columns := make([][]format.Span, s.width())
	for _, x := range spans {
		c := s.column[x.Label]
		columns[c] = append(columns[c], x)
	}
	var winners []format.Span
	for _, column := range columns {
		kept, left := token.Longest(column)
		winners = append(winners, kept...)
		for _, x := range token.Unwritten(kept, left) {
			job.Lose("overlaps", "spans that overlap a longer one, left out", 1, a.Ref+": "+x.Label)
		}
	}
	return winners
}

// tags are the tags of a record by column, and the entities in the order of columns.
func (s *state) tags(r *token.Record) (tags [][]string, entities []format.Span) {
	for c := range s.width() {
		column := slices.Repeat([]string{"O"}, len(r.Tokens))
		end, label := -1, "" // of the entity before
		for _, e := range r.Entities {
			if s.column[e.Span.Label] != c {
				continue
			}
			for i := e.First; i < e.End; i++ {
				column[i] = s.scheme.tag(e.Span.Label, i-e.First, e.End-e.First, e.First == end && e.Span.Label == label)
			}
			end, label = e.End, e.Span.Label
			entities = append(entities, e.Span)
		}
		tags = append(tags, column)
	}
	return tags, entities
}
