package storage

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
)

// indexedFully waits until every article has its number.
func (p *project) indexedFully() { p.Helper(); p.indexedWithin(time.Minute) }

func (p *project) indexedWithin(patience time.Duration) {
	p.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		var left bool
		p.must(p.reader.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article t WHERE "+unindexed+")").Scan(&left))
		if !left {
			return
		}
		if time.Now().After(deadline) {
			p.Fatal("there are articles that are not in the index")
		}
	}
}

func (p *project) found(typed string) string {
	p.Helper()
	f, err := filter.Parse(typed)
	p.must(err)
	rows, err := p.Articles(ctx, annotate.ArticleQuery{Filter: f})
	p.must(err)
	var refs []string
	for _, r := range rows {
		refs = append(refs, r.Article.Ref)
	}
	return strings.Join(refs, " ")
}

// nasty are the pieces of which texts and queries are made.
var nasty = []string{
	"peace", "Talks", "été", "e\u0301", "ß", "SS", "北", "京", "か\u3099", "が", "ｶﾞ", "한", "\u1112\u1161\u11ab", "مُ", "أ", "ا", "ـ", "ى", "٣", "3", "ก\u0e34",
	"👩‍👩‍👧", " ", " ", "\n", "\u2028", "\u200d", "\u00ad", "-", "'", "\"", "*", "(", ":", "NOT", "OR", "NEAR/3", "text:", "title:x", "^", "\u0301", "\x00", "x", "xy",
	strings.Repeat("long", 20), "İ", "Σ", "ς", "½", "_", "%", "[", "\\",
}

// TestIndexIsScan holds the index against a look at every text, for words that would
// mean something to FTS4 or cut characters: with all articles in the index, with none
// and with some.
func TestIndexIsScan(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	piece := rapid.SampledFrom(nasty)
	var items []annotate.ImportArticle
	for i := range 300 {
		s := strings.Join(rapid.SliceOfN(piece, 1, 12).Example(i), "")
		items = append(items, annotate.ImportArticle{
			Article: annotate.Article{ID: p.newID(), Ref: fmt.Sprintf("r%d", i), Title: strings.Join(rapid.SliceOfN(piece, 0, 3).Example(i), " "), Intake: 1}, Text: "a" + s,
		})
	}
	p.bring(items)
	p.indexedFully()
	if problems, err := p.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("%v %+v", err, problems)
	}
	p.indexing.end() // from here on the index stays as it is
	scan := func(f *annotate.Filter) string {
		var refs []string
		for _, item := range items {
			d := &annotate.Document{Article: item.Article, Text: text.New(item.Text)}
			if filter.Match(f, filter.Subject{Doc: d, Presence: annotate.Live}) {
				refs = append(refs, item.Article.Ref)
			}
		}
		return strings.Join(refs, " ")
	}
	hits := 0
	for _, state := range []string{"", "UPDATE article SET doc = NULL WHERE ord % 3 = 0", "UPDATE article SET doc = NULL"} {
		if state != "" {
			p.must(execAll(p.writer, state))
		}
		rapid.Check(t, func(r *rapid.T) {
			term := func() *annotate.Filter {
				f := &annotate.Filter{Values: []annotate.FilterValue{{
					Text: strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(r, "words"), ""), After: rapid.Bool().Draw(r, "after"),
				}}}
				f.Values[0].Before = f.Values[0].After && rapid.Bool().Draw(r, "before")
				if rapid.Bool().Draw(r, "not") {
					return &annotate.Filter{Op: annotate.FilterNot, Of: []*annotate.Filter{f}}
				}
				return f
			}
			f := term()
			if op := rapid.SampledFrom([]annotate.FilterOp{annotate.FilterTerm, annotate.FilterAnd, annotate.FilterOr}).Draw(r, "op"); op != annotate.FilterTerm {
				f = &annotate.Filter{Op: op, Of: []*annotate.Filter{f, term(), term()}}
			}
			rows, err := p.Articles(ctx, annotate.ArticleQuery{Filter: f})
			if err != nil {
				r.Fatalf("%s: %v", filter.Format(f), err)
			}
			var refs []string
			for _, row := range rows {
				refs = append(refs, row.Article.Ref)
			}
			hits += len(refs)
			if got, want := strings.Join(refs, " "), scan(f); got != want {
				r.Fatalf("%s finds %s, a scan %s", filter.Format(f), got, want)
			}
		})
	}
	if hits == 0 {
		t.Error("nothing was ever found")
	}
}

