package e2e

import (
	"image"
	"testing"
)

func point(x, y int) image.Point { return image.Pt(x, y) }

const varno = "varno-1" // an article that ana has begun, with relations

// TestChangingSpans chooses spans and changes them, by mouse and by key.
func TestChangingSpans(t *testing.T) {
	d := sampleDesk(t)
	p := d.open()
	if now := p.wait("opened", 0).Ref; now != varno {
		p.show(varno, "Dockers")
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
				p.click(p.word("talks").middle(), 1)
				p.drag(p.word("talks").right(), p.word("with").middle())
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
	d := sampleDesk(t)
	p := d.open()
	p.show(courier, "Court")
	one, two, three := "judge", "found", "appeal"
	p.run(t, courier, []step{
		{
			"a span to begin with",
			func(p *program) {
				p.click(p.word("judge").middle(), 2)
				p.key("3")
			},
			[]string{"+" + d.span(courier, "quote", one)},
		},
		{
			"ctrl and drag adds a part",
			func(p *program) {
				p.click(p.word("judge").middle(), 1)
				found := p.word("found")
				p.drag(found.left(), found.right(), "ctrl")
			},
			[]string{"-" + d.span(courier, "quote", one), "+" + d.span(courier, "quote", one, two)},
		},
		{
			"a key adds the selection",
			func(p *program) {
				p.click(p.word("judge").middle(), 1)
				p.click(p.word("appeal.").left().Add(point(8, 0)), 2)
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
			[]string{"-" + d.span(courier, "quote", one, two, three), "+" + d.span(courier, "quote", one, two)},
		},
	})
}
