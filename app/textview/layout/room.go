package layout

// tops is where the lines of a block that is laid out lie.
func (f *Flow) tops(i int, p *placed) []int {
	tops := make([]int, 1, len(p.Lines)+1)
	if len(p.Lines) == 1 && f.blocks.empty(i) {
		return append(tops, f.metrics.Blank)
	}
	for k := range p.Lines {
		h := f.metrics.Line
		if f.Extra != nil {
			h += f.Extra(p.start+p.Lines[k].Start, p.start+p.Lines[k].End)
		}
		tops = append(tops, tops[k]+h)
	}
	return tops
}

// exact is the height of a block that is laid out, with the gap below it.
func (f *Flow) exact(i int, p *placed) int {
	h := p.tops[len(p.Lines)]
	if !(len(p.Lines) == 1 && f.blocks.empty(i)) {
		h += f.heightOf(i, 1) - f.metrics.Line
	}
	return h
}

// Reroom makes every line ask Extra again before it is used.
func (f *Flow) Reroom() { f.turn++ }

// reroom brings the heights of a block's lines up to date. What is on the screen
// stays where it is, but for what lies below a line that became higher.
func (f *Flow) reroom(i int, p *placed) {
	if p.turn == f.turn {
		return
	}
	p.turn = f.turn
	old := p.tops
	p.tops = f.tops(i, p)
	above := f.metrics.Head + float64(f.heights.sum(i))
	f.heights.set(i, f.exact(i, p))
	for k := len(old) - 1; k > 0; k-- {
		if above+float64(old[k]) <= f.top {
			f.top += float64(p.tops[k] - old[k])
			return
		}
	}
}
