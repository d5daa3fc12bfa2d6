package storage

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/annotest/corpus"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
)

// speed is what one way of a format did.
type speed struct {
	way, format string
	plan        format.Counts // what went through
	bytes       int64         // of the files
	took, floor time.Duration // processor time of the quickest run, and of SQLite alone
	why         string        // it could not be measured
}

const formatBound = 3 // times the floor, DESIGN §9

func (s *speed) ratio() float64 { return s.took.Seconds() / s.floor.Seconds() }

func (s *speed) verdict() string {
	if s.ratio() > formatBound {
		return "OVER"
	}
	return "ok"
}

// row is a row of the table of docs/speed.md.
func (s *speed) row() string {
	if s.why != "" {
		return fmt.Sprintf("| %s | %s | not measured: %s |", s.format, s.way, s.why)
	}
	t := s.took.Seconds()
	return fmt.Sprintf("| %s | %s | %.1f | %.1f | %.0f | %.0f | %.1f | %s |", s.format, s.way, float64(s.bytes)/1e6, float64(s.bytes)/1e6/t,
		float64(s.plan.Articles)/t, float64(s.plan.Spans)/t, s.ratio(), s.verdict())
}

// quickest keeps the shorter of two times, of which none is 0.
func quickest(a *time.Duration, b time.Duration) {
	if *a == 0 || b < *a {
		*a = b
	}
}

// ways are the options with which some formats are measured, once with each list: as
// KEY=VALUE. All others are with none.
var ways = map[string][][]string{
	"csv":     {{"article=text"}, {"rows=articles"}},
	"tsv":     {{"article=text"}},
	"xlsx":    {{"article=text"}, {"rows=articles"}},
	"parquet": {nil, {"tokens=no"}},
}

func waysOf(one *format.Format) [][]string {
	if w := ways[one.Name]; w != nil {
		return w
	}
	return [][]string{nil}
}

// formatBench is a generated project on its way out of Lede and back in.
type formatBench struct {
	*testing.B
	store *store
	items []annotate.ImportArticle
	dir   string
	rows  []*speed
}

