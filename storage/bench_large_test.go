package storage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/annotest/corpus"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/annotate/format"
	"lede/annotate/text"
)

// largest is how many articles the largest project of BenchmarkProject has; make
// bench-large asks for a million.
func largest() int {
	if os.Getenv("LEDE_BENCH_LARGE") != "" {
		return 1_000_000
	}
	return 100_000
}

// BenchmarkProject measures the daily work on projects of 1,000, 10,000 and 100,000
// articles of 2 KB with 15 spans each, a million with make bench-large: what the
// window and the command line ask of the store. Each is the quickest of its runs, in
// processor time but for the tag, which waits for the disk. Where DESIGN has a bound, it
// is for 100,000 articles.
func BenchmarkProject(b *testing.B) {
	columns := []string{}
	cells := map[string][]string{} // a row for each work
	var works []string
	for n := 1000; n <= largest(); n *= 10 {
		columns = append(columns, fmt.Sprintf("%d articles", n))
		l := &large{B: b, n: n, path: filepath.Join(b.TempDir(), "large.lede")}
		l.fill()
		for _, w := range l.works() {
			if cells[w.name] == nil {
				works = append(works, w.name)
			}
			cells[w.name] = append(cells[w.name], w.run(b, n))
		}
		l.must(l.Close())
		l.must(os.Remove(l.path)) // a million articles are gigabytes
	}
	table := []string{"| work | " + strings.Join(columns, " | ") + " |", "| --- |" + strings.Repeat(" --- |", len(columns))}
	for _, w := range works {
		table = append(table, "| "+w+" | "+strings.Join(cells[w], " | ")+" |")
	}
	printTable(table, "Peak memory: "+peakMemory()+".")
}

// printTable writes a table for docs/speed.md to the standard output: what a benchmark
// with others in it logs is shown only if it fails.
func printTable(rows []string, more ...string) {
	fmt.Fprintf(os.Stdout, "\n%s\n\n", strings.Join(append(rows, more...), "\n"))
}

// large is a generated project, and SQLite alone with the same rows.
type large struct {
	*testing.B
	*store
	n             int
	path          string
	corpus        *corpus.Corpus
	middle        annotate.ImportArticle
	filled, floor time.Duration
	newID         func() id
}

func (l *large) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

func (l *large) query() annotate.ArticleQuery {
	return annotate.ArticleQuery{Annotator: l.corpus.Annotator().ID}
}

// fill imports the articles; beside it, the same rows go into another file by
// prepared statements, but for the largest of all, which need the room themselves.
func (l *large) fill() {
	l.corpus = corpus.New(annotest.NewEnvAt(annotest.Start, 1))
	l.corpus.Statuses = []annotate.Status{annotate.Done, annotate.Done, annotate.InProgress, annotate.New}
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Create(ctx, l.path, "ana", l.corpus.Records())
	l.must(err)
	l.store = s.(*store)
	var floor *project
	if l.n <= 100_000 {
		floor = newEmpty(l.B, l.corpus.Records()...)
		floor.must(execAll(floor.writer, floorImport))
	}
	l.newID = annotest.NewEnvAt(annotest.Start, 2).NewID
	began := worked()
	im, err := l.BeginImport(ctx, annotate.Import{ID: l.newID(), Format: "generated"})
	l.must(err)
	l.filled = worked() - began
	items := make([]annotate.ImportArticle, 0, 500)
	for i := 0; i < l.n; {
		for items = items[:0]; len(items) < cap(items) && i < l.n; i++ {
			items = append(items, l.corpus.Article(i))
			if i == l.n/2 {
				l.middle = items[len(items)-1]
			}
		}
		began = worked()
		l.must(im.Add(ctx, items))
		l.filled += worked() - began
		if floor != nil {
			began = worked()
			floor.floorBatch(items)
			l.floor += worked() - began
		}
	}
	began = worked()
	_, err = im.Commit(ctx, annotate.Change{ID: l.newID(), Actor: "ana", Cause: annotate.CauseImport, Title: "Import"})
	l.must(err)
	l.filled += worked() - began
	if floor != nil {
		l.must(floor.Close())
		l.must(os.Remove(floor.path))
	}
}

