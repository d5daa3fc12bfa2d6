package e2e

import "testing"

// TestTagging gives labels in every way but the plain key.
func TestTagging(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	label := func(title string) spot { return p.see(plain.within("bar"), title, 1) }
	p.run(t, courier, []step{
		{
			"label button",
			func(p *program) {
				p.drag(p.word("fuel").middle(), p.word("terminal.").middle().Sub(point(6, 0)))
				p.click(label("Place").middle(), 1)
			},
			[]string{"+" + d.span(courier, "place", "fuel terminal")},
		},
		{
			"toolbar at the selection",
			func(p *program) {
				p.click(p.word("release").middle(), 2)
				p.click(p.see(plain.within("article"), "Event", 1).middle(), 1)
			},
			[]string{"+" + d.span(courier, "event", "release")},
		},
		{
			"armed by its button: every selection gets the label",
			func(p *program) {
				p.click(label("Actor").middle(), 1)
				p.click(p.word("judge").middle(), 2)
				p.click(p.word("Petra").middle(), 2)
				p.key("Escape")
				p.click(p.word("gate").middle(), 2) // no longer armed
			},
			[]string{"+" + d.span(courier, "actor", "judge"), "+" + d.span(courier, "actor", "Petra")},
		},
		{
			"armed by shift and its key",
			func(p *program) {
				p.key("shift+2")
				p.click(p.word("arrested").middle(), 2)
				p.key("Escape")
			},
			[]string{"+" + d.span(courier, "event", "arrested")},
		},
		{
			"armed, and selected by keys",
			func(p *program) {
				p.key("shift+3")
				p.key(times(11, "Right")...)
				p.xdo("keydown", "shift", "key", "--delay", "40", "Right", "Right", "keyup", "shift")
				p.key("Escape")
			},
			[]string{"+" + d.span(courier, "quote", "judge")},
		},
		{
			"picker: a part of the name, Enter",
			func(p *program) {
				p.click(p.word("Halima").middle(), 2)
				p.key("Return")
				p.typed("sour")
				p.key("Return")
			},
			[]string{"+" + d.span(courier, "source_phrase", "Halima")},
		},
		{
			"picker: L, and a click",
			func(p *program) {
				p.click(p.word("Nurmagambetova").middle(), 2)
				p.key("l")
				p.typed("phrase")
				p.click(p.still(plain.within("article"), "Source phrase").middle(), 1)
			},
			[]string{"+" + d.span(courier, "source_phrase", "Nurmagambetova")},
		},
		{
			"the last label again",
			func(p *program) {
				p.click(p.word("appeal.").left().Add(point(8, 0)), 2)
				p.key("period")
			},
			[]string{"+" + d.span(courier, "source_phrase", "appeal")},
		},
		{
			"overlapping and equal spans",
			func(p *program) {
				p.drag(p.word("courthouse").middle(), p.word("sound").middle())
				p.key("1")
				p.drag(p.word("sound").middle(), p.word("whistles").middle())
				p.key("2")
				p.drag(p.word("courthouse").middle(), p.word("sound").middle())
				p.key("2")
			},
			[]string{
				"+" + d.span(courier, "actor", "courthouse to the sound"), "+" + d.span(courier, "event", "sound of ships’ whistles"),
				"+" + d.span(courier, "event", "courthouse to the sound"),
			},
		},
	})
}
