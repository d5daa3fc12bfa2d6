package opener_test

import (
	"context"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/app/screens/opener"
)

// library is a project with articles of these titles, whose ids are a, b, c, …
func library(t *testing.T, titles ...string) (annotate.Store, map[string]annotate.ID) {
	t.Helper()
	ctx := context.Background()
	env := annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "p.lede", "ana", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	im, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID(), Format: "text"})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]annotate.ID{}
	var batch []annotate.ImportArticle
	for i, title := range titles {
		ref := string(rune('a' + i))
		ids[ref] = env.NewID()
		batch = append(batch, annotate.ImportArticle{
			Text: "text of " + ref, Article: annotate.Article{ID: ids[ref], Ref: ref, Title: title, Source: "Wire", Intake: 1},
		})
	}
	if err := im.Add(ctx, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"}); err != nil {
		t.Fatal(err)
	}
	return store, ids
}

func TestFind(t *testing.T) {
	store, ids := library(t, "The old docks", "Dockers walk out", "A dock strike", "نقابة الموانئ ترفض العرض", "港口谈判破裂 工人罢工", "Été à Paris", "")
	look := opener.Lookup{Store: store, Here: ids["b"], Recent: []annotate.ID{ids["b"], ids["e"], ids["c"]}}
	for _, c := range []struct{ typed, want string }{
		{"", "e c a d f g"}, // recent ones, then the first; not the open one
		{" dock ", "b a c"}, // at the beginning of the title before that of a word
		{"DOCK strike", "c"},
		{"ترفض", "d"},
		{"工人", "e"},
		{"été", "f"},
		{"#4", "d"},
		{"2", "b"},
		{"g", "g"}, // its id; no title has the letter
		{"wire", "a b c d e f g"},
		{"#99", ""},
		{"100%", ""},
	} {
		rows, err := look.Find(context.Background(), c.typed)
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		for _, r := range rows {
			refs = append(refs, r.Article.Ref)
		}
		if got := strings.Join(refs, " "); got != c.want {
			t.Errorf("%q finds %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestNumbersAreTold(t *testing.T) {
	store, _ := library(t, "One", "Two 1")
	rows, err := opener.Lookup{Store: store}.Find(context.Background(), "1")
	if err != nil || len(rows) != 2 || rows[0].Number != 1 || rows[0].Article.Title != "One" || rows[1].Number != 0 {
		t.Errorf("%+v %v", rows, err)
	}
}
