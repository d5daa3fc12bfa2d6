package formattest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// words are drawn from for texts: several scripts, right to left, astral characters,
// joined emoji and flags, combining marks, blanks of all kinds, what some reader in
// the field takes for a line end, and characters that mean something in some format.
var words = []string{
	"The", "minister", "said", "“We", "will", "win”", ",", "he", "added.", "U.S.", "don't", "well-known", "3.5%", "\n", "\n\n", " ", "  ", "é", "e\u0301",
	"👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "קרא", "שלום", "قال", "الرئيس", "\u200f", "北京", "会见了", "。", "𠮷", "\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c", "\x1f",
	"\t", "<b>&amp;", "]]>", "\"", "'", "\\", "\\n", "\u00a0", "\u00ad", "\uFEFF", "a_b", "-", "#", "=", "[1]", "*", "|", "{", "%", "-DOCSTART-", "O", "_",
}

func genText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 25).Draw(t, label), rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue"))
}

func genString(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+"?") {
		return ""
	}
	return strings.ReplaceAll(genText(t, label), "\uFEFF", "")
}

// JSON draws any JSON value, of values in it down to a depth, numbers in all their spellings.
func JSON(t *rapid.T, depth int) json.RawMessage {
	kind := rapid.IntRange(0, 5+depth).Draw(t, "kind")
	switch {
	case kind == 0:
		return json.RawMessage("null")
	case kind == 1:
		return json.RawMessage("true")
	case kind <= 3:
		return json.RawMessage(rapid.SampledFrom([]string{"0", "-0", "1.50", "1e3", "1E+3", "12345678901234567890", "-0.10"}).Draw(t, "number"))
	case kind <= 5:
		return format.AppendString(nil, genText(t, "string"))
	case kind%2 == 0:
		var items []string
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			items = append(items, string(JSON(t, depth-1)))
		}
		return json.RawMessage("[" + strings.Join(items, ",") + "]")
	}
	var items []string
	for i := range rapid.IntRange(0, 3).Draw(t, "keys") {
		items = append(items, fmt.Sprintf(`"%s%d":%s`, rapid.SampledFrom([]string{"z", "a", "é"}).Draw(t, "key"), i, JSON(t, depth-1)))
	}
	return json.RawMessage("{" + strings.Join(items, ",") + "}")
}

// fitting are values as the schema of the generated projects wants them, by the name
// of the attribute.
var fitting = map[string][]string{
	"type": {`"PROTEST"`, `"a b"`, `"über/Ä"`}, "sure": {"true", "false"}, "count": {"1", "-2.50", "0"}, "free text": {`"“no”\n& <so>"`, `"x"`}, "when": {`"2026-03-04"`},
	"why": {`"cause"`, `"end"`}, "tags": {`["x"]`, `["x","y z"]`, `[]`},
	"genre": {`"news"`, `"op ed"`}, "relevance": {"true", "false"}, "score": {"3", "0.5"}, "topics": {`["war"]`, `["war","peace talks"]`}, "summary": {`"in short: 北京"`},
}

// genValues draws values for some of the names: most as the schema wants them, some
// of any kind.
func genValues(t *rapid.T, names ...string) annotate.Values {
	v := annotate.Values{}
	for _, n := range names {
		switch how := rapid.IntRange(0, 5).Draw(t, n); {
		case how < 2 && fitting[n] != nil:
			v[n] = json.RawMessage(rapid.SampledFrom(fitting[n]).Draw(t, "value"))
		case how == 2:
			v[n] = JSON(t, 2)
		}
	}
	return v
}

// genFragments are ranges of a text of n code points, as they are stored.
func genFragments(t *rapid.T, n int) []text.Range {
	var ranges []text.Range
	for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "fragments") {
		a := rapid.IntRange(0, n-1).Draw(t, "start")
		b := n
		if rapid.Bool().Draw(t, "short") {
			b = min(n, a+6)
		}
		ranges = append(ranges, text.Range{Start: a, End: rapid.IntRange(a+1, b).Draw(t, "end")})
	}
	return annotate.Normalize(ranges)
}

// Labels and RelationTypes are the names in the generated projects; pairs of them
// fall together when they are spelled safely.
var (
	Labels        = []string{"actor", "event", "quote", "my label", "über/Ä", "行为者", "my_label", "PER", "B-x"}
	RelationTypes = []string{"speaker", "actor", "part of", "part_of"}
)

// Schema is that of the generated projects, but for its labels and relation types,
// which the import makes.
func Schema(env annotate.Env) []annotate.Record {
	var records []annotate.Record
	add := func(scope annotate.Scope, name string, kind annotate.AttributeType, choices ...string) {
		a := annotate.Attribute{ID: env.NewID(), Scope: scope, Name: name, Title: name, Type: kind, Order: len(records)}
		for _, c := range choices {
			a.Choices = append(a.Choices, annotate.Choice{Name: c})
		}
		records = append(records, a)
	}
	add(annotate.SpanScope, "type", annotate.OneOf, "PROTEST", "a b", "über/Ä")
	add(annotate.SpanScope, "sure", annotate.BooleanValue)
	add(annotate.SpanScope, "count", annotate.NumberValue)
	add(annotate.SpanScope, "free text", annotate.TextValue)
	add(annotate.SpanScope, "when", annotate.DateValue)
	add(annotate.SpanScope, "tags", annotate.ManyOf, "x", "y z")
	add(annotate.RelationScope, "why", annotate.OneOf, "cause", "end")
	add(annotate.DocumentScope, "genre", annotate.OneOf, "news", "op ed")
	add(annotate.DocumentScope, "relevance", annotate.BooleanValue)
	add(annotate.DocumentScope, "score", annotate.NumberValue)
	add(annotate.DocumentScope, "topics", annotate.ManyOf, "war", "peace talks")
	add(annotate.DocumentScope, "summary", annotate.TextValue)
	return records
}

