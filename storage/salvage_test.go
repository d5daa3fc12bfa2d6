package storage

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/storage/pages"
)

// wreckedProject is a project with texts of all lengths, of which the damaged copies
// of a test are made: its file, what is in it, and on which pages each row lies.
type wreckedProject struct {
	raw    []byte
	dump   map[id]annotate.Document
	titles map[id]annotate.Article
	size   int
	lies   map[string]map[id][]int // pages by table and id
}

func newWrecked(t testing.TB, articles int) *wreckedProject {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sound.lede")
	p := newProject(t, path)
	p.indexing.end() // it works as long as it has time: the file is to be the same each time
	r := rand.New(rand.NewPCG(1, 2))
	quote := annotate.Label{ID: p.newID(), Name: "quote", Title: "Quote"}
	says := annotate.RelationType{ID: p.newID(), Name: "says"}
	ada := annotate.Entity{ID: p.newID(), Kind: "actor", Name: "Ada"}
	_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Schema", Ops: []annotate.Op{
		annotate.Create(quote), annotate.Create(says), annotate.Create(ada),
	}})
	p.must(err)
	im, err := p.BeginImport(ctx, annotate.Import{ID: p.newID(), Format: "text", Source: "wire"})
	p.must(err)
	for range articles / 20 {
		var batch []annotate.ImportArticle
		for range 20 {
			batch = append(batch, wreckedArticle(p, r, quote, says, ada))
		}
		p.must(im.Add(ctx, batch))
	}
	_, err = im.Commit(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	p.must(err)
	w := &wreckedProject{dump: map[id]annotate.Document{}, titles: map[id]annotate.Article{}}
	var all []annotate.Document
	for d, err := range p.Documents(ctx, annotate.DocumentQuery{}) {
		p.must(err)
		all = append(all, *d)
	}
	for i, d := range all { // some by hand, so that the history has them
		var ops []annotate.Op
		set := d.Sets[0].Set
		for n := range i % 4 {
			ops = append(ops, annotate.Create(annotate.Span{
				ID: p.newID(), Set: set.ID, Label: quote.ID, Origin: annotate.OriginManual,
				Fragments: annotate.Fragments{{Start: n, End: n + 3}, {Start: n + 10, End: n + 20}},
			}))
		}
		if i%5 == 0 {
			ops = append(ops, annotate.Delete(loose(d.Sets[0])))
		}
		if i%7 == 0 {
			was := annotate.ArticleState{ID: d.Article.ID, Presence: annotate.Live}
			ops = append(ops, annotate.Update(was, annotate.ArticleState{ID: d.Article.ID, Presence: annotate.Deleted}))
		}
		if len(ops) > 0 {
			_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Tag", Ops: ops})
			p.must(err)
		}
	}
	w.dump, w.titles = documentsOf(t, p.store), map[id]annotate.Article{}
	p.must(p.write(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		for n := 1; n > 0 && err == nil; {
			n, err = indexSome(ctx, tx, unindexed, time.Hour)
		}
		return err
	}))
	p.must(p.store.Close())
	w.raw, err = os.ReadFile(path)
	p.must(err)
	w.layOut(t)
	return w
}

