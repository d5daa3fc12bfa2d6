package e2e

import (
	"image"
	"path/filepath"
	"testing"
)

// between is where something stands between two words that are seen: an emoji.
func (p *program) between(left, right string) image.Point {
	p.t.Helper()
	return p.word(left).right().Add(p.word(right).left()).Div(2)
}

// TestEmoji selects, tags, changes, relates, finds and labels all, by mouse and by
// keys, where there is nothing but emoji: of one code point and of several.
func TestEmoji(t *testing.T) {
	t.Parallel()
	const ref = "em"
	d := worldDesk(t, anaInLight, [2]string{ref, "anchor ⚓️ fist ✊🏽 soup 🍲 family 👩‍👩‍👧‍👦 then 🍲 again 🍲 last"})
	p := d.open()
	soup, both, anchor := d.span(ref, "actor", "🍲"), d.span(ref, "event", "⚓️ fist ✊🏽"), d.span(ref, "time", "⚓️")
	p.run(t, ref, []step{
		{"double click", func(p *program) {
			p.click(p.between("soup", "family"), 2)
			p.key("1")
		}, []string{"+" + soup}},
		{"drag", func(p *program) {
			p.drag(p.between("anchor", "fist"), p.word("soup").left().Sub(point(8, 0)))
			p.key("2")
		}, []string{"+" + both}},
		{"keys: what looks like one character is one step", func(p *program) {
			p.key(times(7, "Right")...)
			p.key("shift+Right", "6")
		}, []string{"+" + anchor}},
		{"keys: a family is one character", func(p *program) {
			p.click(p.word("family").right(), 1)
			p.key("Escape", "Escape", "Right", "shift+Right", "5")
		}, []string{"+" + d.span(ref, "place", "👩‍👩‍👧‍👦")}},
		{"D moves a start over a whole emoji", func(p *program) {
			p.click(p.word("fist").middle(), 1)
			p.key("shift+d")
		}, []string{"-" + both, "+" + d.span(ref, "event", "fist ✊🏽")}},
		{"undo", func(p *program) { p.key("ctrl+z") }, []string{"+" + both, "-" + d.span(ref, "event", "fist ✊🏽")}},
	})
	p.scene(t, "relate, by mouse", func(p *program) {
		p.relates(ref, func() {
			p.drag(p.word("fist").middle().Sub(point(0, 20)).Sub(point(p.word("fist").Dx(), 0)), p.between("soup", "family").Sub(point(0, 21)))
			p.see(plain, "Which relation? Type a part, or its number", 1)
			p.key("1")
		}, "+"+relation("actor", "⚓️ fist ✊🏽", "🍲"))
	})
	p.scene(t, "relate, by keys", func(p *program) {
		p.relates(ref, func() {
			p.click(p.word("fist").middle(), 1)
			p.key("r", "a")
		}, "+"+relation("time", "⚓️ fist ✊🏽", "⚓️"))
	})
	p.run(t, ref, []step{{"find what is selected, and the next", func(p *program) {
		p.click(p.between("soup", "family"), 2)
		mark := p.mark()
		p.key("ctrl+f")
		p.found(mark, "1 of 3")
		p.key("F3", "Escape", "4")
	}, []string{"+" + d.nth(ref, "cue", "🍲", 2)}}})
	p.scene(t, "label all like it", func(p *program) {
		p.click(p.between("soup", "family"), 1)
		mark := p.mark()
		p.key("o")
		p.waitFor("listed", mark, func(h happening) bool { return h.Places > 0 })
		p.key("Return")
		p.wait("labelled", mark)
		p.finds("SELECT group_concat(text || ' ' || label, ', ') FROM v_spans WHERE origin = 'rule'", "🍲 actor")
	})
}

const lettersSchema = `name: letters
title: Letters
labels:
  - {name: actor, title: Actor, hotkey: "1", color: "#0072b2", color_dark: "#56b4e9", pattern: solid}
relations:
  - {name: cites, title: Cites, from: [actor], to: [actor]}
  - {name: answers, title: Answers, from: [actor], to: [actor]}
`

// TestChangingRelations gives a relation another type and turns it around, by mouse
// and by keys, in four kinds of text.
func TestChangingRelations(t *testing.T) {
	t.Parallel()
	d := worldDesk(t, anaInLight,
		[2]string{"la", "Then Anna wrote to Boris."},
		[2]string{"ar", "أعلن الوزير إضراب في الميناء"},
		[2]string{"zh", "四千名码头工人周一罢工"},
		[2]string{"em", "soup 🍲 then ⚓️ last"})
	schema := filepath.Join(d.home, "letters.yaml")
	write(t, schema, lettersSchema)
	d.cli("schema", d.project, "--apply", schema)
	p := d.open()
	double := func(at func() image.Point) func() { return func() { p.click(at(), 2) } }
	han := func(word string) func() {
		return func() {
			p.key("g") // characters
			p.over(p.see(p.chinese(word), word, 0))
			p.key("g", "g")
		}
	}
	for _, c := range []struct {
		ref, a, b    string
		pickA, pickB func()
	}{
		{"la", "Anna", "Boris", double(func() image.Point { return p.word("Anna").middle() }), double(func() image.Point { return p.word("Boris.").left().Add(point(6, 0)) })},
		{"ar", "الوزير", "الميناء", double(func() image.Point { return p.see(arabic, "الوزير", 0).middle() }), double(func() image.Point { return p.see(arabic, "الميناء", 0).middle() })},
		{"zh", "码头", "罢工", han("码头"), han("罢工")},
		{"em", "🍲", "⚓️", double(func() image.Point { return p.between("soup", "then") }), double(func() image.Point { return p.between("then", "last") })},
	} {
		p.openArticle(c.ref)
		p.scene(t, c.ref, func(p *program) {
			p.becomes(c.ref, func() { c.pickB(); p.key("1", "Escape", "Escape"); c.pickA(); p.key("1") },
				"+"+d.span(c.ref, "actor", c.a), "+"+d.span(c.ref, "actor", c.b))
			p.changeRelation(c.ref, c.a, c.b)
		})
	}
}

// changeRelation relates the chosen span, the text a, to the only other one, and
// changes the relation in every way.
func (p *program) changeRelation(ref, a, b string) {
	p.t.Helper()
	cites, answers, back := relation("cites", a, b), relation("answers", a, b), relation("answers", b, a)
	p.relates(ref, func() {
		p.key("r", "a")
		p.see(plain, "Which relation? Type a part, or its number", 1)
		p.key("1")
	}, "+"+cites)
	p.relates(ref, func() { // the type, by keys
		p.click(p.see(overlay, "cites", 0).middle(), 1)
		p.command("change the relation")
		p.see(plain, "Make the relation…", 1)
		p.key("2")
	}, "-"+cites, "+"+answers)
	p.relates(ref, func() { p.command("reverse the relation") }, "-"+answers, "+"+back)
	p.relates(ref, func() { // by the inspector
		p.click(p.see(plain.within("right"), "Reverse", 0).middle(), 1)
	}, "-"+back, "+"+answers)
	p.relates(ref, func() { // by the menu at the arc
		p.menuAt(p.see(overlay, "answers", 0).middle())
		p.click(p.see(plain, "Change the type", 0).middle(), 1)
		p.click(p.see(plain, "cites", 1).middle(), 1)
	}, "-"+answers, "+"+cites)
}
