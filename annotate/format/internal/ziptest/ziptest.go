// Package ziptest makes the packed documents of tests.
package ziptest

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"lede/annotate/format"
)

// Zip packs files, given as name, content, name, content …; the first is not
// compressed, as OpenDocument and EPUB want it.
func Zip(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		if i == 0 {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Source writes a file and is its source.
func Source(t testing.TB, name string, content []byte) format.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return format.Source{Path: path, Name: name, Rel: name}
}

// Read reads all articles of a source with the default settings of a format, and
// those given.
func Read(t testing.TB, name string, src format.Source, options map[string]string) ([]*format.Article, error) {
	t.Helper()
	f, err := format.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	s := format.Settings{}
	for _, o := range f.Options {
		s[o.Key] = o.Default
	}
	for k, v := range options {
		s[k] = v
	}
	var all []*format.Article
	for a, err := range f.Read(t.Context(), src, s) {
		if err != nil {
			return all, err
		}
		all = append(all, a)
	}
	return all, nil
}

// Notes are what a reader left out, as "kind count" one behind the other.
func Notes(a *format.Article) string {
	said := ""
	for _, n := range a.LeftOutNotes() {
		if n.Count > 0 {
			said += n.Kind + " " + string(rune('0'+min(n.Count, 9))) + " "
		}
	}
	return said
}
