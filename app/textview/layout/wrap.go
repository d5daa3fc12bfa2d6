package layout

// slack forgives rounding when a word just fits.
const slack = 1.0 / 64

// wrap cuts the shaped paragraph into lines, greedily, at UAX #14 opportunities,
// between syllables of scripts without blanks and, for a word wider than the
// column, between graphemes.
func (s *Shaper) wrap(b *Block) {
	w := wrapper{b: b}
	var stops []int
	it := s.segments.LineIterator()
	for it.Next() {
		l := it.Line()
		end := l.Offset + len(l.Text)
		stops = b.syllables(stops[:0], l.Offset, end)
		for _, stop := range append(stops, end) {
			w.reach(stop)
		}
		if l.IsMandatoryBreak && end > w.start && end < len(b.runes) {
			b.addLine(w.start, end)
			w.start = end
		}
	}
	if w.start < len(b.runes) || len(b.Lines) == 0 {
		b.addLine(w.start, len(b.runes))
	}
	if n := len(b.runes); b.runes[n-1] == 0x2028 { // a break at the end opens a line
		last := b.emptyLine()
		last.Start, last.End, last.Trim = n, n, n
		b.Lines = append(b.Lines, last)
	}
}

// wrapper is where wrapping is: the start of the line, the last break that fits.
type wrapper struct {
	b           *Block
	start, fits int
}

// reach takes the text up to a break onto the line, or onto new ones.
func (w *wrapper) reach(end int) {
	b := w.b
	b.breaks = append(b.breaks, end)
	for !b.fits(w.start, end) {
		if w.fits <= w.start {
			w.fits = b.squeeze(w.start, end)
		}
		b.addLine(w.start, w.fits)
		w.start = w.fits
		if w.start >= end {
			break
		}
	}
	w.fits = end
}

// fits tells whether a line [from, to) fits the column; blanks at its end hang
// over the edge.
func (b *Block) fits(from, to int) bool {
	return b.width <= 0 || b.cum[b.trim(from, to)]-b.cum[from] <= b.width+slack
}

// trim is the end of [from, to) without white space.
func (b *Block) trim(from, to int) int {
	for to > from && blank(b.runes[to-1]) {
		to--
	}
	return to
}

// squeeze finds the last grapheme border in (from, to) up to which a line fits,
// at least one grapheme on.
func (b *Block) squeeze(from, to int) int {
	best := 0
	for i := from + 1; i <= to; i++ {
		if !b.grapheme[i] {
			continue
		}
		if best > 0 && b.cum[i]-b.cum[from] > b.width+slack {
			break
		}
		best = i
	}
	return best
}

func (b *Block) emptyLine() Line {
	l := Line{}
	if b.RTL {
		l.X = b.width
	}
	return l
}

// addLine places the runs of [start, end) in visual order.
func (b *Block) addLine(start, end int) {
	l := Line{Start: start, End: end, Trim: b.trim(start, end)}
	base := uint8(0)
	if b.RTL {
		base = 1
	}
	add := func(it shapedItem, from, to int, level uint8) {
		if from < to {
			l.Runs = append(l.Runs, Run{
				Start: from, End: to, Level: level, Face: it.face, Ascent: it.ascent, Height: it.height,
				W: b.cum[to] - b.cum[from], cjk: isCJK(it.script),
			})
		}
	}
	for _, it := range b.itemsOf(start) {
		if it.start >= end {
			break
		}
		from, to := max(it.start, start), min(it.end, end)
		// Blanks at the end of a line have the paragraph's level (UAX #9, L1).
		add(it, from, min(to, l.Trim), it.level)
		add(it, max(from, l.Trim), to, base)
	}
	reorder(l.Runs)
	l.Width = b.cum[l.Trim] - b.cum[start]
	x := float32(0)
	if b.RTL && b.width > 0 {
		x = b.width - (b.cum[end] - b.cum[start])
	}
	l.X = x
	if b.RTL {
		l.X += b.cum[end] - b.cum[l.Trim]
	}
	for i := range l.Runs {
		l.Runs[i].X = x
		x += l.Runs[i].W
	}
	b.Lines = append(b.Lines, l)
}
