package find

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/text"
)

const actor, event = annotate.ID("l-actor"), annotate.ID("l-event")

// newProject has an article for each text; ana has made the spans.
func newProject(t *testing.T, spans map[int][]annotate.Span, texts ...string) annotate.Store {
	t.Helper()
	ctx := context.Background()
	env := annotest.NewEnv()
	ana := annotate.Annotator{ID: "p-ana", Name: "ana", Kind: annotate.Human}
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "test.lede", "ana", []annotate.Record{
		annotate.Label{ID: actor, Name: "actor"}, annotate.Label{ID: event, Name: "event"}, ana,
	})
	if err != nil {
		t.Fatal(err)
	}
	in, err := store.BeginImport(ctx, annotate.Import{ID: env.NewID(), Format: "text"})
	if err != nil {
		t.Fatal(err)
	}
	var batch []annotate.ImportArticle
	for i, body := range texts {
		one := annotate.ImportArticle{Text: body, Article: annotate.Article{
			ID: annotate.ID(fmt.Sprintf("a%d", i)), Ref: fmt.Sprintf("ref%d", i), Title: fmt.Sprintf("Title %d", i),
			TextHash: text.SHA256(body), Length: text.New(body).Len(), Intake: 1,
		}}
		if len(spans[i]) > 0 {
			set := annotate.AnnotationSet{ID: env.NewID(), Article: one.Article.ID, Annotator: ana.ID, Status: annotate.Done}
			for k := range spans[i] {
				spans[i][k].ID, spans[i][k].Set, spans[i][k].Origin = env.NewID(), set.ID, annotate.OriginImport
			}
			one.Sets = []annotate.SetData{{Set: set, Annotator: ana, Spans: spans[i]}}
		}
		batch = append(batch, one)
	}
	if err := in.Add(ctx, batch); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Commit(ctx, annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"}); err != nil {
		t.Fatal(err)
	}
	return store
}

func parts(at ...int) annotate.Fragments {
	var f annotate.Fragments
	for i := 0; i < len(at); i += 2 {
		f = append(f, text.Range{Start: at[i], End: at[i+1]})
	}
	return f
}

// TestScan goes through a project and tells of the spans that are there.
func TestScan(t *testing.T) {
	store := newProject(t, map[int][]annotate.Span{
		0: {{Label: actor, Fragments: parts(0, 5)}, {Label: event, Fragments: parts(10, 24)}, {Label: event, Fragments: parts(6, 9, 27, 33)}},
	}, "Varno won. In Varno, port; Varno.", "nothing here", "في فارنو Varno 港口 Varno")
	m, _ := Compile(Query{Text: "Varno", Word: true})
	ctx := context.Background()
	f, err := Scan(ctx, store, m, Scope{Annotator: "p-ana", Keep: 100})
	if err != nil {
		t.Fatal(err)
	}
	if f.Count != 5 || f.Searched != 3 || len(f.Places) != 5 || len(f.Articles) != 2 || f.Articles[1].First != 3 || f.Articles[1].Count != 2 {
		t.Fatalf("%+v", f)
	}
	for i, want := range [][]Other{
		{{Label: actor, Same: true}},
		{{Label: event, Quote: " In Varno, por"[1:]}},
		{{Label: event, Quote: "won…"}},
		nil, nil,
	} {
		if !slices.Equal(f.Places[i].Others, want) {
			t.Errorf("place %d: %+v, want %+v", i, f.Places[i].Others, want)
		}
		l := f.Places[i].Line
		if got := string([]rune(l.Text)[l.At.Start:l.At.End]); got != "Varno" {
			t.Errorf("place %d: the line has %q", i, got)
		}
	}
	f, err = Scan(ctx, store, m, Scope{Articles: []annotate.ID{"a2", "a0"}, Except: "a0", ExceptAt: text.Range{End: 5}, Keep: 2})
	if err != nil || f.Count != 4 || len(f.Places) != 2 || f.Searched != 2 || len(f.Places[0].Others) != 0 {
		t.Errorf("%+v, %v", f, err)
	}
	blanks, err := Compile(Query{Text: `\s+|Varno\s`, Regexp: true})
	if err != nil {
		t.Fatal(err)
	}
	f, err = Scan(ctx, store, blanks, Scope{Articles: []annotate.ID{"a2"}, Keep: 100})
	if err != nil || f.Count != 1 || f.Places[0].At != (text.Range{Start: 9, End: 14}) {
		t.Errorf("outer blanks: %+v, %v", f, err)
	}
	ended, cancel := context.WithCancel(ctx)
	f, err = Scan(ended, store, m, Scope{Keep: 100, Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) || len(f.Places) != 3 {
		t.Errorf("given up: %+v, %v", f, err)
	}
}

// TestAround keeps the place where it is, whatever the text.
func TestAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := text.New(anyText(40).Draw(t, "text"))
		from := rapid.IntRange(0, in.Len()).Draw(t, "from")
		r := text.Range{Start: from, End: rapid.IntRange(from, in.Len()).Draw(t, "to")}
		most := rapid.IntRange(1, 20).Draw(t, "most")
		l := Around(in, r, most)
		line := []rune(l.Text)
		if l.At.Start < 0 || l.At.End > len(line) || l.At.Len() != min(r.Len(), most) || len(line) > 3*most {
			t.Fatalf("%v in a line of %d: %+v", r, len(line), l)
		}
		at := Around(in, r, most).At.Start
		for i, c := range line {
			if was := in.RuneAt(r.Start - at + i); c != was && c != ' ' {
				t.Fatalf("%q is %q in the text", c, was)
			}
		}
	})
}
