package e2e

import (
	"fmt"
	"testing"
)

// coding is what ana's set on an article says of the whole of it: fields, status,
// reason.
func (d *desk) coding(ref string) string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf("SELECT fields, status, coalesce(nullif(reason, ''), '-') AS reason FROM v_sets WHERE article = '%s' AND annotator = 'ana'", ref))
	if len(rows) == 0 {
		return ""
	}
	return fmt.Sprintf("%v %v %v", rows[0]["fields"], rows[0]["status"], rows[0]["reason"])
}

func (p *program) wantCoding(ref, want string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%s is coded as %q", ref, want), func() bool { return p.coding(ref) == want })
}

// goesTo does something and waits until another article is open.
func (p *program) goesTo(ref string, do func()) {
	p.t.Helper()
	mark := p.mark()
	do()
	p.waitFor("opened", mark, func(h happening) bool { return h.Ref == ref })
}

// TestScreeningByKeyboard sorts articles by keys alone, goes back and changes its mind.
func TestScreeningByKeyboard(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle("haiwan-1")
	p.key("F4")
	p.see(small, "0 of 5", 0)
	p.goesTo(courier, func() { p.key("1") })
	p.goesTo(varno, func() { p.key("n") }) // round to the top
	p.goesTo(courier, func() { p.key("BackSpace") })
	p.wantCoding(courier, "")
	p.goesTo(varno, func() { p.key("u") })
	p.wantCoding("haiwan-1", `{"relevance":"relevant"} new -`)
	p.wantCoding(courier, `{"relevance":"unsure"} new -`)
	p.goesTo("eastline-1", func() { p.key("2") })
	p.wantCoding(varno, `{"relevance":"not_relevant"} skipped not relevant`)
	p.see(small, "3 of 5", 0)
	p.key("F4")
	p.see(plain, "words", 0) // the label bar is back
}

// TestScreeningByMouse sorts articles by the buttons of the bar.
func TestScreeningByMouse(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle("haiwan-1")
	p.click(p.see(plain, "Article", 1).middle(), 1)
	p.click(p.still(plain, "Screen articles").middle(), 1)
	p.goesTo(courier, func() { p.click(p.see(plain, "Not relevant", 0).middle(), 1) })
	p.goesTo(varno, func() { p.click(p.see(plain, "Relevant", 0).middle(), 1) })
	p.goesTo(courier, func() { p.click(p.see(small, "back", 0).middle(), 1) })
	p.wantCoding(courier, "")
	p.wantCoding("haiwan-1", `{"relevance":"not_relevant"} skipped not relevant`)
	p.click(p.see(small, "leave", 0).middle(), 1)
	p.see(plain, "words", 0)
}

// TestFieldsOfTheArticle fills the fields in by keys and by the mouse.
func TestFieldsOfTheArticle(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle("haiwan-1")
	p.key("shift+f")
	p.see(plain, "Relevance…", 0)
	p.key("1")
	p.wantCoding("haiwan-1", `{"relevance":"relevant"} new -`)
	p.key("Escape", "Escape")
	p.click(p.see(look{font: bundled("NotoSans-Regular"), size: 12, in: "right"}, "Opinion", 0).middle(), 1)
	p.wantCoding("haiwan-1", `{"genre":"opinion","relevance":"relevant"} new -`)
	p.key("ctrl+z")
	p.wantCoding("haiwan-1", `{"relevance":"relevant"} new -`)
}
