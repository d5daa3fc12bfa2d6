// Package icons holds the program's icon: a page of text with one line marked as
// Lede marks a quote. The drawing is lede.svg; the PNGs beside it are made from
// it (rsvg-convert) in the sizes that desktops ask for.
package icons

import _ "embed"

// SVG is the icon as a drawing, for windows and menus that scale it.
//
//go:embed lede.svg
var SVG []byte

// PNG is the icon at 512 by 512 pixels.
//
//go:embed lede.png
var PNG []byte
