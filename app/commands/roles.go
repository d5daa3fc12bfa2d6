package commands

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
)

// The ids of the commands of roles and of what is said of the whole article.
const (
	RoleOf        = "role." // + 1 to 9, the key of the role
	RoleFill      = "role"  // the menu of the roles
	ArticleFields = "article.fields"
	Screen        = "screen"
	ScreenYes     = "screen.relevant"
	ScreenNo      = "screen.notRelevant"
	ScreenUnsure  = "screen.unsure"
	ScreenBack    = "screen.back"
)

var ordinals = []string{"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"}

func roleCommands() []Command {
	all := []Command{{ID: RoleFill, Title: "Fill a role of the span", Menu: Annotate, Group: "Spans"}}
	for i, nth := range ordinals {
		all = append(all, Command{
			ID: RoleOf + fmt.Sprint(i+1), Title: "Fill the " + nth + " role of the span…", Group: "Spans",
			Keys: keys(mod(fyne.KeyName(fmt.Sprint(i + 1)))),
		})
	}
	return all
}

func fieldCommands() []Command {
	return []Command{
		{ID: ArticleFields, Title: "Fields of the article", Menu: Article, Group: "Articles", Keys: keys(shift(fyne.KeyF)), EndsSection: true, Help: "What the codebook asks about the whole article."},
	}
}

func screenCommands() []Command {
	return []Command{
		{ID: Screen, Title: "Screen articles", Menu: Article, Group: "Articles", Keys: keys(key(fyne.KeyF4)), EndsSection: true, Help: "Relevant (1 or Y), not relevant (2 or N), unsure (3 or U): one key, and the next article opens. Backspace goes back."},
		{ID: ScreenYes, Title: "Screening: relevant", Group: "Articles"},
		{ID: ScreenNo, Title: "Screening: not relevant", Group: "Articles"},
		{ID: ScreenUnsure, Title: "Screening: unsure", Group: "Articles"},
		{ID: ScreenBack, Title: "Screening: back to the article before", Group: "Articles"},
	}
}

// RolesTitle is what the nine commands of roles are called in one line.
const RolesTitle = "Fill a role of the chosen span"

// RoleHints is how the keys of the roles are shown in one line: "Ctrl+1 … Ctrl+9". It
// is false where they are not of one form.
func (t *Table) RoleHints() (string, bool) {
	first := t.Hints(RoleOf + "1")
	with, ok := "", len(first) == 1
	if ok {
		with, ok = strings.CutSuffix(first[0], "1")
	}
	for n := 2; ok && n <= 9; n++ {
		hints := t.Hints(RoleOf + fmt.Sprint(n))
		ok = len(hints) == 1 && hints[0] == with+fmt.Sprint(n)
	}
	return with + "1 … " + with + "9", ok
}

// roleRow stands for the nine commands in docs/shortcuts.md.
func roleRow(tables map[System]*Table) string {
	row := "| " + RolesTitle + ", by its number in the inspector: the actor of an event, the speaker of a quote. Then type the letters at a span, click it, or select words: these are tagged and linked in one step. With Shift held there, several one after the other. |"
	for _, s := range Systems {
		first, last := tables[s.System].Keys(RoleOf+"1"), tables[s.System].Keys(RoleOf+"9")
		row += fmt.Sprintf(" `%s` … `%s` |", SpellWords(first[0], s.System), SpellWords(last[0], s.System))
	}
	return row + "\n"
}
