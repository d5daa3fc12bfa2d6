package annotest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/text"
)

// words are drawn from for texts: several scripts, right to left, astral
// characters, joined and flagged emoji, combining marks, blanks that are none of
// ASCII, and what breaks lines.
var words = []string{
	"The", "mayor", "said", "“We", "will", "not", "leave.”", "O’Brien", "naïve", "Zürich",
	"قال", "الرئيس", "أمس", "שלום", "עולם", "北京", "发言人", "表示", "。", "Журналист", "сказал",
	"😀", "👩‍👩‍👧‍👦", "🇺🇦", "e\u0301", "n\u0303", "𝔸𝔹", "\u00a0", "\n", "\n\n", "\t", "—", "1,000", "\u202bab\u202c", "a", "I",
}

// Text draws the text of an article, "" among them.
func Text() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		drawn := rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words")
		return strings.Join(drawn, rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "blank"))
	})
}

// Fragments draws one to three fragments of a text of the given length in code
// points, which must not be 0.
func Fragments(length int) *rapid.Generator[annotate.Fragments] {
	return rapid.Custom(func(t *rapid.T) annotate.Fragments {
		var ranges []text.Range
		for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "fragments") {
			start := rapid.IntRange(0, length-1).Draw(t, "start")
			ranges = append(ranges, text.Range{Start: start, End: rapid.IntRange(start+1, length).Draw(t, "end")})
		}
		return annotate.Normalize(ranges)
	})
}

// Values draws attribute values: strings, numbers as people write them, lists,
// objects; nil among them.
func Values() *rapid.Generator[annotate.Values] {
	return rapid.Custom(func(t *rapid.T) annotate.Values {
		names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"cue", "round", "größe", "a b", "relevant", "年"}), 0, 2, rapid.ID).Draw(t, "names")
		var v annotate.Values
		for _, name := range names {
			v = v.With(name, value().Draw(t, name))
		}
		return v
	})
}

func value() *rapid.Generator[json.RawMessage] {
	return rapid.Map(rapid.SampledFrom([]string{
		`"direct"`, `""`, `"<b>&\u2028 😀"`, `1.0`, `-12e+3`, `9007199254740993`, `true`, `null`, `["a","b"]`, `{"k":[1,{"x":""}]}`,
	}), func(s string) json.RawMessage { return json.RawMessage(s) })
}

// defaults are values of attributes; none among them.
var defaults = []json.RawMessage{nil, json.RawMessage(`"direct"`), json.RawMessage(`["a","<b>"]`), json.RawMessage(`1.50`), json.RawMessage(`false`)}

// EntityKind draws a kind of entity; mostly none.
func EntityKind() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "", "person", "place"})
}

// Aliases draws other names of an entity; none among them.
func Aliases() *rapid.Generator[[]string] {
	return rapid.SampledFrom([][]string{nil, nil, {"A. Lovelace"}, {"آدا", "“Ada” & <co>", "Ada"}})
}

// Accepted draws keys of warnings that are no problem; mostly none.
func Accepted() *rapid.Generator[[]string] {
	return rapid.SampledFrom([][]string{nil, nil, nil, {"max_words"}, {"needs_relation:speaker", "<&> “größe”"}})
}

// Extra draws fields that this version does not know; mostly none.
func Extra() *rapid.Generator[annotate.Extra] {
	return rapid.Custom(func(t *rapid.T) annotate.Extra {
		if rapid.IntRange(0, 4).Draw(t, "extra") > 0 {
			return nil
		}
		return annotate.Extra{"zz_later": value().Draw(t, "later"), "zz \"quoted\"": json.RawMessage(`{ "kept": 1.50 }`)}
	})
}

// Note draws a note or other free line; mostly none.
func Note() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "", "", "unsure", "two\nlines\u2028and <more>", "« quoi ? »", "؟", "🤔"})
}

