package layout

// Text is what is drawn for the characters [from, to): those of the text, with a
// sign in place of what no font has.
func (b *Block) Text(from, to int) string { return string(b.runes[from:to]) }

// Advance is the room that the characters [from, to) take side by side, wherever
// they stand on a line.
func (b *Block) Advance(from, to int) float32 { return b.cum[to] - b.cum[from] }
