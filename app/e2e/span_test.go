package e2e

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"unicode/utf8"
)

// inspector is a place in the inspector where the wheel turns all of it.
var inspector = point(1020, 110)

func point(x, y int) image.Point { return image.Pt(x, y) }

const varno = "varno-1" // an article that ana has begun, with relations

// TestChangingSpans chooses spans and changes them, by mouse and by key.
func TestChangingSpans(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	if now := p.wait("opened", 0).Ref; now != varno {
		p.openArticle(varno)
	}
	bar := func(title string) spot { return p.see(plain.within("bar"), title, 1) }
	outer, inner := "Ilse Brandvik, who chairs the Harbour Workers’ Union", "the Harbour Workers’ Union"
	p.run(t, varno, []step{
		{
			"a click chooses, a key retags",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.key("2")
			},
			[]string{"-" + d.span(varno, "actor", "4,000 dock workers"), "+" + d.span(varno, "event", "4,000 dock workers")},
		},
		{
			"a label button retags the chosen span",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.click(bar("Actor").middle(), 1)
			},
			[]string{"-" + d.span(varno, "event", "4,000 dock workers"), "+" + d.span(varno, "actor", "4,000 dock workers")},
		},
		{
			"of nested spans the innermost is chosen first",
			func(p *program) {
				p.click(p.word("Workers’").middle(), 1)
				p.key("5")
			},
			[]string{"-" + d.span(varno, "actor", inner), "+" + d.span(varno, "place", inner)},
		},
		{
			"a second click chooses the next of the overlapping ones",
			func(p *program) {
				p.click(p.word("Workers’").middle(), 1)
				p.click(p.word("Workers’").middle(), 1)
				p.key("7")
			},
			[]string{"-" + d.span(varno, "actor", outer), "+" + d.span(varno, "source_phrase", outer)},
		},
		{
			"] moves the end outwards",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.key("bracketright")
			},
			[]string{"-" + d.span(varno, "actor", "4,000 dock workers"), "+" + d.span(varno, "actor", "4,000 dock workers walked")},
		},
		{
			"} moves the end inwards",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.key("shift+bracketright")
			},
			[]string{"-" + d.span(varno, "actor", "4,000 dock workers walked"), "+" + d.span(varno, "actor", "4,000 dock workers")},
		},
		{
			"[ moves the start outwards",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.key("bracketleft")
			},
			[]string{"-" + d.span(varno, "actor", "4,000 dock workers"), "+" + d.span(varno, "actor", "About 4,000 dock workers")},
		},
		{
			"{ moves the start inwards",
			func(p *program) {
				p.click(p.word("dock").middle(), 1)
				p.key("shift+bracketleft")
			},
			[]string{"-" + d.span(varno, "actor", "About 4,000 dock workers"), "+" + d.span(varno, "actor", "4,000 dock workers")},
		},
		{
			"the handle at the end",
			func(p *program) {
				with := p.see(reading, "with", 1).middle() // before a handle stands at it
				p.click(p.word("talks").middle(), 1)
				p.drag(p.word("talks").right(), with)
			},
			[]string{"-" + d.span(varno, "event", "talks"), "+" + d.span(varno, "event", "talks with")},
		},
		{
			"the handle at the start",
			func(p *program) {
				p.click(p.word("talks").middle(), 1)
				p.drag(p.word("talks").left(), p.word("after").middle())
			},
			[]string{"-" + d.span(varno, "event", "talks with"), "+" + d.span(varno, "event", "after talks with")},
		},
	})
}

// TestFragments makes split spans and joins them again.
func TestFragments(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	one, two, three := "Friday", "found", "appeal"
	p.run(t, courier, []step{
		{
			"a span to begin with",
			func(p *program) {
				p.click(p.word("Friday").middle(), 2)
				p.key("3")
			},
			[]string{"+" + d.span(courier, "quote", one)},
		},
		{
			"ctrl and drag adds a part",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				found := p.word("found")
				p.drag(found.left(), found.right(), "ctrl")
			},
			[]string{"-" + d.span(courier, "quote", one), "+" + d.span(courier, "quote", one, two)},
		},
		{
			"a key adds the selection",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.drag(p.word("appeal.").left(), p.word("appeal.").left().Add(point(20, 0)))
				p.key("plus")
			},
			[]string{"-" + d.span(courier, "quote", one, two), "+" + d.span(courier, "quote", one, two, three)},
		},
		{
			"a key removes a part",
			func(p *program) {
				p.click(p.word("found").middle(), 1)
				p.key("minus")
			},
			[]string{"-" + d.span(courier, "quote", one, two, three), "+" + d.span(courier, "quote", one, three)},
		},
		{
			"a double click lets the span stay chosen, so that its word can be added",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.click(p.word("found").middle(), 2)
				p.key("a")
			},
			[]string{"-" + d.span(courier, "quote", one, three), "+" + d.span(courier, "quote", one, two, three)},
		},
		{
			"undo takes it out again",
			func(p *program) { p.key("ctrl+z") },
			[]string{"+" + d.span(courier, "quote", one, three), "-" + d.span(courier, "quote", one, two, three)},
		},
		{
			"the inspector's button adds the selection",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.drag(p.word("found").left(), p.word("found").right())
				p.click(p.seeBelow(inspector, plain.within("right"), "Add the selection as a part").middle(), 1)
			},
			[]string{"-" + d.span(courier, "quote", one, three), "+" + d.span(courier, "quote", one, two, three)},
		},
		{
			"the inspector's cross removes a part",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				text := d.text(courier)
				place := fmt.Sprintf("%d–%d", offset(text, three), offset(text, three)+len(three))
				p.click(p.seeBelow(inspector, small.within("right"), place).right().Add(point(20, 0)), 1)
			},
			[]string{"-" + d.span(courier, "quote", one, two, three), "+" + d.span(courier, "quote", one, two)},
		},
		{
			"the last part cannot be removed, only the span",
			func(p *program) {
				p.click(p.word("found").middle(), 1)
				p.key("minus", "minus")
			},
			[]string{"-" + d.span(courier, "quote", one, two), "+" + d.span(courier, "quote", one)},
		},
	})
}

