package keys

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Canvas fyne.Canvas
	Table  *commands.Table
	Mods   func() fyne.KeyModifier // held now; nil asks the driver

	OnChange func() // the table has other keys
	Import   func() // asks for a file and gives the table what it holds
	Export   func()
	OnClose  func()
}

const (
	width  float32 = 720
	height float32 = 660
	inside         = width - 48
)

// Editor is the dialog while it is open.
type Editor struct {
	o       Options
	Sheet   *sheet.Sheet
	search  *widgets.Field
	set     *sheet.Choice
	about   *widgets.Words // what the set is for
	rows    *widgets.Rows
	panel   *panel
	catcher *catcher

	entries []entry
	at      int // the chosen row, -1 for none
}

// entry is a row of the list: a group, or a command.
type entry struct {
	group, id, title, help string
	keys                   []string
	fixed, changed         bool
}

func (e entry) spelt() string { return strings.Join(e.keys, "\x00") }

// Open shows the dialog.
func Open(o Options) *Editor {
	if o.Mods == nil {
		o.Mods = heldNow
	}
	e := &Editor{o: o, Sheet: sheet.New(o.Canvas, nil), at: -1}
	e.catcher = newCatcher(o.Table.System(), o.Mods)
	e.panel = newPanel(e)
	e.search = widgets.NewField("Find a command, or a key like " +
		commands.SpellWords(commands.Shortcut{Key: fyne.KeyP, Mods: commands.Mod}.On(o.Table.System()), o.Table.System()))
	e.search.OnChanged = func(string) { e.list() }
	e.search.OnDown = func() { o.Canvas.Focus(e.rows) }
	e.search.OnEnter = e.search.OnDown
	e.makeSets()
	e.makeRows()
	done := widgets.NewPrimaryButton("Close", e.Sheet.Close)
	buttons := widgets.NewRow(8,
		widgets.NewBorderedButton("Import…", o.Import), widgets.NewBorderedButton("Export…", o.Export),
		widgets.NewLink("Restore all", e.restoreAll), nil, done)
	e.about = widgets.NewElastic(commands.Sets[e.set.Chosen()].Help, theme.TextSize, theme.Dim)
	top := widgets.NewColumn(12, widgets.NewColumn(5, sheet.NewTitle("Change shortcuts"), e.about),
		widgets.NewStretch(12, 1, widgets.NewAtLeast(fyne.NewSize(172, 0), e.set), e.search))
	bottom := widgets.NewColumn(14, e.panel.object, buttons)
	e.Sheet.Content = widgets.NewPadded(widgets.Even(24, 20), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 8}, top), widgets.NewPadded(widgets.Pad{Top: 12}, bottom), nil, nil, e.rows))
	e.Sheet.Room = fyne.NewSize(width, height)
	e.Sheet.OnClose = o.OnClose
	e.list()
	e.Sheet.Open(e.search)
	return e
}

func (e *Editor) makeSets() {
	var titles []string
	for _, s := range commands.Sets {
		titles = append(titles, s.Title)
	}
	e.set = sheet.NewChoice(e.Sheet, titles, e.setInUse(), func(i int) {
		_, own := e.o.Table.Keymap()
		e.o.Table.SetKeymap(commands.Sets[i].Name, own)
		e.changed()
	})
}

// setInUse is the number of the set that the table has.
func (e *Editor) setInUse() int {
	now, _ := e.o.Table.Keymap()
	return slices.IndexFunc(commands.Sets, func(s commands.Set) bool { return s.Name == now })
}

func (e *Editor) makeRows() {
	e.rows = widgets.NewRows(lineHeight)
	e.rows.Quiet = true
	e.rows.Count = func() int { return len(e.entries) }
	e.rows.Make = func() fyne.CanvasObject { return newLine(e) }
	e.rows.Fill = func(i int, row fyne.CanvasObject) { row.(*line).show(i) }
	e.rows.OnStep = e.step
	e.rows.OnEnter = e.add
}

// Reload shows the keys that the table has now.
func (e *Editor) Reload() {
	e.set.Set(e.set.Titles, e.setInUse())
	e.list()
}

