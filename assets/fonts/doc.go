// Package fonts holds the fonts that are part of the program, so that Latin,
// Greek, Cyrillic and the scripts of Scripts look the same on every machine and
// tests do not depend on what is installed. Chinese, Japanese and Korean are left
// to the system: a font for them is larger than the program.
//
// A font is its bytes and a unique name; what draws it (the text view, the
// theme, `lede render`) makes its own resource of that, once per process.
// The package imports nothing of ours and no Fyne. All files are Noto fonts
// under the SIL Open Font License (OFL.txt).
package fonts

import _ "embed" // the font files

// Font is one font file.
type Font struct {
	Name string // unique among all fonts, e.g. "NotoSerif-Regular.ttf"
	Data []byte // the TrueType file; not to be changed
}

//go:embed NotoSerif-Regular.ttf
var serif []byte

//go:embed NotoSerif-Bold.ttf
var serifBold []byte

//go:embed NotoSans-Regular.ttf
var sans []byte

//go:embed NotoSans-Bold.ttf
var sansBold []byte

// License is the text of the license of all fonts of this package.
//
//go:embed OFL.txt
var License string

// Serif is the face of article text: Latin, Greek, Cyrillic.
func Serif() Font { return Font{"NotoSerif-Regular.ttf", serif} }

// SerifBold is the face of article titles.
func SerifBold() Font { return Font{"NotoSerif-Bold.ttf", serifBold} }

// Sans is the face of the interface: Latin, Greek, Cyrillic.
func Sans() Font { return Font{"NotoSans-Regular.ttf", sans} }

// SansBold is the face of small labels.
func SansBold() Font { return Font{"NotoSans-Bold.ttf", sansBold} }
