package format_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
	"lede/annotate/language"
)

// TestLanguageIsDetectedWhereNoneIsTold: never over what the file says, be it nothing,
// and never of what is too short; a second import changes nothing.
func TestLanguageIsDetectedWhereNoneIsTold(t *testing.T) {
	const en = "The government decided on Monday to lower taxes, a spokesman for the ministry said to reporters in the capital."
	lines := []string{
		fmt.Sprintf(`{"id":"open","text":%q}`, en),
		fmt.Sprintf(`{"id":"given","text":%q,"language":"de"}`, en),
		fmt.Sprintf(`{"id":"none","text":%q,"language":""}`, en),
		`{"id":"short","text":"Ana met Ben."}`,
		`{"id":"cjk","text":"政府星期一决定降低税收，财政部发言人说。"}`,
	}
	for n := range 600 { // more than a batch
		lines = append(lines, fmt.Sprintf(`{"id":"n%d","text":"%s (%d)"}`, n, en, n))
	}
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	env := annotest.NewEnv()
	store := annotest.NewMemory(env)
	o := format.ImportOptions{Actor: "ana", Env: env, DetectLanguage: true}
	r, err := format.Import(context.Background(), store, []string{path}, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Detected["en"] != 601 || r.Detected["zh"] != 1 || r.Detected[""] != 1 {
		t.Errorf("told of %v", r.Detected)
	}
	rows, err := store.Articles(context.Background(), annotate.ArticleQuery{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"open": "en true", "given": "de false", "none": " false", "short": " false", "cjk": "zh true", "n599": "en true"}
	for _, row := range rows {
		a := row.Article
		if w, ok := want[a.Ref]; ok && w != fmt.Sprint(a.Language, " ", language.Detected(a)) {
			t.Errorf("%s has the language %q, detected %v; want %s", a.Ref, a.Language, language.Detected(a), w)
		}
	}
	again, err := format.Import(context.Background(), store, []string{path}, o)
	if err != nil || again.Change != "" || again.Unchanged != len(lines) {
		t.Errorf("again: %+v, %v", again, err)
	}
}
