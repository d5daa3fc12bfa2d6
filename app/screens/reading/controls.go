package reading

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"lede/app/settings"
	"lede/app/textview"
	"lede/app/theme"
	"lede/app/widgets"
)

// Ranges of the controls. Lengths are characters in a line, about; one step above
// MostLength stands for lines as wide as the window.
const (
	LeastSize    float64 = 12
	MostSize     float64 = 36
	SizeStep     float64 = 1
	LeastSpacing float64 = 0.9
	MostSpacing  float64 = 2
	SpacingStep  float64 = 0.1
	LeastLength  float64 = 45
	MostLength   float64 = 100
	LengthStep   float64 = 5
)

// Size, Spacing and Length are what the settings mean, with the defaults filled in.
// A Length of settings.WindowWidth is one step above MostLength.

// Size is the size of the article's font in Fyne's pixels.
func Size(s settings.Settings) float64 {
	if s.TextSize > 0 {
		return s.TextSize
	}
	return float64(textview.LightStyle().TextSize)
}

// Spacing is the height of lines, 1 is normal.
func Spacing(s settings.Settings) float64 {
	if s.LineSpacing > 0 {
		return s.LineSpacing
	}
	return 1
}

// Length is the number of characters in a line.
func Length(s settings.Settings) float64 {
	switch {
	case s.LineLength == settings.WindowWidth:
		return MostLength + LengthStep
	case s.LineLength > 0:
		return float64(s.LineLength)
	}
	return float64(textview.CharsOf(textview.LightStyle()))
}

// SetLength puts a length, as Length tells it, into the settings.
func SetLength(s *settings.Settings, chars float64) {
	s.LineLength = int(max(LeastLength, chars))
	if chars > MostLength {
		s.LineLength = settings.WindowWidth
	}
}

// Reset gives all that this package sets its default, but for the colours.
func Reset(s *settings.Settings) {
	s.TextSize, s.LineSpacing, s.LineLength, s.Sans, s.Numbers = 0, 0, 0, false, false
}

// Controls are the controls of how an article is set. Show brings them up to date.
type Controls struct {
	Size, Spacing, Length *widgets.Slider
	Face, Colours         *widgets.Segments
	Numbers               *widgets.Check

	store         *settings.Store
	size, spacing *widgets.Words
	length        *widgets.Words
}

// NewControls makes the controls; change is called to alter the settings.
func NewControls(store *settings.Store, change func(func(*settings.Settings))) *Controls {
	c := &Controls{store: store}
	now := store.Settings()
	value := func() *widgets.Words {
		w := widgets.NewElastic("", theme.TextSize, theme.Text)
		w.Right = true
		return w
	}
	c.size, c.spacing, c.length = value(), value(), value()
	set := func(put func(*settings.Settings, float64)) func(float64) {
		return func(v float64) {
			change(func(s *settings.Settings) { put(s, v) })
			c.Show()
		}
	}
	c.Size = widgets.NewSlider(LeastSize, MostSize, SizeStep, Size(now), set(func(s *settings.Settings, v float64) { s.TextSize = v }))
	c.Spacing = widgets.NewSlider(LeastSpacing, MostSpacing, SpacingStep, Spacing(now), set(func(s *settings.Settings, v float64) { s.LineSpacing = v }))
	c.Length = widgets.NewSlider(LeastLength, MostLength+LengthStep, LengthStep, Length(now), set(SetLength))
	c.Face = widgets.NewSegments("with serifs", "without")
	c.Face.OnChosen = func(i int) {
		change(func(s *settings.Settings) { s.Sans = i == 1 })
	}
	c.Colours = widgets.NewSegments("system", "light", "dark")
	c.Colours.OnChosen = func(i int) {
		change(func(s *settings.Settings) { s.Theme = themes[i] })
	}
	c.Numbers = widgets.NewCheck("Number the paragraphs", now.Numbers, func(on bool) {
		change(func(s *settings.Settings) { s.Numbers = on })
	})
	c.Show()
	return c
}

var themes = []settings.Theme{settings.System, settings.Light, settings.Dark}

// Show shows what the settings say now.
func (c *Controls) Show() {
	now := c.store.Settings()
	c.Size.Set(Size(now))
	c.Spacing.Set(Spacing(now))
	c.Length.Set(Length(now))
	c.size.SetText(fmt.Sprintf("%.0f", Size(now)))
	c.spacing.SetText(fmt.Sprintf("%.1f", Spacing(now)))
	c.length.SetText(LengthTitle(now))
	face := 0
	if now.Sans {
		face = 1
	}
	c.Face.Choose(face)
	c.Colours.Choose(max(0, slices.Index(themes, now.Theme)))
	c.Numbers.Set(now.Numbers)
}

// LengthTitle is how long lines are, as people say it.
func LengthTitle(s settings.Settings) string {
	if Length(s) > MostLength {
		return "window"
	}
	return fmt.Sprintf("%.0f", Length(s))
}

// With puts the value of a slider beside it.
func (c *Controls) With(s *widgets.Slider) fyne.CanvasObject {
	words := map[*widgets.Slider]*widgets.Words{c.Size: c.size, c.Spacing: c.spacing, c.Length: c.length}[s]
	return widgets.NewStretch(8, 0, s, widgets.NewAtLeast(fyne.NewSize(52, 0), words))
}
