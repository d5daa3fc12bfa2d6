package figure_test

import (
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// pageOf is an article with spans as a page.
func pageOf(t interface{ Fatalf(string, ...any) }, dir, line string) string {
	path := filepath.Join(dir, "in.jsonl")
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatalf("%v", err)
	}
	store := annotest.NewMemory(annotest.NewEnv())
	if _, err := format.Import(context.Background(), store, []string{path}, format.ImportOptions{Actor: "a", Annotator: "a", Env: annotest.NewEnvAt(annotest.Start, 3)}); err != nil {
		t.Fatalf("%v", err)
	}
	var out strings.Builder
	if _, err := format.Export(context.Background(), store, format.ExportOptions{Format: "html", Stdout: &out}); err != nil {
		t.Fatalf("%v", err)
	}
	return out.String()
}

func css(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

// TestPagesHaveTheColoursOfTheWindow: format html cannot import them.
func TestPagesHaveTheColoursOfTheWindow(t *testing.T) {
	page := pageOf(t, t.TempDir(), `{"id":"x","text":"words"}`)
	for _, s := range []look.Style{look.Light(), look.Dark()} {
		want := fmt.Sprintf("--page:%s;--text:%s;--dim:%s;--hairline:%s;--raised:%s;--accent:%s",
			css(s.Page), css(s.Text), css(s.Dim), css(s.Hairline), css(s.Raised), css(s.Accent))
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

var laneOf = regexp.MustCompile(`class="l\d+ k(\d+)" data-s="(\d+)\.1"`)

// TestPagesHaveTheLanesOfTheWindow: spans lie as deep on a page as in the text.
func TestPagesHaveTheLanesOfTheWindow(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		const length = 60
		var spans []string
		var marks []layout.Mark
		for i := range rapid.IntRange(1, 12).Draw(t, "spans") {
			start := rapid.IntRange(0, length-1).Draw(t, "start")
			end := rapid.IntRange(start+1, length).Draw(t, "end")
			spans = append(spans, fmt.Sprintf(`{"id":"s%02d","label":"l","start":%d,"end":%d}`, i, start, end))
			marks = append(marks, layout.Mark{Start: start, End: end, Ref: i})
		}
		page := pageOf(t, dir, fmt.Sprintf(`{"id":"x","text":%q,"spans":[%s]}`, strings.Repeat("word ", length/5), strings.Join(spans, ",")))
		var lanes layout.Spans
		lanes.Set(marks)
		want := map[string]string{} // by the order of the page, which is that of the marks
		n := 0
		lanes.Visit(0, length, func(_ layout.Mark, lane int) {
			n++
			want[fmt.Sprint(n)] = fmt.Sprint(min(lane, 11)) // deeper ones share the last
		})
		got := map[string]string{}
		for _, m := range laneOf.FindAllStringSubmatch(page, -1) {
			got[m[2]] = m[1]
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("lanes %v\nshould be %v", got, want)
		}
	})
}
