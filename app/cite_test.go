package app

import (
	"testing"

	"lede/annotate"
	"lede/annotate/text"
)

func TestCitation(t *testing.T) {
	full := annotate.Article{
		Ref: "r7", Title: "Dockers walk out", Source: "Port Courier", URL: "https://example.org/7",
		Published: "2026-03-04T10:00", PublishedISO: "2026-03-04",
	}
	for _, c := range []struct {
		what    string
		article annotate.Article
		text    string
		at      annotate.Fragments
		want    string
	}{
		{
			"everything known", full, "The dockers walked out.",
			annotate.Fragments{{Start: 4, End: 18}},
			"“dockers walked” — Dockers walk out, Port Courier, 4 March 2026, https://example.org/7, characters 4–18",
		},
		{
			"several parts", full, "One two three four.",
			annotate.Fragments{{Start: 0, End: 3}, {Start: 8, End: 13}},
			"“One […] three” — Dockers walk out, Port Courier, 4 March 2026, https://example.org/7, characters 0–3, 8–13",
		},
		{
			"nothing known but the id",
			annotate.Article{Ref: "r7"},
			"Words",
			annotate.Fragments{{Start: 0, End: 5}},
			"“Words” — r7, characters 0–5",
		},
		{
			"a date that is no date",
			annotate.Article{Ref: "r", Title: "T", Published: "last spring"},
			"Words",
			annotate.Fragments{{Start: 0, End: 5}},
			"“Words” — T, last spring, characters 0–5",
		},
		{
			"line breaks",
			annotate.Article{Ref: "r", Title: "A\ntitle"},
			"one\n\n two",
			annotate.Fragments{{Start: 0, End: 9}},
			"“one two” — A title, characters 0–9",
		},
		{
			"a whole quote keeps its marks",
			annotate.Article{Ref: "r"},
			"“No,” he said, “no.”",
			annotate.Fragments{{Start: 0, End: 5}},
			"“No,” — r, characters 0–5",
		},
		{
			"two quotes are not one",
			annotate.Article{Ref: "r"},
			"“No,” he said, “no.”",
			annotate.Fragments{{Start: 0, End: 20}},
			"““No,” he said, “no.”” — r, characters 0–20",
		},
		{
			"Arabic and emoji, in code points",
			annotate.Article{Ref: "r", Title: "إضراب"},
			"😀 قال الوزير نعم",
			annotate.Fragments{{Start: 2, End: 12}},
			"“قال الوزير” — إضراب, characters 2–12",
		},
	} {
		if got := citation(c.article, text.New(c.text), c.at); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}
