package facts

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
)

func TestSet(t *testing.T) {
	a := annotate.Article{ID: "a", Ref: "a", Meta: annotate.Values{
		"pages": json.RawMessage("12"), "topics": json.RawMessage(`["war"]`), "box": json.RawMessage(`{"x":1}`), "sample:one": json.RawMessage(`{}`),
	}}
	for _, c := range []struct {
		name, value string
		want        string // Get afterwards
		refused     string // a part of the sentence
	}{
		{"title", "  Strike 👩‍👩‍👧 called off ", "Strike 👩‍👩‍👧 called off", ""},
		{"Byline", "علي حسن", "علي حسن", ""},
		{"publisher", "Le Monde", "Le Monde", ""},
		{"title", "one\u2028two", "", "one line"},
		{"title", "one\ntwo", "", "one line"},
		{"date", "4 March 2026", "4 March 2026", ""},
		{"published", "2026", "2026", ""},
		{"published", "03/04/2026", "", "day first"},
		{"published", "2026-02-30", "", "no date"},
		{"published", "soon", "", "no date"},
		{"published", "", "", ""},
		{"language", "pt-BR", "pt-BR", ""},
		{"language", "english", "", "no language"},
		{"url", "https://example.org/a?b=c", "https://example.org/a?b=c", ""},
		{"url", "example.org", "", "no address"},
		{"url", "javascript:alert(1)", "", "no address"},
		{"tags", " round1, pilot,, round1 ", "round1, pilot", ""},
		{"assigned", "ana", "ana", ""},
		{"pages", "14", "14", ""},
		{"topics", "war, peace", "war, peace", ""},
		{"meta.desk", "politics", "politics", ""},
		{"box", "x", "", "more than a line"},
		{"sample:one", "x", "", "sample"},
		{"ref", "x", "", "stays as it is"},
		{" ", "x", "", "needs a name"},
		{"Status", "done", "", "no fact of the article"},
		{"flag", "yes", "", "meta.flag"},
		{"meta.status", "done", "done", ""},
	} {
		k, err := Named(c.name)
		after := a
		if err == nil {
			after, err = Set(a, k, c.value)
		}
		if c.refused != "" {
			if !errors.Is(err, annotate.ErrInvalid) || !strings.Contains(err.Error(), c.refused) || !annotate.SameRecord(a, after) {
				t.Errorf("%s=%q: %v, %+v", c.name, c.value, err, after)
			}
			continue
		}
		if err != nil || Get(after, k) != c.want {
			t.Errorf("%s=%q: %q %v", c.name, c.value, Get(after, k), err)
		}
		gone, err := Set(after, k, "")
		if err != nil || Get(gone, k) != "" {
			t.Errorf("%s cannot be removed: %q %v", c.name, Get(gone, k), err)
		}
	}
	dated, _ := Set(a, Published, "4 March 2026")
	if dated.PublishedISO != "2026-03-04" || dated.Published != "4 March 2026" {
		t.Errorf("%+v", dated)
	}
	if n, _ := Set(a, "pages", "14"); string(n.Meta["pages"]) != "14" {
		t.Errorf("a number became %s", n.Meta["pages"])
	}
	if n, _ := Set(a, "pages", "many"); string(n.Meta["pages"]) != `"many"` {
		t.Errorf("a text became %s", n.Meta["pages"])
	}
}

// TestOf: facts that are made by the program or are no line of text cannot be typed.
func TestOf(t *testing.T) {
	a := annotate.Article{Meta: annotate.Values{
		"b": json.RawMessage(`{"x":1}`), "a": annotate.StringValue("x"), "sample:one": json.RawMessage(`{}`), "n": json.RawMessage(`[1,2]`),
		annotate.TagsKey: json.RawMessage(`["x","y"]`),
	}}
	var said []string
	for _, f := range Of(a)[len(Keys)-2:] {
		s := string(f.Key) + "=" + f.Value
		if f.Fixed {
			s += "!"
		}
		said = append(said, s)
	}
	if got := strings.Join(said, " "); got != `tags=x, y assigned= a=x b={"x":1}! n=[1,2]! sample:one={}!` {
		t.Error(got)
	}
}