// list makes the rows of what was searched for and keeps the chosen command.
func (e *Editor) list() {
	chosen := ""
	if e.at >= 0 && e.at < len(e.entries) {
		chosen = e.entries[e.at].id
	}
	e.entries, e.at = nil, -1
	t := e.o.Table
	for _, group := range commands.Groups {
		head := false
		for _, c := range t.Commands() {
			title := strings.TrimSuffix(c.Title, "…") // not "Undo New span": the row is for good
			if c.Group != group || !e.matches(c, title) {
				continue
			}
			if !head {
				e.entries, head = append(e.entries, entry{group: group}), true
			}
			if c.ID == chosen || e.at < 0 {
				e.at = len(e.entries)
			}
			e.entries = append(e.entries, entry{
				id: c.ID, title: title, help: c.Help, keys: t.Hints(c.ID), fixed: !commands.Changeable(c.ID), changed: t.Changed(c.ID),
			})
		}
	}
	if i := slices.IndexFunc(e.entries, func(x entry) bool { return x.id == chosen }); chosen == "" || i < 0 {
		e.rows.Top()
	} else {
		e.rows.ScrollTo(e.at)
	}
	e.rows.Refresh()
	if e.about != nil {
		e.say()
	}
	e.panel.show()
}

// say is what the set is for, or which key two commands have.
func (e *Editor) say() {
	t := e.o.Table
	e.about.Color = theme.Dim
	words := commands.Sets[e.set.Chosen()].Help
	if clashes := t.Clashes(); len(clashes) > 0 {
		var titles []string
		for _, id := range clashes[0].IDs {
			c, _ := t.Command(id)
			titles = append(titles, "“"+trim(c.Title)+"”")
		}
		words = commands.SpellWords(clashes[0].Shortcut, t.System()) + " is a key of " + strings.Join(titles, " and of ") + "; the first gets it."
		e.about.Color = theme.Warning
	}
	e.about.Text = words
	e.about.Refresh()
}

// matches says whether a command's title, help or one of its keys holds what was
// typed.
func (e *Editor) matches(c commands.Command, title string) bool {
	typed := strings.ToLower(strings.TrimSpace(e.search.Text))
	if typed == "" || strings.Contains(strings.ToLower(title+"\n"+c.Help), typed) {
		return true
	}
	return slices.ContainsFunc(e.o.Table.Keys(c.ID), func(s commands.Shortcut) bool {
		return strings.EqualFold(commands.SpellWords(s, e.o.Table.System()), typed)
	})
}

func (e *Editor) chosen() (entry, bool) {
	if e.at < 0 || e.at >= len(e.entries) || e.entries[e.at].id == "" {
		return entry{}, false
	}
	return e.entries[e.at], true
}

func (e *Editor) choose(row int) {
	if row < 0 || row >= len(e.entries) || e.entries[row].id == "" {
		return
	}
	e.at = row
	e.o.Canvas.Focus(e.rows)
	e.rows.ScrollTo(row)
	e.rows.Refresh()
	e.panel.show()
}

// step goes to another command, over the heads of groups.
func (e *Editor) step(by int) {
	to := max(0, min(e.at+by, len(e.entries)-1))
	for to > 0 && to < len(e.entries)-1 && e.entries[to].id == "" {
		to += sign(by)
	}
	if to == 0 {
		to = min(1, len(e.entries)-1)
	}
	e.choose(to)
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// add waits for a new key of the chosen command.
func (e *Editor) add() {
	c, ok := e.chosen()
	if !ok || c.fixed {
		return
	}
	e.catcher.wait("Press the new key of “"+c.title+"”. Esc stops.",
		func(s commands.Shortcut) { e.caught(c.id, s) },
		func() { e.back() })
	e.panel.show()
	e.o.Canvas.Focus(e.catcher)
}

// caught takes a new key, unless another command has it: then the panel asks.
func (e *Editor) caught(id string, s commands.Shortcut) {
	owner := e.o.Table.Owner(s)
	if owner != "" && owner != id {
		e.panel.clash(id, s, owner)
		return
	}
	e.give(id, s)
}

func (e *Editor) give(id string, s commands.Shortcut) {
	e.o.Table.Give(id, s)
	e.changed()
	e.back()
}

// back returns the focus to the list.
func (e *Editor) back() {
	e.panel.show()
	e.o.Canvas.Focus(e.rows)
	e.rows.Refresh()
}

func (e *Editor) take(s commands.Shortcut) {
	if c, ok := e.chosen(); ok {
		e.o.Table.Take(c.id, s)
		e.changed()
	}
}

func (e *Editor) restore() {
	if c, ok := e.chosen(); ok {
		e.o.Table.Restore(c.id)
		e.changed()
	}
}

func (e *Editor) restoreAll() {
	if _, own := e.o.Table.Keymap(); len(own) == 0 {
		return
	}
	sheet.Ask(e.o.Canvas, "Restore all keys?", "Every command gets the keys of the chosen set back. Export first if you may want yours again.", "Restore all", func() {
		set, _ := e.o.Table.Keymap()
		e.o.Table.SetKeymap(set, nil)
		e.changed()
	})
}

func (e *Editor) changed() {
	if e.o.OnChange != nil {
		e.o.OnChange()
	}
	e.list()
}
