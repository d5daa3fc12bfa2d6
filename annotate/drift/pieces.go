package drift

import "lede/annotate/text"

// Piece is a stretch of both texts that is the same in them (but for the length of white
// space), or of one of them that is not in the other, whose range is then empty.
type Piece struct {
	Old, New text.Range
	Same     bool
}

// Pieces are both texts from beginning to end: the pieces that both have, and what each
// has between them.
func (m *Map) Pieces() []Piece {
	var all []Piece
	add := func(p Piece) {
		if n := len(all); n > 0 && all[n-1].Same == p.Same {
			all[n-1].Old.End, all[n-1].New.End = p.Old.End, p.New.End
			return
		}
		all = append(all, p)
	}
	old, now := 0, 0 // how far both are told
	for i, t := range m.a {
		if m.to[i] < 0 {
			continue
		}
		at := m.b[m.to[i]].Range
		if t.Start > old || at.Start > now {
			add(Piece{text.Range{Start: old, End: t.Start}, text.Range{Start: now, End: at.Start}, false})
		}
		add(Piece{t.Range, at, true})
		old, now = t.End, at.End
	}
	if old < m.old.Len() || now < m.now.Len() {
		add(Piece{text.Range{Start: old, End: m.old.Len()}, text.Range{Start: now, End: m.now.Len()}, false})
	}
	return all
}
