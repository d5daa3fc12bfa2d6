package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// arrests is an article that fits the screen, and all that a coder says of it by the
// news schema.
const arrests = "arrests-1"

const arrestsText = "Police arrested three organisers at the fuel terminal on Wednesday.\n\n" +
	"“Nobody asked us,” said Marit Hagelund. “We want talks.”\n\n" +
	"The dockers plan to strike next week."

const arrestsQuote = "“Nobody asked us,” “We want talks.”"

// arrestsCoded is the whole of it: spans with what their forms hold, relations,
// entities, the article's field and status.
var arrestsCoded = []string{
	`actor “Police” {"kind":"government"}`,
	`actor “three organisers” {}`,
	`event “arrested” {"factuality":"actual","mode":"arrest","type":"COERCE"}`,
	`place “fuel terminal” {}`,
	`time “Wednesday” {"value":"2026-03-04"}`,
	`quote “` + arrestsQuote + `” {"form":"direct"}`,
	`actor “Marit Hagelund” {} is actor Marit Hagelund`,
	`cue “said” {}`,
	`actor “The dockers” {} is actor Dockers of Varno`,
	`event “strike” {"factuality":"future","mode":"strike","type":"PROTEST"}`,
	`time “next week” {}`,
	relation("actor", "arrested", "Police"),
	relation("recipient", "arrested", "three organisers"),
	relation("place", "arrested", "fuel terminal"),
	relation("time", "arrested", "Wednesday"),
	relation("speaker", arrestsQuote, "Marit Hagelund"),
	relation("cue", arrestsQuote, "said"),
	relation("actor", "strike", "The dockers"),
	relation("time", "strike", "next week"),
	`article {"relevance":"relevant"} done`,
}

// codingDesk is a desk with that article alone, and two actors that are known.
func codingDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	line := `{"id":"` + arrests + `","title":"Arrests at the terminal","published":"2026-03-06","text":"` + strings.ReplaceAll(arrestsText, "\n", `\n`) + `"}`
	write(t, filepath.Join(d.home, "articles.jsonl"), line+"\n")
	write(t, filepath.Join(d.home, "actors.csv"), "kind,name,aliases\nactor,Dockers of Varno,the dockers|dock workers\nactor,Marit Holm,\n")
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, filepath.Join(d.home, "articles.jsonl"), "--actor", "lede")
	d.cli("entities", d.project, "--import", filepath.Join(d.home, "actors.csv"), "--actor", "lede")
	return d
}

// coded is what the project says of the article now, in the words of arrestsCoded.
func (d *desk) coded() []string {
	d.t.Helper()
	var lines []string
	for _, r := range d.sql(`SELECT s.label, s.text, coalesce(s.attributes, '{}') AS attributes, e.kind, e.name FROM v_spans s
		LEFT JOIN entity e ON e.id = (SELECT entity FROM span WHERE span.id = s.id) WHERE s.article = '` + arrests + `'`) {
		line := r["label"].(string) + " “" + r["text"].(string) + "” " + r["attributes"].(string)
		if r["name"] != nil {
			line += " is " + r["kind"].(string) + " " + r["name"].(string)
		}
		lines = append(lines, line)
	}
	lines = append(lines, d.links(arrests)...)
	for _, r := range d.sql(`SELECT coalesce(fields, '{}') AS fields, status FROM v_sets WHERE article = '` + arrests + `'`) {
		lines = append(lines, "article "+r["fields"].(string)+" "+r["status"].(string))
	}
	return lines
}

// codes does a part of the work, waits until it is in the file, and says what it cost.
func (p *program) codes(what string, do func(), more ...string) {
	p.t.Helper()
	keys, mouse := p.keys, p.mouse
	do()
	p.until("the file has "+strings.Join(more, ", "), func() bool {
		left := difference(p.coded(), more)
		return !strings.Contains("\n"+strings.Join(left, "\n"), "\n+")
	})
	p.t.Logf("%-34s %3d keys, %2d mouse actions", what, p.keys-keys, p.mouse-mouse)
}

