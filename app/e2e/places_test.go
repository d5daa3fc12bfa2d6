package e2e

import (
	"fmt"
	"image"
	"testing"
	"time"
)

// reaches does something and waits until that has opened an article.
func (p *program) reaches(ref string, do func()) {
	p.t.Helper()
	mark := p.mark()
	do()
	p.waitFor("opened", mark, func(h happening) bool { return h.Ref == ref })
}

// goes goes to an article by what is typed into the panel of Ctrl+P.
func (p *program) goes(ref, typed string) {
	p.t.Helper()
	p.reaches(ref, func() {
		p.key("ctrl+p")
		p.typed(typed)
		p.key("Return")
	})
}

// menuAt opens the menu at a place of the text.
func (p *program) menuAt(where image.Point) {
	p.t.Helper()
	p.xdo(append(at(where), "click", "3", "sleep", between)...)
	p.mouse++
}

// TestGoTo goes to articles by title, number and id, in three scripts, by key and
// by mouse.
func TestGoTo(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.scene(t, "by a part of the title", func(p *program) { p.goes("eastline-1", "shortages") })
	p.scene(t, "by number", func(p *program) { p.goes("haiwan-1", "#4") })
	p.scene(t, "a word of a Chinese title, pasted", func(p *program) {
		han := p.chinese("防波堤")
		at := p.see(han, "工人", 1)
		p.key("g") // characters
		p.drag(at.left(), at.right())
		p.key("ctrl+c", "g", "g")
		p.goes("varno-1", "varno-1") // by id
		p.reaches("haiwan-1", func() { p.key("ctrl+p", "ctrl+v", "Return") })
	})
	p.scene(t, "words of an Arabic title, pasted", func(p *program) {
		p.goes("sahil-1", "3")
		p.drag(p.see(arabic, "العرض", 1).middle(), p.see(arabic, "الجديد", 1).middle())
		p.key("ctrl+c")
		p.goes(courier, "three union")
		p.reaches("sahil-1", func() { p.key("ctrl+p", "ctrl+v", "Return") })
	})
	p.scene(t, "the arrow keys", func(p *program) {
		p.reaches("varno-1", func() { // after courier and haiwan, which were open before
			p.key("ctrl+p")
			p.see(plain, "Shippers warn of shortages within ten days", 1)
			p.key("Down", "Down", "Return")
		})
	})
	p.scene(t, "the mouse, from the menu", func(p *program) {
		p.click(p.see(plain, "Article", 1).middle(), 1)
		p.click(p.see(plain, "Go to article…", 1).middle(), 1)
		p.reaches("eastline-1", func() {
			p.click(p.still(plain, "Shippers warn of shortages within ten days").middle(), 1)
		})
	})
}

// TestBackAndForward goes back to where reading was, in the same article and in
// others, and forward again.
func TestBackAndForward(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.scene(t, "between articles, by key", func(p *program) {
		p.goes(courier, "court")
		p.goes("sahil-1", "#3")
		p.reaches(courier, func() { p.key("b") })
		p.reaches("varno-1", func() { p.key("ctrl+bracketleft") })
		p.reaches(courier, func() { p.key("shift+b") })
		p.reaches("sahil-1", func() { p.key("ctrl+bracketright") })
	})
	p.scene(t, "by the menu, which says where", func(p *program) {
		p.click(p.see(plain, "Article", 1).middle(), 1)
		p.reaches(courier, func() { p.click(p.see(plain, "Back to “Court orders release of three…”", 1).middle(), 1) })
	})
	p.scene(t, "within an article", func(p *program) {
		p.goes("eastline-1", "shippers")
		p.word("HALDEN")
		p.key("shift+Tab") // the last span, far below
		p.vanished(reading, "HALDEN")
		p.key("Escape", "b")
		p.word("HALDEN")
		p.key("shift+b")
		p.vanished(reading, "HALDEN")
	})
}

// TestCopyWithCitation pastes what was copied into a note, which the project file
// has.
func TestCopyWithCitation(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.goes(courier, "court")
	cited := func(ref, facts, phrase string) string {
		start := offset(d.text(ref), phrase)
		return fmt.Sprintf("“%s” — %s, characters %d–%d", phrase, facts, start, start+len([]rune(phrase)))
	}
	noted := func(ref, want string) {
		t.Helper()
		p.key("shift+n", "ctrl+a", "ctrl+v", "Escape")
		got := ""
		for end := time.Now().Add(patience); time.Now().Before(end) && got != want; time.Sleep(50 * time.Millisecond) {
			for _, r := range d.sql("SELECT note FROM v_sets WHERE article = '" + ref + "' AND annotator = 'ana'") {
				got = r["note"].(string)
			}
		}
		if got != want {
			t.Errorf("the note is\n%s, not\n%s", got, want)
		}
	}
	p.drag(p.word("fuel").middle(), p.word("terminal.").middle().Sub(point(6, 0)))
	p.key("ctrl+shift+c")
	const court = "Court orders release of three union organisers, Halden Courier, 6 March 2026"
	noted(courier, cited(courier, court, "fuel terminal"))
	word := p.word("organisers").middle()
	p.click(word, 2)
	p.key("1") // the span
	p.menuAt(word)
	p.click(p.see(plain, "Copy with citation", 1).middle(), 1)
	noted(courier, cited(courier, court, "organisers"))
	p.key("Escape", "Escape")
	p.goes("sahil-1", "#3")
	p.over(p.see(arabic, "المفاوضات", 1))
	p.key("ctrl+shift+c")
	noted("sahil-1", cited("sahil-1", "نقابة الموانئ ترفض العرض الجديد, الساحل, 4 March 2026", "المفاوضات"))
}
