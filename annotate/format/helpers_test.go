package format_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
)

// tester is what rapid.T and testing.T have in common.
type tester interface {
	Helper()
	Fatalf(string, ...any)
	Logf(string, ...any)
}

var ctx = context.Background()

func newStore(t tester) annotate.Store {
	t.Helper()
	return annotest.NewMemory(annotest.NewEnv())
}

// importOptions are those of most tests; ids of their own, as another program's.
func importOptions(space int) format.ImportOptions {
	return format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, space)}
}

func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustImport(t tester, store annotate.Store, o format.ImportOptions, paths ...string) *format.ImportReport {
	t.Helper()
	r, err := format.Import(ctx, store, paths, o)
	if err != nil {
		t.Fatalf("import %v: %v", paths, err)
	}
	return r
}

// exportString exports a format of one file.
func exportString(t tester, store annotate.Store, o format.ExportOptions) (string, *format.Manifest) {
	t.Helper()
	var out strings.Builder
	o.Stdout, o.Version = &out, "test"
	m, err := format.Export(ctx, store, o)
	if err != nil {
		t.Fatalf("export %s: %v", o.Format, err)
	}
	return out.String(), m
}

func documents(t tester, store annotate.Store) []*annotate.Document {
	t.Helper()
	var docs []*annotate.Document
	for d, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatalf("documents: %v", err)
		}
		docs = append(docs, d)
	}
	return docs
}

// tree reads a folder: relative path → content.
func tree(t tester, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatalf("tree: %v", err)
	}
	return files
}

func note(notes []format.Note, kind string) int {
	n := 0
	for _, x := range notes {
		if x.Kind == kind {
			n += x.Count
		}
	}
	return n
}

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q does not say %q", err, p)
		}
	}
}
