package theme

import (
	"image/color"
	"os"
	"runtime"
	"sync/atomic"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"lede/assets/fonts"
)

// Mode says whether the window is light or dark.
type Mode string

// The modes. System follows the desktop.
const (
	System Mode = "system"
	Light  Mode = "light"
	Night  Mode = "dark"
)

// Unit is the grid.
const Unit float32 = 8

// Text sizes of the interface and of articles.
const (
	TextSize    float32 = 13
	SmallSize   float32 = 11.5
	HeadSize    float32 = 11 // section heads: bold capitals
	ArticleSize float32 = 18
	TitleSize   float32 = 25
)

// Radii of corners.
const (
	SmallRadius float32 = 6
	Radius      float32 = 8
	BigRadius   float32 = 10
)

// The fonts, one resource each for the whole process: Fyne keeps parsed faces by
// resource.
var (
	Sans      = resource(fonts.Sans())
	SansBold  = resource(fonts.SansBold())
	Serif     = resource(fonts.Serif())
	SerifBold = resource(fonts.SerifBold())
)

func resource(f fonts.Font) fyne.Resource { return fyne.NewStaticResource(f.Name, f.Data) }

var current atomic.Value // Mode

// Switch makes the program light, dark, or as the system is, from now on: who calls
// it has everything drawn anew. Unlike Set it does not tell Fyne of a new theme, for
// which Fyne reads every font again and keeps the old ones, 30 MB each time.
func Switch(m Mode) { current.Store(m) }

// Set makes the whole program light, dark, or as the system is.
func Set(a fyne.App, m Mode) {
	current.Store(m)
	a.Settings().SetTheme(&Theme{})
}

// Current is the mode that was set last, System before that.
func Current() Mode {
	if m, ok := current.Load().(Mode); ok {
		return m
	}
	return System
}

// Dark says whether colours are the dark ones now.
func Dark() bool {
	switch Current() {
	case Light:
		return false
	case Night:
		return true
	default:
		a := fyne.CurrentApp()
		return a != nil && systemSays() && a.Settings().ThemeVariant() == base.VariantDark
	}
}

// systemSays is whether there is a desktop that can say what it looks like. Fyne
// takes dark where there is none; paper is light.
func systemSays() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return hasBus
}

// hasBus is read before Fyne looks for a bus, because looking may make one.
var hasBus = os.Getenv("DBUS_SESSION_BUS_ADDRESS") != ""

// Theme hands Lede's looks to Fyne's own widgets.
type Theme struct{}

var _ fyne.Theme = (*Theme)(nil)

// Color is the colour of a part of a Fyne widget. Whether it is a dark one is ours
// to say, not the variant's.
func (*Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch n {
	case base.ColorNameScrollBar:
		return Fade(Color(Text), 0.22)
	case base.ColorNameScrollBarBackground, base.ColorNameInputBorder: // fields draw their own
		return color.Transparent
	}
	if name, ok := fyneColors[n]; ok {
		return Color(name)
	}
	variant := base.VariantLight
	if Dark() {
		variant = base.VariantDark
	}
	return base.DefaultTheme().Color(n, variant)
}

// Font is the face of Fyne's widgets.
func (*Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return base.DefaultTheme().Font(s)
	case s.Bold:
		return SansBold
	}
	return Sans
}

// Icon is Fyne's own icon.
func (*Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return base.DefaultTheme().Icon(n) }

var sizes = map[fyne.ThemeSizeName]float32{
	base.SizeNameText:               TextSize,
	base.SizeNameCaptionText:        SmallSize,
	base.SizeNameHeadingText:        TitleSize,
	base.SizeNameSubHeadingText:     16,
	base.SizeNamePadding:            4,
	base.SizeNameInnerPadding:       8,
	base.SizeNameLineSpacing:        4,
	base.SizeNameInlineIcon:         18,
	base.SizeNameInputBorder:        1,
	base.SizeNameInputRadius:        Radius,
	base.SizeNameButtonRadius:       Radius,
	base.SizeNameCardRadius:         BigRadius,
	base.SizeNameDialogRadius:       BigRadius,
	base.SizeNamePopupRadius:        Radius,
	base.SizeNameMenuRadius:         Radius,
	base.SizeNameSelectionRadius:    4,
	base.SizeNameScrollBar:          10,
	base.SizeNameScrollBarSmall:     6,
	base.SizeNameScrollBarRadius:    3,
	base.SizeNameSeparatorThickness: 1,
	base.SizeNameModalBlurRadius:    0,
}

// Size is a measure of Fyne's widgets.
func (*Theme) Size(n fyne.ThemeSizeName) float32 {
	if s, ok := sizes[n]; ok {
		return s
	}
	return base.DefaultTheme().Size(n)
}