// refs are ids as people give them: some fall together as file names.
var refs = []string{"doc/%d", "a b %d", "../x:%d", "É%d", "é%d", "con", "CON", "%d.txt", "http://x.org/?a=%d&b", "北京 %d"}

// Drawn draws the articles of a project: up to four, with up to two annotators, with
// spans of all kinds. Texts differ in more than white space.
func Drawn(t *rapid.T) []*format.Article {
	var list []*format.Article
	taken := map[string]bool{}
	for i := range rapid.IntRange(1, 4).Draw(t, "articles") {
		ref := rapid.SampledFrom(refs).Draw(t, "ref")
		if strings.Contains(ref, "%d") {
			ref = fmt.Sprintf(ref, i)
		}
		if taken[ref] {
			ref += fmt.Sprint("-", i)
		}
		taken[ref] = true
		a := &format.Article{
			Ref: ref, Title: genString(t, "title"), Publisher: genString(t, "source"), URL: genString(t, "url"),
			Author: genString(t, "author"), Published: rapid.SampledFrom([]string{"", "2026", "2026-03", "yesterday"}).Draw(t, "published"),
			Language: rapid.SampledFrom([]string{"", "ar"}).Draw(t, "language"), Meta: genValues(t, "m1", "m2", "ü"),
			Text: genBody(t, i),
		}
		for _, who := range rapid.SampledFrom([][]string{nil, {"ana"}, {"ana"}, {"Ana B. 2", "ben"}, {"gold"}}).Draw(t, "annotators") {
			a.Sets = append(a.Sets, genSet(t, a, who, i))
		}
		list = append(list, a)
	}
	return list
}

// genBody is the text of article i; that of the first may be nothing at all.
func genBody(t *rapid.T, i int) string {
	body := strings.TrimLeft(genText(t, "text"), "\uFEFF") // the intake strips one
	if i == 0 && rapid.IntRange(0, 4).Draw(t, "empty") == 0 {
		return rapid.SampledFrom([]string{"", " \n"}).Draw(t, "blank")
	}
	mark := fmt.Sprintf("(%d)", i)
	return rapid.SampledFrom([]string{body + mark, mark + body, body + " " + mark + "\n"}).Draw(t, "mark")
}

func genSet(t *rapid.T, a *format.Article, who string, i int) format.Set {
	s := format.Set{
		Annotator: who, Status: rapid.SampledFrom(annotate.Statuses).Draw(t, "status"), Flag: genString(t, "flag"),
		Note: genString(t, "note"), Fields: genValues(t, "genre", "relevance", "score", "topics", "summary", "undefined"),
	}
	n := len([]rune(a.Text))
	if n == 0 {
		return s
	}
	for k := range rapid.IntRange(0, 5).Draw(t, "spans") {
		s.Spans = append(s.Spans, genSpan(t, s.Spans, n, fmt.Sprintf("s-%d-%s-%d", i, who, k)))
	}
	for k := range rapid.IntRange(0, len(s.Spans)/2).Draw(t, "relations") {
		s.Relations = append(s.Relations, format.Relation{
			ID: fmt.Sprintf("r-%d-%s-%d", i, who, k), Type: rapid.SampledFrom(RelationTypes).Draw(t, "type"),
			From: s.Spans[k].ID, To: s.Spans[len(s.Spans)-1].ID, Attributes: genValues(t, "why", "other"), Note: genString(t, "note"),
		})
	}
	return s
}

// genSpan draws a span, sometimes just where, or right behind, or inside where, the
// one before is.
func genSpan(t *rapid.T, before []format.Span, n int, id string) format.Span {
	span := format.Span{
		ID: id, Label: rapid.SampledFrom(Labels).Draw(t, "label"), Fragments: genFragments(t, n),
		Attributes: genValues(t, "type", "count", "sure", "free text", "when", "tags", "other"), Origin: rapid.SampledFrom([]string{"manual", "import", "rule", "model:x"}).Draw(t, "origin"),
		Note: genString(t, "note"),
	}
	if len(before) > 0 {
		f := before[len(before)-1].Fragments
		end := f[len(f)-1].End
		switch rapid.IntRange(0, 5).Draw(t, "near") {
		case 0:
			span.Fragments = slices.Clone(f)
		case 1:
			if end < n {
				span.Fragments = []text.Range{{Start: end, End: rapid.IntRange(end+1, min(n, end+4)).Draw(t, "end")}}
			}
		case 2:
			span.Fragments = []text.Range{{Start: f[0].Start, End: rapid.IntRange(f[0].Start+1, f[0].End).Draw(t, "end")}}
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "entity") == 0 {
		e := rapid.IntRange(1, 3).Draw(t, "which")
		span.Entity = &format.Entity{ID: fmt.Sprintf("ent-%d", e), Kind: []string{"person", "actor"}[e%2], Name: fmt.Sprintf("Name %d \u202f", e)}
	}
	return span
}
