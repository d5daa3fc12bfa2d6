package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/cli"
	"lede/app/settings"
	"lede/storage"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"lede": func() {
			become(os.Getenv("LEDE_TEST_UID"))
			os.Exit(run(os.Args[1:], func() {}))
		},
	})
}

// TestScripts runs testdata/script/*.txtar: the program as a person types it.
func TestScripts(t *testing.T) {
	root := t.TempDir()
	for _, d := range []string{root, filepath.Dir(root)} { // so that a child may run as another user
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	sample, err := filepath.Abs("assets/sample/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:         "testdata/script",
		WorkdirRoot: root,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LEDE_CONFIG_DIR", filepath.Join(env.WorkDir, ".config"))
			env.Setenv("LEDE_STATE_DIR", filepath.Join(env.WorkDir, ".state"))
			env.Setenv("LEDE_ACTOR", "ana")
			env.Setenv("SAMPLE", sample)
			env.Setenv("TZ", "UTC")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"articles":  makeArticles,
			"project":   makeLines,
			"samework":  sameWork,
			"jpeg":      makeJPEG,
			"shorten":   shorten,
			"newer":     makeNewer,
			"scratch":   scratch,
			"window":    holdWindow,
			"busy":      holdWriting,
			"newest":    newest,
			"exits":     exits,
			"samefiles": sameFiles,
		},
	})
}

// TestSampleProject makes the sample as lede --sample does, without the window.
func TestSampleProject(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	env := annotate.Env{Now: time.Now, NewID: annotate.NewID}
	o := cli.Options{
		Env: env, Projects: storage.New(storage.Options{Env: env, InstallID: "test"}),
		Settings: settings.Open(settings.Options{ConfigDir: dir, StateDir: dir}),
	}
	path, err := cli.MakeSample(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	store, err := o.Projects.Open(ctx, path, annotate.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	stats, err := store.Stats(ctx)
	if err != nil || stats.Articles != 5 || stats.Spans != 56 || stats.Annotators[o.Settings.Annotator("", "")] != 56 {
		t.Errorf("the sample holds %+v, %v", stats, err)
	}
	if problems, err := store.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("the sample has problems: %v, %v", problems, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if !strings.HasPrefix(f.Name(), "Sample.lede") {
			t.Errorf("%s was left beside the sample", f.Name())
		}
	}
}

func check(ts *testscript.TestScript, err error) {
	if err != nil {
		ts.Fatalf("%v", err)
	}
}

// exits: exits CODE COMMAND… runs a command that must end with that exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	var ended *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &ended):
		code = ended.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || code != want {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// phrases are bits of news in several scripts, with everything that counts
// otherwise in bytes, UTF-16 and code points.
var phrases = []string{
	"Dock workers walked out on Monday.", "“Nobody goes back,” said Ilse Brandvik.", "Za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144.",
	"قالت النقابة إن العرض لا يكفي.", "港务局与工会的谈判今年第三次破裂。", "The crowd sang 👩🏽‍🚒 and 🇳🇴 flags waved.",
	"האיגוד דחה את ההצעה.", "e\u0301te\u0301 a\u0300 la mer", "𠮷野家 opened again",
}

// makeArticles: articles DIR N writes N text files, in folders of 100.
func makeArticles(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	check(ts, err)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		dir := filepath.Join(ts.MkAbs(args[0]), fmt.Sprintf("%02d", i/100))
		check(ts, os.MkdirAll(dir, 0o755))
		var b strings.Builder
		fmt.Fprintf(&b, "Article %d\n\n", i)
		for range 5 + r.IntN(20) {
			b.WriteString(phrases[r.IntN(len(phrases))])
			b.WriteString([]string{" ", "\n", "\n\n"}[r.IntN(3)])
		}
		check(ts, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(b.String()), 0o644))
	}
}

// line is a line of format jsonl, keys in its order.
type line struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Source    string         `json:"source"`
	URL       string         `json:"url"`
	Author    string         `json:"author"`
	Published string         `json:"published"`
	Language  string         `json:"language"`
	Text      string         `json:"text"`
	Meta      map[string]any `json:"meta"`
	Annotator string         `json:"annotator"`
	Status    string         `json:"status"`
	Flag      string         `json:"flag"`
	Fields    map[string]any `json:"fields"`
	Note      string         `json:"note"`
	Spans     []span         `json:"spans"`
	Relations []relation     `json:"relations"`
}

type span struct {
	ID         string         `json:"id"`
	Label      string         `json:"label"`
	Start      int            `json:"start"`
	End        int            `json:"end"`
	Fragments  [][2]int       `json:"fragments"`
	Text       string         `json:"text"`
	Attributes map[string]any `json:"attributes"`
	Entity     *entity        `json:"entity"`
	Origin     string         `json:"origin"`
	Note       string         `json:"note"`
}

