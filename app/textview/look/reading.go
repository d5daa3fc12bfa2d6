package look

import "math"

// Reading is how a person likes to read. A zero field is the style's own.
type Reading struct {
	Size    float32 // of the article's font, in the style's unit
	Spacing float32 // of lines, 1 is the style's own; less makes them closer
	Chars   int     // in a line of Latin text, about; WindowWidth: all there is room for
	Sans    bool    // the face without serifs
	Numbers bool    // of paragraphs, in the margin
}

// WindowWidth, as Reading.Chars, makes lines as long as the window is wide.
const WindowWidth = -1

// CharsOf is how many characters of Latin text, about, are in a line of the
// style's own column.
func CharsOf(s Style) int { return int(math.Round(float64(s.Column / (s.TextSize * perChar)))) }

// perChar is the mean advance of running Latin text in font sizes, in both faces
// near enough.
const perChar = 0.492

// Fit is a style as a person likes to read it.
func (r Reading) Fit(s Style) Style {
	if r.Size > 0 && r.Size != s.TextSize {
		s.scale(r.Size / s.TextSize)
	}
	if r.Spacing > 0 && r.Spacing != 1 {
		s.spread(r.Spacing)
	}
	switch {
	case r.Chars < 0:
		s.Column = 1e5
	case r.Chars > 0:
		s.Column = float32(math.Round(float64(float32(r.Chars) * s.TextSize * perChar)))
	}
	return s
}

// scale makes the text larger by a factor, and what stands around it less so: a
// chip is read at a glance whatever its size.
func (s *Style) scale(by float32) {
	small := max(0.85, min(float32(math.Sqrt(float64(by))), 1.5))
	room, low, lowPlain := s.FillTop, s.Line-s.FillTop-s.FillDepth, s.LinePlain-s.FillTopPlain-s.FillDepthPlain
	for _, x := range []*float32{&s.TextSize, &s.TitleSize, &s.TitleLine, &s.Column, &s.ParagraphGap, &s.BlankLine, &s.FillDepth, &s.FillDepthPlain} {
		*x = float32(math.Round(float64(*x * by)))
	}
	for _, x := range []*float32{&s.FactsSize, &s.FactsLine, &s.ChipSize} {
		*x *= small
	}
	s.FillTop = float32(math.Round(float64(room * small)))
	s.Line = s.FillTop + s.FillDepth + low
	s.LinePlain = s.FillTopPlain + s.FillDepthPlain + lowPlain
}

// spread makes lines higher by a factor: half of what is added stands above the
// text, half below.
func (s *Style) spread(by float32) {
	high := func(line, top *float32) {
		more := float32(math.Round(float64(*line * (by - 1))))
		*line += more
		*top += more / 2
	}
	high(&s.Line, &s.FillTop)
	high(&s.LinePlain, &s.FillTopPlain)
	s.ParagraphGap *= max(1, by)
	s.BlankLine *= max(1, by)
}
