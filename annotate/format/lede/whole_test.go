package lede_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/format"
)

// fresh is a project in which nothing was done, made with a label of its own.
func fresh(t tester) annotate.Store {
	t.Helper()
	env := annotest.NewEnvAt(annotest.Start, 33)
	store, err := annotest.NewMemoryProjects(env).Create(ctx, "fresh.lede", "ben", []annotate.Record{annotate.Label{ID: env.NewID(), Name: "own"}})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func whole(t tester, store annotate.Store) []string {
	t.Helper()
	lines, err := annotest.DumpWhole(ctx, store)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func exported(t tester, store annotate.Store, out string) []byte {
	t.Helper()
	m, err := format.Export(ctx, store, format.ExportOptions{Format: "lede", Out: out, Force: true})
	if err != nil {
		t.Fatal(err)
	}
	if !m.Lossless() {
		t.Fatal(m.Losses, m.LeftOut)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestWholeProject: whatever people did in a project, it is the same again in a new one,
// with the bin, undone imports and the history; it gives the same file, and what can be
// undone and redone, can be so there.
func TestWholeProject(t *testing.T) {
	const most = 25
	tried, failed := 0, false
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		if tried++; tried > most && !failed {
			return
		}
		defer func() { failed = failed || t.Failed() }()
		store, second := annotest.Worked(t), fresh(t)
		out := filepath.Join(dir, "p.lede.zip")
		raw := exported(t, store, out)
		r, err := format.Import(ctx, second, []string{out}, options())
		if err != nil {
			t.Fatal(err)
		}
		changes, err := store.History(ctx, annotate.HistoryQuery{WithoutOps: true}) // not the position: some may have been given up
		if err != nil || r.Restored == nil || r.Restored.Changes != len(changes) {
			t.Fatalf("%+v %v", r.Restored, err)
		}
		if diff := annotest.Diff(whole(t, store), whole(t, second)); diff != "" {
			t.Fatal(diff)
		}
		if again := exported(t, second, filepath.Join(dir, "q.lede.zip")); !bytes.Equal(raw, again) {
			t.Fatal("the second export has other bytes")
		}
		goBack(t, store, second)
	})
}

// goBack undoes the last steps in both projects, as far as it goes, and redoes them.
func goBack(t *rapid.T, stores ...annotate.Store) {
	var after [][]string
	for _, store := range stores {
		history, err := store.History(ctx, annotate.HistoryQuery{StackedOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		stacks, changes := edit.Stacks{}, map[annotate.ID]annotate.Change{}
		for _, c := range history {
			stacks.Fold(c, "ana")
			changes[c.ID] = c
		}
		e := edit.Editor{Env: annotest.NewEnvAt(annotest.Start, 44), Actor: "ana"}
		var said []string
		for n := len(stacks.Undo) - 1; n >= max(0, len(stacks.Undo)-5); n-- {
			_, err := store.Apply(ctx, e.Undo(changes[stacks.Undo[n]]))
			said = append(said, told(err))
		}
		for _, id := range stacks.Redo {
			_, err := store.Apply(ctx, e.Redo(changes[id]))
			said = append(said, told(err))
		}
		lines := whole(t, store)
		for i, l := range lines { // the steps of today are of other copies of the project
			lines[i] = replica.ReplaceAllString(l, "change $1 ")
		}
		after = append(after, append(said, lines...))
	}
	if diff := annotest.Diff(after[0], after[1]); diff != "" {
		t.Fatalf("after undo and redo: %s", diff)
	}
}

var replica = regexp.MustCompile(`^[0-9a-f-]* ?[0-9]* ?change ([0-9]+) [0-9]+ `)

func told(err error) string {
	for _, kind := range []error{annotate.ErrConflict, annotate.ErrInvalid} {
		if errors.Is(err, kind) {
			return kind.Error()
		}
	}
	if err != nil {
		return err.Error()
	}
	return "done"
}

// worked is a small project with an article in the bin, one that is live, and a step
// that was undone.
func worked(t *testing.T) annotate.Store {
	t.Helper()
	store := annotest.NewMemory(annotest.NewEnvAt(annotest.Start, 21))
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := `{"id":"1","text":"Anna met Ben.","annotator":"ana","spans":[{"id":"s1","label":"actor","start":0,"end":4}]}` + "\n" + `{"id":"2","text":"More words."}`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	if _, err := format.Import(ctx, store, []string{path}, o); err != nil {
		t.Fatal(err)
	}
	e := edit.Editor{Env: annotest.NewEnvAt(annotest.Start, 22), Actor: "ana"}
	found, err := store.Find(ctx, "2", "")
	if err != nil {
		t.Fatal(err)
	}
	state := annotate.ArticleState{ID: found[0].ID, Presence: annotate.Live}
	gone := state
	gone.Presence = annotate.Deleted
	for _, c := range []annotate.Change{
		{ID: e.Env.NewID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Rule", Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: "r", Name: "max_words"})}},
		{ID: e.Env.NewID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Bin", Ops: []annotate.Op{annotate.Update(state, gone)}},
	} {
		if _, err := store.Apply(ctx, c); err != nil {
			t.Fatal(err)
		}
		if c.Title == "Rule" {
			if _, err := store.Apply(ctx, e.Undo(c)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return store
}

// TestIntoAnother: where something was done, live articles come as ever, and history and
// bin are told as left out; so they are where one asks for it.
func TestIntoAnother(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	exported(t, worked(t), out)
	asked := options()
	asked.Options = map[string]string{"history": "no"}
	busy := fresh(t)
	if _, err := busy.Apply(ctx, annotate.Change{ID: "c", Actor: "x", Cause: annotate.CauseManual, Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: "q", Name: "q"})}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		into annotate.Store
		o    format.ImportOptions
	}{{busy, options()}, {fresh(t), asked}} {
		r, err := format.Import(ctx, c.into, []string{out}, c.o)
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]int{}
		for _, n := range r.Notes {
			told[n.Kind] = n.Count
		}
		if r.Restored != nil || r.Added.Articles != 1 || told["history"] != 5 || told["bin"] != 1 {
			t.Errorf("%+v", r)
		}
		history, err := c.into.History(ctx, annotate.HistoryQuery{Newest: true, Limit: 1})
		if err != nil || history[0].Cause != annotate.CauseImport {
			t.Errorf("%+v %v", history, err)
		}
	}
}

// TestPartOfAProject: of a part that goes out there is no history, which is told.
func TestPartOfAProject(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	for name, alter := range map[string]func(o *format.ExportOptions){
		"an annotator": func(o *format.ExportOptions) { o.Annotator = "ana" },
		"a status":     func(o *format.ExportOptions) { o.Statuses = []annotate.Status{annotate.Done} },
		"a label":      func(o *format.ExportOptions) { o.Labels = []string{"actor"} },
		"other names":  func(o *format.ExportOptions) { o.Map = map[string]string{"actor": "PER"} },
		"no names":     func(o *format.ExportOptions) { o.Anonymise = true },
		"no history":   func(o *format.ExportOptions) { o.Options = map[string]string{"history": "no"} },
	} {
		o := format.ExportOptions{Format: "lede", Out: out, Force: true}
		alter(&o)
		m, err := format.Export(ctx, worked(t), o)
		if err != nil {
			t.Fatal(name, err)
		}
		told := map[string]int{}
		for _, l := range m.Losses {
			told[l.Kind] = l.Count
		}
		if told["history"] != 5 || told["bin"] != 1 {
			t.Errorf("%s: %+v", name, m.Losses)
		}
		if content := unpacked(t, out); content["history.jsonl"]+content["unseen.jsonl"] != "" || strings.Contains(content["articles.jsonl"], `"import":"`) {
			t.Errorf("%s: %v", name, content)
		}
	}
}

// TestDryRun: what would come back is told, and nothing is changed.
func TestDryRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	exported(t, worked(t), out)
	store := fresh(t)
	before := whole(t, store)
	o := options()
	o.DryRun = true
	r, err := format.Import(ctx, store, []string{out}, o)
	if err != nil || r.Restored == nil || *r.Restored != (format.Restored{Changes: 5, Binned: 1}) || r.Added.Articles != 1 || r.Change != "" ||
		len(r.Notes) != 1 || r.Notes[0].Kind != "gave_way" {
		t.Errorf("%+v %v", r, err)
	}
	if diff := annotest.Diff(before, whole(t, store)); diff != "" {
		t.Error(diff)
	}
}

// TestLargeChange: a change of more ops than a line holds comes back whole.
func TestLargeChange(t *testing.T) {
	store := worked(t)
	c := annotate.Change{ID: "large", Actor: "ana", Cause: annotate.CauseManual, Title: "Large"}
	for i := range 12001 {
		c.Ops = append(c.Ops, annotate.Create(annotate.Rule{ID: annotate.ID(fmt.Sprintf("rule-%d", i)), Name: "r", Value: strings.Repeat("x", 300)}))
	}
	if _, err := store.Apply(ctx, c); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	exported(t, store, out)
	content := unpacked(t, out)
	if n := strings.Count(content["history.jsonl"], "\n"); n != 8 {
		t.Errorf("%d lines", n)
	}
	second := fresh(t)
	if _, err := format.Import(ctx, second, []string{out}, options()); err != nil {
		t.Fatal(err)
	}
	if diff := annotest.Diff(whole(t, store), whole(t, second)); diff != "" {
		t.Error(diff)
	}
	r, err := format.Import(ctx, second, []string{out}, options())
	if err != nil || r.Notes[1].Kind != "history" || r.Notes[1].Count != 6 {
		t.Errorf("%+v %v", r.Notes, err)
	}
	content["history.jsonl"] = strings.Replace(content["history.jsonl"], `{"change":"large"`, `{"change":"small"`, 1)
	path := filepath.Join(t.TempDir(), "forged.zip")
	zipFile(t, path, content)
	if _, err := format.Import(ctx, fresh(t), []string{path}, options()); err == nil || !strings.Contains(err.Error(), "history.jsonl:7: it goes on with change") {
		t.Error(err)
	}
}

// TestForged: a history that does not add up, or is no history, is refused with its
// place, and leaves the project as it was.
func TestForged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	exported(t, worked(t), out)
	content := unpacked(t, out)
	line := func(n int) string { return strings.Split(content["history.jsonl"], "\n")[n-1] + "\n" }
	for _, c := range []struct{ file, old, made, want string }{
		{"history.jsonl", line(3), "", "history.jsonl"},
		{"history.jsonl", line(5), "", "do not add up"},
		{"history.jsonl", content["history.jsonl"], "", "it has no history"},
		{"history.jsonl", line(2), "[]\n", "history.jsonl:2"},
		{"history.jsonl", line(2), "{\n", "history.jsonl:2"},
		{"history.jsonl", `"seq":3,`, `"seq":4,`, "change 3: it is number 4 of its replica, after number 2"},
		{"history.jsonl", `"seq":3,`, `"seq":99999999999999999999,`, "history.jsonl:3: the change is not what it should be"},
		{"history.jsonl", `"tick":0`, `"tick":70000`, "no time that a clock shows"},
		{"history.jsonl", `"time":1`, `"time":-1`, "no time that a clock shows"},
		{"history.jsonl", `"name":"max_words"}}]}`, `"name":"max_words"}},{"kind":"rule"}]}`, "neither a before nor an after"},
		{"history.jsonl", `{"kind":"rule","after":`, `{"kind":"label","after":`, "do not add up"},
		{"history.jsonl", `{"kind":"rule","after":`, `{"kind":"ruler","after":`, "history.jsonl:3"},
		{"history.jsonl", `"presence":"deleted"`, `"presence":"away"`, "do not add up"},
		{"unseen.jsonl", `"presence":"deleted"`, `"presence":"live"`, "do not add up"},
		{"unseen.jsonl", `"presence":"deleted"`, `"presence":"away"`, "unseen.jsonl:1"},
		{"unseen.jsonl", "More words.", "More wards.", "unseen.jsonl:1"},
		{"unseen.jsonl", content["unseen.jsonl"], "", "do not add up"},
		{"unseen.jsonl", `"text":"More words.",`, "", "its text is not there"},
		{"articles.jsonl", `"id":"s1"`, `"id":"s2"`, ""}, // of what an import brought the history says no more than how much
		{"articles.jsonl", `"text":"Anna met Ben.",`, "", "articles.jsonl:1: the article has no text"},
		{"articles.jsonl", "[0,4]", "[0,40]", "outside the text"},
		{"project.json", `"state":"live"`, `"state":"staged"`, "project.json"},
		{"project.json", `"name":"actor"`, `"name":"actress"`, "do not add up"},
		{"project.json", `"spans":1`, `"spans":2`, "do not add up"},
		{"project.json", `"imports":[`, `"imports":7,"x":[`, `"imports" is no list`},
	} {
		forged := map[string]string{}
		for name, text := range content {
			forged[name] = text
		}
		if !strings.Contains(content[c.file], c.old) {
			t.Fatalf("%s does not hold %q:\n%s", c.file, c.old, content[c.file])
		}
		forged[c.file] = strings.Replace(content[c.file], c.old, c.made, 1)
		path := filepath.Join(t.TempDir(), "forged.zip")
		zipFile(t, path, forged)
		store := fresh(t)
		before := whole(t, store)
		_, err := format.Import(ctx, store, []string{path}, options())
		if c.want == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		var sentence *annotate.Error
		if err == nil || !strings.Contains(err.Error(), c.want) || !errors.As(err, &sentence) || !errors.Is(sentence.Kind, annotate.ErrInvalid) {
			t.Errorf("%s: %q → %q: %v, want %q", c.file, c.old, c.made, err, c.want)
		}
		if diff := annotest.Diff(before, whole(t, store)); diff != "" {
			t.Errorf("%v left %s", err, diff)
		}
	}
	without := map[string]string{}
	for name, text := range content {
		if name != "unseen.jsonl" {
			without[name] = text
		}
	}
	path := filepath.Join(t.TempDir(), "without.zip")
	zipFile(t, path, without)
	if _, err := format.Import(ctx, fresh(t), []string{path}, options()); err == nil || !strings.Contains(err.Error(), "holds no unseen.jsonl") {
		t.Error(err)
	}
}

// TestCancelledWhole: a restore that is cancelled leaves nothing.
func TestCancelledWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "p.lede.zip")
	exported(t, worked(t), out)
	store := fresh(t)
	before := whole(t, store)
	cancelled, cancel := context.WithCancel(ctx)
	o := options()
	o.Progress = func(format.Progress) { cancel() }
	if _, err := format.Import(cancelled, store, []string{out}, o); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if diff := annotest.Diff(before, whole(t, store)); diff != "" {
		t.Error(diff)
	}
}

// unpacked are the files of an archive.
func unpacked(t *testing.T, path string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	content := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		content[f.Name] = string(raw)
	}
	return content
}
