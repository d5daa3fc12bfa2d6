package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportWholeProject takes a project that went out as a zip file over into a new one
// that is open in the window: its articles, its history, its many entities.
func TestImportWholeProject(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	var spans []string
	text := ""
	for i := range 40 {
		name := fmt.Sprintf("Deputy %02d", i)
		spans = append(spans, fmt.Sprintf(`{"id":"s%d","label":"actor","start":%d,"end":%d,"entity":{"id":"e%d","kind":"person","name":%q}}`, i, len(text), len(text)+len(name), i, name))
		text += name + " voted. "
	}
	text += "All today."
	lines := filepath.Join(d.home, "vote.jsonl")
	write(t, lines, fmt.Sprintf(`{"id":"vote","title":"The vote","text":%q,"annotator":"ana","status":"done","spans":[%s]}`, text, strings.Join(spans, ","))+"\n")
	other, zip := filepath.Join(d.home, "other.lede"), filepath.Join(d.home, "other.lede.zip")
	d.cli("new", other, "--actor", "lede", "--schema", "ner")
	d.cli("import", other, filepath.Join("..", "..", "assets", "sample", "sample.jsonl"), "--actor", "lede")
	d.cli("undo", other, "--actor", "lede")
	d.cli("import", other, lines, "--actor", "lede")
	d.cli("export", other, "--format", "lede", "--out", zip)
	d.cli("new", d.project, "--actor", "lede")
	p := d.start(d.project)
	p.scene(t, "take it over", func(p *program) {
		p.key("ctrl+i")
		p.see(plain, "File…", 1)
		p.typed(zip)
		p.key("Return")
		p.see(plain, "Import 1 article", 1)
		keep(p.t, "before", p.picture())
		p.key("Return")
		p.see(heading.sized(18).within("window"), "Imported", 1)
		keep(p.t, "report", p.picture())
		p.click(p.see(plain, "Show every one", 0).middle(), 1)
		p.vanished(plain, "Show every one")
		keep(p.t, "every", p.picture())
		p.key("Return")
		p.vanished(heading.sized(18).within("window"), "Imported")
		p.finds("SELECT group_concat(title, '|') FROM v_history", "Create project|Import 5 articles of sample.jsonl|Undo Import 5 articles of sample.jsonl|Import 1 article of vote.jsonl")
		p.finds("SELECT '' || count(*) FROM v_spans", "40")
		keep(p.t, "after", p.picture())
	})
	p.scene(t, "work in it", func(p *program) {
		p.becomes("vote", func() {
			p.click(p.word("today").middle(), 2)
			p.key("1")
		}, "+"+d.span("vote", "PER", "today"))
	})
	p.key("ctrl+z")
	p.finds("SELECT '' || count(*) FROM v_spans WHERE label = 'PER'", "0")
	d.cli("check", d.project)
}
