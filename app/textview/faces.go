package textview

import (
	"fyne.io/fyne/v2"

	"lede/app/textview/layout"
	"lede/app/textview/typeface"
)

// Faces are the fonts of views, by what they are for.
type Faces struct {
	*typeface.Set
	serif *layout.Chain // article text
	sans  *layout.Chain // article text, on demand, and facts
	title *layout.Chain
	bold  *layout.Chain // chips
}

// BundledFaces uses only the fonts that come with the program: what tests need.
func BundledFaces() *Faces { return newFaces(typeface.New(nil)) }

// SystemFaces are those that all views and widgets of the process share. They
// also use fonts of the machine, for scripts that the program brings none for,
// looked up when a text needs them.
func SystemFaces() *Faces { return newFaces(typeface.Shared()) }

func newFaces(f *typeface.Set) *Faces {
	return &Faces{
		f, f.Chain(typeface.Serif), f.Chain(typeface.Sans), f.Chain(typeface.SerifBold), f.Chain(typeface.SansBold),
	}
}

// resource is the one resource of a face.
func (f *Faces) resource(face *layout.Face) fyne.Resource { return f.Resource(face) }