// sum says what the whole article cost.
func (p *program) sum() {
	p.t.Helper()
	if diff := difference(arrestsCoded, p.coded()); len(diff) > 0 {
		p.t.Fatalf("the article is not coded as it should be:\n  %s\nSee %s", strings.Join(diff, "\n  "), keep(p.t, "coded", p.picture()))
	}
	const spans, relations, attributes, entities = 11, 8, 9, 2
	p.t.Logf("the article: %d keys, %d mouse actions, %.1f a span: %d spans, %d relations, %d attributes, %d entities, a field, the status",
		p.keys, p.mouse, float64(p.keys+p.mouse)/spans, spans, relations, attributes, entities)
}

// TestCodingByKeyboard codes an article fully by the news schema, by keys alone.
func TestCodingByKeyboard(t *testing.T) {
	t.Parallel()
	p := codingDesk(t).open()
	p.word("Hagelund.")
	p.codes("arrested", func() {
		p.key("ctrl+Home", "ctrl+Right", "ctrl+Right", "ctrl+shift+Left", "2")
	}, "event “arrested” {}")
	p.codes("its actor", func() { p.key("ctrl+1", "Left", "Return") }, "actor “Police” {}", relation("actor", "arrested", "Police"))
	p.codes("its recipient", func() { p.key("ctrl+2", "Right", "shift+Right", "Return") }, relation("recipient", "arrested", "three organisers"))
	p.codes("its place", func() { p.key(append(append([]string{"ctrl+3"}, times(5, "Right")...), "shift+Right", "Return")...) },
		relation("place", "arrested", "fuel terminal"))
	p.codes("its time", func() { p.key(append(append([]string{"ctrl+4"}, times(8, "Right")...), "Return")...) },
		relation("time", "arrested", "Wednesday"))
	p.codes("its type, mode, factuality", func() {
		p.key("F2")
		p.typed("coe")
		p.key("Return", "2", "1", "Escape")
	}, arrestsCoded[2])
	p.codes("what kind of actor", func() {
		p.key("shift+Tab", "F2", "3", "Escape")
	}, arrestsCoded[0])
	p.codes("the day", func() {
		p.key("Tab", "Tab", "Tab", "Tab", "F2", "Return", "Escape")
	}, arrestsCoded[4])
	p.codes("a quote in two parts", func() {
		p.key("Escape", "Escape", "ctrl+Home", "Down", "Down", "Home", "shift+End", "q", "3")
	}, "quote “"+arrestsQuote+"” {}")
	p.codes("its form", func() { p.key("F2", "1", "Escape") }, arrestsCoded[5])
	p.codes("its cue", func() { p.key("ctrl+2", "Right", "Return") }, relation("cue", arrestsQuote, "said"))
	p.codes("its speaker", func() { p.key("ctrl+1", "Right", "Right", "shift+Right", "Return") },
		relation("speaker", arrestsQuote, "Marit Hagelund"))
	p.codes("strike", func() {
		p.key(append(append([]string{"Escape", "ctrl+End"}, times(3, "ctrl+Left")...), "ctrl+shift+Right", "2")...)
	}, "event “strike” {}")
	p.codes("its time", func() { p.key("ctrl+4", "Right", "shift+Right", "Return") }, relation("time", "strike", "next week"))
	p.codes("its actor", func() { p.key("ctrl+1", "Left", "Left", "Left", "shift+Left", "Return") }, relation("actor", "strike", "The dockers"))
	p.codes("its type, mode, factuality", func() {
		p.key("F2")
		p.typed("pro")
		p.key("Return", "3", "3", "Escape")
	}, arrestsCoded[9])
	p.codes("who the dockers are", func() { p.key("shift+Tab", "shift+o", "Return") }, arrestsCoded[8])
	p.codes("who the speaker is", func() { p.key("shift+Tab", "shift+o", "Return") }, arrestsCoded[6])
	p.codes("the article is relevant, and done", func() { p.key("shift+f", "1", "Escape", "Escape", "ctrl+shift+Return") },
		arrestsCoded[len(arrestsCoded)-1])
	p.sum()
	if p.mouse > 0 {
		t.Errorf("the mouse was used %d times", p.mouse)
	}
}