func wreckedArticle(p *project, r *rand.Rand, quote annotate.Label, says annotate.RelationType, ada annotate.Entity) annotate.ImportArticle {
	words := []string{"strike", "Ada", "mayor", "北京", "paid", "the", "wage", "قالت", "👩‍👩‍👧", "rail", "said", "union"}
	var b strings.Builder
	for n := 10 + r.IntN(40) + r.IntN(2)*r.IntN(3000); n >= 0; n-- {
		b.WriteString(words[r.IntN(len(words))] + " ")
	}
	i := p.newID()
	body := b.String() + string(i)
	set := annotate.AnnotationSet{ID: p.newID(), Annotator: p.ana.ID, Status: annotate.Done, Note: "noted " + string(i)}
	data := annotate.SetData{Set: set, Annotator: p.ana}
	for n := range 3 + r.IntN(12) {
		at := r.IntN(30)
		s := annotate.Span{ID: p.newID(), Label: p.actor.ID, Origin: annotate.OriginImport, Fragments: annotate.Fragments{{Start: at, End: at + 1 + r.IntN(8)}}}
		if n%3 == 0 {
			s.Label, s.Entity = quote.ID, ada.ID
		}
		data.Spans = append(data.Spans, s)
	}
	data.Relations = append(data.Relations, annotate.Relation{ID: p.newID(), Type: says.ID, From: data.Spans[0].ID, To: data.Spans[1].ID})
	return annotate.ImportArticle{
		Article: annotate.Article{ID: i, Ref: "r-" + string(i), Title: fmt.Sprintf("Title of %s", i), Source: "wire", Intake: 1},
		Text:    body, Sets: []annotate.SetData{data},
	}
}

// documentsOf reads all articles, those in the bin too.
func documentsOf(t testing.TB, s annotate.Store) map[id]annotate.Document {
	t.Helper()
	all := map[id]annotate.Document{}
	for _, presence := range []annotate.Presence{annotate.Live, annotate.Deleted} {
		for d, err := range s.Documents(ctx, annotate.DocumentQuery{Presence: presence}) {
			if err != nil {
				t.Fatal(err)
			}
			all[d.Article.ID] = *d
		}
	}
	return all
}

// layOut finds out on which pages rows lie, and that all of them are found.
func (w *wreckedProject) layOut(t testing.TB) {
	t.Helper()
	f, err := pages.Open(pages.Source{ReaderAt: bytes.NewReader(w.raw), Size: int64(len(w.raw))}, pages.Source{})
	if err != nil {
		t.Fatal(err)
	}
	w.lies, w.size = map[string]map[id][]int{}, len(w.raw)/f.Count()
	for _, table := range f.Tables() {
		rows := map[id][]int{}
		if table.Kind != "table" || table.Name == "op" || table.Name == "change" {
			continue
		}
		if !f.Walk(table.Root, false, func(n *pages.Node) bool {
			for _, r := range n.Rows {
				if name, ok := r.Values[0].(string); ok {
					rows[id(name)] = r.Pages
				}
			}
			return true
		}) {
			t.Fatalf("the sound table %s is not read whole", table.Name)
		}
		w.lies[table.Name] = rows
	}
	spans := 0
	for _, d := range w.dump {
		for _, s := range d.Sets {
			spans += len(s.Spans)
		}
	}
	if len(w.lies["article"]) != len(w.dump) || len(w.lies["span"]) != spans {
		t.Fatalf("%d articles and %d spans are read, not %d and %d", len(w.lies["article"]), len(w.lies["span"]), len(w.dump), spans)
	}
}

// salvaged damages a copy, salvages it and holds the outcome against the sound one:
// hurt are the pages of which something was changed.
func (w *wreckedProject) salvaged(t testing.TB, damaged []byte, hurt map[int]bool) *annotate.Salvaged {
	t.Helper()
	dir := t.TempDir()
	path, into := filepath.Join(dir, "p.lede"), filepath.Join(dir, "new.lede")
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := New(Options{Env: annotest.NewEnvAt(annotest.Start, 9), InstallID: "salvage", synchronous: "OFF"}).Salvage(ctx, path, into, "ana", nil)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, damaged) {
		t.Fatal("the damaged file was touched")
	}
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "salvage"}).Open(ctx, into, annotate.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("the new project has problems: %v %+v", err, problems)
	}
	w.compare(t, documentsOf(t, s), report, func(table string, i id) bool {
		for _, page := range w.lies[table][i] {
			if hurt[page] {
				return false
			}
		}
		return true
	})
	return report
}

