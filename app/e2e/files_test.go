package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inFiles is how the dialog for files writes.
var inFiles = look{font: bundled("NotoSans-Regular"), size: 13, in: "window"}

// chooses takes a file in the dialog for files.
func (p *program) chooses(name string) {
	p.t.Helper()
	p.see(strong, "Open File", 1)
	p.click(p.still(inFiles, name).middle(), 1)
	p.click(p.see(strong, "Open", 2).middle(), 1) // below the title, “Open File”
}

// TestFontFile chooses a font file for what no font has, by the offer in the
// window and in Preferences; one that is none changes nothing.
func TestFontFile(t *testing.T) {
	t.Parallel()
	d := worldDesk(t, anaInLight, [2]string{"odd", "Signs \U0010FF00 here."})
	raw, err := os.ReadFile(bundled("NotoSans-Regular"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(d.home, "good.ttf"), string(raw))
	write(t, filepath.Join(d.home, "broken.ttf"), "no font")
	p := d.open()
	p.scene(t, "from the line that says what is missing", func(p *program) {
		mark := p.mark()
		p.click(p.see(plain, "Choose a font file…", 1).middle(), 1)
		p.chooses("good")
		p.wait("font", mark)
		d.set(t, map[string]any{"font_file": filepath.Join(d.home, "good.ttf")})
	})
	p.scene(t, "a broken one, in Preferences", func(p *program) {
		p.key("ctrl+comma")
		p.see(plain, "good.ttf", 0)
		mark := p.mark()
		p.click(p.see(plain, "Choose a font file…", 1).middle(), 1)
		p.chooses("broken")
		p.wait("error", mark)
		d.set(t, map[string]any{"font_file": filepath.Join(d.home, "good.ttf")})
	})
}

// TestKeyMapFiles writes the key map to a file, and takes it over from a file, by
// the dialogs for files.
func TestKeyMapFiles(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	write(t, filepath.Join(d.home, "mine.json"), `{"format": "lede-keys-1", "set": "left", "keys": {"label.1": ["Mod+D"]}}`)
	p := d.open()
	p.openArticle(courier)
	p.scene(t, "take over", func(p *program) {
		p.command("change shortcuts")
		p.click(p.see(plain, "Import…", 0).middle(), 1)
		p.chooses("mine")
		d.set(t, map[string]any{"key_set": "left"})
		p.see(plain, "Left hand", 0)
		mark := p.mark()
		p.key("Escape")
		p.wait("opened", mark)
	})
	p.run(t, courier, []step{{"it holds", func(p *program) {
		p.click(p.word("Petra").middle(), 2)
		p.key("ctrl+d")
	}, []string{"+" + d.span(courier, "actor", "Petra")}}})
	p.scene(t, "write", func(p *program) {
		p.command("change shortcuts")
		p.click(p.see(plain, "Export…", 0).middle(), 1)
		p.click(p.see(strong, "Save", 2).middle(), 1)
		for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
			raw, _ := os.ReadFile(filepath.Join(d.home, "lede-shortcuts.json"))
			if strings.Contains(string(raw), `"left"`) && strings.Contains(string(raw), `"Mod+D"`) {
				return
			}
			if time.Now().After(end) {
				p.t.Fatalf("the file holds %q. See %s", raw, keep(p.t, "not-written", p.picture()))
			}
		}
	})
}
