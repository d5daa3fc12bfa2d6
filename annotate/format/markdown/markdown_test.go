package markdown

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
)

func readOne(t testing.TB, content string) (*format.Article, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var found *format.Article
	for a, err := range read(context.Background(), format.Source{Path: file, Name: "a.md", Rel: "news/a.md"}, nil) {
		if err != nil {
			return nil, err
		}
		found = a
	}
	return found, nil
}

func said(a *format.Article) string {
	meta, _ := json.Marshal(a.Meta)
	return strings.Join([]string{a.Ref, a.Title, a.Author, a.Published, a.URL, a.Publisher, a.Language, string(meta), a.Text}, "|")
}

func TestRead(t *testing.T) {
	for content, want := range map[string]string{
		"# Ferry *stands* #\n\nText[^1] <b>&amp;</b>\n": "news/a|Ferry *stands*||||||null|# Ferry *stands* #\n\nText[^1] <b>&amp;</b>\n",
		"---\ntitle: \"A: b\"\nauthors: [Ana, {name: Bo}]\ndate: 2026-03-04\nlang: en\ntags: [x, 1.50]\ndraft: true\nnone:\n---\n\nText": `news/a|A: b|Ana, Bo|2026-03-04|||en|{"draft":true,"tags":["x",1.50]}|Text`,
		"+++\ntitle = 'A'\ndate = 2026-03-04T05:06:07Z\n[extra]\nday = 2026-03-05\n+++\r\nText":                                          `news/a|A||2026-03-04T05:06:07Z||||{"extra":{"day":"2026-03-05"}}|Text`,
		"\uFEFF---\nID: 7\nLink: https://x.example\nPublisher: Post\n...\n# Head\n":                                                      "7|Head|||https://x.example|Post||null|# Head\n",
		"---\n---\nx":                 "news/a|||||||null|x",
		"---\na: [\n---\nx":           "news/a|||||||null|---\na: [\n---\nx",
		"---\nA line above\n\n---\nx": "news/a|||||||null|---\nA line above\n\n---\nx",
		"---\nno end":                 "news/a|||||||null|---\nno end",
		"":                            "news/a|||||||null|",
		"---":                         "news/a|||||||null|---",
	} {
		a, err := readOne(t, content)
		if err != nil {
			t.Errorf("%q: %v", content, err)
			continue
		}
		if got := said(a); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", content, got, want)
		}
	}
}

func TestBadHeadsAreTold(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x]\n"
	for i := 'b'; i < 'k'; i++ {
		bomb += string(i) + ": &" + string(i) + " [" + strings.Repeat("*"+string(i-1)+",", 8) + "]\n"
	}
	for _, head := range []string{"a: [", bomb, "a: &a {b: *a}", "- a\n- b"} {
		a, err := readOne(t, "---\n"+head+"\n---\nx")
		if err != nil || len(a.LeftOutNotes()) != 1 || !strings.HasPrefix(a.Text, "---") {
			t.Errorf("%.20q: %+v %v", head, a, err)
		}
	}
	if _, err := readOne(t, "a\x00"); err == nil || !strings.Contains(err.Error(), "a.md:1") {
		t.Errorf("U+0000: %v", err)
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		ext, head string
		want      bool
	}{
		{".md", "x", true}, {".txt", "---\ntitle: a\n---\nx", true}, {".txt", "---\nx", false}, {".csv", "---\ntitle: a\n---\nx", false}, {"", "# x", false},
	} {
		if got := detect(format.Sample{Ext: c.ext, Head: c.head}) > 0; got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"---\ntitle: a\n---\nx", "+++\na = 2026-03-04\n+++\n", "# x\n", "---\na: &a [*a]\n---\n", "---\n? {a: b}\n: c\n<<: *x\n---\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		_, err := readOne(t, content)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