// TestCodingByMouse codes the same article by the mouse alone.
func TestCodingByMouse(t *testing.T) {
	t.Parallel()
	p := codingDesk(t).open()
	side := plain.within("right")
	button := func(label string) { p.click(p.see(plain.within("article"), label, 1).middle(), 1) } // at the selection
	role := func(name string) { p.click(p.still(side, "+ "+name).middle(), 1) }
	words := func(from, to string) { p.drag(p.word(from).left(), p.word(to).right()) }
	choose := func(field, value string) {
		at := p.still(side, field).left().Add(point(160, 0))
		p.click(at, 1)
		p.click(p.seeBelow(at.Add(point(0, 140)), side, value).middle(), 1)
	}
	p.codes("arrested", func() {
		p.click(p.still(reading, "arrested").middle(), 2)
		button("Event")
	}, "event “arrested” {}")
	p.codes("its actor", func() {
		role("actor")
		p.click(p.word("Police").middle(), 2)
	}, relation("actor", "arrested", "Police"))
	p.codes("its recipient", func() {
		role("recipient")
		words("three", "organisers")
	}, relation("recipient", "arrested", "three organisers"))
	p.codes("its place", func() {
		role("place")
		words("fuel", "terminal")
	}, relation("place", "arrested", "fuel terminal"))
	p.codes("its time", func() {
		role("time")
		p.click(p.word("Wednesday.").left().Add(point(20, 0)), 2)
	}, relation("time", "arrested", "Wednesday"))
	p.codes("its type, mode, factuality", func() {
		choose("Type", "Coerce")
		choose("Mode", "Arrest")
		choose("Factuality", "Happened")
	}, arrestsCoded[2])
	p.codes("what kind of actor", func() {
		p.click(p.word("Police").middle(), 1)
		choose("Kind", "Government or state")
	}, arrestsCoded[0])
	p.codes("the day", func() {
		p.click(p.word("Wednesday.").left().Add(point(20, 0)), 1)
		choose("Date", "2026-03-04")
	}, arrestsCoded[4])
	p.codes("a quote in two parts", func() {
		words("“Nobody", "talks.”")
		button("“…” only")
	}, "quote “"+arrestsQuote+"” {}")
	p.codes("its form", func() { p.click(p.see(pill, "Direct", 0).middle(), 1) }, arrestsCoded[5])
	p.codes("its cue", func() {
		role("cue")
		p.click(p.word("said").middle(), 2)
	}, relation("cue", arrestsQuote, "said"))
	p.codes("its speaker", func() {
		role("speaker")
		p.drag(p.word("Marit").left(), p.word("Hagelund.").right().Sub(point(12, 0)))
	}, relation("speaker", arrestsQuote, "Marit Hagelund"))
	p.codes("strike", func() {
		p.click(p.word("strike").middle(), 2)
		button("Event")
	}, "event “strike” {}")
	p.codes("its actor", func() {
		role("actor")
		words("The", "dockers")
	}, relation("actor", "strike", "The dockers"))
	p.codes("its time", func() {
		role("time")
		p.drag(p.word("next").left(), p.word("week.").right().Sub(point(12, 0)))
	}, relation("time", "strike", "next week"))
	p.codes("its type, mode, factuality", func() {
		choose("Type", "Protest")
		choose("Mode", "Strike")
		choose("Factuality", "Planned or announced")
	}, arrestsCoded[9])
	keep(t, "coding", p.picture())
	p.codes("who the dockers are", func() {
		p.click(p.word("dockers").middle(), 1)
		p.click(p.still(side, "Dockers of Varno").middle(), 1)
	}, arrestsCoded[8])
	p.codes("who the speaker is", func() {
		p.click(p.word("Marit").middle(), 1)
		p.click(p.still(side, "New actor").middle(), 1)
	}, arrestsCoded[6])
	p.codes("the article is relevant, and done", func() {
		p.click(p.still(side, "Article").middle(), 1)
		p.click(p.see(pill, "Relevant", 0).middle(), 1)
		p.click(p.see(pill, "done", 0).middle(), 1)
	}, arrestsCoded[len(arrestsCoded)-1])
	p.sum()
	if p.keys > 0 {
		t.Errorf("%d keys were pressed", p.keys)
	}
}
