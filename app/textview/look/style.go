package look

import "image/color"

// Style is every colour and measure of the view. Measures are in Fyne's
// device-independent pixels at zoom 1; zoom scales them all.
type Style struct {
	Page, Text, Dim, Hairline color.Color
	Raised, Shadow            color.Color // what floats: toolbar, pills
	Accent                    color.Color // caret, links
	Selection                 color.Color
	Thumb, ThumbHover         color.Color // of the scroll bar
	Unknown                   color.Color // of a label without a style
	Fill, FillChosen          float32     // opacity of an item's fill, 0–1
	Hover                     float32     // opacity of a tool's colour under the pointer

	TextSize, TitleSize, FactsSize   float32
	ChipSize, ToolSize, PillSize     float32
	Column                           float32 // greatest width of the text
	Side, Top, Bottom                float32 // least room around it
	Line, LinePlain                  float32 // height of a line with chips, without
	TitleLine, FactsLine, HeadGap    float32
	ParagraphGap, BlankLine          float32
	FillTop, FillTopPlain, FillDepth float32 // where the fill begins in a line; its height
	FillDepthPlain                   float32 // its height without chips
	Underline, UnderlineDeep         float32 // thickness of the outermost item's line, of deeper ones
	LaneStep                         float32 // distance of the deeper ones
	Strip                            float32 // width of the scroll bar
}

// measures are the same in light and dark.
func measures() Style {
	return Style{
		TextSize: 18, TitleSize: 25, FactsSize: 13,
		ChipSize: 8.5, ToolSize: 13, PillSize: 10.5,
		Column: 620, Side: 24, Top: 24, Bottom: 64,
		Line: 42, LinePlain: 30,
		TitleLine: 38, FactsLine: 22, HeadGap: 12,
		ParagraphGap: 8, BlankLine: 12,
		FillTop: 11, FillTopPlain: 0, FillDepth: 27, FillDepthPlain: 25,
		Underline: 2.5, UnderlineDeep: 2, LaneStep: 3,
		Strip: 14,
		Hover: 0.16,
	}
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// Light is the view on light paper.
func Light() Style {
	s := measures()
	s.Page, s.Text, s.Dim, s.Hairline = rgb(0xfcfbf8), rgb(0x202124), rgb(0x6b6d72), rgb(0xe3e0d8)
	s.Raised, s.Shadow = rgb(0xffffff), color.NRGBA{A: 0x38}
	s.Accent, s.Selection = rgb(0x2f5da8), rgb(0xcfe0f7)
	s.Thumb, s.ThumbHover = rgb(0xdad8d2), rgb(0xc2c0ba)
	s.Unknown = rgb(0x6b6d72)
	s.Fill, s.FillChosen = 0.16, 0.32
	return s
}

// Dark is the view at night.
func Dark() Style {
	s := measures()
	s.Page, s.Text, s.Dim, s.Hairline = rgb(0x1c1d20), rgb(0xe7e5df), rgb(0x9a9ca2), rgb(0x2c2e33)
	s.Raised, s.Shadow = rgb(0x24262a), color.NRGBA{A: 0x90}
	s.Accent, s.Selection = rgb(0x8ab4f8), rgb(0x2d4467)
	s.Thumb, s.ThumbHover = rgb(0x3a3c41), rgb(0x4c4e54)
	s.Unknown = rgb(0x9a9ca2)
	s.Fill, s.FillChosen = 0.22, 0.36 // more would take contrast from the text
	return s
}

// Faded is c with its opacity multiplied by a.
func Faded(c color.Color, a float32) color.NRGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float32(n.A)*max(0, min(1, a)) + 0.5)
	return n
}

// Details of the layout that no theme should touch.
const (
	ChipPush  = 7   // how far a chip may be pushed aside before it is left out, in chip sizes
	ChipSpace = 0.6 // between two chips, in chip sizes
	Deepest   = 6   // lanes drawn; deeper ones are counted
)