type entity struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
}

type relation struct {
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	From       string         `json:"from"`
	To         string         `json:"to"`
	Attributes map[string]any `json:"attributes"`
	Note       string         `json:"note"`
}

// makeLines: project FILE N SEED writes N articles by two annotators as jsonl:
// split, nested, equal and multi-line spans, notes, fields, unknown facts.
func makeLines(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	check(ts, err)
	seed, err := strconv.ParseUint(args[2], 10, 64)
	check(ts, err)
	r := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i := range n {
		body := makeText(r)
		for _, annotator := range []string{"ana", "Böb", "chen"}[:1+r.IntN(3)] {
			check(ts, enc.Encode(makeLine(r, i, body, annotator)))
		}
	}
	check(ts, os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o644))
}

func makeText(r *rand.Rand) string {
	var parts []string
	for range 3 + r.IntN(12) {
		parts = append(parts, phrases[r.IntN(len(phrases))])
	}
	return strings.Join(parts, []string{" ", "\n", "\u2028", "\n\n"}[r.IntN(4)])
}

func makeLine(r *rand.Rand, i int, body, annotator string) line {
	l := line{
		ID: fmt.Sprintf("a/%d", i), Title: "Title <" + strconv.Itoa(i) + "> & more", Source: "Wire", Published: "2026-03", Language: "en",
		Text: body, Meta: map[string]any{"désk": "city", "n": json.Number("1.50"), "tags": []string{"x", "y"}},
		Annotator: annotator, Status: []string{"in_progress", "done"}[r.IntN(2)], Fields: map[string]any{}, Spans: []span{}, Relations: []relation{},
	}
	if r.IntN(2) == 0 {
		l.Flag, l.Note, l.Fields = "is this one? 🤔", "a note\nin two lines", map[string]any{"genre": "news", "contexts": []string{"legal", "crime"}}
	}
	indexed := text.New(body)
	for k := range r.IntN(12) {
		s := span{
			ID: fmt.Sprintf("%s-%d-%d", annotator, i, k), Label: []string{"actor", "event", "quote", "odd label/é"}[r.IntN(4)],
			Origin: []string{"manual", "import", "rule", "model:x"}[r.IntN(4)], Attributes: map[string]any{},
		}
		var ranges []text.Range
		for range 1 + r.IntN(3) {
			start := r.IntN(indexed.Len())
			ranges = append(ranges, text.Range{Start: start, End: start + 1 + r.IntN(min(40, indexed.Len()-start))})
		}
		fragments := parts(indexed, ranges)
		if len(fragments) == 0 {
			continue
		}
		for _, f := range fragments {
			s.Fragments = append(s.Fragments, [2]int{f.Start, f.End})
		}
		s.Start, s.End, s.Text = fragments.Start(), fragments.End(), indexed.Quote(fragments)
		if r.IntN(3) == 0 {
			s.Attributes, s.Note = map[string]any{"kind": "person", "sector": []string{"GOV", "LAB"}, "size": json.Number("40")}, "“why”"
		}
		if r.IntN(4) == 0 {
			s.Entity = &entity{"e1", "actor", "Ilse Brandvik"}
		}
		l.Spans = append(l.Spans, s)
		if r.IntN(5) == 0 { // the same extent under another label
			twin := s
			twin.ID, twin.Label = s.ID+"-twin", "place"
			l.Spans = append(l.Spans, twin)
		}
	}
	slices.SortFunc(l.Spans, func(a, b span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		if a.End != b.End {
			return b.End - a.End
		}
		return strings.Compare(a.Label+"\x00"+a.ID, b.Label+"\x00"+b.ID)
	})
	for k := range len(l.Spans) / 3 {
		l.Relations = append(l.Relations, relation{
			ID: fmt.Sprintf("r-%s-%d-%02d", annotator, i, k), Type: "speaker", From: l.Spans[k].ID, To: l.Spans[len(l.Spans)-1-k].ID,
			Attributes: map[string]any{}, Note: []string{"", "sure"}[r.IntN(2)],
		})
	}
	return l
}

// parts are fragments that brat can hold: without outer blanks, and with more
// than blanks between them.
func parts(t *text.Text, ranges []text.Range) annotate.Fragments {
	var kept []text.Range
	for _, r := range annotate.Normalize(ranges) {
		r = t.Trim(r)
		if n := len(kept); n > 0 && t.Trim(text.Range{Start: kept[n-1].End, End: r.Start}).Empty() {
			kept[n-1].End = max(kept[n-1].End, r.End)
			continue
		}
		kept = append(kept, r)
	}
	return annotate.Normalize(kept)
}

