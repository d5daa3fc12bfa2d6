package textview

import "lede/app/textview/look"

// Reading is how a person likes to read it. A zero field is the style's own.
type Reading = look.Reading

// WindowWidth, as Reading.Chars, makes lines as long as the window is wide.
const WindowWidth = look.WindowWidth

// CharsOf is how many characters of Latin text, about, are in a line of the
// style's own column.
func CharsOf(s Style) int { return look.CharsOf(s) }

// SetReading changes how the article is set. The first character that shows stays
// at the top.
func (v *View) SetReading(r Reading) {
	if v.reading == r {
		return
	}
	v.reading = r
	v.opts.Style = r.Fit(v.style)
	v.measure()
	v.refresh()
}

// Reading is how the article is set.
func (v *View) Reading() Reading { return v.reading }
