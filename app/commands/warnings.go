package commands

import "fyne.io/fyne/v2"

// The ids of the commands of warnings.
const (
	WarningList     = "warning.list"
	WarningProject  = "warning.project"
	WarningNext     = "warning.next"
	WarningPrevious = "warning.previous"
	WarningAccept   = "warning.accept"
)

func warningCommands() []Command {
	return []Command{
		{ID: WarningList, Title: "Warnings", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyM)), Help: "What the codebook would object to: in the article, and in the list also in the whole project."},
		{ID: WarningProject, Title: "Warnings of the whole project", Menu: Article, Group: "Articles", Help: "Checks all articles in the background."},
		{ID: WarningNext, Title: "Next warning", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyJ)), Repeats: true},
		{ID: WarningPrevious, Title: "Previous warning", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyJ)), Repeats: true},
		{ID: WarningAccept, Title: "Not a problem here", Group: "Articles", Help: "Accepts the warning that was gone to, or that of the chosen span."},
	}
}
