package formattest

import (
	"context"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"lede/annotate"
	"lede/annotate/format"
)

// Fuzz is the body of a format's fuzz target: whatever a file holds, its reader must
// not crash, what is refused must be a sentence and leave nothing, and what is taken
// must be sound and, where the format is written, go out and come in again. A seed is
// the content of a file or, for a format of folders, a txtar archive. An export of a
// project with everything is added to them.
func Fuzz(f *testing.F, name string, seeds ...string) {
	x, err := format.Lookup(name)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	s := &suite{t: f, f: x, c: &Case{}, dir: f.TempDir()}
	if x.Writes() {
		for _, articles := range [][]*format.Article{findable(), Nasty()} {
			store := project(f, articles)
			o := s.exportOptions(f, store, s.path())
			s.export(f, store, o)
			f.Add(packed(f, o.Out))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := &suite{t: t, f: x, c: &Case{}, dir: t.TempDir()}
		s.fuzz(t, raw)
	})
}

// packed is a written file, or a folder as txtar.
func packed(t T, out string) []byte {
	if info, err := os.Stat(out); err == nil && !info.IsDir() {
		raw, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	a := &txtar.Archive{}
	for name, raw := range files(t, out) {
		a.Files = append(a.Files, txtar.File{Name: name, Data: raw})
	}
	return txtar.Format(a)
}

// parsed are the files of a txtar archive; none if txtar cannot parse it, which it tells
// of "-- --" by a panic.
func parsed(raw []byte) (inside []txtar.File) {
	defer func() {
		if recover() != nil {
			inside = nil
		}
	}()
	return txtar.Parse(raw).Files
}

func (s *suite) fuzz(t *testing.T, raw []byte) {
	path := s.path()
	inside := parsed(raw)
	if s.f.Folder && !strings.Contains(string(raw[:min(len(raw), 4)]), "PK") && (len(inside) > 0 || s.f.AsFile == nil) {
		for _, file := range inside {
			if filepath.IsLocal(filepath.FromSlash(file.Name)) && len(file.Name) < 100 && !strings.ContainsRune(file.Name, 0) {
				full := filepath.Join(path, filepath.FromSlash(file.Name))
				if os.MkdirAll(filepath.Dir(full), 0o700) != nil || os.WriteFile(full, file.Data, 0o600) != nil {
					return // a file where a folder is due
				}
			}
		}
		if os.MkdirAll(path, 0o700) != nil {
			return
		}
	} else {
		s.write(path, raw)
	}
	store := empty()
	in := importOptions(1, "me")
	in.Format = s.f.Name
	_, err := format.Import(context.Background(), store, []string{path}, in)
	n, counting := store.Count(context.Background(), annotate.ArticleQuery{})
	if counting != nil {
		t.Fatal(counting)
	}
	if err != nil {
		if !sentence(err) {
			t.Fatalf("the error is no sentence for people: %v", err)
		}
		if n.Total > 0 {
			t.Fatalf("a refused import left something: %v", err)
		}
		return
	}
	s.sound(t, store)
	// An export takes longer than all the rest: one in eight is enough for what it finds.
	if s.f.Writes() && n.Total > 0 && crc32.ChecksumIEEE(raw)%8 == 0 {
		s.around(t, store)
	}
}

// sound looks at what was taken.
func (s *suite) sound(t *testing.T, store annotate.Store) {
	if problems, err := store.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Fatalf("check: %v %v", problems, err)
	}
	for d, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if body := d.Text.String(); !utf8.ValidString(body) || strings.ContainsAny(body, "\x00\r") {
			t.Fatalf("stored text %q", body)
		}
	}
}

// around exports what was taken and reads it again.
func (s *suite) around(t *testing.T, store annotate.Store) {
	o := s.exportOptions(t, store, s.path())
	_, err := format.Export(context.Background(), store, o)
	var who *format.AnnotatorError
	if errors.As(err, &who) {
		o.Annotator, o.Out = who.Names[0], s.path()
		_, err = format.Export(context.Background(), store, o)
	}
	if err != nil {
		t.Fatalf("export of what was taken: %v", err)
	}
	s.importInto(t, empty(), o.Out, 2, o)
}
