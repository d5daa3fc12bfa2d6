package commands

import "fyne.io/fyne/v2"

// The ids of the commands that reshape spans and find one's way among those that
// lie on top of one another.
const (
	SpanInside       = "span.inside"
	SpanAround       = "span.around"
	SpanList         = "span.list"
	SpanNextPart     = "span.nextPart"
	SpanStartOutChar = "span.startOutByCharacter"
	SpanStartInChar  = "span.startInByCharacter"
	SpanEndOutChar   = "span.endOutByCharacter"
	SpanEndInChar    = "span.endInByCharacter"
	SpanQuote        = "span.quote"
	SpanMerge        = "span.merge"
	SpanMergeBetween = "span.mergeBetween"
	SpanSplit        = "span.split"
	SpanConvert      = "span.convert"
	SpanNextToo      = "span.nextToo"
	SpanNextAlikeToo = "span.nextAlikeToo"
	SpanAlike        = "span.alike"
)

// shapeCommands are, but for the numbered keys of labels, on keys that lie
// together: I and U for in and out; M, X, C for what is done to several, and with
// Shift for choosing several; D beside S, and V, for the ends by characters.
func shapeCommands() []Command {
	group := "Spans"
	return []Command{
		{ID: SpanInside, Title: "Choose the span inside", Group: group, Keys: keys(key(fyne.KeyI)), Repeats: true, Help: "Of spans on top of one another, the next one inwards."},
		{ID: SpanAround, Title: "Choose the span around", Group: group, Keys: keys(key(fyne.KeyU)), Repeats: true},
		{ID: SpanList, Title: "List the spans here…", Group: group, Keys: keys(shift(fyne.KeyI)), Help: "All that lie at the caret or over the chosen span, to choose from."},
		{ID: SpanQuote, Title: "Tag what is in quotation marks", Menu: Edit, Group: "Tagging", Keys: keys(key(fyne.KeyQ)), Help: "“…,” he said, “…”: select all of it; only the quoted parts become one span. Without a selection, the chosen span keeps only these."},
		{ID: SpanSplit, Title: "Split the span at the caret", Menu: Edit, Group: group, Keys: keys(key(fyne.KeyX)), Help: "Between two words, or two characters when selections snap to characters."},
		{ID: SpanMerge, Title: "Merge spans", Menu: Edit, Group: group, Keys: keys(key(fyne.KeyM)), Help: "The chosen ones, or the chosen one and the next beside it with its label. What lies apart becomes parts."},
		{ID: SpanMergeBetween, Title: "Merge spans and the text between", Menu: Edit, Group: group},
		{ID: SpanConvert, Title: "Convert labels…", Menu: Edit, Group: group, Keys: keys(key(fyne.KeyC)), EndsSection: true, Help: "Of the chosen spans, or of all with a label in the article or the project."},
		{ID: SpanNextAlikeToo, Title: "Choose the next span with this label too", Group: group, Keys: keys(shift(fyne.KeyM)), Repeats: true, Help: "By mouse: click on further spans with Ctrl held, Command on a Mac."},
		{ID: SpanNextToo, Title: "Choose the next span too", Group: group, Keys: keys(shift(fyne.KeyX)), Repeats: true},
		{ID: SpanAlike, Title: "Choose all spans with this label", Menu: Edit, Group: group, Keys: keys(shift(fyne.KeyC))},
		{ID: SpanStartOutChar, Title: "Move the start outwards by a character", Group: group, Keys: keys(key(fyne.KeyD)), Repeats: true},
		{ID: SpanStartInChar, Title: "Move the start inwards by a character", Group: group, Keys: keys(shift(fyne.KeyD)), Repeats: true},
		{ID: SpanEndOutChar, Title: "Move the end outwards by a character", Group: group, Keys: keys(key(fyne.KeyV)), Repeats: true},
		{ID: SpanEndInChar, Title: "Move the end inwards by a character", Group: group, Keys: keys(shift(fyne.KeyV)), Repeats: true},
		{ID: SpanNextPart, Title: "Go to the next part of the span", Group: group, Keys: keys(shift(fyne.KeyU)), Repeats: true, Help: "Also where it is out of sight."},
	}
}
