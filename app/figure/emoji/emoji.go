// Package emoji draws emoji for pictures of passages (package figure) with the
// font that Fyne brings, the one that the window shows. It is apart because a
// build without a window has neither the font nor what paints it.
package emoji

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/render"

	"lede/app/textview/layout"
)

// Add gives fonts what the window has beside its own ones: emoji and symbols.
func Add(l *layout.Library) {
	if e := theme.DefaultEmojiFont(); e != nil {
		l.SetEmoji(layout.Font{Name: e.Name(), Data: e.Content()})
	}
	s := theme.DefaultSymbolFont()
	l.AddFallback(layout.Font{Name: s.Name(), Data: s.Content()}, layout.Symbol)
}

// Draw is a figure.Emoji.
func Draw(s string, face *layout.Face, em int, x, y int, size image.Point) image.Image {
	img := image.NewNRGBA(image.Rectangle{Max: size})
	r := render.Renderer{FontSize: float32(em), PixScale: 1, Color: color.Black}
	r.DrawStringAt(s, img, x, y, face.Font())
	for _, p := range img.Pix {
		if p != 0 {
			return img
		}
	}
	return nil // the font draws it in a way that is not understood
}
