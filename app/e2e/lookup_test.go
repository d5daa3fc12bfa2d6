package e2e

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// nth is the line of a span of ana's over the nth place of a phrase, from 1.
func (d *desk) nth(ref, label, phrase string, n int) string {
	d.t.Helper()
	text, from := d.text(ref), 0
	for range n - 1 {
		from += strings.Index(text[from:], phrase) + len(phrase)
	}
	i := strings.Index(text[from:], phrase)
	if i < 0 {
		d.t.Fatalf("article %s has “%s” less than %d times", ref, phrase, n)
	}
	start := utf8.RuneCountInString(text[:from+i])
	return line("ana", label, fmt.Sprintf("[[%d,%d]]", start, start+utf8.RuneCountInString(phrase)), phrase, "")
}

// found waits until the find bar says something after a mark.
func (p *program) found(mark int, words string) {
	p.t.Helper()
	p.waitFor("found", mark, func(h happening) bool { return strings.Contains(h.Name, words) })
}

// find opens the find bar by key and looks for words.
func (p *program) find(words, says string) {
	p.t.Helper()
	p.key("ctrl+f", "ctrl+a")
	mark := p.mark()
	p.typed(words)
	p.found(mark, says)
}

// TestFindInTheArticle finds, walks and labels, by keys and by mouse.
func TestFindInTheArticle(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.run(t, courier, []step{
		{
			"keys: find, walk on, label",
			func(p *program) {
				p.find("vold", "1 of 2")
				mark := p.mark()
				p.key("F3")
				p.found(mark, "2 of 2")
				p.key("Escape", "1")
			},
			[]string{"+" + d.nth(courier, "actor", "Vold", 2)},
		},
		{
			"keys: around the end and back",
			func(p *program) {
				p.find("vold", "1 of 2")
				mark := p.mark()
				p.key("Return", "Return")
				p.found(mark, "1 of 2 Went on from the start")
				p.key("shift+Return")
				p.found(mark, "2 of 2 Went on from the end")
				p.key("ctrl+g", "Escape", "2")
			},
			[]string{"+" + d.nth(courier, "event", "Vold", 1)},
		},
		{
			"mouse: the menu, whole words, the label's button",
			func(p *program) {
				p.click(p.see(plain.within("window"), "Edit", 1).middle(), 1)
				p.click(p.see(plain.within("window"), "Find in the article", 1).middle(), 1)
				p.key("ctrl+a")
				mark := p.mark()
				p.typed("order")
				p.found(mark, "1 of 2")
				mark = p.mark()
				p.click(p.see(plain.sized(12).within("middle"), "Word", 1).middle(), 1)
				p.found(mark, "1 of 1")
				p.click(p.see(plain.within("bar"), "Event", 1).middle(), 1)
				p.key("Escape")
			},
			[]string{"+" + d.nth(courier, "event", "order", 2)},
		},
		{
			"a regular expression, at first a broken one",
			func(p *program) {
				p.key("ctrl+f", "ctrl+shift+r", "ctrl+shift+w")
				p.find("(halima", "“(” is never closed (character 1)")
				mark := p.mark()
				p.typed(") n\\w+")
				p.found(mark, "1 of 1")
				p.key("ctrl+shift+r", "Escape", "1")
			},
			[]string{"+" + d.span(courier, "actor", "Halima Nurmagambetova")},
		},
	})
}