// work is one thing that people do.
type work struct {
	name  string
	bound time.Duration                                // 0 = none
	do    func(b *testing.B) time.Duration             // once; nil if it was done already
	tell  func(quickest time.Duration) (string, error) // what stands in the table
}

// run runs it as a benchmark and returns the cell of the table.
func (w *work) run(b *testing.B, n int) string {
	best, cell := time.Duration(0), "-"
	b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(w.name, " ", "-"), n), func(b *testing.B) {
		best = 0
		for b.Loop() {
			quickest(&best, w.do(b))
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(best.Microseconds())/1000, "ms")
		cell = shown(best)
		if w.tell != nil {
			var err error
			if cell, err = w.tell(best); err != nil {
				b.Fatal(err)
			}
		}
		if w.bound > 0 && n <= 100_000 {
			verdict := "ok"
			if best > w.bound {
				verdict = "OVER"
			}
			b.Logf("%s, %d articles: %v, bound %v: %s", w.name, n, best, w.bound, verdict)
			cell += " " + verdict
		}
	})
	return cell
}

// shown is a time in three digits.
func shown(d time.Duration) string {
	switch ms := float64(d.Microseconds()) / 1000; {
	case ms < 10:
		return fmt.Sprintf("%.2f ms", ms)
	case ms < 10_000:
		return fmt.Sprintf("%.0f ms", ms)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// timing makes a work of a function: the processor time that it takes as a whole.
func timing(f func() error) func(b *testing.B) time.Duration {
	return func(b *testing.B) time.Duration {
		b.Helper()
		began := worked()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		return worked() - began
	}
}

func (l *large) works() []*work {
	works := []*work{
		{name: "import", do: func(*testing.B) time.Duration { return l.filled }, tell: l.against(&l.floor)},
		l.index(), // the others are not to work beside it
		{name: "open to usable list", bound: time.Second, do: l.open},
		{name: "filter by status and date", do: l.list(`status:done published:2022`, "")},
		{name: "filter by a tag that none has", do: l.list(`tag:none`, "")},
		{name: "filter by a label", do: l.list(`label:quote`, "")},
		{name: "filter by words", do: l.list(`"called off the strike"`, "")},
	}
	works = append(works, l.searches()...)
	for _, by := range annotate.ArticleSorts[1:] {
		works = append(works, &work{name: "sort by " + string(by), bound: 100 * time.Millisecond, do: l.sorted(by)})
	}
	var reading time.Duration
	return append(works,
		&work{name: "next article", bound: 20 * time.Millisecond, do: timing(l.next)},
		&work{name: "tag, durable, by the clock", do: l.tag},
		&work{name: "put a tag on up to 10,000 articles", do: l.tagArticles},
		&work{name: "stats", do: timing(func() error {
			found, err := l.Stats(ctx)
			if err == nil && found.Spans < 15*l.n {
				err = fmt.Errorf("%d spans", found.Spans)
			}
			return err
		})},
		&work{name: "export as jsonl", do: func(b *testing.B) time.Duration {
			b.Helper()
			began := worked()
			(&project{TB: b, store: l.store}).floorRead()
			quickest(&reading, worked()-began)
			return timing(func() error {
				_, err := format.Export(ctx, l.store, format.ExportOptions{Format: "jsonl", Stdout: io.Discard, Annotator: "ana"})
				return err
			})(b)
		}, tell: l.against(&reading)},
	)
}

// against tells articles a second, and the ratio to a floor, if there is one.
func (l *large) against(floor *time.Duration) func(time.Duration) (string, error) {
	return func(took time.Duration) (string, error) {
		cell := fmt.Sprintf("%.0f articles/s", float64(l.n)/took.Seconds())
		if *floor > 0 {
			cell += fmt.Sprintf(", %.1f x SQLite", took.Seconds()/floor.Seconds())
		}
		return cell, nil
	}
}

// open opens the project in another store as the window does, up to the first page of
// the list.
func (l *large) open(b *testing.B) time.Duration {
	b.Helper()
	l.must(l.Close()) // at rest, it is one file
	began := worked()
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Open(ctx, l.path, annotate.ModeWindow)
	l.must(err)
	l.store = s.(*store)
	_, err = l.Schema(ctx)
	l.must(err)
	_, err = l.History(ctx, annotate.HistoryQuery{WithoutOps: true, StackedOnly: true})
	l.must(err)
	q := l.query()
	count, err := l.Count(ctx, q)
	l.must(err)
	q.Limit = 100
	rows, err := l.Articles(ctx, q)
	took := worked() - began
	if err != nil || len(rows) != 100 || count.Total != l.n {
		b.Fatalf("%d rows of %d: %v", len(rows), count.Total, err)
	}
	return took
}

// list counts what passes a filter and reads its first page.
func (l *large) list(typed string, by annotate.ArticleSort) func(*testing.B) time.Duration {
	q := l.query()
	q.Sort, q.Limit = by, 100
	parsed, err := filter.Parse(typed)
	l.must(err)
	q.Filter = parsed
	return timing(func() error {
		_, err := l.Count(ctx, q)
		if err == nil {
			_, err = l.Articles(ctx, q)
		}
		return err
	})
}

// sorted reads the first page in another order, as the menu does.
func (l *large) sorted(by annotate.ArticleSort) func(*testing.B) time.Duration {
	q := l.query()
	q.Sort, q.Limit = by, 100
	return timing(func() error {
		_, err := l.Articles(ctx, q)
		return err
	})
}

// tagArticles puts a tag on many articles as one change, and takes it back untimed.
func (l *large) tagArticles(b *testing.B) time.Duration {
	b.Helper()
	q := l.query()
	q.Limit = 10_000
	rows, err := l.Articles(ctx, q)
	l.must(err)
	ids := make([]id, len(rows))
	for i, r := range rows {
		ids[i] = r.Article.ID
	}
	e := edit.Editor{Env: annotate.Env{Now: time.Now, NewID: l.newID}, Actor: "ana"}
	var c annotate.Change
	took := timing(func() error {
		c, _, err = e.Do(ctx, l, edit.TagArticles([]string{"round1"}, nil), ids, nil)
		if err == nil {
			_, err = l.Apply(ctx, c)
		}
		return err
	})(b)
	_, err = l.Apply(ctx, e.Undo(c))
	l.must(err)
	return took
}

// next goes on from the article in the middle of the project.
func (l *large) next() error {
	q := l.query()
	q.After, q.Limit = l.middle.Article.ID, 1
	rows, err := l.Articles(ctx, q)
	if err == nil && len(rows) != 1 {
		err = errors.New("there is no next article")
	}
	if err == nil {
		_, err = l.Document(ctx, rows[0].Article.ID)
	}
	return err
}

// tag marks a word in the article in the middle, durably.
func (l *large) tag(b *testing.B) time.Duration {
	b.Helper()
	span := annotate.Span{
		ID: l.newID(), Set: l.middle.Sets[0].Set.ID, Label: l.corpus.Label().ID, Origin: annotate.OriginManual,
		Fragments: annotate.Fragments{text.Range{Start: 40, End: 45}},
	}
	c := annotate.Change{ID: l.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Tag", Article: l.middle.Article.ID, Ops: []annotate.Op{annotate.Create(span)}}
	began := time.Now() // most of it waits for the disk
	_, err := l.Apply(ctx, c)
	l.must(err)
	return time.Since(began)
}

// peakMemory is the most resident memory that this process ever had.
func peakMemory() string {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "not known on this system"
	}
	_, rest, _ := strings.Cut(string(raw), "VmHWM:")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
}
