package e2e

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// label is what the project file says of a label: "title color pattern hotkey".
func (d *desk) label(name string) string {
	return d.value("SELECT coalesce((SELECT title || ' ' || color || ' ' || pattern || ' ' || hotkey FROM label WHERE state = 'live' AND name = '" + name + "'), '')")
}

// labels lists the names of the labels in their order.
func (d *desk) labels() string {
	return d.value("SELECT group_concat(name, ' ') FROM (SELECT name FROM label WHERE state = 'live' ORDER BY ord, name)")
}

// tagged counts the spans with a label over all articles.
func (d *desk) tagged(label string) string {
	return d.value("SELECT count(*) FROM v_spans WHERE label = '" + label + "'")
}

// schemaTitle is the heading of the screen.
var schemaTitle = heading.sized(18).within("window")

// editSchema opens the screen.
func (p *program) editSchema(open func()) {
	p.t.Helper()
	mark := p.mark()
	open()
	p.wait("schema", mark)
	p.see(schemaTitle, "Schema", 1)
}

// TestSchemaByKeyboard adds a label and tags with it, renames, recolours, gives a
// key to another label, and merges two labels that are in use, with undo and redo:
// by the keyboard alone.
func TestSchemaByKeyboard(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.editSchema(func() { p.key("ctrl+l") })
	p.key("plus")
	p.typed("Weapon")
	p.key("Tab")
	p.until("the label is there", func() bool { return d.label("weapon") == "Weapon #0072b2 dashed 8" })
	p.key("Escape", "Escape")
	p.vanished(schemaTitle, "Schema")
	p.run(t, courier, []step{
		{
			"the new label by its key",
			func(p *program) {
				p.click(p.word("gate").middle(), 2)
				p.key("8")
			},
			[]string{"+" + d.span(courier, "weapon", "gate")},
		},
	})
	p.editSchema(func() { p.key("ctrl+l") })
	p.key("Return", "ctrl+a")
	p.typed("Person")
	p.key("Return")
	p.until("it is renamed", func() bool { return d.label("actor") == "Person #0072b2 solid 1" })
	p.key("Tab", "Tab", "Tab", "Tab", "Right", "Right", "space") // name, key, kind of, colours
	p.until("it is green", func() bool { return d.label("actor") == "Person #00805d solid 1" })
	p.key("shift+Tab", "shift+Tab", "Return", "2")
	p.key("Return") // its owner is shown: take it
	p.until("the key changed hands", func() bool {
		return d.label("actor") == "Person #00805d solid 2" && d.label("event") == "Event #bf5000 dashed "
	})
	before := []string{d.tagged("actor"), d.tagged("place")}
	p.key("Escape", "Escape") // the field, the screen
	p.vanished(schemaTitle, "Schema")
	p.editSchema(func() { p.key("ctrl+l") })
	p.key("Down", "Down", "Down", "Down", "m") // Place
	p.see(schemaTitle, "Merge labels", 0)
	p.key("Tab", "Down") // becomes Person
	p.see(plain, "7 spans of “place” get the label “actor”, in 3 articles.", 0)
	p.key("Return")
	p.until("they are merged", func() bool { return d.tagged("place") == "0" })
	p.vanished(schemaTitle, "Merge labels")
	merged := d.tagged("actor")
	p.key("ctrl+z")
	p.until("undo brings them back", func() bool { return slices.Equal([]string{d.tagged("actor"), d.tagged("place")}, before) })
	p.key("ctrl+shift+z")
	p.until("redo merges them again", func() bool {
		return d.tagged("actor") == merged && d.labels() == "actor event quote cue time source_phrase weapon"
	})
}

