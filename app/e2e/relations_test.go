package e2e

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// overlay is how the labels of arcs and of ends out of sight are written.
var overlay = look{font: bundled("NotoSans-Regular"), size: 11, in: "middle"}

// links lists the relations of an article as "type: from → to", with the texts of
// their ends.
func (d *desk) links(ref string) []string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf(`SELECT r.type, f.text AS source, t.text AS target FROM v_relations r
		JOIN v_spans f ON f.id = r.from_span JOIN v_spans t ON t.id = r.to_span WHERE r.article = '%s'`, ref))
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = relation(r["type"].(string), r["source"].(string), r["target"].(string))
	}
	slices.Sort(lines)
	return lines
}

func relation(kind, from, to string) string { return fmt.Sprintf("%s: %s → %s", kind, from, to) }

// relates does something and waits until the relations of an article have changed
// by what is wanted; the spans may not change.
func (p *program) relates(ref string, do func(), want ...string) {
	p.t.Helper()
	before, spans := p.links(ref), p.spans(ref)
	do()
	slices.Sort(want)
	long := patience
	if len(want) == 0 {
		long = time.Second
	}
	var got []string
	for end := time.Now().Add(long); ; time.Sleep(30 * time.Millisecond) {
		got = difference(before, p.links(ref))
		if time.Now().After(end) || (len(want) > 0 && slices.Equal(got, want)) {
			break
		}
	}
	if !slices.Equal(got, want) {
		where := keep(p.t, "unexpected", p.picture())
		p.t.Fatalf("the relations of %s changed by\n  %s\nnot by\n  %s\nSee %s", ref, strings.Join(got, "\n  "), strings.Join(want, "\n  "), where)
	}
	if changed := difference(spans, p.spans(ref)); len(changed) > 0 {
		p.t.Fatalf("spans changed as well: %v", changed)
	}
}

// chip is where the label of a span stands that begins with a word; rtl for text
// from right to left.
func chip(word spot, rtl bool) image.Point {
	if rtl {
		return word.right().Add(point(-8, -20))
	}
	return word.left().Add(point(8, -20))
}

const varnoQuote = "“We were offered the same page with a new date on it,” “Nobody goes back until that page is signed.”"

// TestRelationsByDrag drags from label to label.
func TestRelationsByDrag(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	talks := chip(p.word("talks"), false)
	varnoAt, monday := chip(p.word("VARNO"), false), chip(p.word("Monday"), false)
	p.relates(varno, func() { p.drag(talks, varnoAt) }, // one type fits: no question
		"+"+relation("place", "talks", "VARNO"))
	p.relates(varno, func() { p.drag(varnoAt, talks) }) // the same from the other end: it is there
	p.waitFor("hint", 0, func(h happening) bool { return h.Title == "They are related already" })
	p.relates(varno, func() { p.drag(varnoAt, monday) })
	p.waitFor("hint", 0, func(h happening) bool { return h.Title == "No relation is offered" })

	quote, workers := chip(p.word("“We"), false), chip(p.word("4,000"), false)
	p.relates(varno, func() {
		p.drag(workers, quote) // several fit, all the other way round
		p.see(plain, "Which relation? Type a part, or its number", 1)
		p.key("3")
	}, "+"+relation("about", varnoQuote, "4,000 dock workers"))
}

// TestRelationsByClick chooses arcs and uses the inspector.
func TestRelationsByClick(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.relates(varno, func() { // the chosen span's arcs have labels: one is chosen and deleted
		p.click(p.word("walked").middle(), 1)
		p.click(p.see(overlay, "place", 0).middle(), 1)
		p.see(plain.within("right"), "Delete relation", 0)
		p.key("Delete")
	}, "-"+relation("place", "walked out", "Varno’s eastern harbour"))
	p.relates(varno, func() { p.key("ctrl+z") }, "+"+relation("place", "walked out", "Varno’s eastern harbour"))
	p.relates(varno, func() { // undo has chosen it again; the inspector deletes it
		p.click(p.still(plain.within("right"), "Delete relation").middle(), 1)
	}, "-"+relation("place", "walked out", "Varno’s eastern harbour"))

	p.relates(varno, func() { // the inspector's button looks for the other end in the text
		p.key("Escape", "Escape", "Escape")
		p.click(p.word("talks").middle(), 1)
		p.click(p.seeBelow(inspector, plain.within("right"), "+ time").middle(), 1)
		p.click(p.word("Monday").middle(), 1)
	}, "+"+relation("time", "talks", "Monday"))
}

