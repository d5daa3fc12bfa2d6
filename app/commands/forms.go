package commands

import "fyne.io/fyne/v2"

// The ids of the commands that fill in attributes and say how labels are meant.
const (
	SpanFill  = "span.fill"
	SpanSame  = "span.same"
	SpanKeep  = "span.keep"
	GuideShow = "guide.show"
)

// formCommands have keys beside those of labels: T repeats a label, with Shift its
// attributes.
func formCommands() []Command {
	group := "Tagging"
	return []Command{
		{ID: SpanFill, Title: "Fill in attributes", Menu: Annotate, Group: group, Keys: keys(key(fyne.KeyF2)), Help: "Begins at the attribute needed most. Type, or press a number; Enter takes it and goes on, Tab to the next, Esc back to the text."},
		{ID: SpanSame, Title: "Same attributes as before", Menu: Annotate, Group: group, Keys: keys(shift(fyne.KeyT)), Help: "As the previous span with the same label has them."},
		{ID: SpanKeep, Title: "Keep values for the next spans…", Group: group, Keys: keys(shift(fyne.KeyF2)), Help: "Which attributes of the chosen span the next ones with its label get as well, until it is let go."},
		{ID: GuideShow, Title: "Guidelines", Menu: Annotate, Group: group, Keys: keys(shift(fyne.KeyG)), EndsSection: true, Help: "Of the label of the chosen span, the armed one, or the one given last; type to search all of them."},
	}
}
