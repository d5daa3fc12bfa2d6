package commands

import "fyne.io/fyne/v2"

// Set is a set of keys that somebody thought through as a whole.
type Set struct {
	Name  string // in settings and files
	Title string
	Help  string // a sentence
	Keys  Keymap // what it has instead of the table's keys
}

// Sets are the sets of keys, the first the table's own.
//
// The left-hand set is for a right hand that stays on the mouse, the right-hand
// set for a left hand that does: all that tagging, linking and going on needs lies
// under the other hand.
var Sets = []Set{
	{Name: "standard", Title: "Standard", Help: "Both hands on the keyboard."},
	{Name: "left", Title: "Left hand", Help: "The right hand stays on the mouse: what tagging needs lies on the left half.", Keys: leftHand()},
	{Name: "right", Title: "Right hand", Help: "The left hand stays on the mouse: what tagging needs lies on the right half.", Keys: rightHand()},
}

// SetNamed is the set of that name, the standard one if there is none.
func SetNamed(name string) Set {
	for _, s := range Sets {
		if s.Name == name {
			return s
		}
	}
	return Sets[0]
}

// leftHand uses the digits 1 to 5, Tab, and the letters Q to T, A to G and Z to B.
func leftHand() Keymap {
	return Keymap{
		EditDelete:  keys(key(fyne.KeyD), key(fyne.KeyDelete), key(fyne.KeyBackspace)),
		LabelPick:   keys(shift(fyne.KeyQ), key(fyne.KeyReturn), key(fyne.KeyEnter)),
		SpanNote:    keys(shift(fyne.KeyW)),
		ArticleNote: keys(shift(fyne.KeyC)),
		ArticleNext: keys(key(fyne.KeyV), mod(fyne.KeyPageDown)),
		ArticlePrev: keys(shift(fyne.KeyV), mod(fyne.KeyPageUp)),
		DoneNext:    keys(mod(fyne.KeyD), mod(fyne.KeyReturn), mod(fyne.KeyEnter)),

		SpanStartOutChar: keys(char('<')),
		SpanStartInChar:  keys(char('>')),
		SpanEndOutChar:   keys(char(')')),
		SpanEndInChar:    keys(char('(')),
		SpanAlike:        keys(char('*')),
	}
}

// rightHand uses the digits 6 to 0, and the letters Y to P, H to L, N and M; J and
// K go through the spans, H and L move their ends.
func rightHand() Keymap {
	m := Keymap{
		SpanNext:     keys(key(fyne.KeyJ), key(fyne.KeyTab)),
		SpanPrevious: keys(key(fyne.KeyK), shift(fyne.KeyTab)),
		ArticleNext:  keys(shift(fyne.KeyJ), mod(fyne.KeyPageDown)),
		ArticlePrev:  keys(shift(fyne.KeyK), mod(fyne.KeyPageUp)),
		SpanStartOut: keys(key(fyne.KeyH), char('[')),
		SpanStartIn:  keys(shift(fyne.KeyH), char('{')),
		SpanEndOut:   keys(key(fyne.KeyL), char(']')),
		SpanEndIn:    keys(shift(fyne.KeyL), char('}')),
		SpanAddPart:  keys(key(fyne.KeyP), char('+')),
		SpanDropPart: keys(shift(fyne.KeyP), char('-')),
		ViewChips:    keys(modShift(fyne.KeyH)),
		ViewNumbers:  keys(char('#')),
		ViewBeside:   keys(char('|')),
		ViewSwap:     keys(char('\\')),
		LabelPick:    keys(key(fyne.KeyReturn), key(fyne.KeyEnter)),
		LabelRepeat:  keys(key(fyne.KeyY), char('.')),
		LabelArm:     keys(shift(fyne.KeyM)),
		Granularity:  keys(shift(fyne.KeyY)),
		ArticleFlag:  keys(shift(fyne.KeyI)),
		EditUndo:     keys(mod(fyne.KeyZ), shift(fyne.KeyBackspace)),

		SpanNextAlikeToo: keys(char('=')),
		SpanList:         keys(char('!')),
	}
	// The keypad has all digits; without one the labels' digits change sides.
	for i, digits := 0, "1234567890"; i < len(digits); i++ {
		label, at := Label{Hotkey: digits[i : i+1]}, (i+5)%len(digits)
		m[LabelID(label)] = keys(key(fyne.KeyName(digits[at : at+1])))
		m[ArmID(label)] = keys(shift(fyne.KeyName(digits[at : at+1])))
	}
	return m
}
