package format_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
)

// corpus has what training formats cannot hold, each once, and every status.
const corpus = `{"id":"n/1","title":"T","text":"“We will,” said Ana Müller 😀, “win.”\nSo she said.","annotator":"ana","status":"done","note":"n","spans":[
{"id":"q","label":"quote","fragments":[[0,10],[30,36]]},
{"id":"a","label":"actor","start":16,"end":26,"attributes":{"type":"person","n":1.50},"entity":{"id":"E1","kind":"person","name":"Ana Müller"},"note":"x"},
{"id":"f","label":"first name","start":16,"end":19},
{"id":"m","label":"event","start":31,"end":38,"origin":"model:m1"}],
"relations":[{"id":"r","type":"speaker","from":"q","to":"a"}]}
{"id":"n/2","text":"Nothing here.","annotator":"ana","status":"done"}
{"id":"n/3","text":"Half done.","annotator":"ana","status":"in_progress","spans":[{"label":"actor","start":0,"end":4}]}
{"id":"n/4","text":"Skipped.","annotator":"ana","status":"skipped"}
{"id":"n/5","text":"Untouched."}
`

func corpusStore(t testing.TB, extra ...string) annotate.Store {
	t.Helper()
	store := newStore(t)
	lines := strings.ReplaceAll(strings.ReplaceAll(corpus, "\n{\"id\":\"n/", "\x00{\"id\":\"n/"), "\n", "")
	content := strings.ReplaceAll(lines, "\x00", "\n") + "\n" + strings.Join(extra, "\n")
	mustImport(t, store, importOptions(9), write(t, t.TempDir(), "corpus.jsonl", content))
	return store
}

const bensWork = `{"id":"n/1","text":"“We will,” said Ana Müller 😀, “win.”\nSo she said.","annotator":"Ben","status":"done","spans":[{"label":"actor","start":20,"end":26}]}`

func TestCoNLLByRule(t *testing.T) {
	got, m := exportString(t, corpusStore(t), format.ExportOptions{Format: "conll"})
	want := strings.ReplaceAll(`-DOCSTART- O

“ B-quote
We I-quote
will I-quote
, I-quote
” I-quote
said O
Ana B-actor
Müller I-actor
😀 O
, O
“ B-quote
win I-quote
. I-quote
” I-quote

So O
she O
said O
. O

-DOCSTART- O

Nothing O
here O
. O
`, " ", "\t")
	if got != want {
		t.Errorf("got\n%s", got)
	}
	for kind, n := range map[string]int{"overlaps": 2, "split": 1, "relations": 1, "attributes": 2, "entities": 1, "notes": 1, "set_notes": 1, "facts": 1, "status": 2} {
		if note(m.Losses, kind) != n {
			t.Errorf("%d losses of kind %s, want %d", note(m.Losses, kind), kind, n)
		}
	}
	if note(m.LeftOut, "status") != 3 || m.In.Articles != 5 || m.Out.Articles != 2 || m.In.Spans != 5 || m.Out.Spans != 3 {
		t.Errorf("in %+v out %+v left out %+v", m.In, m.Out, m.LeftOut)
	}
	if !reflect.DeepEqual(m.Annotators, []string{"ana"}) || !reflect.DeepEqual(m.Statuses, []annotate.Status{"done"}) {
		t.Errorf("%+v", m.Plan)
	}
}

func TestCoNLLOptions(t *testing.T) {
	export := func(opts map[string]string) string {
		s, _ := exportString(t, corpusStore(t), format.ExportOptions{Format: "conll", Options: opts})
		return s
	}
	if s := export(map[string]string{"docstart": "no"}); strings.Contains(s, "DOCSTART") || strings.HasPrefix(s, "\n") {
		t.Errorf("docstart=no: %q", s)
	}
	if s := export(map[string]string{"unit": "article"}); strings.Count(s, "\n\n") != 3 {
		t.Errorf("unit=article: %q", s)
	}
	if s := export(map[string]string{"unit": "paragraph"}); strings.Count(s, "\n\n") != 4 {
		t.Errorf("unit=paragraph: %q", s)
	}
	s, m := exportString(t, corpusStore(t), format.ExportOptions{Format: "conll", Options: map[string]string{"unit": "window:2:1"}})
	if !strings.Contains(s, "will\tI-quote\n\nwill\tB-quote\n,\tI-quote\n\n") || note(m.Losses, "cut") == 0 {
		t.Errorf("window: %q", s)
	}
	s = export(map[string]string{"origin": "manual", "docstart": "no"})
	if strings.Contains(s, "event") {
		t.Errorf("origin=manual: %q", s)
	}
	for _, o := range []map[string]string{{"unit": "word"}, {"unit": "window:0"}, {"unit": "window:4:9"}, {"docstart": "maybe"}, {"lines": "yes"}} {
		if _, err := format.Export(ctx, corpusStore(t), format.ExportOptions{Format: "conll", Stdout: io.Discard, Options: o}); !errors.As(err, new(*format.UsageError)) {
			t.Errorf("%v: %v", o, err)
		}
	}
}

