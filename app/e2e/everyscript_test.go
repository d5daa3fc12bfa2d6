package e2e

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// scripted is an article of one script: three words, then a split quote, then the
// first word again. The words are of two characters or more; a is one that a
// character can be taken from at both ends.
type scripted struct {
	ref          string
	onward       string // the arrow key that goes on in the text
	sep          string // between words
	a, b, c      string
	one, mid, to string // the parts of the quote and what is between
	first, rest  string // two sentences of a second article; the first begins with a
	last, front  string // a without its last character, and without its first
}

var everyScript = []scripted{
	{"la", "Right", " ", "Ann", "Bob", "Eva", "“Go,”", " said ", "“now.”", "Ann came.", " Bob left.", "An", "nn"},
	{"ar", "Left", " ", "سلمى", "كريم", "ليلى", "«اذهب»", "، قالت، ", "«الآن»", "سلمى كتبت.", " ليلى قرأت.", "سلم", "لمى"},
	{"zh", "Right", "", "王华", "李明", "张伟", "“走，”", "他说，", "“走吧。”", "王华走了。", "李明来了。", "王", "华"},
	{
		"em", "Right", " ", "🍲👩‍👩‍👧‍👦", "⚓️✊🏽", "🎉👍🏽", "“✊🏽🍲”", " 🎉 ", "“👩‍👩‍👧‍👦⚓️”",
		"🍲👩‍👩‍👧‍👦 👍🏽.", " ⚓️ ✊🏽.", "🍲", "👩‍👩‍👧‍👦",
	},
}

func (s scripted) words() string { return s.a + s.sep + s.b + s.sep + s.c }
func (s scripted) quote() string { return s.one + s.mid + s.to }
func (s scripted) text() string  { return s.words() + " " + s.quote() + " " + s.a }

// second is the other article of the script, titled by the first word.
func (s scripted) second() string { return s.ref + "2" }

// presses counts the characters of a text as people see them: those joined to the
// one before, or only colouring it, need no key of their own.
func presses(s string) int {
	n, joined := 0, false
	for _, r := range s {
		switch {
		case r == 0x200D:
			joined = true
		case r == 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF:
		case joined:
			joined = false
		default:
			n++
		}
	}
	return n
}

// TestEveryScript does by keys, and a tooltip by the mouse, in Latin, Arabic, Chinese and emoji text, what other
// tests do in one or two of them.
func TestEveryScript(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light", "granularity": "character"}`)
	var lines []string
	for _, s := range everyScript {
		for _, a := range [][3]string{{s.ref, s.c, s.text()}, {s.second(), s.a, s.first + s.rest}} {
			line, err := json.Marshal(map[string]string{"id": a[0], "title": a[1], "text": a[2]})
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(line))
		}
	}
	write(t, filepath.Join(d.home, "every.jsonl"), strings.Join(lines, "\n"))
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, filepath.Join(d.home, "every.jsonl"), "--actor", "lede")
	p := d.open()
	for i, s := range everyScript {
		t.Run(s.ref, func(t *testing.T) {
			defer p.on(t)()
			if i > 0 {
				p.goes(s.ref, fmt.Sprintf("#%d", 2*i+1))
			}
			p.run(t, s.ref, s.shaping(p))
			p.run(t, s.ref, s.layers(p))
			p.scene(t, "taken along", s.taken)
			p.scene(t, "as a page", s.page)
			p.scene(t, "other places", s.places)
		})
	}
}

// goTo puts the caret before a phrase.
func (s scripted) goTo(p *program, phrase string) {
	before, _, _ := strings.Cut(p.text(s.ref), phrase)
	p.key("Escape", "Escape", "ctrl+Home")
	if n := presses(before); n > 0 {
		p.key(times(n, s.onward)...)
	}
}

// take selects the first place of a phrase.
func (s scripted) take(p *program, phrase string) {
	s.goTo(p, phrase)
	p.key(times(presses(phrase), "shift+"+s.onward)...)
}