// offset is where a phrase stands first in a text, in code points.
func offset(text, phrase string) int {
	return utf8.RuneCountInString(text[:strings.Index(text, phrase)])
}

// TestNotes writes notes on spans.
func TestNotes(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	friday := d.span(courier, "actor", "Friday")
	p.run(t, courier, []step{
		{
			"a span to begin with",
			func(p *program) {
				p.click(p.word("Friday").middle(), 2)
				p.key("1")
			},
			[]string{"+" + friday},
		},
		{
			"by key",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.key("n")
				p.typed("Which court?")
				p.key("Escape")
			},
			[]string{"-" + friday, "+" + friday + " note: Which court?"},
		},
		{
			"by mouse",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.click(p.seeBelow(inspector, plain.within("right"), "Which court?").middle(), 1)
				p.key("ctrl+a")
				p.typed("Halden, 1 2 3")
				p.click(p.word("Petra").middle(), 1)
			},
			[]string{"-" + friday + " note: Which court?", "+" + friday + " note: Halden, 1 2 3"},
		},
	})
}

// TestDeleting deletes spans, whose relations go with them.
func TestDeleting(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	walked, talks := d.span(varno, "event", "walked out"), d.span(varno, "event", "talks")
	relations := d.relations(varno)
	expect := func(name string, gone int) {
		if now := d.relations(varno); !t.Failed() && now != relations-gone {
			t.Errorf("%s: %d of %d relations are left, not %d", name, now, relations, relations-gone)
		}
	}
	p.run(t, varno, []step{{
		"by key",
		func(p *program) {
			p.click(p.word("walked").middle(), 1)
			p.key("Delete")
		},
		[]string{"-" + walked},
	}})
	expect("by key", 3)
	p.run(t, varno, []step{{
		"undo brings the relations back",
		func(p *program) { p.key("ctrl+z") },
		[]string{"+" + walked},
	}})
	expect("undo", 0)
	p.run(t, varno, []step{{
		"by mouse",
		func(p *program) {
			p.click(p.word("talks").middle(), 1)
			p.click(p.seeBelow(inspector, plain.within("right"), "Delete span").middle(), 1)
		},
		[]string{"-" + talks},
	}})
	expect("by mouse", 1)
}

// TestWalking goes from span to span by key and by the list of the inspector.
func TestWalking(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	first, second := d.span(varno, "place", "VARNO"), d.span(varno, "actor", "4,000 dock workers")
	p.run(t, varno, []step{
		{
			"Tab chooses the first, then the second",
			func(p *program) { p.key("Tab", "6", "Escape", "Escape", "Tab", "Tab", "2") },
			[]string{
				"-" + first, "+" + d.span(varno, "time", "VARNO"), "-" + second, "+" + d.span(varno, "event", "4,000 dock workers"),
			},
		},
		{
			"Shift+Tab goes back",
			func(p *program) { p.key("Tab", "Tab", "shift+Tab", "5") },
			[]string{"+" + first, "-" + d.span(varno, "time", "VARNO")},
		},
		{
			"Tab scrolls to what it chooses, and around the end",
			func(p *program) {
				p.key("ctrl+End")
				p.vanished(reading, "VARNO")
				p.key("Tab", "6")
				p.see(reading, "VARNO", 0)
			},
			[]string{"-" + first, "+" + d.span(varno, "time", "VARNO")},
		},
		{
			"a click in the list of spans",
			func(p *program) {
				p.click(p.see(plain.within("right"), "Monday", 1).middle(), 1)
				p.key("5")
			},
			[]string{"-" + d.span(varno, "time", "Monday"), "+" + d.span(varno, "place", "Monday")},
		},
	})
}