// Project is a random project: what is created with it, and what is imported.
type Project struct {
	Labels        []annotate.Label
	RelationTypes []annotate.RelationType
	Attributes    []annotate.Attribute
	Rules         []annotate.Rule
	Annotators    []annotate.Annotator
	Entities      []annotate.Entity
	Articles      []annotate.ImportArticle
}

// Records lists what a project is created with.
func (p *Project) Records() []annotate.Record {
	var records []annotate.Record
	for _, r := range p.Labels {
		records = append(records, r)
	}
	for _, r := range p.Attributes {
		records = append(records, r)
	}
	for _, r := range p.RelationTypes {
		records = append(records, r)
	}
	for _, r := range p.Rules {
		records = append(records, r)
	}
	for _, r := range p.Entities {
		records = append(records, r)
	}
	for _, r := range p.Annotators {
		records = append(records, r)
	}
	return records
}

// Projects draws projects of up to the given number of articles, with ids from
// newID. Two annotators work on most articles.
func Projects(newID func() annotate.ID, articles int) *rapid.Generator[*Project] {
	return rapid.Custom(func(t *rapid.T) *Project {
		p := &Project{}
		for i, name := range []string{"actor", "event", "quote", "ort/straße", "حدث"}[:rapid.IntRange(1, 5).Draw(t, "labels")] {
			p.Labels = append(p.Labels, annotate.Label{
				ID: newID(), Name: name, Title: strings.ToUpper(name), Color: "#0072b2", Hotkey: fmt.Sprint(i + 1), Order: i,
				Guideline: Note().Draw(t, "guideline"), Entity: EntityKind().Draw(t, "entity kind"), Extra: Extra().Draw(t, "label extra"),
			})
		}
		for i, name := range []string{"speaker", "actor"} {
			p.RelationTypes = append(p.RelationTypes, annotate.RelationType{
				ID: newID(), Name: name, Title: name, Order: i, To: []annotate.ID{p.Labels[0].ID},
				Description: Note().Draw(t, "description"), Hotkey: rapid.SampledFrom([]string{"", "1", "9"}).Draw(t, "relation key"),
			})
		}
		p.Attributes = append(p.Attributes, annotate.Attribute{
			ID: newID(), Scope: annotate.SpanScope, Name: "cue", Title: "Cue", Type: annotate.OneOf,
			Choices:     []annotate.Choice{{Name: "direct"}, {Name: "indirect", When: annotate.When{"round": {"1"}}}},
			Description: Note().Draw(t, "description"), Default: rapid.SampledFrom(defaults).Draw(t, "default"),
			When: rapid.SampledFrom([]annotate.When{nil, {"round": {"1", "2"}, "年": {"<&>"}}}).Draw(t, "when"),
		})
		p.Rules = append(p.Rules, annotate.Rule{ID: newID(), Name: "short", Label: p.Labels[0].ID, Value: "7"})
		p.Entities = append(p.Entities, annotate.Entity{
			ID: newID(), Kind: "person", Name: "Ada Ö.", Aliases: Aliases().Draw(t, "aliases"), Attributes: Values().Draw(t, "entity values"),
		})
		p.Annotators = append(p.Annotators,
			annotate.Annotator{ID: newID(), Name: "ana", Kind: annotate.Human},
			annotate.Annotator{ID: newID(), Name: "Bjørn 2", Kind: annotate.Human})
		for i := range rapid.IntRange(0, articles).Draw(t, "articles") {
			p.Articles = append(p.Articles, p.Article(newID, fmt.Sprintf("ref-%d", i)).Draw(t, "article"))
		}
		return p
	})
}