// tipOf rests the pointer on the first span with a label and reads the tooltip.
func (p *program) tipOf(chip string) {
	at := p.see(look{font: bundled("NotoSans-Bold"), size: 8.5, in: "middle"}, chip, 1).middle()
	p.rest(at.Add(point(0, 20)))
	p.see(look{font: plain.font, size: 11, in: "middle"}, "ana", 1)
	p.away()
}

// shaping merges, splits, converts and moves ends.
func (s scripted) shaping(p *program) []step {
	actor := func(parts ...string) string { return p.span(s.ref, "actor", parts...) }
	event := p.span(s.ref, "event", s.b)
	both := actor(s.a + s.sep + s.b)
	return []step{
		{"tag two words", func(p *program) {
			s.take(p, s.a)
			p.key("1")
			s.take(p, s.b)
			p.key("1")
		}, []string{"+" + actor(s.a), "+" + actor(s.b)}},
		{"M merges, after a tooltip", func(p *program) { p.tipOf("ACTOR"); p.key("Tab", "m") }, []string{"-" + actor(s.a), "-" + actor(s.b), "+" + both}},
		{"X splits", func(p *program) { s.goTo(p, s.b); p.key("x") }, []string{"+" + actor(s.a), "+" + actor(s.b), "-" + both}},
		{"undo", func(p *program) { p.key("ctrl+z") }, []string{"-" + actor(s.a), "-" + actor(s.b), "+" + both}},
		{"redo", func(p *program) { p.key("ctrl+y") }, []string{"+" + actor(s.a), "+" + actor(s.b), "-" + both}},
		{"C converts", func(p *program) {
			p.key("Tab", "Tab", "c")
			p.see(plain.within("middle"), "Convert 1 span", 1)
			p.key("Return")
		}, []string{"-" + actor(s.b), "+" + event}},
		{"a third word", func(p *program) { s.take(p, s.c); p.key("1") }, []string{"+" + actor(s.c)}},
		{"what lies apart becomes parts", func(p *program) { p.key("Tab", "shift+m", "m") }, []string{"-" + actor(s.a), "-" + actor(s.c), "+" + actor(s.a, s.c)}},
		{"the part at the caret goes", func(p *program) { p.key("Tab", "shift+u", "minus") }, []string{"-" + actor(s.a, s.c), "+" + actor(s.a)}},
		{"another part is added", func(p *program) {
			p.key("Tab")
			p.key(times(presses(s.words()[:strings.LastIndex(s.words(), s.c)]), s.onward)...)
			p.key(times(presses(s.c), "shift+"+s.onward)...)
			p.key("a")
		}, []string{"-" + actor(s.a), "+" + actor(s.a, s.c)}},
		{"and undone", func(p *program) { p.key("ctrl+z") }, []string{"+" + actor(s.a), "-" + actor(s.a, s.c)}},
		{"Shift+V takes from the end", func(p *program) { p.key("Tab", "shift+v") }, []string{"-" + actor(s.a), "+" + actor(s.last)}},
		{"V gives back", func(p *program) { p.key("Tab", "v") }, []string{"+" + actor(s.a), "-" + actor(s.last)}},
		{"Shift+D takes from the start", func(p *program) { p.key("Tab", "shift+d") }, []string{"-" + actor(s.a), "+" + actor(s.front)}},
		{"[ gives back a character, as selections snap", func(p *program) { p.key("Tab", "bracketleft") }, []string{"+" + actor(s.a), "-" + actor(s.front)}},
		{"Q tags what is in quotation marks", func(p *program) { s.take(p, s.quote()); p.key("q") }, []string{"+" + p.span(s.ref, "quote", s.one, s.to)}},
	}
}

