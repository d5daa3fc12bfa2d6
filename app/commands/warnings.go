package commands

import "fyne.io/fyne/v2"

// The ids of the commands of warnings.
const (
	WarningList     = "warning.list"
	WarningNext     = "warning.next"
	WarningPrevious = "warning.previous"
	WarningAccept   = "warning.accept"
)

func warningCommands() []Command {
	return []Command{
		{ID: WarningList, Title: "Warnings", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyM)), Help: "What the codebook would object to, in the article or the whole project."},
		{ID: WarningNext, Title: "Next warning", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyJ)), Repeats: true},
		{ID: WarningPrevious, Title: "Previous warning", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyJ)), Repeats: true},
		{ID: WarningAccept, Title: "Not a problem here", Group: "Articles", Help: "Accepts the warning that was gone to, or that of the chosen span."},
	}
}