// Article draws an article with up to one annotation set for each annotator.
func (p *Project) Article(newID func() annotate.ID, ref string) *rapid.Generator[annotate.ImportArticle] {
	return rapid.Custom(func(t *rapid.T) annotate.ImportArticle {
		body := Text().Draw(t, "text")
		item := annotate.ImportArticle{Text: body, Article: annotate.Article{
			ID: newID(), Ref: ref, Title: Note().Draw(t, "title"), Source: rapid.SampledFrom([]string{"", "Reuters", "الجزيرة"}).Draw(t, "source"),
			Published: "4 March 2026", PublishedISO: "2026-03-04", Language: "en", Meta: Values().Draw(t, "meta"), Intake: 1,
			Extra: Extra().Draw(t, "article extra"),
		}}
		for _, a := range p.Annotators {
			if rapid.IntRange(0, 3).Draw(t, "set") > 0 {
				item.Sets = append(item.Sets, p.Set(newID, a, utf8.RuneCountInString(body)).Draw(t, "set of "+a.Name))
			}
		}
		return item
	})
}

// Set draws what an annotator says of a text of the given length: spans that
// nest in, overlap and equal each other, split ones, and relations.
func (p *Project) Set(newID func() annotate.ID, a annotate.Annotator, length int) *rapid.Generator[annotate.SetData] {
	return rapid.Custom(func(t *rapid.T) annotate.SetData {
		set := annotate.AnnotationSet{
			ID: newID(), Annotator: a.ID, Status: rapid.SampledFrom(annotate.Statuses).Draw(t, "status"),
			Flag: Note().Draw(t, "flag"), Note: Note().Draw(t, "note"), Fields: Values().Draw(t, "fields"),
			Accepted: Accepted().Draw(t, "set accepted"), Extra: Extra().Draw(t, "set extra"),
		}
		if set.Status == annotate.Skipped {
			set.Reason = "not relevant"
		}
		data := annotate.SetData{Set: set, Annotator: a}
		if length == 0 {
			return data
		}
		for range rapid.IntRange(0, 5).Draw(t, "spans") {
			data.Spans = append(data.Spans, p.Span(newID, length, data.Spans).Draw(t, "span"))
		}
		for range rapid.IntRange(0, min(2, len(data.Spans))).Draw(t, "relations") {
			data.Relations = append(data.Relations, p.Relation(newID, data.Spans).Draw(t, "relation"))
		}
		return data
	})
}

// Span draws a span, sometimes on the fragments of one of others.
func (p *Project) Span(newID func() annotate.ID, length int, others []annotate.Span) *rapid.Generator[annotate.Span] {
	return rapid.Custom(func(t *rapid.T) annotate.Span {
		s := annotate.Span{
			ID: newID(), Label: rapid.SampledFrom(p.Labels).Draw(t, "label").ID, Fragments: Fragments(length).Draw(t, "fragments"),
			Attributes: Values().Draw(t, "attributes"), Origin: rapid.SampledFrom([]string{
				annotate.OriginManual, annotate.OriginImport, "model:tiny",
			}).Draw(t, "origin"),
			Note: Note().Draw(t, "note"), Accepted: Accepted().Draw(t, "span accepted"), Extra: Extra().Draw(t, "span extra"),
		}
		if len(others) > 0 && rapid.IntRange(0, 3).Draw(t, "same extent") == 0 {
			s.Fragments = rapid.SampledFrom(others).Draw(t, "other").Fragments
		}
		if len(p.Entities) > 0 && rapid.IntRange(0, 3).Draw(t, "has entity") == 0 {
			s.Entity = rapid.SampledFrom(p.Entities).Draw(t, "entity").ID
		}
		return s
	})
}

// Relation draws a relation between two of the spans, which must not be none.
func (p *Project) Relation(newID func() annotate.ID, spans []annotate.Span) *rapid.Generator[annotate.Relation] {
	return rapid.Custom(func(t *rapid.T) annotate.Relation {
		return annotate.Relation{
			ID: newID(), Type: rapid.SampledFrom(p.RelationTypes).Draw(t, "type").ID,
			From: rapid.SampledFrom(spans).Draw(t, "from").ID, To: rapid.SampledFrom(spans).Draw(t, "to").ID,
			Attributes: Values().Draw(t, "attributes"), Note: Note().Draw(t, "note"), Accepted: Accepted().Draw(t, "relation accepted"),
		}
	})
}
