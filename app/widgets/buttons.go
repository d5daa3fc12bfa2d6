package widgets

import (
	"fyne.io/fyne/v2"

	"lede/app/theme"
)

// NewButton makes a flat button: a word that answers to the pointer.
func NewButton(title string, tapped func()) *Surface {
	s := NewSurface(NewLine(title, theme.TextSize, theme.Text), tapped)
	s.Pad = Even(12, 7)
	return s
}

// NewBorderedButton makes a button with a hairline around it.
func NewBorderedButton(title string, tapped func()) *Surface {
	s := NewButton(title, tapped)
	s.Color, s.Stroke, s.Radius = theme.Raised, theme.Hairline, theme.Radius
	return s
}

// NewPrimaryButton makes the button that is meant.
func NewPrimaryButton(title string, tapped func()) *Surface {
	return NewActionButton(title, tapped).Surface
}

// ActionButton is a primary button that says what it would do now, and cannot be
// pressed while there is nothing to do. Put its Surface into a window.
type ActionButton struct {
	*Surface
	words *Words
}

// NewActionButton makes an action button that can be pressed.
func NewActionButton(title string, tapped func()) *ActionButton {
	b := &ActionButton{words: NewLine(title, theme.TextSize, theme.OnAccent)}
	b.Surface = NewSurface(b.words, tapped)
	b.Color, b.Radius, b.Pad = theme.Accent, theme.Radius, Even(14, 7)
	return b
}

// Title is what the button says.
func (b *ActionButton) Title() string { return b.words.Text }

// Set changes what the button says and whether it can be pressed. What it lies in
// is to be laid out anew, since its width changes.
func (b *ActionButton) Set(title string, on bool) {
	b.words.Text, b.Off = title, !on
	b.Color, b.words.Color = theme.Accent, theme.OnAccent
	if !on {
		b.Color, b.words.Color = theme.Hairline, theme.Dim
	}
	b.Refresh()
}

// NewLink makes a word in the accent colour that can be pressed.
func NewLink(title string, tapped func()) *Surface {
	s := NewSurface(NewLine(title, theme.TextSize, theme.Accent), tapped)
	s.Radius, s.Pad = 4, Even(4, 3)
	return s
}

// NewIconButton makes a small button with a drawing.
func NewIconButton(name IconName, tapped func()) *Surface {
	s := NewSurface(NewIcon(name, 14, theme.Dim), tapped)
	s.Pad = Even(5, 5)
	return s
}

// NewDropDown makes a word with a small arrow that opens a menu below it.
func NewDropDown(title *Words, tapped func()) *Surface {
	s := NewSurface(NewRow(3, title, NewIcon(IconDown, 13, theme.Dim)), tapped)
	s.Pad = Even(6, 5)
	return s
}

// Chip is a filter that is on or off.
type Chip struct {
	*Surface
	words *Words
	on    bool
}

// NewChip makes a chip.
func NewChip(title string, tapped func()) *Chip {
	c := &Chip{words: NewLine(title, 12, theme.Dim)}
	c.Surface = NewSurface(c.words, tapped)
	c.Radius, c.Pad = 12, Pad{9, 3.5, 9, 4}
	c.Set(title, false)
	return c
}

// Set changes what the chip says and whether it is on.
func (c *Chip) Set(title string, on bool) {
	if c.words.Text == title && c.on == on && c.Color != "" {
		return
	}
	c.on, c.words.Text, c.words.Color = on, title, theme.Dim
	c.Color, c.Stroke = theme.Raised, theme.Hairline
	if on {
		c.Stroke, c.words.Color = theme.Accent, theme.Accent
	}
	c.Refresh()
}

// NewKeyCap makes the small picture of a key.
func NewKeyCap(key string) fyne.CanvasObject {
	words := NewLine(key, 10.5, theme.Dim)
	s := NewSurface(words, nil)
	s.Stroke, s.Radius, s.Pad, s.Still = theme.Hairline, 4, Even(5, 1), true
	return s
}

// LabelButton is a label in the label bar: its line, its name, its key. Armed, it
// is filled with its colour, lightly.
type LabelButton struct {
	*Surface
	mark  Mark
	armed bool
	tint  *tint
}

// NewLabelButton makes a label's button; key is "" if it has none.
func NewLabelButton(mark Mark, title, key string, tapped func()) *LabelButton {
	b := &LabelButton{mark: mark, tint: newTint(mark)}
	inside := []fyne.CanvasObject{NewPattern(mark), NewLine(title, theme.TextSize, theme.Text)}
	if key != "" {
		inside = append(inside, NewKeyCap(key))
	}
	row := NewPadded(Even(7.5, 4), NewRow(6.5, inside...))
	b.Surface = NewSurface(overlay(b.tint, row), tapped)
	b.Color, b.Stroke, b.Radius, b.Least = theme.Raised, theme.Hairline, theme.Radius, fyne.NewSize(0, 28)
	return b
}

// SetArmed says whether every selection gets this label.
func (b *LabelButton) SetArmed(armed bool) {
	if b.armed != armed {
		b.armed, b.tint.on = armed, armed
		b.Refresh()
	}
}
