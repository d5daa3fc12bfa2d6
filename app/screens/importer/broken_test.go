package importer

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBrokenFilesOfAFolderAreLeftOutAndListed(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.docx": "PK junk", "b.jsonl": "{\"text\":\"Sound.\"}\n{\"text\":", "c.json": "{}", "d.md": "Fourth.", "e.txt": "Fifth.",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, dir)
	b.wants("2 new articles", "2 formats, told by the content", "Fourth.", "Fifth.", "Import 2 articles", "a.docx", "b.jsonl:2", "c.json")
	b.done()
	b.rest()
	b.wants("Imported", "2 new articles", "a.docx", "b.jsonl:2", "c.json")
	if n := len(b.articles()); n != 2 {
		t.Errorf("%d articles", n)
	}
	one := open(t, filepath.Join(dir, "a.docx"))
	one.wants("Nothing can be imported like this yet.")
}