// sameWork: samework A B compares two jsonl files in what brat can hold (DATA.md,
// section 6): text, annotator, label, fragments, attributes, relations.
func sameWork(ts *testscript.TestScript, neg bool, args []string) {
	a, b := work(ts, args[0]), work(ts, args[1])
	if len(a) == 0 {
		ts.Fatalf("%s holds no annotations", args[0])
	}
	for i := range max(len(a), len(b)) {
		x, y := "nothing", "nothing"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			if neg {
				return
			}
			ts.Fatalf("%s has\n%s\nand %s\n%s", args[0], x, args[1], y)
		}
	}
	if neg {
		ts.Fatalf("%s and %s hold the same", args[0], args[1])
	}
}

func work(ts *testscript.TestScript, file string) []string {
	var all []string
	for _, raw := range strings.Split(strings.TrimSuffix(ts.ReadFile(file), "\n"), "\n") {
		var l line
		check(ts, json.Unmarshal([]byte(raw), &l))
		say := func(s span) string {
			attributes, err := json.Marshal(s.Attributes)
			check(ts, err)
			return fmt.Sprint(s.Label, s.Fragments, string(attributes))
		}
		byID := map[string]string{}
		for _, s := range l.Spans {
			byID[s.ID] = say(s)
			all = append(all, l.Text+"|"+l.Annotator+"|"+say(s))
		}
		for _, r := range l.Relations {
			all = append(all, l.Text+"|"+l.Annotator+"|"+r.Type+"|"+byID[r.From]+"|"+byID[r.To])
		}
	}
	slices.Sort(all)
	return all
}

// makeJPEG: jpeg FILE writes the start of a picture.
func makeJPEG(ts *testscript.TestScript, _ bool, args []string) {
	raw := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01"), make([]byte, 5000)...)
	check(ts, os.WriteFile(ts.MkAbs(args[0]), raw, 0o644))
}

// shorten: shorten FILE PERCENT cuts a file off.
func shorten(ts *testscript.TestScript, _ bool, args []string) {
	percent, err := strconv.ParseInt(args[1], 10, 64)
	check(ts, err)
	info, err := os.Stat(ts.MkAbs(args[0]))
	check(ts, err)
	check(ts, os.Truncate(ts.MkAbs(args[0]), info.Size()*percent/100))
}

// scratch: scratch FILE FROM TO fills a part of a file with zeros.
func scratch(ts *testscript.TestScript, _ bool, args []string) {
	from, err1 := strconv.ParseInt(args[1], 10, 64)
	to, err2 := strconv.ParseInt(args[2], 10, 64)
	file, err3 := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	check(ts, errors.Join(err1, err2, err3))
	_, err := file.WriteAt(make([]byte, to-from), from)
	check(ts, errors.Join(err, file.Close()))
}

// makeNewer: newer FILE gives a project the file version 9999.
func makeNewer(ts *testscript.TestScript, _ bool, args []string) {
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	check(ts, err)
	_, err = file.WriteAt([]byte{0, 0, 0x27, 0x0f}, 60) // SQLite keeps user_version there
	check(ts, err)
	check(ts, file.Close())
}

// holdWindow: window FILE keeps a project open as a window does, until the end of
// the script.
func holdWindow(ts *testscript.TestScript, _ bool, args []string) {
	store, err := storage.New(storage.Options{InstallID: "test"}).Open(context.Background(), ts.MkAbs(args[0]), annotate.ModeWindow)
	check(ts, err)
	if store.Info().ReadOnly {
		ts.Fatalf("the project opened read-only: %s", store.Info().Why)
	}
	ts.Defer(func() { _ = store.Close() })
}

// holdWriting: busy FILE is another program that is in the midst of writing to
// the file, until the end of the script.
func holdWriting(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", "file:"+ts.MkAbs(args[0])+"?_txlock=immediate")
	check(ts, err)
	tx, err := db.Begin()
	check(ts, err)
	ts.Defer(func() {
		_ = tx.Rollback()
		_ = db.Close()
	})
}

// newest: newest VARIABLE N sets a variable to the id of the nth newest change in
// the output of lede history.
func newest(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	check(ts, err)
	id, _, _ := strings.Cut(strings.Split(ts.ReadFile("stdout"), "\n")[n-1], " ")
	ts.Setenv(args[0], id)
}

// sameFiles: samefiles A B compares two folders, byte for byte.
func sameFiles(ts *testscript.TestScript, neg bool, args []string) {
	read := func(dir string) map[string]string {
		all := map[string]string{}
		root := ts.MkAbs(dir)
		check(ts, filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			raw, err := os.ReadFile(path)
			all[rel] = string(raw)
			return err
		}))
		return all
	}
	a, b := read(args[0]), read(args[1])
	same := len(a) == len(b) && len(a) > 0
	for name := range a {
		same = same && a[name] == b[name]
	}
	if same == neg {
		ts.Fatalf("same is %v for %s (%d files) and %s (%d files)", same, args[0], len(a), args[1], len(b))
	}
}
