package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// marchLines are three articles on one march, with spans of ana's that point at
// nobody yet.
const marchLines = `{"id":"one","title":"Monday","text":"Ilse Brandvik led the march on Friday. Brandvik thanked the crowd. She waved.","annotator":"ana","status":"in_progress","spans":[{"id":"a1","label":"actor","start":0,"end":13},{"id":"e1","label":"event","start":22,"end":27},{"id":"a2","label":"actor","start":39,"end":47},{"id":"a3","label":"actor","start":67,"end":70}]}
{"id":"two","title":"Tuesday","text":"Thousands marched in Lumen, said the mayor.","annotator":"ana","status":"in_progress","spans":[{"id":"e2","label":"event","start":10,"end":17},{"id":"p2","label":"place","start":21,"end":26}]}
{"id":"three","title":"Wednesday","text":"A protest in Lumen drew Brandvik, and Brandvik spoke.","annotator":"ana","status":"in_progress","spans":[{"id":"e3","label":"event","start":2,"end":9},{"id":"p3","label":"place","start":13,"end":18},{"id":"a4","label":"actor","start":24,"end":32},{"id":"a5","label":"actor","start":38,"end":46}]}
`

const peopleList = `kind,name,aliases,country,geonames,lat,lon
place,Lumen,Lümen,NOR,77,59.5,10.25
place,Lumen Bay,,NOR,,,
actor,Tomas Lumen,,SWE,,,
actor,Ilse Brandvik,the union leader,NOR,,,
`

// entityDesk is a desk with the articles on the march.
func entityDesk(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	write(t, filepath.Join(d.home, "march.jsonl"), marchLines)
	write(t, filepath.Join(d.home, "people.csv"), peopleList)
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, filepath.Join(d.home, "march.jsonl"), "--actor", "lede")
	return d
}

// pointing lists what points where, as "one: march → March".
func (d *desk) pointing() string {
	d.t.Helper()
	var lines []string
	for _, r := range d.sql("SELECT article, text, entity FROM v_spans WHERE entity IS NOT NULL") {
		lines = append(lines, fmt.Sprintf("%s: %s → %s", r["article"], r["text"], r["entity"]))
	}
	return strings.Join(lines, "\n")
}

// points does something and waits until spans point as is wanted.
func (p *program) points(do func(), want ...string) {
	p.t.Helper()
	do()
	all := strings.Join(want, "\n")
	for end := time.Now().Add(patience); p.pointing() != all; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("it points\n%s\nnot\n%s\nSee %s", p.pointing(), all, keep(p.t, "pointing", p.picture()))
		}
	}
}

// TestEntitiesByKeys makes one event of three articles, and one person of four
// mentions, without the mouse.
func TestEntitiesByKeys(t *testing.T) {
	t.Parallel()
	d := entityDesk(t)
	p := d.open()
	p.openArticle("one")
	p.word("thanked")
	mouse := p.mouse
	p.key("Escape")
	var want []string
	link := func(added []string, keys ...string) {
		t.Helper()
		want = append(want, added...)
		p.points(func() { p.key(keys...) }, want...)
	}
	link([]string{"one: Ilse Brandvik → Ilse Brandvik"}, "Tab", "shift+o", "Return") // a new one
	p.key("Tab", "shift+o")
	p.typed("The Friday march")
	link([]string{"one: march → The Friday march"}, "Return")
	keys := p.keys
	link([]string{"one: Brandvik → Ilse Brandvik"}, "Tab", "shift+o", "Return") // a part of the name
	t.Logf("linking a span to the entity that is proposed: %d keys", p.keys-keys-1)
	link([]string{"one: She → Ilse Brandvik"}, "Tab", "shift+o", "Return") // mentioned before
	p.openArticle("two")
	p.word("Thousands")
	p.key("Tab", "shift+o")
	p.typed("fri")
	link([]string{"two: marched → The Friday march"}, "Return")
	p.openArticle("three")
	p.word("drew")
	link([]string{"three: protest → The Friday march"}, "Tab", "shift+o", "Down", "Return") // linked lately, below a new one
	link([]string{"three: Brandvik → Ilse Brandvik"}, "Tab", "Tab", "shift+o", "Return")
	link([]string{"three: Brandvik → Ilse Brandvik"}, "shift+o", "Return") // the same, in this article
	p.points(func() { p.key("ctrl+z") }, want[:len(want)-1]...)
	p.points(func() { p.key("ctrl+shift+z") }, want...)
	mark := p.mark()
	p.key("ctrl+shift+n")
	p.waitFor("entity", mark, func(h happening) bool { return h.Mentions == 5 })
	p.see(plain, "5 mentions in 2 articles", 1)
	keep(t, "page", p.picture())
	mark = p.mark()
	p.key("Right", "Down", "Return") // to the second mention
	p.waitFor("opened", mark, func(h happening) bool { return h.Ref == "one" })
	p.word("thanked")
	if p.mouse != mouse {
		t.Error("the mouse was used")
	}
}