// TestSchemaByMouse does the same with the mouse, but for the words that are typed.
func TestSchemaByMouse(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	click := func(title string, nth int) { p.click(p.see(plain, title, nth).middle(), 1) }
	p.editSchema(func() {
		click("Project", 1)
		click("Schema…", 0)
	})
	click("Add", 1)
	p.typed("Weapon")
	p.click(p.see(plain.sized(12), "dotted", 0).middle(), 1)
	p.until("the label is there", func() bool { return d.label("weapon") == "Weapon #0072b2 dotted 8" })
	p.drag(p.see(plain, "Weapon", 2).middle(), p.see(plain, "Event", 1).middle().Sub(point(0, 8)))
	p.until("it stands before the events", func() bool { return d.labels() == "actor weapon event quote cue place time source_phrase" })
	click("Close", 0)
	p.vanished(schemaTitle, "Schema")
	p.run(t, courier, []step{
		{
			"the new label by its button",
			func(p *program) {
				p.click(p.word("gate").middle(), 2)
				p.click(p.see(plain.within("bar"), "Weapon", 1).middle(), 1)
			},
			[]string{"+" + d.span(courier, "weapon", "gate")},
		},
	})
	p.editSchema(func() {
		click("Project", 1)
		click("Schema…", 0)
	})
	form := plain
	p.click(p.see(form, "Actor", 2).middle(), 1) // in the field, after the line of the list
	p.key("ctrl+a")
	p.typed("Person")
	p.click(p.see(form, "Colour", 1).left().Add(point(108+13+2*32, 0)), 1)
	p.until("it is renamed and green", func() bool { return d.label("actor") == "Person #00805d solid 1" })
	before := []string{d.tagged("actor"), d.tagged("place")}
	p.click(p.see(form, "Place", 1).middle(), 1)
	p.click(p.seeBelow(p.see(form, "Colour", 1).left(), form, "Merge…").middle(), 1)
	p.see(schemaTitle, "Merge labels", 0)
	p.click(p.see(form, "Become", 0).right().Add(point(200, 0)), 1)
	p.click(p.see(form, "Person", 2).middle(), 1) // the list, the menu
	p.see(plain, "7 spans of “place” get the label “actor”, in 3 articles.", 0)
	p.click(p.see(form, "Merge", 1).middle(), 1)
	p.until("they are merged", func() bool { return d.tagged("place") == "0" })
	p.click(p.see(form, "Undo: Merge label “place” into “actor”", 0).middle(), 1)
	p.until("undo brings them back", func() bool { return slices.Equal([]string{d.tagged("actor"), d.tagged("place")}, before) })
	p.see(form, "Undo: Recolour Person", 0) // the file is written before the buttons are; “Redo” looks much like “Undo”
	p.click(p.see(form, "Redo: Merge label “place” into “actor”", 0).middle(), 1)
	p.until("redo merges them again", func() bool { return d.tagged("place") == "0" })
}

// TestSchemaValuesAndFiles renames a value that is in use, writes the schema to a
// file and applies a pack beside it.
func TestSchemaValuesAndFiles(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	have := func(value string) string {
		return d.value("SELECT count(*) FROM v_spans WHERE json_extract(attributes, '$.type') = '" + value + "'")
	}
	protests := have("PROTEST")
	p.editSchema(func() { p.key("ctrl+l") })
	p.click(p.see(plain, "Attributes", 0).middle(), 1)
	p.key("Down", "Down", "Down", "Down") // Type
	p.click(p.see(plain, "Agree", 1).middle(), 1)
	p.key(append(times(11, "Down"), "Return", "Tab", "ctrl+a")...) // Protest, its title, its name
	p.see(plain, "PROTEST", 0)
	p.typed("RALLY")
	p.key("Return")
	p.see(schemaTitle, "Rename a value of Type", 0)
	if have("RALLY") != "0" {
		t.Error("it was renamed before it was confirmed")
	}
	p.key("Return")
	p.until("the value has its new name everywhere", func() bool { return have("RALLY") == protests && have("PROTEST") == "0" })
	p.vanished(schemaTitle, "Rename a value of Type")
	mark := p.mark()
	p.click(p.see(plain, "Export…", 0).middle(), 1)
	p.click(p.see(strong, "Save", 2).middle(), 1)
	p.wait("schema exported", mark)
	raw, err := os.ReadFile(strings.TrimSuffix(d.project, ".lede") + "-schema.yaml")
	if err != nil || !strings.Contains(string(raw), "name: RALLY") {
		t.Errorf("the file holds %q, %v", raw, err)
	}
	p.key("Escape")
	p.vanished(schemaTitle, "Schema")
	p.command("apply a schema")
	p.see(schemaTitle, "Apply a schema", 0)
	p.key("Down") // named entities
	p.see(plain, "Adds 4 labels: PER, ORG, LOC, MISC.", 0)
	p.key("Return")
	p.until("both schemas are there", func() bool { return strings.Contains(d.labels(), "PER") && d.label("source_phrase") != "" })
}
