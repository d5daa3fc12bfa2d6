package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// fills does something and waits until the spans and the relations of an article have
// changed by what is wanted: lines with "+" and "-".
func (p *program) fills(ref string, do func(), want ...string) {
	p.t.Helper()
	all := func() []string { return append(p.spans(ref), p.links(ref)...) }
	before := all()
	do()
	slices.Sort(want)
	var got []string
	for end := time.Now().Add(patience); ; time.Sleep(30 * time.Millisecond) {
		if got = difference(before, all()); slices.Equal(got, want) || time.Now().After(end) {
			break
		}
	}
	if !slices.Equal(got, want) {
		where := keep(p.t, "unexpected", p.picture())
		p.t.Fatalf("%s changed by\n  %s\nnot by\n  %s\nSee %s", ref, strings.Join(got, "\n  "), strings.Join(want, "\n  "), where)
	}
}

// asks is how the question for a role is written.
var asks = look{font: bundled("NotoSans-Bold"), size: 13, in: "window"}

// TestRolesByKeyboard fills the roles of an event by keys alone: by the letters at
// spans, several in a row, and by words that are not tagged yet.
func TestRolesByKeyboard(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.key(times(6, "Tab")...) // to “talks”
	const chair = "Ilse Brandvik, who chairs the Harbour Workers’ Union"
	p.fills(varno, func() { p.key("ctrl+4", "a") }, "+"+relation("time", "talks", "Monday"))
	p.fills(varno, func() { // a compound actor; Esc ends
		p.key("ctrl+1", "shift+a")
		p.see(asks, "Actor", 1)
		p.key("shift+a", "Escape")
		p.vanished(asks, "Actor")
	}, "+"+relation("actor", "talks", chair), "+"+relation("actor", "talks", "4,000 dock workers"))
	p.fills(varno, func() { // words, with Shift the next one too
		p.key("ctrl+4")
		p.key(times(11, "Right")...)
		p.key("shift+Right", "Return")
	}, "+"+d.span(varno, "time", "this year"), "+"+relation("time", "talks", "this year"))
	p.fills(varno, func() { p.key("ctrl+z") }, // both in one step
		"-"+d.span(varno, "time", "this year"), "-"+relation("time", "talks", "this year"))
	p.fills(varno, func() { p.key("ctrl+2") }, // the same words in another role
		"+"+d.span(varno, "actor", "this year"), "+"+relation("recipient", "talks", "this year"))
}

// TestRolesByMouse fills the roles of an event by the mouse alone.
func TestRolesByMouse(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	add := func(role string) { p.click(p.still(plain.within("right"), "+ "+role).middle(), 1) }
	p.click(p.word("walked").middle(), 1)
	p.fills(varno, func() { // what is selected already
		p.drag(p.word("Transport").left(), p.word("minister").right())
		add("recipient")
	}, "+"+d.span(varno, "actor", "Transport minister"), "+"+relation("recipient", "walked out", "Transport minister"))
	p.click(point(290, 620), 1) // beside the text: lets go, and the arcs with it
	p.click(p.word("talks").middle(), 1)
	p.fills(varno, func() { // a span
		add("recipient")
		p.click(p.word("workers").middle(), 1)
	}, "+"+relation("recipient", "talks", "4,000 dock workers"))
	p.fills(varno, func() { // words are dragged over
		add("time")
		p.drag(p.word("third").left(), p.word("time").right())
	}, "+"+d.span(varno, "time", "third time"), "+"+relation("time", "talks", "third time"))
	p.fills(varno, func() { // a word is clicked twice
		add("place")
		p.click(p.word("parliament").middle(), 2)
	}, "+"+d.span(varno, "place", "parliament"), "+"+relation("place", "talks", "parliament"))
	p.click(p.still(plain.within("right"), "parliament").middle(), 1) // a filler is gone to
	p.see(plain.within("right"), "place of", 0)
}

// TestRolesInOtherScripts fills roles by words in Arabic and Chinese, and beside emoji.
func TestRolesInOtherScripts(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	const sahil, haiwan = "sahil-1", "haiwan-1"
	p.openArticle(sahil)
	p.click(p.see(arabic, "إضراب", 1).middle(), 1)
	p.fills(sahil, func() { p.key("ctrl+4", "Left", "shift+Left", "Return") }, // on in the text is to the left
		"+"+d.span(sahil, "time", "شارك فيه"), "+"+relation("time", "إضراب", "شارك فيه"))
	p.openArticle(haiwan)
	p.key("ctrl+Home")
	han := p.chinese("抛锚")
	anchored := p.see(han, "抛锚", 1)
	p.fills(haiwan, func() {
		p.key("g") // characters
		p.drag(anchored.left(), anchored.right())
		p.key("2")
	}, "+"+d.span(haiwan, "event", "抛锚"))
	workers := p.see(p.chinese("码头工人"), "码头工人", 1)
	p.fills(haiwan, func() {
		p.key("ctrl+1")
		p.drag(workers.left(), workers.right())
	}, "+"+d.span(haiwan, "actor", "码头工人"), "+"+relation("actor", "抛锚", "码头工人"))
}