func (w *wreckedProject) compare(t testing.TB, got map[id]annotate.Document, report *annotate.Salvaged, intact func(string, id) bool) {
	t.Helper()
	var told strings.Builder
	for _, p := range report.Lost {
		told.WriteString(p.Where + ": " + p.What + "\n")
	}
	for i, want := range w.dump {
		textIntact := intact("text", id(want.Article.TextHash))
		has, there := got[i]
		switch {
		case !there && intact("article", i) && textIntact:
			t.Errorf("article %s is lost, and its pages are intact", i)
		case !there && intact("article", i) && !strings.Contains(told.String(), want.Article.Title):
			t.Errorf("lost article %q is not listed by its title", want.Article.Title)
		case there && intact("article", i) && (has.Article.Title != want.Article.Title || has.Article.Ref != want.Article.Ref):
			t.Errorf("article %s is %+v, was %+v", i, has.Article, want.Article)
		}
		if there && has.Text.String() != want.Text.String() {
			t.Fatalf("article %s has another text", i)
		}
		if there {
			w.compareSets(t, want, has, intact)
		}
	}
	if t.Failed() {
		t.Log(told.String())
	}
}

func (w *wreckedProject) compareSets(t testing.TB, want, has annotate.Document, intact func(string, id) bool) {
	t.Helper()
	spans, relations := map[id]annotate.Span{}, map[id]bool{}
	for _, d := range has.Sets {
		for _, s := range d.Spans {
			spans[s.ID] = s
		}
		for _, r := range d.Relations {
			relations[r.ID] = true
		}
	}
	places := map[string]bool{}
	for _, d := range want.Sets {
		setIntact := intact("annotation_set", d.Set.ID)
		for _, s := range d.Spans {
			now, there := spans[s.ID]
			places[formatFragments(s.Fragments)] = true
			if !there && setIntact && intact("span", s.ID) {
				t.Errorf("span %s is lost, and its page is intact", s.ID)
			}
			if there && (formatFragments(now.Fragments) != formatFragments(s.Fragments) || now.Label != s.Label && now.Label != "") {
				t.Fatalf("span %s is %+v, was %+v", s.ID, now, s)
			}
			delete(spans, s.ID)
		}
		for _, r := range d.Relations {
			ends := intact("span", r.From) && intact("span", r.To)
			if setIntact && ends && intact("relation", r.ID) && !relations[r.ID] {
				t.Errorf("relation %s is lost, and its pages are intact", r.ID)
			}
		}
	}
	for i, s := range spans { // of another id, if that was what was damaged
		if places[formatFragments(s.Fragments)] {
			continue
		}
		t.Fatalf("span %s came from nowhere: %+v", i, s)
	}
}

// TestSalvageSound brings everything of a sound file.
func TestSalvageSound(t *testing.T) {
	w := newWrecked(t, 60)
	report := w.salvaged(t, w.raw, nil)
	if report.Articles+report.Binned != 60 || report.Binned == 0 || report.Rebuilt != 0 || len(report.Lost) != 1 {
		t.Errorf("%+v", report)
	}
}

// damage is something that befalls a file; it says on which pages.
type damage struct {
	name string
	do   func(r *rand.Rand, raw []byte, size int) (damaged []byte, hurt map[int]bool)
}

// overwrite fills n pages at random.
func overwrite(n int) damage {
	return damage{fmt.Sprintf("%d pages overwritten", n), func(r *rand.Rand, raw []byte, size int) ([]byte, map[int]bool) {
		hurt := map[int]bool{}
		for len(hurt) < n {
			page := 2 + r.IntN(len(raw)/size-1)
			hurt[page] = true
			for i := range size {
				raw[(page-1)*size+i] = byte(r.Uint32())
			}
		}
		return raw, hurt
	}}
}