// TestEntitiesByMouse links, unlinks and looks at entities without the keyboard.
func TestEntitiesByMouse(t *testing.T) {
	t.Parallel()
	d := entityDesk(t)
	d.cli("entities", d.project, "--import", filepath.Join(d.home, "people.csv"), "--actor", "lede")
	p := d.open()
	p.openArticle("three")
	keys := p.keys
	ilse := "three: Brandvik → Ilse Brandvik"
	p.word("drew") // it is this article that is painted
	p.click(p.word("Lumen").middle(), 1)
	p.points(func() { p.click(p.see(small.within("right"), "same name", 1).middle(), 1) }, "three: Lumen → Lumen")
	p.click(p.word("drew").right().Add(point(16, 0)), 1) // the first Brandvik
	p.points(func() { p.click(p.see(plain.within("right"), "Ilse Brandvik", 1).middle(), 1) }, "three: Lumen → Lumen", ilse)
	p.points(func() { p.click(p.see(plain.within("right"), "Link 1 more like this", 1).middle(), 1) }, "three: Lumen → Lumen", ilse, ilse)
	p.xdo(append(at(p.word("protest").middle()), "click", "3", "sleep", between)...)
	p.click(p.see(plain, "Entity of the span…", 1).middle(), 1)
	p.points(func() { p.click(p.see(plain, "New event “protest”", 1).middle(), 1) }, "three: protest → protest", "three: Lumen → Lumen", ilse, ilse)
	p.click(p.word("Lumen").middle(), 1)
	mark := p.mark()
	p.click(p.see(plain.within("right"), "Lumen", 1).middle(), 1) // leads to its page
	p.wait("entity list", mark)
	p.waitFor("entity", mark, func(h happening) bool { return h.Mentions == 1 })
	if p.keys != keys {
		t.Error("keys were pressed")
	}
}

// TestEntityLists takes a list in and writes one, by mouse and keyboard.
func TestEntityLists(t *testing.T) {
	t.Parallel()
	d := entityDesk(t)
	p := d.open()
	p.scene(t, "a list comes in", func(p *program) {
		p.key("ctrl+shift+n")
		p.see(heading.sized(18).within("window"), "Entities", 1)
		p.click(p.see(plain, "Import a list…", 1).middle(), 1)
		p.see(heading.sized(18).within("window"), "Import a list of entities", 1)
		p.typed(filepath.Join(d.home, "people.csv"))
		p.key("Tab")
		p.see(plain, "4 rows: 4 new entities, 0 changed, 0 with nothing new.", 1)
		p.click(p.see(plain, "Take in", 1).middle(), 1)
		p.finds("SELECT group_concat(name, ', ') FROM (SELECT name FROM v_entities ORDER BY name)", "Ilse Brandvik, Lumen, Lumen Bay, Tomas Lumen")
		p.see(plain, "Undo: Take in the entities of people.csv", 1)
	})
	p.scene(t, "a list goes out", func(p *program) {
		p.key("ctrl+shift+n")
		p.click(p.see(plain, "Export a list…", 1).middle(), 1)
		p.typed("mine.csv")
		p.key("Return")
		p.see(heading.sized(18).within("window"), "Exported", 1)
		raw, err := os.ReadFile(filepath.Join(d.home, "mine.csv"))
		if err != nil || !strings.Contains(string(raw), "place,Lumen,Lümen,") {
			p.t.Errorf("the list is %s (%v)", raw, err)
		}
	})
}

