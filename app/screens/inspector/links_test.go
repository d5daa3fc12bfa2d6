package inspector

import (
	"context"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/text"
	"lede/app/session"
)

const article = "Ilse Brandvik spoke. The union walked out. “Nobody goes back,” said Oke Lund."

// open starts a session on one article with a schema in which only quotes have
// speakers, and only actors speak.
func open(t *testing.T) *session.Session {
	t.Helper()
	ctx, env := context.Background(), annotest.NewEnv()
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "p.lede", "ana", []annotate.Record{
		annotate.Label{ID: "actor", Name: "actor"},
		annotate.Label{ID: "event", Name: "event"},
		annotate.Label{ID: "quote", Name: "quote"},
		annotate.RelationType{ID: "speaker", Name: "speaker", From: []annotate.ID{"quote"}, To: []annotate.ID{"actor"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	importer, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	if err := importer.Add(ctx, []annotate.ImportArticle{{Article: annotate.Article{ID: "a", Ref: "a"}, Text: article}}); err != nil {
		t.Fatal(err)
	}
	if _, err := importer.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport}); err != nil {
		t.Fatal(err)
	}
	s, err := session.New(ctx, session.Options{Store: store, Env: env, Actor: "ana", Annotator: "ana", Dispatch: func(f func()) { f() }})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Open(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLinksOfferWhatTheSchemaAllowsNearestFirst(t *testing.T) {
	s := open(t)
	tag := func(label annotate.ID, start, end int) annotate.Span {
		t.Helper()
		s.Select(text.Range{Start: start, End: end})
		if _, err := s.Label(label); err != nil {
			t.Fatal(err)
		}
		span, _ := s.Doc().Span(s.Chosen())
		return span
	}
	tag("actor", 0, 13)           // Ilse Brandvik
	union := tag("actor", 21, 30) // The union
	tag("event", 31, 41)
	quote := tag("quote", 43, 62)
	tag("actor", 68, 76) // Oke Lund

	tell := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	tab := &spanTab{p: &Panel{o: Options{Session: s, Tell: tell, Focus: func() {}}}}
	kind, _ := s.Schema().RelationType("speaker")
	titles := func() (out []string) {
		for _, item := range tab.ends(quote, kind) {
			out = append(out, item.Label)
		}
		return out
	}
	if got := titles(); len(got) != 3 || got[0] != "Oke Lund" || got[1] != "The union" || got[2] != "Ilse Brandvik" {
		t.Fatalf("offered %q", got)
	}
	if len(s.Roles(union.ID)) > 0 {
		t.Error("an actor has no speaker")
	}
	tab.ends(quote, kind)[0].Action()
	if r := s.Doc().RelationsOf(quote.ID); len(r) != 1 || r[0].Type != "speaker" || r[0].From != quote.ID {
		t.Fatalf("linked %+v", r)
	}
	if got := titles(); len(got) != 2 || got[0] != "The union" {
		t.Errorf("offered again: %q", got)
	}
}