func TestWhoAndWhichStatus(t *testing.T) {
	store := corpusStore(t, bensWork)
	_, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "conll"})
	var who *format.AnnotatorError
	if !errors.As(err, &who) || !reflect.DeepEqual(who.Names, []string{"Ben", "ana"}) {
		t.Fatalf("%v", err)
	}
	if _, err = format.MakePlan(ctx, store, format.ExportOptions{Format: "conll", Annotator: "all"}); !errors.As(err, &who) {
		t.Errorf("conll holds one: %v", err)
	}
	_, err = format.MakePlan(ctx, store, format.ExportOptions{Format: "conll", Annotator: "carl"})
	wantError(t, err, "carl", "Ben, ana")
	p, err := format.MakePlan(ctx, store, format.ExportOptions{Format: "conll", Annotator: "BEN"})
	if err != nil || p.Out.Articles != 1 || p.Out.Spans != 1 || note(p.LeftOut, "other_annotators") != 4 || note(p.LeftOut, "status") != 4 {
		t.Errorf("%+v %v", p, err)
	}
	p, err = format.MakePlan(ctx, store, format.ExportOptions{Format: "brat", Annotator: "ana", Statuses: annotate.Statuses})
	if err != nil || p.Out.Articles != 5 || p.Out.Spans != 5 {
		t.Errorf("%+v %v", p, err)
	}
	p, err = format.MakePlan(ctx, store, format.ExportOptions{Format: "jsonl", Statuses: []annotate.Status{"skipped"}})
	if err != nil || p.Out.Articles != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

