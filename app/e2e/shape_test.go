package e2e

import (
	"path/filepath"
	"testing"
)

// TestSplitQuotes tags only what is in quotation marks, by key and by mouse, in
// Latin, Arabic and Chinese text.
func TestSplitQuotes(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	one := "“I was asked eleven times who paid for the soup,”"
	two := "“I said: the retired dockers’ choir of Quay 9. They wrote it down eleven times.”"
	quote := d.span(courier, "quote", one, two)
	sweep := func(p *program) {
		p.drag(p.word("asked").left().Sub(point(66, 0)), p.word("times.”").right())
	}
	p.run(t, courier, []step{
		{"a key", func(p *program) { sweep(p); p.key("q") }, []string{"+" + quote}},
		{"it is one step of undo", func(p *program) { p.key("ctrl+z") }, []string{"-" + quote}},
		{
			"the toolbar at the selection",
			func(p *program) {
				sweep(p)
				p.click(p.see(plain.within("article"), "“…” only", 1).middle(), 1)
			},
			[]string{"+" + quote},
		},
		{
			"without quotation marks it says so",
			func(p *program) {
				mark := p.mark()
				p.drag(p.word("ordered").middle(), p.word("release").middle())
				p.key("q")
				p.wait("hint", mark)
				p.see(strong, "No quotation marks here", 1)
			},
			nil,
		},
	})
	t.Run("Arabic", func(t *testing.T) {
		defer p.on(t)()
		const ref = "sahil-1"
		p.openArticle(ref)
		p.becomes(ref, func() {
			p.click(p.see(arabic, "المعارضة", 1).middle(), 3) // the sentence
			p.key("q")
		}, "+"+d.span(ref, "quote", "«تهديد بقفازات من حرير»"))
	})
	t.Run("Chinese", func(t *testing.T) {
		defer p.on(t)()
		const ref = "haiwan-1"
		p.openArticle(ref)
		han := p.chinese("防波堤")
		p.becomes(ref, func() {
			p.click(p.see(han, "伊尔丝", 1).middle(), 3)
			p.key("q")
		}, "+"+d.span(ref, "quote", "“他们给我们的还是同一页纸，只是换了个日期，”", "“那一页不签字，谁也不会回去。”"))
	})
}

// TestReshaping merges and splits spans, moves their ends by characters and changes
// the labels of several.
func TestReshaping(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	span := func(label string, parts ...string) string { return d.span(courier, label, parts...) }
	giorgos, papadakis, petra := span("actor", "Giorgos"), span("actor", "Papadakis"), span("actor", "Petra")
	p.run(t, courier, []step{
		{
			"spans to begin with",
			func(p *program) {
				for _, w := range []string{"Giorgos", "Papadakis", "Petra"} {
					p.click(p.word(w).middle(), 2)
					p.key("1", "Escape", "Escape")
				}
			},
			[]string{"+" + giorgos, "+" + papadakis, "+" + petra},
		},
		{
			"M merges with the next that touches",
			func(p *program) { p.click(p.word("Giorgos").middle(), 1); p.key("m") },
			[]string{"-" + giorgos, "-" + papadakis, "+" + span("actor", "Giorgos Papadakis")},
		},
		{
			"X splits at the caret",
			func(p *program) {
				p.click(p.word("Papadakis").left().Add(point(3, 0)), 1)
				p.key("x")
			},
			[]string{"+" + giorgos, "+" + papadakis, "-" + span("actor", "Giorgos Papadakis")},
		},
		{
			"Ctrl+click chooses a further one, M makes parts of one span",
			func(p *program) {
				p.click(p.word("Petra").middle(), 1)
				p.click(p.word("Papadakis").middle(), 1, "ctrl")
				p.see(small.within("status"), "2 spans chosen", 1)
				p.key("m")
			},
			[]string{"-" + petra, "-" + papadakis, "+" + span("actor", "Petra", "Papadakis")},
		},
		{"undo", func(p *program) { p.key("ctrl+z") }, []string{"+" + petra, "+" + papadakis, "-" + span("actor", "Petra", "Papadakis")}},
		{
			"by mouse, with the text between",
			func(p *program) {
				p.click(p.word("Petra").middle(), 1)
				p.click(p.word("Papadakis").middle(), 1, "ctrl")
				p.click(p.see(plain.within("right"), "Merge with the text between", 1).middle(), 1)
			},
			[]string{"-" + petra, "-" + papadakis, "+" + span("actor", "Petra Vold, Giorgos Papadakis")},
		},
		{"undo again", func(p *program) { p.key("ctrl+z") }, []string{"+" + petra, "+" + papadakis, "-" + span("actor", "Petra Vold, Giorgos Papadakis")}},
		{
			"D and V move the ends by characters",
			func(p *program) {
				p.click(p.word("Petra").middle(), 1)
				p.key("shift+d", "shift+v", "shift+v", "v")
			},
			[]string{"-" + petra, "+" + span("actor", "etr")},
		},
		{
			"a label's key for all with a label",
			func(p *program) {
				p.click(p.word("Papadakis").middle(), 1)
				p.key("shift+c", "2")
			},
			[]string{"-" + giorgos, "-" + papadakis, "-" + span("actor", "etr"), "+" + span("event", "Giorgos"), "+" + span("event", "Papadakis"), "+" + span("event", "etr")},
		},
		{
			"Shift+M chooses the next too, Delete deletes both",
			func(p *program) {
				p.click(p.word("Giorgos").middle(), 1)
				p.key("shift+m", "Delete")
			},
			[]string{"-" + span("event", "Giorgos"), "-" + span("event", "Papadakis")},
		},
	})
}