// layers is what is done to spans on top of one another, and to all places alike.
func (s scripted) layers(p *program) []step {
	label := func(label, phrase string) string { return p.span(s.ref, label, phrase) }
	return []step{
		{"a span over others, larger and in focus mode", func(p *program) {
			p.key("F9", "ctrl+plus", "ctrl+plus")
			s.take(p, s.words())
			p.key("5", "ctrl+0", "F9")
		}, []string{"+" + label("place", s.words())}},
		{"U goes outwards, I inwards", func(p *program) {
			s.goTo(p, s.b)
			p.key("u", "u", "6", "i", "4")
		}, []string{"-" + label("place", s.words()), "+" + label("time", s.words()), "-" + label("event", s.b), "+" + label("cue", s.b)}},
		{"Shift+I lists them", func(p *program) {
			s.goTo(p, s.b)
			p.key("shift+i")
			p.see(plain, "2 spans here, the innermost first", 0)
			p.key("Down", "Return", "5")
		}, []string{"-" + label("time", s.words()), "+" + label("place", s.words())}},
		{"O labels all alike", func(p *program) {
			s.take(p, s.a)
			mark := p.mark()
			p.key("o")
			p.waitFor("listed", mark, func(h happening) bool { return h.Places > 1 && h.Ticked > 0 })
			p.key("Return")
			p.wait("labelled", mark)
		}, []string{"+" + p.nth(s.ref, "place", s.a, 2)}},
		{"in one step", func(p *program) { p.key("ctrl+z") }, []string{"-" + p.nth(s.ref, "place", s.a, 2)}},
	}
}

// taken copies words with their citation, and saves a picture of them.
func (s scripted) taken(p *program) {
	s.take(p, s.a)
	p.key("ctrl+shift+c", "shift+n", "ctrl+a", "ctrl+v", "Escape")
	want := fmt.Sprintf("“%s” — %s, characters 0–%d", s.a, s.c, len([]rune(s.a)))
	p.until("the note is "+want, func() bool {
		for _, r := range p.sql("SELECT note FROM v_sets WHERE article = '" + s.ref + "' AND annotator = 'ana'") {
			return r["note"] == want
		}
		return false
	})
	s.take(p, s.words())
	p.command("picture of")
	p.see(heading.sized(18).within("window"), "Picture of the passage", 1)
	words, fills := readSVG(p.t, p.pictured(func() { p.key("Return") }, s.ref+".svg"))
	if words != s.words() || fills != 1 { // the outermost span's: those inside have lines
		p.t.Errorf("the picture says %q and has %d fills", words, fills)
	}
}

// page saves the article as a page and reads it.
func (s scripted) page(p *program) {
	p.key("Escape", "Escape")
	p.command("annotated page")
	p.see(heading.sized(18).within("window"), "Page of the article", 1)
	if got := pageText(p.t, p.pictured(func() { p.key("Return") }, s.ref+".html")); got != s.text() {
		p.t.Errorf("the page says %q", got)
	}
}

// places goes to the other article of the script and back, reads it beside, and
// asks there how a word was coded before.
func (s scripted) places(p *program) {
	s.take(p, s.a)
	p.key("ctrl+c")
	if s.ref == "em" { // the key brings back what was beside: TestBeside has the other scripts
		mark := p.mark()
		p.key("y", "ctrl+v", "Return")
		p.waitFor("beside", mark, func(h happening) bool { return h.Ref == s.second() })
		p.key("y")
	}
	p.reaches(s.second(), func() { p.key("ctrl+p", "ctrl+v", "Return") })
	p.reaches(s.ref, func() { p.key("b") })
	p.reaches(s.second(), func() { p.key("shift+b") })
	p.run(p.t.(*testing.T), s.second(), []step{
		{"sentences", func(p *program) { p.key("g", "shift+"+s.onward, "3", "g", "g") }, []string{"+" + p.span(s.second(), "quote", s.first)}},
	})
	p.key("Escape", "Escape", "ctrl+Home")
	p.key(times(presses(s.a), "shift+"+s.onward)...)
	p.key("w")
	p.see(plain, "Coded before: 1× Actor", 0)
	p.reaches(s.ref, func() { p.key("Return") })
}
