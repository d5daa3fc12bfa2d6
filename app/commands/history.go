package commands

import "fyne.io/fyne/v2"

// ViewHistory lists the changes of the project. HistoryThen shows the project as it was
// right after the one that is chosen in the list, HistoryNow goes back from there.
const (
	ViewHistory = "view.history"
	HistoryThen = "view.then"
	HistoryNow  = "view.now"
)

func historyCommands() []Command {
	return []Command{
		{ID: ViewHistory, Title: "History", Menu: View, Group: "Window", Keys: keys(modShift(fyne.KeyY)), Help: "All changes of the project: who, when, what and where. Old ones can be undone."},
		{ID: HistoryThen, Title: "Project as It Was Then", Menu: View, Group: "Window", Help: "The whole project as it was right after the change that is chosen in the history, read-only. V in the list."},
		{ID: HistoryNow, Title: "Back to Now", Menu: View, Group: "Window", Help: "From the project as it was to the present. Escape in the text."},
	}
}