// TestConvertingLabels changes a label in the article and in the whole project by
// the dialog.
func TestConvertingLabels(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	friday := func(label string) string { return d.span(courier, label, "Friday") }
	count := func(label string) string {
		return d.value("SELECT count(*) FROM v_spans WHERE annotator = 'ana' AND label = '" + label + "'")
	}
	p.run(t, courier, []step{
		{"a span to begin with", func(p *program) { p.click(p.word("Friday").middle(), 2); p.key("4") }, []string{"+" + friday("cue")}},
		{
			"the chosen span, by keys",
			func(p *program) {
				p.click(p.word("Friday").middle(), 1)
				p.key("c")
				p.see(plain.within("middle"), "Convert 1 span", 1)
				p.key("Return")
			},
			[]string{"-" + friday("cue"), "+" + friday("place")},
		},
	})
	places, times := count("place"), count("time")
	t.Run("the project, by mouse", func(t *testing.T) {
		defer p.on(t)()
		p.becomes(courier, func() {
			p.click(p.word("Friday").middle(), 1)
			p.key("c")
			p.click(p.see(plain.within("middle"), "The chosen span", 1).middle(), 1)
			p.click(p.see(plain.within("middle"), "All with this label in the project", 1).middle(), 1)
			mark := p.mark()
			p.click(p.see(plain.within("middle"), "Convert "+places+" spans", 1).middle(), 1)
			p.wait("converted", mark)
		}, "-"+friday("place"), "+"+friday("time"))
		if now := count("place"); now != "0" {
			t.Errorf("%s spans are places still; %s were, and %s were times", now, places, times)
		}
		mark := p.mark()
		p.key("ctrl+z")
		p.wait("undo", mark)
		if now := count("place"); now != places {
			t.Errorf("after undo %s spans are places, not %s", now, places)
		}
	})
}

// TestSpansOnTopOfOneAnother walks through ten spans at one place, by keys, clicks
// and the list.
func TestSpansOnTopOfOneAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const ref = "deep"
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	write(t, filepath.Join(d.home, "deep.jsonl"), deep)
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, filepath.Join(d.home, "deep.jsonl"), "--annotator", "ana", "--actor", "lede")
	p := d.open()
	harbour, most := d.span(ref, "quote", "harbour"), d.span(ref, "event", "harbour walked")
	all := "The workers of the harbour walked out on Monday morning"
	p.run(t, ref, []step{
		{
			"a click, and U outwards, and I inwards",
			func(p *program) {
				p.click(p.word("harbour").middle(), 1)
				p.key("u", "u")
				p.see(small.within("status"), "3 of 10 here", 1)
				p.key("i", "6")
			},
			[]string{"-" + most, "+" + d.span(ref, "time", "harbour walked")},
		},
		{
			"clicks go from the innermost outwards",
			func(p *program) {
				for range 3 {
					p.click(p.word("harbour").middle(), 1)
				}
				p.key("4")
			},
			[]string{"-" + d.span(ref, "actor", "the harbour walked"), "+" + d.span(ref, "cue", "the harbour walked")},
		},
		{
			"the list, by keys",
			func(p *program) {
				p.click(p.word("harbour").middle(), 1)
				p.key("shift+i")
				p.see(plain, "Quote · harbour", 1)
				p.key(append(times(9, "Down"), "Return", "7")...)
			},
			[]string{"-" + d.span(ref, "actor", all), "+" + d.span(ref, "source_phrase", all)},
		},
		{
			"the list, by mouse",
			func(p *program) {
				p.click(p.word("harbour").middle(), 1)
				p.click(p.see(small.within("right"), "list", 1).middle(), 1)
				p.click(p.see(plain, "Quote · harbour", 1).middle(), 1)
				p.key("1")
			},
			[]string{"-" + harbour, "+" + d.span(ref, "actor", "harbour")},
		},
	})
}

const deep = `{"id":"deep","title":"Ten deep","text":"Nothing yet. The workers of the harbour walked out on Monday morning. They came back.","spans":[` +
	`{"start":13,"end":68,"label":"actor"},{"start":13,"end":60,"label":"event"},{"start":17,"end":60,"label":"quote"},` +
	`{"start":17,"end":53,"label":"cue"},{"start":25,"end":53,"label":"place"},{"start":25,"end":50,"label":"time"},` +
	`{"start":28,"end":50,"label":"source_phrase"},{"start":28,"end":46,"label":"actor"},{"start":32,"end":46,"label":"event"},{"start":32,"end":39,"label":"quote"}]}
`
