// Package shortcuts is the sheet with every key (F1), in groups, made from the
// table of package commands.
package shortcuts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	sheetWidth  float32 = 900
	columnWidth float32 = (sheetWidth - 48 - 40 - 14) / 2
)

// Open shows the sheet.
func Open(c fyne.Canvas, t *commands.Table, change func()) *sheet.Sheet {
	s := sheet.New(c, nil)
	groups := Groups(t)
	left, right := widgets.NewColumn(22), widgets.NewColumn(22)
	narrow := sheet.Room(c, fyne.NewSize(sheetWidth, 0)).Width < sheetWidth
	heights := [2]int{}
	for _, g := range groups {
		into := 0
		if heights[1] < heights[0] && !narrow {
			into = 1
		}
		heights[into] += len(g.Lines) + 2
		[]*fyne.Container{left, right}[into].Add(group(g))
	}
	scroll := container.NewVScroll(widgets.NewPadded(widgets.Pad{Right: 14}, container.New(columns{narrow}, left, right)))
	done := widgets.NewPrimaryButton("Close", s.Close)
	other := widgets.NewLink("Change shortcuts…", func() {
		s.Close()
		change()
	})
	note := widgets.NewElastic("Single keys act while the text has the focus; Esc returns it there.", theme.TextSize, theme.Dim)
	s.Content = widgets.NewPadded(widgets.Even(24, 20), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 16}, widgets.NewColumn(5, sheet.NewTitle("Keyboard shortcuts"), note)),
		widgets.NewPadded(widgets.Pad{Top: 14}, widgets.NewRow(10, other, nil, done)), nil, nil, scroll))
	s.Room = fyne.NewSize(sheetWidth, 640)
	s.OnDone = s.Close
	keys := &pager{scroll: scroll}
	keys.ExtendBaseWidget(keys)
	scroll.Content = container.NewStack(keys, scroll.Content)
	keys.sheet = s
	s.Open(keys)
	return s
}

// Group is a heading with its lines.
type Group struct {
	Title string
	Lines []Line
}

// Line is what is done and the keys that do it.
type Line struct {
	Title string
	Keys  []string
}

// Groups is the table as the sheet shows it: labels first, with their names, then
// every command that has a key.
func Groups(t *commands.Table) []Group {
	var groups []Group
	for _, title := range commands.Groups {
		g := Group{Title: title}
		for _, c := range t.Commands() {
			keys := t.Hints(c.ID)
			if roles, one := t.RoleHints(); one && strings.HasPrefix(c.ID, commands.RoleOf) {
				if c.ID != commands.RoleOf+"1" {
					continue
				}
				c.Title, keys = commands.RolesTitle, []string{roles}
			}
			if c.Group == title && len(keys) > 0 && !strings.HasPrefix(c.ID, "arm.") {
				g.Lines = append(g.Lines, Line{strings.TrimSuffix(c.Title, "…"), keys})
			}
		}
		if title == "Tagging" {
			g.Lines = labelsFirst(t, g.Lines)
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// labelsFirst puts what gives labels before all else, and one line for what arms
// them.
func labelsFirst(t *commands.Table, lines []Line) []Line {
	var give, rest []Line
	digits := false
	for _, c := range t.Commands() {
		digits = digits || strings.HasPrefix(c.ID, "arm.") && len(c.Keys) > 0
	}
	for _, l := range lines {
		if strings.HasPrefix(l.Title, "Tag as ") {
			give = append(give, l)
		} else {
			rest = append(rest, l)
		}
	}
	if digits {
		key := func(digit fyne.KeyName) string {
			return commands.Spell(commands.Shortcut{Key: digit, Mods: fyne.KeyModifierShift}, t.System())
		}
		give = append(give, Line{"Arm a label: every selection gets it", []string{key(fyne.Key1) + " … " + key(fyne.Key9)}})
	}
	return append(give, rest...)
}

func group(g Group) fyne.CanvasObject {
	rows := []fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Bottom: 3}, widgets.NewHead(g.Title)), widgets.NewHairline()}
	for _, l := range g.Lines {
		var caps []fyne.CanvasObject
		for _, k := range l.Keys {
			caps = append(caps, widgets.NewKeyCap(k))
		}
		keys := widgets.NewRow(4, caps...)
		title := widgets.NewElastic(l.Title, theme.TextSize, theme.Text)
		rows = append(rows, widgets.NewPadded(widgets.Even(0, 2), widgets.NewStretch(10, 0, title, keys)))
	}
	return widgets.NewColumn(3, rows...)
}

// columns lays two columns out side by side, each as high as it needs; where it is
// narrow, the first one alone has something.
type columns struct{ narrow bool }

func (l columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	if l.narrow {
		return fyne.NewSize(0, height)
	}
	return fyne.NewSize(2*columnWidth+40, height)
}

func (l columns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := (s.Width - 40) / 2
	if l.narrow {
		width = s.Width
	}
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(width+40), 0))
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
}
