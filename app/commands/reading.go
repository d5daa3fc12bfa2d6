package commands

import "fyne.io/fyne/v2"

// The ids of the commands of reading comfort.
const (
	ViewReading      = "view.reading"
	ViewFocus        = "view.focus"
	ViewNumbers      = "view.paragraphNumbers"
	ViewSans         = "view.sans"
	ViewBigger       = "view.textBigger"
	ViewSmaller      = "view.textSmaller"
	ViewWider        = "view.linesLonger"
	ViewNarrower     = "view.linesShorter"
	ViewWindowWide   = "view.linesWindow"
	ViewLooser       = "view.linesApart"
	ViewCloser       = "view.linesCloser"
	ViewReadingReset = "view.readingReset"
)

func readingCommands() []Command {
	group := "Selecting and reading"
	return []Command{
		{ID: ViewFocus, Title: "Focus mode", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyF9), key(fyne.KeyZ)), Help: "Hides all but the article; every key goes on working."},
		{ID: ViewReading, Title: "Reading settings…", Menu: View, Group: group, Keys: keys(modShift(fyne.KeyT)), Help: "Text size, line spacing and length, face, colours."},
		{ID: ViewNumbers, Title: "Paragraph numbers", Menu: View, Group: group, Keys: keys(key(fyne.KeyP))},
		{ID: ViewSans, Title: "Article text without serifs", Menu: NoMenu, Group: group},
		{ID: ViewBigger, Title: "Bigger text", Menu: NoMenu, Group: group},
		{ID: ViewSmaller, Title: "Smaller text", Menu: NoMenu, Group: group},
		{ID: ViewWider, Title: "Longer lines", Menu: NoMenu, Group: group},
		{ID: ViewNarrower, Title: "Shorter lines", Menu: NoMenu, Group: group},
		{ID: ViewWindowWide, Title: "Lines as wide as the window", Menu: NoMenu, Group: group},
		{ID: ViewLooser, Title: "More space between lines", Menu: NoMenu, Group: group},
		{ID: ViewCloser, Title: "Less space between lines", Menu: NoMenu, Group: group},
		{ID: ViewReadingReset, Title: "Reset the reading settings", Menu: NoMenu, Group: group},
	}
}