// TestPlanTellsWhatExportDoes: a plan before is the plan in the manifest.
func TestPlanTellsWhatExportDoes(t *testing.T) {
	for _, f := range []string{"jsonl", "brat", "conll"} {
		store := corpusStore(t)
		plan, err := format.MakePlan(ctx, store, format.ExportOptions{Format: f})
		if err != nil {
			t.Fatal(err)
		}
		var told *format.Plan
		out := filepath.Join(t.TempDir(), "out")
		m, err := format.Export(ctx, store, format.ExportOptions{Format: f, Out: out, Version: "1", OnPlan: func(p *format.Plan) error {
			if _, err := os.Stat(out); err == nil {
				t.Errorf("%s: there is something at the target before the plan was told", f)
			}
			told = p
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*plan, m.Plan) || !reflect.DeepEqual(plan, told) {
			t.Errorf("%s:\n%+v\n%+v", f, plan, m.Plan)
		}
		path := out + ".manifest.json"
		if f == "brat" {
			path = filepath.Join(out, "manifest.json")
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var kept format.Manifest
		if err := json.Unmarshal(raw, &kept); err != nil || kept.SHA256 != m.SHA256 || kept.Program != "lede 1" || len(kept.Files) == 0 || kept.Files[0].Name == "" {
			t.Errorf("%s: %s", f, raw)
		}
		if bytes.Contains(raw, []byte(filepath.Dir(out))) {
			t.Errorf("%s: the manifest names a folder of this machine", f)
		}
	}
}

func TestSameProjectSameBytes(t *testing.T) {
	for _, f := range []string{"jsonl", "brat", "conll"} {
		var first map[string]string
		for range 2 {
			dir := t.TempDir()
			if _, err := format.Export(ctx, corpusStore(t), format.ExportOptions{Format: f, Out: filepath.Join(dir, "out"), Version: "1"}); err != nil {
				t.Fatal(err)
			}
			got := tree(t, dir)
			if first != nil && !reflect.DeepEqual(first, got) {
				t.Errorf("%s differs:\n%v\n%v", f, first, got)
			}
			first = got
		}
	}
}

func TestTargets(t *testing.T) {
	store, dir := corpusStore(t), t.TempDir()
	for _, f := range []string{"jsonl", "brat"} {
		out := filepath.Join(dir, f)
		o := format.ExportOptions{Format: f, Out: out, Version: "1"}
		export := func() error {
			_, err := format.Export(ctx, store, o)
			return err
		}
		if err := export(); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		err := export()
		wantError(t, err, out, "there already", "--force")
		if !errors.Is(err, annotate.ErrExists) || !reflect.DeepEqual(before, tree(t, dir)) {
			t.Errorf("%s: %v", f, err)
		}
		o.Force = true
		if err := export(); err != nil || !reflect.DeepEqual(before, tree(t, dir)) {
			t.Errorf("%s: force: %v", f, err)
		}
		o.OnPlan = func(*format.Plan) error { return io.ErrUnexpectedEOF }
		if err := export(); !errors.Is(err, io.ErrUnexpectedEOF) || !reflect.DeepEqual(before, tree(t, dir)) {
			t.Errorf("%s: a refused plan left something: %v", f, err)
		}
	}
	// Force never deletes a folder of anything else, nor trades a folder for a file.
	precious := filepath.Join(dir, "precious")
	write(t, precious, "thesis.txt", "mine")
	for _, f := range []string{"jsonl", "brat"} {
		_, err := format.Export(ctx, store, format.ExportOptions{Format: f, Out: precious, Force: true})
		wantError(t, err, precious)
		if tree(t, precious)["thesis.txt"] != "mine" {
			t.Fatal("the folder is gone")
		}
	}
	_, err := format.Export(ctx, store, format.ExportOptions{Format: "jsonl", Out: filepath.Join(dir, "no", "such", "x")})
	wantError(t, err, "no such file")
	for _, o := range []format.ExportOptions{{Format: "brat", Stdout: io.Discard}, {Format: "jsonl"}, {Format: "text", Out: "x"}, {Format: "conll", Out: "x", NoText: true}} {
		if _, err := format.Export(ctx, store, o); !errors.As(err, new(*format.UsageError)) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	manifest := filepath.Join(dir, "m.json")
	if _, err := format.Export(ctx, store, format.ExportOptions{Format: "jsonl", Stdout: io.Discard, ManifestPath: manifest}); err != nil || !strings.Contains(tree(t, dir)["m.json"], `"out": {`) {
		t.Errorf("%v", err)
	}
}

func TestCancelledExportLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	cancelled, cancel := context.WithCancel(ctx)
	_, err := format.Export(cancelled, corpusStore(t), format.ExportOptions{Format: "brat", Out: filepath.Join(dir, "x"), Progress: func(p format.Progress) {
		if p.Done == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || len(tree(t, dir)) != 0 {
		t.Errorf("%v %v", err, tree(t, dir))
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("%v", entries)
	}
}

// wrong is a writer that moves one end of the first span by one.
type wrong struct {
	format.Writer
	start, end, done int
}

func (w *wrong) Write(a *format.Article) error {
	spoilt := *a
	spoilt.Sets = nil
	for _, s := range a.Sets {
		s.Spans = append([]format.Span(nil), s.Spans...)
		if len(s.Spans) > 0 && w.done == 0 {
			w.done++
			f := append(s.Spans[0].Fragments[:0:0], s.Spans[0].Fragments...)
			f[0].Start += w.start
			f[len(f)-1].End += w.end
			s.Spans[0].Fragments = f
		}
		spoilt.Sets = append(spoilt.Sets, s)
	}
	return w.Writer.Write(&spoilt)
}

// TestReadBackFindsWrongOffsets: a fault planted in a writer makes the export
// fail, and nothing stays.
func TestReadBackFindsWrongOffsets(t *testing.T) {
	store := corpusStore(t)
	for _, name := range []string{"jsonl", "brat"} {
		for _, noText := range []bool{false, true} {
			for i, fault := range []wrong{{start: 1}, {end: -1}, {end: 1}, {}} {
				f, err := format.Lookup(name)
				if err != nil {
					t.Fatal(err)
				}
				spoilt := *f
				spoilt.Detect, spoilt.Read = nil, nil
				spoilt.Name = fmt.Sprintf("%s-wrong-%v-%d", name, noText, i)
				spoilt.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
					w, err := f.Write(out, job)
					fault.Writer = w
					return &fault, err
				}
				format.Register(&spoilt)
				dir := t.TempDir()
				_, err = format.Export(ctx, store, format.ExportOptions{Format: spoilt.Name, Out: filepath.Join(dir, "x"), NoText: noText})
				if fault.start == 0 && fault.end == 0 {
					if err != nil {
						t.Errorf("%s: without a fault: %v", spoilt.Name, err)
					}
					continue
				}
				if err == nil {
					t.Errorf("%s: the fault was not found", spoilt.Name)
					continue
				}
				wantError(t, err, "read back", "n/1", "report it")
				if entries, _ := os.ReadDir(dir); len(entries) != 0 {
					t.Errorf("%s left %v", spoilt.Name, entries)
				}
			}
		}
	}
}

// spoiler changes what a writer writes to its file.
type spoiler struct {
	format.Target
	old, new string
}

type spoiltFile struct {
	io.WriteCloser
	s *spoiler
}

func (s *spoiler) Create(name string) (io.WriteCloser, error) {
	f, err := s.Target.Create(name)
	return &spoiltFile{f, s}, err
}

func (f *spoiltFile) Write(p []byte) (int, error) {
	if _, err := f.WriteCloser.Write(bytes.ReplaceAll(p, []byte(f.s.old), []byte(f.s.new))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func TestReadBackFindsWrongTags(t *testing.T) {
	store := corpusStore(t)
	for i, c := range [][2]string{
		{"Ana\tB-actor", "Ana\tO"},
		{"Müller\tI-actor", "Müller\tB-actor"},
		{"Müller\tI-actor", "Müller\tO"},
		{"said\tO", "said\tI-quote"},
		{"said\tO", "said\tB-quote"},
		{"B-actor", "B-quote"},
		{"Ana\t", "Anna\t"},
		{"here\tO\n", "here\tB-actor\n"},
		{"So\tO", "So"},
	} {
		f, err := format.Lookup("conll")
		if err != nil {
			t.Fatal(err)
		}
		spoilt := *f
		spoilt.Detect, spoilt.Read = nil, nil
		spoilt.Name = fmt.Sprintf("conll-wrong-%d", i)
		spoilt.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
			return f.Write(&spoiler{out, c[0], c[1]}, job)
		}
		format.Register(&spoilt)
		if _, err := format.Export(ctx, store, format.ExportOptions{Format: spoilt.Name, Stdout: io.Discard}); err == nil {
			t.Errorf("%q for %q was not found", c[1], c[0])
		}
	}
}

func TestNoTextAndBack(t *testing.T) {
	for _, f := range []string{"jsonl", "brat"} {
		store := corpusStore(t, bensWork)
		out := filepath.Join(t.TempDir(), "out")
		m, err := format.Export(ctx, store, format.ExportOptions{Format: f, Out: out, NoText: true, Annotator: "all", Statuses: annotate.Statuses})
		if err != nil {
			t.Fatal(err)
		}
		if f == "jsonl" && note(m.Losses, "titles") != 1 {
			t.Errorf("%+v", m.Losses)
		}
		files := tree(t, filepath.Dir(out))
		for name, content := range files {
			for _, secret := range []string{"We will", "“win", "said", "Nothing", "Skipped"} {
				if strings.Contains(content, secret) {
					t.Errorf("%s: %s holds %q:\n%s", f, name, secret, content)
				}
			}
		}
		// The same texts elsewhere, but for one.
		second := newStore(t)
		var texts []*format.Article
		for _, d := range documents(t, store) {
			if d.Article.Ref != "n/3" {
				texts = append(texts, &format.Article{Text: d.Text.String()})
			}
		}
		seq := func(yield func(*format.Article, error) bool) {
			for _, a := range texts {
				if !yield(a, nil) {
					return
				}
			}
		}
		if _, err := format.ImportArticles(ctx, second, "texts", seq, importOptions(1)); err != nil {
			t.Fatal(err)
		}
		o := importOptions(2)
		o.Format = f
		r := mustImport(t, second, o, out)
		if r.LeftOut == 0 || r.Added.Articles != 0 {
			t.Errorf("%s: %+v", f, r)
		}
		want := shapeOf(t, store)
		for k, v := range shapeOf(t, second) {
			if !reflect.DeepEqual(want[k], v) {
				t.Errorf("%s: %s\n got  %q\n want %q", f, k, v, want[k])
			}
		}
	}
}

// TestHostileRefs: refs that would leave the folder, or that systems refuse.
func TestHostileRefs(t *testing.T) {
	var b strings.Builder
	for i, ref := range []string{"../../etc/passwd", "/etc/passwd", "..", "a/../../b", "CON", "nul.txt", "x\\..\\y", "A", "a", "a.", ".hidden", "https://x.y/z?q=1", strings.Repeat("長", 300), "a\nb", "manifest", "annotation"} {
		fmt.Fprintf(&b, `{"id":%s,"text":"text %d","annotator":"../evil","status":"done"}`+"\n", format.AppendString(nil, ref), i)
		fmt.Fprintf(&b, `{"id":%s,"text":"text %d","annotator":"CON/b","status":"done"}`+"\n", format.AppendString(nil, ref), i)
	}
	store, dir := newStore(t), t.TempDir()
	mustImport(t, store, importOptions(1), write(t, dir, "a.jsonl", b.String()))
	out := filepath.Join(dir, "deep", "out")
	if err := os.Mkdir(filepath.Dir(out), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := format.Export(ctx, store, format.ExportOptions{Format: "brat", Out: out, Annotator: "all"}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for name := range tree(t, dir) {
		if name != "a.jsonl" && !strings.HasPrefix(name, "deep/out/") {
			t.Errorf("outside: %s", name)
		}
		if strings.HasSuffix(name, ".ann") {
			n++
		}
	}
	if n != 32 {
		t.Errorf("%d annotation files", n)
	}
}