// TestFindInScripts fills the bar with a selection, in Arabic, in Chinese, and
// finds emoji whole.
func TestFindInScripts(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle("sahil-1")
	p.run(t, "sahil-1", []step{{
		"Arabic",
		func(p *program) {
			p.over(p.see(arabic, "الصفحة", 1)) // a double click on a span may come apart on a busy machine
			mark := p.mark()
			p.key("ctrl+f")
			p.found(mark, "1 of 2")
			p.key("F3", "Escape", "2")
		},
		[]string{"+" + d.nth("sahil-1", "event", "الصفحة", 2)},
	}})
	p.openArticle("haiwan-1")
	han := p.chinese("防波堤")
	p.run(t, "haiwan-1", []step{{
		"Chinese",
		func(p *program) {
			p.key("g")
			at := p.see(han, "码头", 1)
			p.drag(at.left(), at.right())
			mark := p.mark()
			p.key("ctrl+f")
			p.found(mark, "1 of 4")
			p.key("F3", "Escape", "5", "g", "g")
		},
		[]string{"+" + d.nth("haiwan-1", "place", "码头", 2)},
	}})
	p.openArticle("eastline-1")
	p.run(t, "eastline-1", []step{{
		"emoji",
		func(p *program) {
			p.key("ctrl+f", "ctrl+shift+r")
			p.find(`\p{So}`, "1 of ")
			p.key("ctrl+shift+r", "Escape", "6")
		},
		[]string{"+" + d.span("eastline-1", "time", "⚓️")},
	}})
}

// rules are how many spans came of rules, and in how many articles.
func (d *desk) rules() string {
	d.t.Helper()
	r := d.sql("SELECT count(*) AS n, count(DISTINCT article) AS articles FROM v_spans WHERE origin = 'rule'")[0]
	return fmt.Sprintf("%v in %v", r["n"], r["articles"])
}

func (p *program) listed(mark, places, ticked int) {
	p.t.Helper()
	p.waitFor("listed", mark, func(h happening) bool { return h.Places == places && h.Ticked == ticked })
}

// TestLabelAll labels all places like a selection in the project, by keys, and like
// a span in the article, by mouse; each is one step.
func TestLabelAll(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)

	p.find("port authority", "1 of 2")
	mark := p.mark()
	p.key("Escape", "o")
	p.listed(mark, 2, 2)
	mark = p.mark()
	p.key("Tab", "Tab", "space") // the whole project
	p.listed(mark, 5, 3)         // two lie in spans of their own
	mark = p.mark()
	p.key("shift+Tab", "shift+Tab", "Home", "space") // all of the first article
	p.listed(mark, 5, 2)
	p.key("space", "Return")
	p.wait("labelled", mark)
	if got, want := d.rules(), "4 in 2"; got != want {
		t.Errorf("spans by a rule: %s, not %s", got, want)
	}
	last := d.sql("SELECT title, cause, actor FROM change ORDER BY position DESC LIMIT 1")[0]
	if got := fmt.Sprint(last["title"], ", ", last["cause"], ", ", last["actor"]); got != "Tag 4 × “port authority” as Actor, rule, ana" {
		t.Errorf("the step is %s", got)
	}
	mark = p.mark()
	p.key("ctrl+z")
	p.wait("undo", mark)
	if got := d.rules(); got != "0 in 0" {
		t.Errorf("after one undo: %s", got)
	}

	const ref = "sahil-1"
	p.openArticle(ref)
	p.key("ctrl+Home")
	at := p.see(arabic, "وقال", 1).middle()
	p.drag(at, at.Add(point(8, 0)))
	p.key("4")
	mark = p.mark()
	p.click(p.see(plain.within("right"), "Label all like this…", 1).middle(), 1)
	h := p.waitFor("listed", mark, func(h happening) bool { return h.Places > 0 })
	p.click(p.see(plain, fmt.Sprintf("Label %d as Cue", h.Ticked), 1).middle(), 1)
	p.wait("labelled", mark)
	if got, want := d.rules(), fmt.Sprintf("%d in 1", h.Ticked); got != want || h.Ticked == 0 {
		t.Errorf("in Arabic: %s, not %s", got, want)
	}
	for _, row := range d.sql("SELECT text, label FROM v_spans WHERE origin = 'rule'") {
		if row["text"] != "وقال" || row["label"] != "cue" {
			t.Errorf("in Arabic: %v", row)
		}
	}
}
