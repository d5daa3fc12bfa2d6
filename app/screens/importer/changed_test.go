package importer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"lede/annotate"
)

// TestChangedAfterThePreview: what was taken away after it was shown is told.
func TestChangedAfterThePreview(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name+" has words."), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, dir)
	b.wants("Import 2 articles")
	if err := os.Remove(filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	b.done()
	b.rest()
	b.wants("Imported", "1 new article", "it had 2 articles then, and 1 now.")
}

// full is a store on a disk without room, until some is made.
type full struct {
	annotate.Store
	room bool
}

func (f *full) BeginImport(ctx context.Context, info annotate.Import) (annotate.Importer, error) {
	if !f.room {
		return nil, &annotate.Error{Kind: annotate.ErrFull, Detail: "the disk is full.", Hint: "Make room and try again."}
	}
	return f.Store.BeginImport(ctx, info)
}

// TestTryAgain: an import that failed can be tried again at once when room is made.
func TestTryAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("Ferry."), 0o600); err != nil {
		t.Fatal(err)
	}
	b, o := newBench(t)
	disk := &full{Store: o.Store}
	o.Store = disk
	b.Dialog = Open(o, []string{path})
	b.rest()
	b.done()
	b.rest()
	b.wants("The disk is full.", "Try again")
	disk.room = true
	b.done()
	b.rest()
	b.wants("Imported", "1 new article")
}
