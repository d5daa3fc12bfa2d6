package commands

import (
	"fmt"
	"strings"
)

// Markdown is docs/shortcuts.md: every command that has a key, a column for each
// system.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# Keyboard shortcuts\n\n")
	b.WriteString("This page is made from the table in `app/commands` (`go test ./app/commands -update`). The same list is in the window: F1.\n\n")
	b.WriteString("Single keys act while the text of the article has the focus; Esc returns it there. Digits are the keys of the digit row on every layout. Every command can also be found by name in the command palette.\n")
	tables := map[System]*Table{}
	for _, s := range Systems {
		tables[s.System] = NewTable(s.System)
	}
	for _, group := range Groups {
		fmt.Fprintf(&b, "\n## %s\n\n| |", group)
		for _, s := range Systems {
			fmt.Fprintf(&b, " %s |", s.Name)
		}
		b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(Systems)) + "\n")
		if group == "Tagging" {
			b.WriteString(labelRows())
		}
		for _, c := range list() {
			switch {
			case c.Group != group || len(c.Keys) == 0 || strings.HasPrefix(c.ID, RoleOf) && c.ID != RoleOf+"1":
			case c.ID == RoleOf+"1":
				b.WriteString(roleRow(tables))
			default:
				b.WriteString(row(c, tables))
			}
		}
	}
	b.WriteString(setsPart())
	return b.String()
}

// setsPart says what the sets for one hand have instead, and how keys are changed.
func setsPart() string {
	var b strings.Builder
	b.WriteString("\n# Your own keys\n\n")
	b.WriteString("Help, **Change shortcuts…** (also in Preferences and on the sheet that F1 opens) gives any command other keys. A key that another command has is shown with its owner before it changes hands. What the text does itself – moving, selecting, paging – and Esc stay as they are. Changes hold at once, on this computer, for every project; labels are known by the key that the schema gives them.\n\n")
	b.WriteString("**Export…** writes the set and the changes to a file, **Import…** takes such a file over. It is JSON: commands by their ids, `Mod` for Ctrl and, on a Mac, for Command, so that it can be carried from one system to another:\n\n")
	b.WriteString("```json\n{\"format\": \"" + keymapFormat + "\", \"set\": \"left\", \"keys\": {\"span.note\": [\"Mod+J\"], \"label.1\": [\"Q\"]}}\n```\n")
	for _, set := range Sets[1:] {
		fmt.Fprintf(&b, "\n## %s\n\n%s Beside the table above it has:\n\n| |", set.Title, set.Help)
		tables := map[System]*Table{}
		for _, s := range Systems {
			tables[s.System] = NewTable(s.System)
			tables[s.System].SetKeymap(set.Name, nil)
			fmt.Fprintf(&b, " %s |", s.Name)
		}
		b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(Systems)) + "\n")
		for _, c := range list() {
			if _, other := set.Keys[c.ID]; other {
				c.Help = ""
				b.WriteString(row(c, tables))
			}
		}
		if _, other := set.Keys["label.1"]; other {
			b.WriteString("| The labels of the keys 1 to 5, 6 to 0 |" + strings.Repeat(" `6` … `0`, `1` … `5` |", len(Systems)) + "\n")
		}
	}
	return b.String()
}

// labelRows stand for the labels, whose keys the schema of the project has.
func labelRows() string {
	give, arm := "`1` … `9`, `0`", "`Shift+1` … `Shift+9`, `Shift+0`"
	return "| Tag the selection or the chosen span with the label of that key. A project’s labels may also have letters, which then go before the letters below. |" + strings.Repeat(" "+give+" |", 3) + "\n" +
		"| Arm the label: every selection gets it, until Esc |" + strings.Repeat(" "+arm+" |", 2) + " `⇧1` … `⇧9`, `⇧0` |\n"
}

func row(c Command, tables map[System]*Table) string {
	var b strings.Builder
	b.WriteString("| " + strings.TrimSuffix(c.Title, "…"))
	if c.Help != "" {
		b.WriteString(". " + c.Help)
	}
	b.WriteString(" |")
	for _, s := range Systems {
		var cells []string
		for _, words := range spellAll(tables[s.System].Keys(c.ID), s.System, SpellWords) {
			cells = append(cells, "`"+words+"`")
		}
		b.WriteString(" " + strings.Join(cells, ", ") + " |")
	}
	b.WriteString("\n")
	return b.String()
}
