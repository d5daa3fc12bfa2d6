package sample_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"lede/assets/sample"
)

type span struct {
	ID         string          `json:"id"`
	Label      string          `json:"label"`
	Start      int             `json:"start"`
	End        int             `json:"end"`
	Fragments  [][2]int        `json:"fragments"`
	Text       string          `json:"text"`
	Attributes map[string]any  `json:"attributes"`
	Entity     json.RawMessage `json:"entity"`
	Origin     string          `json:"origin"`
	Note       string          `json:"note"`
}

type relation struct {
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	From       string         `json:"from"`
	To         string         `json:"to"`
	Attributes map[string]any `json:"attributes"`
	Note       string         `json:"note"`
}

type line struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Source    string         `json:"source"`
	URL       string         `json:"url"`
	Author    string         `json:"author"`
	Published string         `json:"published"`
	Language  string         `json:"language"`
	Text      string         `json:"text"`
	Meta      map[string]any `json:"meta"`
	Annotator string         `json:"annotator"`
	Status    string         `json:"status"`
	Flag      string         `json:"flag"`
	Fields    map[string]any `json:"fields"`
	Note      string         `json:"note"`
	Spans     []span         `json:"spans"`
	Relations []relation     `json:"relations"`
}

// articles reads the sample with every key known: a key that the format does not
// have would be lost by the first export.
func articles(t *testing.T) []line {
	t.Helper()
	raw := sample.JSONL()
	if !bytes.HasSuffix(raw, []byte("}\n")) {
		t.Fatal("the sample does not end with a line break")
	}
	var all []line
	for n, l := range bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n")) {
		dec := json.NewDecoder(bytes.NewReader(l))
		dec.DisallowUnknownFields()
		var a line
		if err := dec.Decode(&a); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		all = append(all, a)
	}
	return all
}

func TestSpansSayWhatTheTextSays(t *testing.T) {
	checked := 0
	for _, a := range articles(t) {
		runes := []rune(a.Text)
		for _, s := range a.Spans {
			var parts []string
			end := -1
			for _, f := range s.Fragments {
				if f[0] >= f[1] || f[0] <= end || f[1] > len(runes) {
					t.Fatalf("%s: fragment %v is empty, out of order, touching or outside the text", s.ID, f)
				}
				end = f[1]
				part := string(runes[f[0]:f[1]])
				if strings.TrimFunc(part, unicode.IsSpace) != part {
					t.Errorf("%s: fragment %q has blanks at its ends", s.ID, part)
				}
				parts = append(parts, part)
			}
			if got := strings.Join(parts, " "); got != s.Text {
				t.Errorf("%s: the text at its offsets is %q, it says %q", s.ID, got, s.Text)
			}
			if len(s.Fragments) == 0 || s.Start != s.Fragments[0][0] || s.End != end {
				t.Errorf("%s: start and end are not those of its fragments %v", s.ID, s.Fragments)
			}
			checked++
		}
	}
	if checked < 40 {
		t.Errorf("only %d spans were checked", checked)
	}
}

func TestRelationsHaveBothEnds(t *testing.T) {
	for _, a := range articles(t) {
		label := map[string]string{}
		for _, s := range a.Spans {
			label[s.ID] = s.Label
		}
		for _, r := range a.Relations {
			from, to := label[r.From], label[r.To]
			want := map[string]string{
				"speaker": "quote→actor", "cue": "quote→cue", "addressee": "quote→actor",
				"actor": "event→actor", "recipient": "event→actor", "place": "event→place", "time": "event→time",
			}[r.Type]
			if got := from + "→" + to; got != want {
				t.Errorf("%s: a relation %q goes %s, not %s", r.ID, r.Type, got, want)
			}
		}
	}
}

func TestNamesAreThoseOfTheNewsSchema(t *testing.T) {
	labels := "actor event quote cue place time source_phrase"
	attributes := map[string]string{
		"actor": "kind mention country sector",
		"event": "type mode factuality",
		"quote": "form kind anonymous",
	}
	seen := map[string]bool{}
	for _, a := range articles(t) {
		for _, s := range a.Spans {
			seen[s.Label] = true
			if seen["id "+s.ID] {
				t.Errorf("two spans have the id %s", s.ID)
			}
			seen["id "+s.ID] = true
			if !word(labels, s.Label) {
				t.Errorf("%s: the news schema has no label %q", s.ID, s.Label)
			}
			for name := range s.Attributes {
				if !word(attributes[s.Label], name) {
					t.Errorf("%s: label %q has no attribute %q", s.ID, s.Label, name)
				}
			}
		}
	}
	for _, l := range strings.Fields(labels) {
		if !seen[l] {
			t.Errorf("no span shows the label %q", l)
		}
	}
}

func word(list, w string) bool {
	for _, l := range strings.Fields(list) {
		if l == w {
			return true
		}
	}
	return false
}

// TestItShowsWhatNewsDoes holds the promises of the package comment.
func TestItShowsWhatNewsDoes(t *testing.T) {
	all := articles(t)
	status := map[string]int{}
	languages := map[string]bool{}
	forms := map[string]bool{}
	var split, paragraphs, nested, emoji bool
	for _, a := range all {
		status[a.Status]++
		languages[a.Language] = true
		if (a.Annotator == "") != (a.Status == "new") || a.Annotator != "" && a.Annotator != sample.Annotator {
			t.Errorf("%s: annotator %q with status %q", a.ID, a.Annotator, a.Status)
		}
		for _, s := range a.Spans {
			if s.Label == "quote" {
				form, _ := s.Attributes["form"].(string)
				forms[form] = true
				split = split || len(s.Fragments) == 2
				paragraphs = paragraphs || strings.Contains(s.Text, "\n\n")
				emoji = emoji || strings.Contains(s.Text, "✊🏽")
			}
			for _, o := range a.Spans {
				nested = nested || s.Label == "actor" && o.Label == "actor" && s.ID != o.ID && s.Start <= o.Start && o.End <= s.End
			}
		}
	}
	if len(all) != 5 || status["done"] != 1 || status["in_progress"] != 2 || status["new"] != 2 {
		t.Errorf("%d articles with these statuses: %v", len(all), status)
	}
	for _, l := range []string{"en", "ar", "zh"} {
		if !languages[l] {
			t.Errorf("no article in %q", l)
		}
	}
	if !forms["direct"] || !forms["indirect"] || !split || !paragraphs || !nested || !emoji {
		t.Errorf("missing among the tagged: forms %v, split quote %v, quote over paragraphs %v, actor in actor %v, emoji %v",
			forms, split, paragraphs, nested, emoji)
	}
}

// TestFirstArticleLeavesWork: a newcomer finds its second half untagged.
func TestFirstArticleLeavesWork(t *testing.T) {
	a := articles(t)[0]
	if a.Title != "Dockers walk out as port talks collapse" {
		t.Fatalf("the first article is %q", a.Title)
	}
	half := len([]rune(a.Text)) / 2
	for _, s := range a.Spans {
		if s.End > half {
			t.Errorf("%s (%q) lies in the second half", s.ID, s.Text)
		}
	}
	if !regexp.MustCompile(`“[^”]+”`).MatchString(string([]rune(a.Text)[half:])) {
		t.Error("the second half holds no quote to tag")
	}
}

func TestJSONLReturnsACopy(t *testing.T) {
	b := sample.JSONL()
	b[0] = 'x'
	if sample.JSONL()[0] != '{' {
		t.Error("writing to the returned bytes changed the sample")
	}
}
