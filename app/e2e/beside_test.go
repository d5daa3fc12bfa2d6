package e2e

import (
	"testing"
	"time"
)

// TestBeside reads one article beside another: opened by key and from the list,
// copied from, swapped, followed.
func TestBeside(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.goes(courier, "court")
	// shows waits until an article is beside.
	shows := func(p *program, ref string, do func()) {
		p.t.Helper()
		mark := p.mark()
		do()
		p.waitFor("beside", mark, func(h happening) bool { return h.Ref == ref })
	}
	p.scene(t, "by key", func(p *program) {
		shows(p, "sahil-1", func() {
			p.key("y")
			p.typed("#3")
			p.key("Return")
		})
		p.see(arabic.within("window"), "المفاوضات", 1)
		p.see(reading, "organisers", 1)
		keep(p.t, "beside", p.picture())
	})
	p.scene(t, "copied from by key, and found", func(p *program) {
		p.drag(p.see(arabic.within("window"), "العرض", 1).middle(), p.see(arabic.within("window"), "الجديد", 1).middle())
		p.key("1", "Delete") // act on nothing here
		p.key("ctrl+c", "Escape", "Escape")
		p.reaches("sahil-1", func() { p.key("ctrl+p", "ctrl+v", "Return") })
		p.reaches(courier, func() { p.key("b") })
	})
	p.scene(t, "swapped by key and by mouse", func(p *program) {
		shows(p, courier, func() { p.reaches("sahil-1", func() { p.key("shift+y") }) })
		shows(p, "sahil-1", func() { p.reaches(courier, func() { p.click(p.see(plain, "Swap", 1).middle(), 1) }) })
	})
	p.scene(t, "a change of the same article shows on both sides", func(p *program) {
		shows(p, courier, func() {
			p.menuAt(p.see(plain.within("left"), "Court", 1).middle())
			p.click(p.see(plain, "Open beside", 1).middle(), 1)
		})
		p.becomes(courier, func() {
			p.click(p.see(reading, "organisers", 1).middle(), 2)
			p.key("1")
			p.key("Escape")
		}, "+"+d.span(courier, "actor", "organisers"))
		chip := look{font: bundled("NotoSans-Bold"), size: 8.5, in: "window"}
		p.see(chip, "ACTOR", 2)
	})
	p.scene(t, "Chinese, read and then worked on", func(p *program) {
		p.goes("haiwan-1", "#4")
		han := p.chinese("防波堤")
		p.goes(courier, "court")
		shows(p, "haiwan-1", func() {
			p.menuAt(p.see(han.sized(13).within("left"), "港口", 1).middle())
			p.click(p.see(plain, "Open beside", 1).middle(), 1)
		})
		p.see(han.within("window"), "防波堤", 1)
		shows(p, courier, func() { p.reaches("haiwan-1", func() { p.key("shift+y") }) })
		p.becomes("haiwan-1", func() {
			p.key("g")
			p.over(p.see(han, "防波堤", 1))
			p.key("5", "g", "g")
		}, "+"+d.span("haiwan-1", "place", "防波堤"))
	})
	p.scene(t, "closed by key", func(p *program) {
		shows(p, "", func() { p.key("y") })
	})
	if spans := d.spans("sahil-1"); len(spans) != 10 {
		t.Errorf("the article that was only read has %d spans, not 10", len(spans))
	}
}

// TestCodedBefore tags words in one article and finds that in another.
func TestCodedBefore(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.goes(courier, "court")
	p.becomes(courier, func() {
		p.click(p.word("HALDEN").middle(), 2)
		p.key("5")
	}, "+"+d.span(courier, "place", "HALDEN"))
	p.goes("eastline-1", "shippers")
	jumped := func(do func()) {
		t.Helper()
		p.reaches(courier, do)
		p.see(plain, "Place", 1)
	}
	p.key("Escape", "Escape", "ctrl+Home")
	p.click(p.word("HALDEN").middle(), 2)
	p.see(small.within("right"), "Coded before: 3× Place", 1)
	jumped(func() {
		p.key("w")
		p.see(plain, "HALDEN — A judge on Friday ordered the release", 1)
		p.key("Down", "Down")
		p.typed("judge")
		p.key("Return")
	})
	p.reaches("eastline-1", func() { p.key("Escape", "Escape", "b") })
	p.click(p.word("HALDEN").middle(), 2)
	line := p.still(small.within("right"), "Coded before: 3× Place")
	jumped(func() {
		p.click(line.middle(), 1)
		p.click(p.see(plain, "HALDEN — A judge on Friday ordered the release", 1).middle(), 1)
	})
	time.Sleep(300 * time.Millisecond)
	if n := len(d.spans(courier)); n != 1 {
		t.Errorf("%d spans after looking only", n)
	}
}
