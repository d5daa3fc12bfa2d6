package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Field is a text field that says when it was left and what it was left with.
// Esc gives the focus back to the text of the article.
type Field struct {
	widget.Entry

	// OnCommit gets the text when the field is left, or on Ctrl+Enter (Enter, in a
	// field of one line), if it is another one than was set.
	OnCommit func(string)
	OnDown   func() // arrow down in a field of one line
	OnEnter  func() // Enter in a field of one line
	// OnTyped hears keys first; true says that one was of use.
	OnTyped func(*fyne.KeyEvent) bool
	OnText  func() // hears that another text is shown, whoever wrote it

	was     string // what was set or committed
	focused bool
}

// NewField makes a field of one line.
func NewField(hint string) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.PlaceHolder = hint
	return f
}

// NewNote makes a field of several lines.
func NewNote(hint string, rows int) *Field {
	f := &Field{}
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.ExtendBaseWidget(f)
	f.PlaceHolder = hint
	f.SetMinRowsVisible(rows)
	return f
}

// Put sets the text; OnCommit does not hear of it.
func (f *Field) Put(s string) {
	f.was = s
	if f.Text != s {
		f.SetText(s)
	}
}

// Dirty says whether something was typed that was not handed over.
func (f *Field) Dirty() bool { return f.Text != f.was }

// Revert takes back what was typed and not handed over.
func (f *Field) Revert() { f.Put(f.was) }

// Commit hands the text over if it was changed.
func (f *Field) Commit() {
	if f.OnCommit != nil && f.Text != f.was {
		f.was = f.Text
		f.OnCommit(f.Text)
	}
}

// FocusGained is for Fyne.
func (f *Field) FocusGained() {
	f.focused = true
	f.Entry.FocusGained()
	if OnFocus != nil {
		OnFocus(f)
	}
}

// FocusLost is for Fyne.
func (f *Field) FocusLost() {
	f.focused = false
	f.Entry.FocusLost()
	f.Commit()
}

// TypedKey is for Fyne.
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	switch {
	case f.OnTyped != nil && f.OnTyped(e):
	case e.Name == fyne.KeyEscape:
		leftover(e)
	case !f.MultiLine && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		f.Commit()
		if f.OnEnter != nil {
			f.OnEnter()
		}
	case !f.MultiLine && e.Name == fyne.KeyDown && f.OnDown != nil:
		f.OnDown()
	case len(e.Name) > 1 && e.Name[0] == 'F' && e.Name[1] >= '1' && e.Name[1] <= '9':
		leftover(e)
	default:
		f.Entry.TypedKey(e)
	}
}

// AcceptsTab is for Fyne: Tab goes on to the next field and Shift+Tab back, in a
// field of several lines too.
func (f *Field) AcceptsTab() bool { return false }

// Consumed says whether a character belongs to a key that was a command and that
// moved the keyboard into the field; nil: none does.
var Consumed func() bool

// TypedRune is for Fyne.
func (f *Field) TypedRune(r rune) {
	if Consumed != nil && Consumed() {
		return
	}
	f.Entry.TypedRune(r)
}

// KeyDown is for Fyne.
func (f *Field) KeyDown(e *fyne.KeyEvent) {
	down(e)
	f.Entry.KeyDown(e)
}

// KeyUp is for Fyne.
func (f *Field) KeyUp(e *fyne.KeyEvent) {
	up(e)
	f.Entry.KeyUp(e)
}

// TypedShortcut is for Fyne.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	c, custom := s.(*desktop.CustomShortcut)
	switch {
	case custom && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter):
		f.Commit()
		if OnDone != nil {
			OnDone()
		} else if OnEscape != nil {
			OnEscape()
		}
		return
	case custom && OnShortcut != nil && OnShortcut(s):
		return
	}
	f.Entry.TypedShortcut(s)
}

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{WidgetRenderer: f.Entry.CreateRenderer(), f: f, border: &canvas.Rectangle{}}
	r.colour()
	return laidOut(r, f.Size())
}

// fieldRenderer puts a hairline around what Fyne draws.
type fieldRenderer struct {
	fyne.WidgetRenderer
	f      *Field
	border *canvas.Rectangle
}

// Objects is for Fyne.
func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.border)
}

// Layout is for Fyne.
func (r *fieldRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.border.Resize(s)
}

// Refresh is for Fyne.
func (r *fieldRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	if r.f.OnText != nil {
		r.f.OnText()
	}
	r.colour()
	r.border.Refresh()
}

func (r *fieldRenderer) colour() {
	stroke := theme.Hairline
	if r.f.focused {
		stroke = theme.Accent
	}
	paint(r.border, "", stroke, theme.Radius)
}

// NewSearch makes a search field and the object that shows it, with the key that
// leads there.
func NewSearch(hint, key string) (*Field, fyne.CanvasObject) {
	f := NewField(hint)
	words := NewLine(key, theme.TextSize, theme.Dim)
	f.OnText = func() {
		if f.Text != "" { // which may be as long as the field
			words.Hide()
		} else {
			words.Show()
		}
	}
	return f, container.NewStack(f, NewPadded(Pad{Right: 11}, NewRow(0, nil, words)))
}