// TestEntityPage renames, splits, merges and deletes, by mouse and keyboard.
func TestEntityPage(t *testing.T) {
	t.Parallel()
	d := entityDesk(t)
	d.cli("entities", d.project, "--import", filepath.Join(d.home, "people.csv"), "--actor", "lede")
	p := d.open()
	p.openArticle("three")
	p.word("drew")
	p.points(func() {
		p.key("Escape", "Tab", "Tab", "shift+o", "Return", "Tab", "shift+o", "Return", "Tab", "shift+o", "Return")
	},
		"three: Lumen → Lumen", "three: Brandvik → Ilse Brandvik", "three: Brandvik → Ilse Brandvik")
	open := func(name, mentions string) {
		p.t.Helper()
		p.key("ctrl+shift+n")
		p.see(heading.sized(18).within("window"), "Entities", 1)
		p.key("slash")
		p.typed(name)
		p.see(plain, mentions, 1)
	}
	p.scene(t, "rename", func(p *program) {
		open("Ilse", "2 mentions in 1 article")
		p.key("Down", "Return")
		p.typed("Ilse Brandvik-Lund")
		p.key("Return")
		p.finds("SELECT name FROM v_entities WHERE mentions = 2", "Ilse Brandvik-Lund")
		p.key("Escape", "ctrl+z")
		p.finds("SELECT name FROM v_entities WHERE mentions = 2", "Ilse Brandvik")
		p.key("Escape", "Escape")
	})
	p.scene(t, "split", func(p *program) {
		open("Ilse", "2 mentions in 1 article")
		p.key("Down", "Right", "Down", "space", "s")
		p.see(heading.sized(18).within("window"), "Split mentions off", 1)
		p.typed("Another Brandvik")
		p.points(func() { p.key("Return") }, "three: Lumen → Lumen", "three: Brandvik → Ilse Brandvik", "three: Brandvik → Another Brandvik")
	})
	p.scene(t, "merge", func(p *program) {
		open("Another", "1 mention in 1 article")
		p.click(p.see(plain, "Merge with another…", 1).middle(), 1)
		p.click(p.see(plain, "Ilse Brandvik", 1).middle(), 1)
		p.see(heading.sized(18).within("window"), "Merge two entities", 1)
		keep(p.t, "merge", p.picture())
		p.points(func() { p.click(p.see(plain, "Cancel", 1).right().Add(point(60, 0)), 1) },
			"three: Lumen → Lumen", "three: Brandvik → Another Brandvik", "three: Brandvik → Another Brandvik")
		p.finds("SELECT aliases FROM v_entities WHERE mentions = 2", `["Ilse Brandvik","the union leader"]`)
	})
	p.scene(t, "delete", func(p *program) {
		open("Another", "2 mentions in 1 article")
		p.key("Down", "Delete")
		p.see(plain, "2 mentions will point at nothing. The spans themselves stay.", 1)
		p.points(func() { p.key("Return") }, "three: Lumen → Lumen")
		p.points(func() { p.click(p.see(plain, "Undo: Delete the entity “Another Brandvik”", 1).middle(), 1) },
			"three: Lumen → Lumen", "three: Brandvik → Another Brandvik", "three: Brandvik → Another Brandvik")
		p.key("Escape", "Escape")
	})
}
