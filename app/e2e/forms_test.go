package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// pill is how a choice that shows is written.
var (
	pill = look{font: bundled("NotoSans-Regular"), size: 12, in: "right"}
	side = plain.within("right")
)

// attributes are those of the only span of ana's with a text, as JSON.
func (d *desk) attributes(text string) string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf(`SELECT coalesce(attributes, '{}') AS a FROM v_spans WHERE article = '%s' AND annotator = 'ana' AND text = '%s'`, varno, text))
	if len(rows) != 1 {
		return fmt.Sprintf("%d spans", len(rows))
	}
	return rows[0]["a"].(string)
}

// gets does something and waits until a span's attributes are what is wanted.
func (p *program) gets(text, want string, do func()) {
	p.t.Helper()
	do()
	for end := time.Now().Add(patience); p.attributes(text) != want; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("“%s” has %s, not %s. See %s", text, p.attributes(text), want, keep(p.t, "attributes", p.picture()))
		}
	}
}

// tags looks for words by keys and gives them the label of a key.
func (p *program) tags(words, key string) {
	p.t.Helper()
	p.key("Escape", "Escape", "ctrl+Home")
	p.find(words, "1 of 1")
	mark := p.mark()
	p.key("Escape", key)
	p.saved(mark)
}

// TestFormByKeys fills in events without the mouse.
func TestFormByKeys(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.word("VARNO")
	mouse := p.mouse
	strike := `{"factuality":"actual","mode":"strike","type":"PROTEST"}`
	p.tags("regretted", "2")
	keys := p.keys
	p.gets("regretted", strike, func() { p.key("F2", "p", "Return", "3", "1", "Escape") })
	t.Logf("type, mode and factuality of an event: %d keys", p.keys-keys)

	p.tags("stood until", "2")
	p.gets("stood until", strike, func() { p.key("shift+t") })
	all := `{"context":["economic","human_rights"],"factuality":"future","mode":"strike","type":"PROTEST"}`
	p.gets("stood until", all, func() {
		p.key("F2") // what is empty: the context
		p.typed("econ")
		p.key("Return")
		p.typed("human")
		p.key("Return", "shift+Tab", "3", "Escape")
	})
	p.gets("stood until", strings.Replace(all, "PROTEST", "AGREE", 1), func() { // the mode stays, though it does not apply
		p.key("F2", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab")
		p.typed("agr")
		p.key("Tab")
		p.see(small.within("right"), "Not with Type Agree", 0)
		p.key("Escape")
	})

	p.gets("stood until", `{"context":["economic","human_rights"],"factuality":"negated","mode":"strike","type":"AGREE"}`, func() {
		p.key("shift+c") // all events, of which two are talks and a walkout
		p.see(side.sized(14), "4 spans are chosen", 0)
		p.key("F2")
		p.see(side, "From…", 0) // the first that none of them has
		p.key("shift+Tab", "shift+Tab", "5", "Escape")
	})
	p.gets("stood until", `{"context":["economic","human_rights"],"factuality":"future","mode":"strike","type":"AGREE"}`, func() { p.key("ctrl+z") })
	if got := p.attributes("regretted"); got != strike {
		t.Errorf("one step back “regretted” has %s", got)
	}
	if p.mouse != mouse {
		t.Errorf("the mouse was used %d times", p.mouse-mouse)
	}
}

// TestDatesAndKeptValuesByKeys takes a proposed date and keeps a value for the next
// spans.
func TestDatesAndKeptValuesByKeys(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.word("VARNO")
	mouse := p.mouse
	p.tags("Tuesday evening", "6")
	p.gets("Tuesday evening", `{"value":"2026-03-03"}`, func() { p.key("F2", "Return") })
	p.tags("next week", "6")
	p.gets("next week", `{"value":"2026-03"}`, func() {
		p.key("F2")
		p.see(side, "2026-03-09", 0)
		p.typed("2026-03")
		p.key("Return")
	})

	future := `{"factuality":"future"}`
	p.tags("regretted", "2")
	p.gets("regretted", future, func() {
		p.key("F2", "Tab", "3", "Escape") // no mode without a type
		p.key("shift+F2")
		p.see(plain.within("middle"), "Factuality: Planned or announced", 0)
		p.key("Return")
	})
	p.gets("broke down", future, func() { p.tags("broke down", "2") })
	if p.mouse != mouse {
		t.Errorf("the mouse was used %d times", p.mouse-mouse)
	}
	p.quit()
	p = d.open() // what is kept is kept
	p.word("VARNO")
	p.gets("accept a mediator", future, func() { p.tags("accept a mediator", "2") })
	p.gets("shortages", "{}", func() {
		p.key("shift+F2", "Return") // let go
		p.tags("shortages", "2")
	})
	if p.mouse > 0 {
		t.Errorf("the mouse was used %d times", p.mouse)
	}
}

// TestGuidelines reads the guidelines of the label at hand and searches them, by keys
// and by mouse.
func TestGuidelines(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.word("VARNO")
	bold := strong.within("right")
	p.scene(t, "before tagging: the armed label", func(p *program) {
		p.key("shift+2", "shift+g")
		p.see(bold, "The word that says most clearly what", 0)
		p.key("Escape") // back to the list
		p.see(bold, "Cue", 0)
		p.key("Escape", "Escape")
	})
	p.scene(t, "found by keys", func(p *program) {
		p.key("shift+g")
		p.typed("scare")
		p.vanished(side, "Mark the words that stand for a person, a")
		p.key("BackSpace", "BackSpace", "BackSpace", "BackSpace", "BackSpace")
		p.typed("titles of works")
		p.key("Return")
		p.see(bold, "What somebody said, wrote, thinks or", 0)
		keep(p.t, "guide", p.picture())
		p.key("Down")
		p.see(bold, "The words that attribute a quote.", 0)
		p.key("Return") // the guidelines stay beside the text
		p.key("Escape", "Tab", "4")
		p.see(bold, "The words that attribute a quote.", 0)
		p.key("ctrl+z")
	})
	p.scene(t, "by mouse", func(p *program) {
		p.key("Escape", "Escape")
		p.click(p.word("walked").middle(), 1)
		p.see(bold, "The word that says most clearly what", 0) // they follow the chosen span
		p.click(p.still(side, "Article").middle(), 1)
		p.see(side, "Genre", 0)
		p.click(p.still(side, "Guide").middle(), 1)
		p.see(bold, "The word that says most clearly what", 0)
		p.click(p.see(side, "Search all guidelines…", 0).middle(), 1)
		p.typed("hunger strike")
		p.click(p.still(side, "Hunger").middle(), 1)
		p.see(bold, "The word that says most clearly what", 0)
	})
}

// TestFormByMouse fills in, keeps, lets go and removes without a key.
func TestFormByMouse(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	field := func(title string) { p.click(p.still(side, title).left().Add(point(160, 0)), 1) }
	option := func(title string) { p.click(p.still(side, title).middle(), 1) }
	keys := p.keys
	p.gets("walked out", `{"factuality":"negated","mode":"strike","type":"PROTEST"}`, func() {
		p.click(p.word("walked").middle(), 1)
		field("Factuality")
		option("Did not happen")
	})
	p.gets("walked out", `{"factuality":"negated","mode":"strike","type":"AGREE"}`, func() {
		field("Type")
		p.wheel(p.still(side, "Reject").middle(), -6) // the list begins at the value that it has
		option("Agree")
	})
	p.gets("walked out", `{"factuality":"negated","type":"AGREE"}`, func() {
		p.click(p.see(small.within("right"), "Not with Type Agree", 0).left().Add(point(146, 0)), 1)
	})
	p.gets("walked out", `{"context":["legal"],"factuality":"negated","generic":true,"type":"AGREE"}`, func() {
		p.click(p.seeBelow(inspector, side, "Not a particular").left().Add(point(120, 8)), 1)
		field("Context")
		option("Election")
		option("Legal")
		option("Election") // once more takes it out again
		p.click(p.word("Adeyemi-Lund").middle(), 1)
	})
	quote := varnoQuote
	p.gets(quote, strings.Replace(p.attributes(quote), "direct", "indirect", 1), func() {
		p.click(p.word("same").middle(), 1)
		p.click(p.see(pill, "Indirect", 0).middle(), 1)
	})
	p.gets("talks", `{"factuality":"negated","type":"CONSULT"}`, func() { // kept for the next: the name is pressed
		p.click(p.word("walked").middle(), 1)
		p.click(p.still(side, "Factuality").middle(), 1)
		p.click(p.word("VARNO").middle(), 1)
		p.click(p.word("talks").middle(), 1)
		field("Factuality")
		option("Did not happen")
	})
	p.gets("shortages", `{"factuality":"negated"}`, func() {
		p.click(p.seeBelow(point(600, 400), reading, "shortages").middle(), 2)
		p.click(p.see(plain.within("bar"), "Event", 1).middle(), 1)
	})
	if p.keys != keys {
		t.Errorf("%d keys were pressed", p.keys-keys)
	}
}