// BenchmarkFormats writes 2,000 articles of 2 KB with 15 spans each in every format
// of the registry, and reads them from it into an empty project. Beside it stands the
// time that SQLite alone needs for the rows that went through: to read them with
// prepared statements, or to write them. Each is the quickest of its runs, in processor
// time, which other programs on the machine change little. The table at the end is that
// of docs/speed.md.
func BenchmarkFormats(b *testing.B) {
	const n = 2000
	c := corpus.New(annotest.NewEnvAt(annotest.Start, 1))
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Create(ctx, filepath.Join(b.TempDir(), "all.lede"), "ana", c.Records())
	if err != nil {
		b.Fatal(err)
	}
	f := &formatBench{B: b, store: s.(*store), dir: b.TempDir()}
	if err := c.Fill(ctx, s, n); err != nil {
		b.Fatal(err)
	}
	for i := range n {
		f.items = append(f.items, c.Article(i))
	}
	for _, one := range format.All() {
		for _, options := range waysOf(one) {
			f.measure(one, options)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	table := []string{"| format | way | MB | MB/s | articles/s | spans/s | times SQLite alone | bound 3 |", "| --- | --- | --- | --- | --- | --- | --- | --- |"}
	for _, r := range f.rows {
		table = append(table, r.row())
	}
	printTable(table)
}

// measure runs both ways of a format.
func (f *formatBench) measure(one *format.Format, given []string) {
	name, options := strings.Join(append([]string{one.Name}, given...), " "), map[string]string{}
	for _, o := range given {
		key, value, _ := strings.Cut(o, "=")
		options[key] = value
	}
	path := filepath.Join(f.dir, strings.ReplaceAll(name, " ", "-")) + one.Extension(options)
	defer os.RemoveAll(path)
	if one.Writes() && !one.SchemaAlone {
		s := &speed{way: "export", format: name}
		f.run(s, func(b *testing.B) { f.export(b, s, one, path, options) })
	}
	if !one.Reads() || one.SchemaAlone {
		return
	}
	s := &speed{way: "import", format: name}
	if _, err := os.Lstat(path); err != nil {
		files, ok := sources[one.Name]
		if !ok {
			s.why = "no such files are made here"
			f.rows = append(f.rows, s)
			return
		}
		if path, err = files(f.dir, f.items); err != nil {
			f.Fatal(err)
		}
	}
	defer os.RemoveAll(path)
	f.run(s, func(b *testing.B) { f.bring(b, s, one, path) })
}

// run runs one way as a benchmark of its own, if it is asked for, and keeps what came
// out.
func (f *formatBench) run(s *speed, way func(b *testing.B)) {
	f.Run(s.way+"/"+strings.ReplaceAll(s.format, " ", "/"), func(b *testing.B) {
		*s = speed{way: s.way, format: s.format}
		way(b)
		if s.why != "" {
			b.Skip(s.why)
		}
		t := s.took.Seconds()
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(s.bytes)/1e6/t, "MB/s")
		b.ReportMetric(float64(s.plan.Articles)/t, "articles/s")
		b.ReportMetric(float64(s.plan.Spans)/t, "spans/s")
		b.ReportMetric(s.ratio(), "x-floor")
		b.Logf("%s %s: %.2fx the floor, bound %d.0x: %s", s.way, s.format, s.ratio(), formatBound, s.verdict())
	})
	if s.took > 0 || s.why != "" {
		f.rows = append(f.rows, s)
	}
}

// export writes the project, over and over to the same path.
func (f *formatBench) export(b *testing.B, s *speed, one *format.Format, path string, options map[string]string) {
	p := &project{TB: b, store: f.store}
	for b.Loop() {
		p.must(os.RemoveAll(path))
		o := format.ExportOptions{Format: one.Name, Out: path, Force: true, Annotator: "ana", Options: options}
		began := worked()
		m, err := format.Export(ctx, f.store, o)
		quickest(&s.took, worked()-began)
		p.must(err)
		s.plan = m.Out
		began = worked()
		p.floorRead()
		quickest(&s.floor, worked()-began)
	}
	s.bytes = sizeOf(b, path)
}

// bring imports files into new projects, and writes the rows that were in them with
// SQLite alone.
func (f *formatBench) bring(b *testing.B, s *speed, one *format.Format, path string) {
	for b.Loop() {
		p := newEmpty(b)
		began := worked()
		report, err := format.Import(ctx, p.store, []string{path}, format.ImportOptions{
			Format: one.Name, Actor: "ana", Annotator: "ana", Env: annotest.NewEnvAt(annotest.Start, 3),
		})
		quickest(&s.took, worked()-began)
		if err != nil {
			s.why = err.Error()
			return
		}
		s.plan = report.Read
		quickest(&s.floor, p.floorAgain())
		p.must(p.Close())
	}
	s.bytes = sizeOf(b, path)
}

func newEmpty(b *testing.B, records ...annotate.Record) *project {
	b.Helper()
	s, err := New(Options{Env: annotest.NewEnv(), InstallID: "test"}).Create(ctx, filepath.Join(b.TempDir(), "p.lede"), "ana", records)
	if err != nil {
		b.Fatal(err)
	}
	return &project{TB: b, store: s.(*store), newID: annotest.NewEnvAt(annotest.Start, 4).NewID}
}

// floorAgain writes all that is in a project into another by prepared statements.
func (p *project) floorAgain() time.Duration {
	p.Helper()
	schema, err := p.Schema(ctx)
	p.must(err)
	var records []annotate.Record
	for _, l := range schema.Labels {
		records = append(records, l)
	}
	for _, r := range schema.RelationTypes {
		records = append(records, r)
	}
	people := map[id]bool{}
	var items []annotate.ImportArticle
	for d, err := range p.Documents(ctx, annotate.DocumentQuery{}) {
		p.must(err)
		items = append(items, annotate.ImportArticle{Article: d.Article, Text: d.Text.String(), Sets: d.Sets})
		for _, set := range d.Sets {
			if !people[set.Annotator.ID] {
				people[set.Annotator.ID] = true
				records = append(records, set.Annotator)
			}
		}
	}
	q := newEmpty(p.TB.(*testing.B), records...)
	began := worked()
	q.floorWrite(items)
	took := worked() - began
	q.must(q.Close())
	return took
}

// sizeOf is the size of a file, or of all in a folder.
func sizeOf(b *testing.B, path string) (n int64) {
	b.Helper()
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