// TestIndexGoesOn: what another version of the program cut is cut anew, what came while
// nobody indexed is indexed, what was corrected by one or by many is found by its new
// words alone.
func TestIndexGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	item := p.annotated("r0", "Ada met the mayor")
	p.indexedFully()
	p.must(execAll(p.writer, "BEGIN; UPDATE article SET doc = 7; INSERT INTO search (docid, text) VALUES (7, 'older words'); COMMIT"))
	if got := p.found("mayor") + p.found("older"); got != "r0" {
		t.Errorf("with an index of another version: %q", got)
	}
	p.must(p.store.Close())
	s, err := New(Options{InstallID: "test"}).Open(ctx, path, annotate.ModeWrite)
	p.must(err)
	p.store = s.(*store)
	p.indexedFully()
	var rest int
	p.must(p.reader.QueryRowContext(ctx, "SELECT count(*) FROM search_docsize WHERE docid < ?", firstDoc).Scan(&rest))
	if rest != 0 || p.found("mayor") != "r0" {
		t.Errorf("%d numbers of the other version are left", rest)
	}

	for i := range mostAtOnce {
		p.annotated(fmt.Sprint("many", i), "Ada said no")
	}
	p.indexedFully()
	rows, err := p.Articles(ctx, annotate.ArticleQuery{})
	p.must(err)
	var ops []annotate.Op
	for _, r := range rows {
		after := r.Article
		after.Source = "Gazette"
		ops = append(ops, annotate.Update(r.Article, after))
	}
	for _, ops := range [][]annotate.Op{ops[:1], ops[1:]} {
		_, err := p.Apply(ctx, annotate.Change{ID: p.newID(), Cause: annotate.CauseManual, Title: "Source", Ops: ops})
		p.must(err)
	}
	if got := strings.Fields(p.found("gazette")); len(got) != mostAtOnce+1 {
		t.Errorf("gazette: %v", got)
	}
	p.must(execAll(p.writer, "BEGIN; DROP TABLE search; COMMIT"))
	p.must(p.write(ctx, clearIndex))
	if got := p.found("mayor"); got != "r0" {
		t.Errorf("with an empty index: %q", got)
	}
	p.indexing.wake()
	p.indexedFully()
	if got := p.found("mayor") + p.found(item.Article.Ref); got != "r0r0" {
		t.Errorf("filled again: %q", got)
	}
}

// TestCheckIndex finds an index that is not that of the texts.
func TestCheckIndex(t *testing.T) {
	for name, damage := range map[string]string{
		"another number": "UPDATE article SET doc = doc + 100",
		"swapped":        "UPDATE article SET doc = (SELECT sum(b.doc) FROM article b) - doc",
		"too many words": fmt.Sprintf("INSERT INTO search (docid, text) VALUES (%d, 'a b c d e'); UPDATE article SET doc = %d", firstDoc+50, firstDoc+50),
	} {
		p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
		p.annotated("r0", "Ada met the mayor")
		p.annotated("r1", "Ada met the baker")
		p.indexedFully()
		p.must(execAll(p.writer, damage))
		problems, err := p.Check(ctx)
		if err != nil || len(problems) != 1 || problems[0].Where != "search" || !strings.Contains(problems[0].What, "2 articles") {
			t.Errorf("%s: %v %+v", name, err, problems)
		}
	}
}
