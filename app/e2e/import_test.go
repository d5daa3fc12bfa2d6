package e2e

import (
	"path/filepath"
	"testing"
	"time"
)

// TestImport brings articles in: a folder by the dialog, text from the clipboard,
// and takes a whole import back.
func TestImport(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	folder := filepath.Join(d.home, "news")
	write(t, filepath.Join(folder, "ferry.txt"), "Ferry service resumes at dawn\n\nThe first boat — “Ægir” 🚢 — left at five.\n")
	write(t, filepath.Join(folder, "mine.txt"), "\ufeffMine closes\r\n\r\nNobody was hurt.\r\n")
	p.scene(t, "a folder", func(p *program) {
		p.key("ctrl+i")
		p.see(plain, "File…", 1)
		p.typed(folder)
		p.key("Return")
		p.see(plain, "Import 2 articles", 1)
		p.key("Return")
		p.see(heading.sized(18).within("window"), "Imported", 1)
		p.key("Return")
		p.vanished(heading.sized(18).within("window"), "Imported")
		p.finds("SELECT text FROM v_articles WHERE ref = 'ferry'", "Ferry service resumes at dawn\n\nThe first boat — “Ægir” 🚢 — left at five.\n")
		p.finds("SELECT text FROM v_articles WHERE ref = 'mine'", "Mine closes\n\nNobody was hurt.\n")
	})
	p.scene(t, "tag in what was imported", func(p *program) {
		ref := p.value("SELECT ref FROM v_articles WHERE ref = 'ferry'")
		p.show(ref, "ferry")
		p.becomes(ref, func() {
			p.drag(p.word("left").middle(), p.word("five.").left().Add(point(4, 0)))
			p.key("2")
		}, "+"+d.span(ref, "event", "left at five"))
	})
	p.scene(t, "the clipboard", func(p *program) {
		p.openArticle(courier)
		p.click(p.word("prosecutor’s").middle(), 3)
		p.key("ctrl+c", "ctrl+shift+v")
		p.see(heading.sized(18).within("window"), "Paste an article", 1)
		p.click(p.still(plain, "Add the article").middle(), 1)
		p.vanished(heading.sized(18).within("window"), "Paste an article")
		p.finds("SELECT text FROM v_articles ORDER BY ord DESC LIMIT 1", "The prosecutor’s office said it would appeal.")
	})
}

// TestImportMapsLabels decides before the import what the labels of a file become: by
// mouse for one, by keyboard for the next; and sees their spans drawn.
func TestImportMapsLabels(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	file := filepath.Join(d.home, "coded.jsonl")
	write(t, file, `{"id":"ferry","title":"Ferry","text":"Anna Lund met Ben Brod at dawn.","annotator":"ana","spans":[{"label":"PER","start":0,"end":9},{"label":"PER","start":14,"end":22},{"label":"WHEN","start":26,"end":30}]}`+"\n")
	p.scene(t, "map", func(p *program) {
		p.key("ctrl+i")
		p.see(plain, "File…", 1)
		p.typed(file)
		p.key("Return")
		p.see(plain, "Import 1 article", 1)
		keep(p.t, "before", p.picture())
		p.click(p.see(plain, "a new label PER (2 spans)", 0).middle(), 1)
		p.click(p.see(plain, "actor (2 spans)", 0).middle(), 1)
		p.see(plain, "Import 1 article", 1)
		p.key("Tab", "End") // the next label: left out
		p.see(plain, "left out (1 span)", 0)
		p.see(plain, "Import 1 article", 1)
		keep(p.t, "mapped", p.picture())
		p.key("Return")
		p.see(heading.sized(18).within("window"), "Imported", 1)
		keep(p.t, "report", p.picture())
		p.key("Return")
		p.vanished(heading.sized(18).within("window"), "Imported")
		p.finds("SELECT group_concat(label || ':' || text, '|') FROM (SELECT label, text FROM v_spans WHERE article = 'ferry' ORDER BY start)", "actor:Anna Lund|actor:Ben Brod")
	})
}

// TestUndoImport takes a whole import back, after a question, and brings it back.
func TestUndoImport(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	path := filepath.Join(d.home, "ferry.txt")
	write(t, path, "Ferry service resumes at dawn\n")
	d.cli("import", d.project, path)
	p := d.open()
	p.see(plain.within("left"), "ferry", 1)
	const live = "SELECT group_concat(ref, ' ') FROM v_articles WHERE ref LIKE 'ferry%'"
	p.scene(t, "undo", func(p *program) {
		p.key("ctrl+z")
		p.see(plain, "Cancel", 1)
		keep(p.t, "question", p.picture())
		p.finds(live, "ferry") // not before the answer
		p.key("Return")
		p.vanished(plain.within("left"), "ferry")
		p.finds(live, "")
	})
	p.scene(t, "redo", func(p *program) {
		p.key("ctrl+shift+z")
		p.see(plain, "Cancel", 1)
		p.key("Return")
		p.see(plain.within("left"), "ferry", 1)
		p.finds(live, "ferry")
	})
}

// finds waits until a query finds a value.
func (p *program) finds(query, want string) {
	p.t.Helper()
	got := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if rows := p.sql(query); len(rows) == 1 {
			for _, v := range rows[0] {
				got, _ = v.(string)
			}
		}
		if got == want {
			return
		}
	}
	p.t.Errorf("%s finds %q, not %q. See %s", query, got, want, keep(p.t, "not-found", p.picture()))
}
