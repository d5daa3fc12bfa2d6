package e2e

import "testing"

// TestScripts tags in Arabic, in Chinese, and around emoji: by mouse where the ink
// was found, and by key.
func TestScripts(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	t.Run("Arabic", func(t *testing.T) {
		defer p.on(t)()
		const ref = "sahil-1"
		p.openArticle(ref)
		p.run(t, ref, []step{
			{
				"double click",
				func(p *program) {
					p.click(p.see(arabic, "المفاوضات", 1).middle(), 2)
					p.key("2")
				},
				[]string{"+" + d.span(ref, "event", "المفاوضات")},
			},
			{
				"drag from right to left",
				func(p *program) {
					p.drag(p.see(arabic, "وزير", 1).middle(), p.see(arabic, "النقل", 1).middle())
					p.key("1")
				},
				[]string{"+" + d.span(ref, "actor", "وزير النقل")},
			},
			{
				"keys: Left goes on in the text",
				func(p *program) {
					p.key(times(8, "Left")...) // past “فارنو — ”
					p.key(times(5, "shift+Left")...)
					p.key("2")
				},
				[]string{"+" + d.span(ref, "event", "أعلنت")},
			},
			{
				"] moves the end on to the left",
				func(p *program) {
					p.click(p.see(arabic, "النقل", 1).middle(), 1)
					p.key("bracketright")
				},
				[]string{"-" + d.span(ref, "actor", "وزير النقل"), "+" + d.span(ref, "actor", "وزير النقل أوكي")},
			},
		})
	})
	t.Run("Chinese", func(t *testing.T) {
		defer p.on(t)()
		const ref = "haiwan-1"
		p.openArticle(ref)
		han := p.chinese("防波堤")
		p.run(t, ref, []step{
			{
				"drag",
				func(p *program) {
					p.key("g") // characters
					from, to := p.see(han, "防波堤", 1), p.see(han, "抛锚", 1)
					p.drag(from.left(), to.right())
					p.key("5", "g", "g")
				},
				[]string{"+" + d.span(ref, "place", "防波堤外抛锚")},
			},
			{
				"keys",
				func(p *program) {
					p.key(times(9, "Right")...) // past “【本报瓦尔诺讯】”
					p.key(times(7, "shift+Right")...)
					p.key("1")
				},
				[]string{"+" + d.span(ref, "actor", "四千名码头工人")},
			},
			{
				"triple click",
				func(p *program) {
					p.click(p.see(han, "等候", 1).middle(), 3)
					p.key("2")
				},
				[]string{"+" + d.span(ref, "event", "截至昨晚，已有十一艘货轮在防波堤外抛锚等候，其中两艘载有运往索雷尔岛的粮食。")},
			},
		})
	})
	t.Run("emoji", func(t *testing.T) {
		defer p.on(t)()
		const ref = "eastline-1"
		p.openArticle(ref)
		p.key("ctrl+Home")
		p.seeBelow(point(560, 400), reading, "bench.")
		family := "family 👩‍👩‍👧‍👦"
		p.becomes(ref, func() {
			p.drag(p.word("family").middle(), p.word("folding").left().Sub(point(10, 0))) // in “a”
			p.key("4")
		}, "+"+d.span(ref, "cue", family+" on a"))
		p.key("Escape", "Escape")
		// By keys: the family is one step, though it is seven code points.
		p.becomes(ref, func() {
			p.click(p.word("family").right().Add(point(1, 0)), 1)
			p.key("Escape", "Right", "shift+Right", "6")
		}, "+"+d.span(ref, "time", "👩‍👩‍👧‍👦"))
	})
}

// openArticle walks through the list by key until an article is open.
func (p *program) openArticle(ref string) {
	p.t.Helper()
	for range 2 * len(p.sql("SELECT ref FROM v_articles")) {
		all := p.probe.all(p.t)
		now := ""
		for _, h := range all {
			if h.Event == "opened" {
				now = h.Ref
			}
		}
		if now == ref {
			return
		}
		before, after := p.orders(now, ref)
		mark := p.mark()
		if before < after {
			p.key("ctrl+Down")
		} else {
			p.key("ctrl+Up")
		}
		p.wait("opened", mark)
	}
	p.t.Fatalf("article %s was not reached by ctrl+Down and ctrl+Up", ref)
}

func (p *program) orders(a, b string) (int, int) {
	first, second := 0, 0
	for i, r := range p.sql("SELECT ref FROM v_articles ORDER BY ord") {
		switch r["ref"] {
		case a:
			first = i
		case b:
			second = i
		}
	}
	return first, second
}
