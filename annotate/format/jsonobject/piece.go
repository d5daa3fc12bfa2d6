package jsonobject

import "lede/annotate/format"

// PieceKey is the key under which records that are pieces of articles say of which and
// where they lie in it.
const PieceKey = "piece"

// Piece writes which piece of an article a record is; nothing for a whole article.
func (o *Out) Piece(p *format.Piece) {
	if p == nil {
		return
	}
	o.Key(PieceKey)
	o.Open('{')
	o.TextOf("of", p.Of)
	o.IntOf("start", p.Start)
	o.IntOf("end", p.End)
	o.IntOf("length", p.Length)
	o.Close('}')
}

// TakePiece takes what Piece wrote. Anything else of that name is somebody else's and
// stays.
func (o *Object) TakePiece() *format.Piece {
	raw, ok := o.Peek(PieceKey)
	if !ok || raw[0] != '{' {
		return nil
	}
	in := o.Inner(raw)
	if !in.Has("of") || !in.Has("start") || !in.Has("end") || !in.Has("length") || len(in.Keys()) != 4 {
		return nil
	}
	p := &format.Piece{Of: in.Text("of")}
	p.Start, _ = in.Int("start")
	p.End, _ = in.Int("end")
	p.Length, _ = in.Int("length")
	if in.Err() != nil {
		return nil
	}
	o.Take(PieceKey)
	return p
}