var damages = []damage{
	overwrite(1), overwrite(50), overwrite(50), overwrite(150),
	{"the header is gone", func(_ *rand.Rand, raw []byte, _ int) ([]byte, map[int]bool) {
		clear(raw[:100])
		return raw, map[int]bool{1: true}
	}},
	{"the first page is gone, and others", func(r *rand.Rand, raw []byte, size int) ([]byte, map[int]bool) {
		clear(raw[:size])
		damaged, hurt := overwrite(20).do(r, raw, size)
		hurt[1] = true
		return damaged, hurt
	}},
	{"the end is gone", func(r *rand.Rand, raw []byte, size int) ([]byte, map[int]bool) {
		hurt, end := map[int]bool{}, len(raw)/2+r.IntN(len(raw)/2)
		for page := end/size + 1; page <= len(raw)/size; page++ {
			hurt[page] = true
		}
		return raw[:end], hurt
	}},
	{"a stretch of zeros", func(r *rand.Rand, raw []byte, size int) ([]byte, map[int]bool) {
		hurt, from := map[int]bool{}, r.IntN(len(raw)*3/4)
		clear(raw[from : from+len(raw)/8])
		for page := from/size + 1; page <= (from+len(raw)/8)/size+1; page++ {
			hurt[page] = true
		}
		return raw, hurt
	}},
	{"bits flipped", func(r *rand.Rand, raw []byte, size int) ([]byte, map[int]bool) {
		hurt := map[int]bool{}
		for range 300 {
			at := 100 + r.IntN(len(raw)-100)
			raw[at] ^= 1 << r.IntN(8)
			hurt[at/size+1] = true
		}
		return raw, hurt
	}},
}

// TestSalvageDamaged damages a file in every way: each row on intact pages comes
// back, lost articles are listed by their titles, no span is on another text.
func TestSalvageDamaged(t *testing.T) {
	w := newWrecked(t, 300)
	for n, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			raw, hurt := d.do(rand.New(rand.NewPCG(7, uint64(n))), bytes.Clone(w.raw), w.size)
			report := w.salvaged(t, raw, hurt)
			t.Logf("%d of %d pages: %d and %d in the bin of %d articles, %d spans, %d rebuilt, %d told", len(hurt), len(w.raw)/w.size,
				report.Articles, report.Binned, len(w.dump), report.Spans, report.Rebuilt, len(report.Lost))
		})
	}
}

// loose is a span at which no relation points.
func loose(d annotate.SetData) annotate.Span {
	for _, s := range d.Spans {
		if s.ID != d.Relations[0].From && s.ID != d.Relations[0].To {
			return s
		}
	}
	panic("every span is the end of a relation")
}

// TestSalvageLog opens a damaged file with a log beside it, which leaves both as they
// are, and salvages what the log had committed.
func TestSalvageLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	p.annotated("a", "some text")
	if _, err := p.Apply(ctx, p.rule()); err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "d.lede")
	want := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if suffix == "" {
			clear(raw[:100])
		} else {
			raw[len(raw)-50] ^= 1 // in the last commit
		}
		want[suffix] = raw
		if err := os.WriteFile(damaged+suffix, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	projects := New(Options{Env: annotest.NewEnvAt(annotest.Start, 9), InstallID: "salvage"})
	for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite, annotate.ModeWindow} {
		_, err := projects.Open(ctx, damaged, mode)
		told(t, err, annotate.ErrDamaged)
	}
	report, err := projects.Salvage(ctx, damaged, filepath.Join(t.TempDir(), "new.lede"), "ana", nil)
	if err != nil || report.Articles != 1 || report.Spans != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if !slices.ContainsFunc(report.Lost, func(p annotate.Problem) bool { return p.Where == "file" && strings.Contains(p.What, "-wal") }) {
		t.Errorf("nobody says that the log is damaged: %+v", report.Lost)
	}
	for suffix, raw := range want {
		if now, err := os.ReadFile(damaged + suffix); err != nil || !bytes.Equal(now, raw) {
			t.Errorf("the damaged file%s was touched: %v", suffix, err)
		}
	}
}
