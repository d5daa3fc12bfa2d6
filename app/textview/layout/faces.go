package layout

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/font"
)

// Font is a font file and its unique name.
type Font struct {
	Name string
	Data []byte // TrueType or OpenType, one face; not to be changed
}

// Face is a parsed font. There is one Face for a font in a Library, so that
// faces can be compared and used as map keys.
type Face struct {
	font Font
	face *font.Face
}

// Name is the unique name of the font.
func (f *Face) Name() string { return f.font.Name }

// Data is the font file; not to be changed.
func (f *Face) Data() []byte { return f.font.Data }

// Lookup finds a font of the system that has a glyph for r. It may be slow: a
// Library asks once for a character.
type Lookup func(r rune) (Font, bool)

// Library holds the faces of a process: the bundled ones and those that a text
// made it fetch from the system. It is not safe for concurrent use.
type Library struct {
	byName   map[string]*Face
	fallback []*Face
	lookup   Lookup
	emoji    *Face
	system   map[rune]*Face // answers of lookup, nil for none
	missing  map[rune]bool
}

// NewLibrary makes an empty library. lookup finds fonts of the system for what
// the added ones lack; nil uses the added ones only.
func NewLibrary(lookup Lookup) *Library {
	return &Library{
		byName: map[string]*Face{}, lookup: lookup,
		system: map[rune]*Face{}, missing: map[rune]bool{},
	}
}

// Load parses a font, or returns the face that was loaded under its name.
func (l *Library) Load(f Font) (*Face, error) {
	if face := l.byName[f.Name]; face != nil {
		return face, nil
	}
	parsed, err := font.ParseTTF(bytes.NewReader(f.Data))
	if err != nil {
		return nil, fmt.Errorf("read font %s: %w", f.Name, err)
	}
	face := &Face{f, parsed}
	l.byName[f.Name] = face
	return face, nil
}

// AddFallback makes every chain of the library ask f after its own faces.
func (l *Library) AddFallback(f *Face) { l.fallback = append(l.fallback, f) }

// SetEmoji names the face that is asked first for emoji.
func (l *Library) SetEmoji(f *Face) { l.emoji = f }

// Missing lists, sorted, the characters that no face could draw so far.
func (l *Library) Missing() []rune {
	var out []rune
	for r := range l.missing {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// systemFace is the face of the system for r, or nil.
func (l *Library) systemFace(r rune) *Face {
	if l.lookup == nil {
		return nil
	}
	if f, known := l.system[r]; known {
		return f
	}
	var face *Face
	if f, ok := l.lookup(r); ok {
		if loaded, err := l.Load(f); err == nil && loaded.has(r) {
			face = loaded
		}
	}
	l.system[r] = face
	return face
}

func (f *Face) has(r rune) bool {
	_, ok := f.face.NominalGlyph(r)
	return ok
}

// Chain is an order of faces: its own, the library's fallbacks, the system's.
type Chain struct {
	library *Library
	faces   []*Face
	known   map[rune]*Face // answers for clusters of one character
}

// NewChain makes a chain that prefers the given faces, the first most. There
// must be at least one; the first draws what no face has.
func (l *Library) NewChain(first *Face, more ...*Face) *Chain {
	return &Chain{library: l, faces: append([]*Face{first}, more...), known: map[rune]*Face{}}
}

// Main is the first face of the chain.
func (c *Chain) Main() *Face { return c.faces[0] }

// resolve picks the face of a grapheme cluster. A cluster stays in one face,
// because a mark drawn by another font than its base lands beside it. nil means
// that any face will do (blanks, controls).
func (c *Chain) resolve(cluster []rune) *Face {
	if len(cluster) == 1 {
		r := cluster[0]
		if r < 0x80 && r > ' ' {
			return c.faces[0]
		}
		if indifferent(r) {
			return nil
		}
		if f, ok := c.known[r]; ok {
			return f
		}
		f := c.search(cluster)
		c.known[r] = f
		return f
	}
	for _, r := range cluster {
		if !indifferent(r) {
			return c.search(cluster)
		}
	}
	return nil
}

// search tries every face for the whole cluster, then for its first character.
func (c *Chain) search(cluster []rune) *Face {
	l := c.library
	if l.emoji != nil && emojiCluster(cluster) && l.emoji.has(cluster[0]) {
		return l.emoji
	}
	for _, need := range [][]rune{cluster, cluster[:1]} {
		for _, list := range [][]*Face{c.faces, l.fallback} {
			for _, f := range list {
				if f.hasAll(need) {
					return f
				}
			}
		}
		if f := l.systemFace(need[0]); f != nil && f.hasAll(need) {
			return f
		}
	}
	for _, r := range cluster {
		if !indifferent(r) {
			l.missing[r] = true
		}
	}
	return c.faces[0]
}

func (f *Face) hasAll(rs []rune) bool {
	for _, r := range rs {
		if !indifferent(r) && !f.has(r) {
			return false
		}
	}
	return true
}

// indifferent tells characters that need no glyph of their own: they must not
// make a run change its face.
func indifferent(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) ||
		unicode.Is(unicode.Variation_Selector, r)
}

// emojiCluster tells clusters that ask to be drawn as a picture.
func emojiCluster(c []rune) bool {
	if c[0] >= 0x1F000 && c[0] <= 0x1FBFF {
		return true
	}
	return slices.Contains(c, 0xFE0F) || len(c) > 1 && slices.Contains(c, 0x200D) && c[0] >= 0x2190
}
