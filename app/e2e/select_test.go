package e2e

import (
	"fmt"
	"testing"
)

// step is one thing that a person does, and what becomes of the spans.
type step struct {
	name string
	do   func(p *program)
	want []string // lines of becomes: "+" new, "-" gone
}

// run does steps one after the other in one window, all on one article.
func (p *program) run(t *testing.T, ref string, steps []step) {
	t.Helper()
	for _, s := range steps {
		if t.Failed() {
			return // later steps stand on the earlier ones
		}
		t.Run(s.name, func(t *testing.T) {
			t.Helper()
			back := p.on(t)
			defer back()
			p.key("Escape", "Escape", "ctrl+Home")
			p.becomes(ref, func() { s.do(p) }, s.want...)
		})
	}
}

// on lets a subtest be the one that fails.
func (p *program) on(t *testing.T) (back func()) {
	was := p.screen.t
	p.screen.t, p.hands.t = t, t
	return func() { p.screen.t, p.hands.t = was, was }
}

const courier = "courier-1" // an article that nobody has annotated yet

// TestSelecting selects text in every way and tags it by key.
func TestSelecting(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.run(t, courier, []step{
		{
			"drag",
			func(p *program) {
				p.drag(p.word("organisers").middle(), p.word("Union").middle())
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "organisers of the Harbour Workers’ Union")},
		},
		{
			"drag backwards",
			func(p *program) {
				p.drag(p.word("earlier").middle(), p.word("arrested").middle())
				p.key("2")
			},
			[]string{"+" + d.span(courier, "event", "arrested two nights earlier")},
		},
		{
			"double click",
			func(p *program) {
				p.click(p.word("judge").middle(), 2)
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "judge")},
		},
		{
			"triple click",
			func(p *program) {
				p.click(p.word("Nurmagambetova").middle(), 3)
				p.key("3")
			},
			[]string{"+" + d.span(courier, "quote", "Judge Halima Nurmagambetova found that the police “had been shown no order and had waited for none.”")},
		},
		{
			"shift and click",
			func(p *program) {
				p.click(p.word("Petra").left(), 1)
				p.click(p.word("Papadakis").middle(), 1, "shift")
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "Petra Vold, Giorgos Papadakis")},
		},
		{
			"a drag that ends outside the window's text",
			func(p *program) {
				from := p.word("loudspeaker.")
				p.drag(from.middle(), point(1200, from.middle().Y))
				p.key("5")
			},
			[]string{"+" + d.span(courier, "place", "loudspeaker.")},
		},
		{
			"keys: arrows with shift",
			func(p *program) {
				p.key(times(17, "Right")...) // before “on”
				p.key(times(6, "shift+Right")...)
				p.key("6")
			},
			[]string{"+" + d.span(courier, "time", "on Friday")}, // whole words, as with the mouse,
		},
		{
			"keys: words with ctrl and shift",
			func(p *program) {
				p.key(times(27, "Right")...) // before “ordered”
				p.key("ctrl+shift+Right")
				p.key("2")
			},
			[]string{"+" + d.span(courier, "event", "ordered")},
		},
		{
			"the same label on the same words again changes nothing",
			func(p *program) {
				p.click(p.word("judge").middle(), 2)
				p.key("1")
			},
			nil,
		},
		{
			"a key held tags once",
			func(p *program) {
				p.click(p.word("sound").middle(), 2)
				p.xdo("keydown", "2", "sleep", fmt.Sprint(repeatAfter.Seconds()+0.5), "keyup", "2")
			},
			[]string{"+" + d.span(courier, "event", "sound")},
		},
		{
			"keys: from here to the end",
			func(p *program) { p.key("ctrl+shift+End", "7") },
			[]string{"+" + d.span(courier, "source_phrase", d.text(courier))},
		},
	})
}

// TestSnapping switches what selections snap to.
func TestSnapping(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.run(t, courier, []step{
		{
			"characters, by key",
			func(p *program) {
				p.key("g")
				whole := p.word("Nurmagambetova")
				to := drawInk(t, reading, "Nurma").w - 2*margin
				p.drag(whole.left(), whole.Min.Add(point(to, whole.Dy()/2)))
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "Nurma")},
		},
		{
			"sentences, by key",
			func(p *program) {
				p.key("g")
				p.drag(p.word("prosecutor’s").middle(), p.word("office").middle())
				p.key("3")
			},
			[]string{"+" + d.span(courier, "quote", "The prosecutor’s office said it would appeal.")},
		},
		{
			"words again, by mouse",
			func(p *program) {
				p.click(p.see(plain.within("bar"), "sentences", 1).middle(), 1)
				p.click(p.see(plain, "Snap to words", 1).middle(), 1)
				p.drag(p.word("police").middle(), p.word("police").middle().Add(point(8, 0)))
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "police")},
		},
		{
			"characters while ctrl and shift are held",
			func(p *program) {
				whole := p.word("Dmytro")
				to := drawInk(t, reading, "Dmy").w - 2*margin
				p.drag(whole.left(), whole.Min.Add(point(to, whole.Dy()/2)), "ctrl", "shift")
				p.key("1")
			},
			[]string{"+" + d.span(courier, "actor", "Dmy")},
		},
	})
}
