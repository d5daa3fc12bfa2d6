package e2e

import (
	"fmt"
	"slices"
	"testing"
)

const shippers = "eastline-1" // of the sample: it has four warnings

// accepted lists what is accepted of the spans of that article, as the words of the
// span and the list.
func (d *desk) accepted() []string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf(`SELECT v.text, p.accepted FROM v_spans v JOIN span p ON p.id = v.id
		WHERE v.article = '%s' AND p.accepted IS NOT NULL`, shippers))
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = fmt.Sprint(r["text"], " ", r["accepted"])
	}
	return lines
}

// accepts does something and waits until just that is accepted of the spans.
func (p *program) accepts(do func(), want ...string) {
	p.t.Helper()
	do()
	p.until(fmt.Sprintf("%v is accepted", want), func() bool { return slices.Equal(p.accepted(), want) })
}

// checked waits until the open article was checked and has so many warnings.
func (p *program) checked(mark, warnings int) {
	p.t.Helper()
	p.waitFor("checked", mark, func(h happening) bool { return h.Places == warnings })
}

// wentTo waits until a warning of a rule was gone to.
func (p *program) wentTo(mark int, rule string) {
	p.t.Helper()
	p.waitFor("warning", mark, func(h happening) bool { return h.Name == rule })
}

// TestWarningsByMouse opens the list by the count, goes to a place by a click, mends
// one and accepts another.
func TestWarningsByMouse(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	mark := p.mark()
	p.openArticle(shippers)
	p.checked(mark, 4)
	p.click(p.see(small.within("status"), "4 warnings", 1).middle(), 1)
	mark = p.mark()
	p.click(p.see(plain.within("middle"), "Speaker is missing.", 1).middle(), 1)
	p.wentTo(mark, "needs_relation")
	mark = p.mark()
	p.becomes(shippers, func() { // the span was chosen, and the text has the keyboard
		p.key("Delete")
	}, "-"+d.span(shippers, "quote", "the directors were split and would meet again on Saturday"))
	p.checked(mark, 3)
	p.vanished(plain.within("middle"), "Speaker is missing.")

	p.click(p.see(plain.within("middle"), "Recipient is missing, though Type is Aid.", 1).middle(), 1)
	p.accepts(func() {
		p.click(p.see(small.within("middle"), "Not a problem here", 1).middle(), 1)
	}, `carry ["needs_relation:recipient"]`)
	p.see(small.within("status"), "2 warnings", 1)
	p.accepts(func() { // in the inspector it can be taken back
		p.click(p.see(small.sized(12).within("middle"), "Accepted", 1).middle(), 1)
		p.click(p.see(plain.within("middle"), "Recipient is missing, though Type is Aid.", 1).middle(), 1)
		p.click(p.see(small.within("middle"), "Warn again", 1).middle(), 1)
	})
}

// TestWarningsByKeys steps, accepts, undoes, and lists the project, without the mouse.
func TestWarningsByKeys(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	mark := p.mark()
	p.openArticle(shippers)
	p.checked(mark, 4)
	mark = p.mark()
	p.key("ctrl+j")
	p.wentTo(mark, "relation_min")
	p.see(small.within("status"), "1 of 4", 1)
	mark = p.mark()
	p.key("ctrl+j", "ctrl+j")
	p.waitFor("warning", mark+1, func(h happening) bool { return h.Name == "needs_relation" })
	p.key("ctrl+shift+m")
	p.see(plain.within("middle"), "Speaker is missing.", 1)
	p.accepts(func() { p.key("Home", "Down", "Down", "space") }, `carry ["needs_relation:recipient"]`)
	p.accepts(func() { p.key("Escape", "ctrl+z") })

	mark = p.mark()
	p.command("Warnings of the whole")
	p.waitFor("warned", mark, func(h happening) bool { return h.Places == 5 })
	p.key("Home", "Return") // to the first, and on in the text
	p.becomes(shippers, func() { p.key("5") }, "-"+d.nth(shippers, "event", "the strike", 1), "+"+d.nth(shippers, "place", "the strike", 1))
}

// TestWarningsOfTheWholeProject lists those of all articles, by rule, and goes on to
// the next article.
func TestWarningsOfTheWholeProject(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.key("ctrl+shift+m")
	p.see(plain.within("middle"), "Nothing to warn about in this article.", 1)
	mark := p.mark()
	p.click(p.see(plain.sized(12).within("middle"), "Whole project", 1).middle(), 1)
	p.waitFor("warned", mark, func(h happening) bool { return h.Places == 5 })
	p.see(small.within("middle"), "5 warnings in 2 articles", 1)
	mark = p.mark()
	p.reaches(shippers, func() { p.key("Home", "Return") })
	p.wentTo(mark, "relation_min")
	p.key("ctrl+j", "ctrl+j", "ctrl+j")
	p.reaches("sahil-1", func() { p.key("ctrl+j") })
	p.becomes("sahil-1", func() { p.key("Delete") }, "-"+d.nth("sahil-1", "event", "إضراب", 1))
	p.see(small.within("middle"), "4 warnings in 1 article", 1)
	p.click(p.see(plain.sized(12).within("middle"), "By rule", 1).middle(), 1)
	p.see(strong.within("middle"), "Too few relations", 1)
	p.click(p.see(plain.sized(12).within("middle"), "All rules", 1).middle(), 1)
	p.click(p.see(plain.within("middle"), "Relation missing", 1).middle(), 1)
	p.vanished(strong.within("middle"), "Too few relations")
}
