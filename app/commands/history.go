package commands

import "fyne.io/fyne/v2"

// ViewHistory lists the changes of the project.
const ViewHistory = "view.history"

func historyCommands() []Command {
	return []Command{
		{ID: ViewHistory, Title: "History", Menu: View, Group: "Window", Keys: keys(modShift(fyne.KeyY)), Help: "All changes of the project: who, when, what and where. Old ones can be undone."},
	}
}
