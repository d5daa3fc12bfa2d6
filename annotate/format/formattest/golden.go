package formattest

import (
	"bytes"
	"os"
	"path/filepath"

	"lede/annotate/format"
)

// Golden compares an export of Nasty with what is kept in folder, so that no change of a
// writer goes by unseen. With LEDE_UPDATE=1 in the environment the folder is written
// anew.
func Golden(t T, name string, c Case, folder string) {
	t.Helper()
	f, err := format.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{t: t, f: f, c: &c, dir: t.TempDir()}
	store := project(t, Nasty())
	o := s.exportOptions(t, store, s.path())
	s.export(t, store, o)
	got := files(t, filepath.Dir(o.Out))
	if os.Getenv("LEDE_UPDATE") != "" {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		for name, raw := range got {
			s.write(filepath.Join(folder, filepath.FromSlash(name)), raw)
		}
	}
	want := files(t, folder)
	if len(got) != len(want) {
		t.Errorf("%d files are written, %d are kept", len(got), len(want))
	}
	for name, raw := range got {
		if !bytes.Equal(raw, want[name]) {
			t.Errorf("%s is not as it is kept:\n%.2000q\nkept:\n%.2000q", name, raw, want[name])
		}
	}
}