// TestRelationsByKeyboard relates by hints: the nearest possible end has A, the
// next S.
func TestRelationsByKeyboard(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(varno)
	p.key("Tab", "Tab", "Tab", "Tab", "Tab", "Tab") // VARNO, workers, walked out, harbour, Monday, talks
	p.relates(varno, func() { p.key("r", "s") }, "+"+relation("time", "talks", "Monday"))
	p.relates(varno, func() { p.key("r", "Escape", "a") })
	p.relates(varno, func() {
		p.key("r", "a") // several types lead to the port authority: it asks
		p.see(plain, "recipient: the port authority", 1)
		p.key("1")
	}, "+"+relation("recipient", "talks", "the port authority"))
	p.relates(varno, func() { p.key("ctrl+z") }, "-"+relation("recipient", "talks", "the port authority"))
	p.key("Escape", "Escape", "shift+r") // all relations are drawn, and that is remembered
	p.quit()
	settings, err := os.ReadFile(filepath.Join(d.home, "config", "settings.json"))
	if err != nil || !strings.Contains(string(settings), `"relations": true`) {
		t.Errorf("the settings are %s (%v)", settings, err)
	}
}

// TestRelationsInOtherScripts relates in Arabic by drag and by key, and in Chinese.
func TestRelationsInOtherScripts(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	const sahil, haiwan = "sahil-1", "haiwan-1"
	p.openArticle(sahil)
	strike, time := p.see(arabic, "إضراب", 1), p.see(arabic, "الثلاثاء", 1)
	p.relates(sahil, func() { p.drag(chip(strike, true), chip(time, true)) },
		"+"+relation("time", "إضراب", "الثلاثاء"))
	p.openArticle(haiwan)
	p.key("ctrl+Home")
	han := p.chinese("四千名码头工人")
	workers := p.see(han, "四千名码头工人", 1)
	p.becomes(haiwan, func() {
		p.key("g") // characters
		p.drag(workers.left(), workers.right())
		p.key("1")
	}, "+"+d.span(haiwan, "actor", "四千名码头工人"))
	anchored := p.see(han, "抛锚", 1)
	p.becomes(haiwan, func() {
		p.drag(anchored.left(), anchored.right())
		p.key("2")
	}, "+"+d.span(haiwan, "event", "抛锚"))
	p.relates(haiwan, func() {
		p.key("r", "a")
		p.see(plain, "Which relation? Type a part, or its number", 1)
		p.key("2")
	}, "+"+relation("recipient", "抛锚", "四千名码头工人"))
}

// TestRelationsOutOfSight relates to what is far away, and goes there and back by
// the labels at the edges.
func TestRelationsOutOfSight(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	const ref = "eastline-1"
	p.openArticle(ref)
	p.key("ctrl+End")
	p.click(p.seeBelow(point(640, 400), reading, "promised").middle(), 1)
	p.relates(ref, func() {
		p.key("r", "Home") // scrolls while the other end is looked for
		p.click(p.see(reading, "HALDEN", 0).middle(), 1)
	}, "+"+relation("place", "promised", "HALDEN"))
	p.away()
	p.click(p.see(overlay, "promised", 0).middle(), 1)
	p.vanished(reading, "HALDEN")
	p.see(reading, "promised", 0)
	p.away()
	p.click(p.see(overlay, "HALDEN", 0).middle(), 1)
	p.see(reading, "HALDEN", 0)
	p.vanished(reading, "promised")
}
