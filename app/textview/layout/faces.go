package layout

import (
	"bytes"
	"fmt"
	"maps"
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

// Library holds the faces of a process: the bundled ones, one that the person
// named, and those that a text made it fetch from the system. It is not safe for
// concurrent use.
type Library struct {
	byName   map[string]*Face
	fallback []*source
	lookup   Lookup
	emoji    *source
	own      ownFont        // of the person, asked before the system
	system   map[rune]*Face // answers of lookup, nil for none
	missing  map[rune]bool
	chains   []*Chain
}

// source is a font that is parsed when a text needs it.
type source struct {
	font   Font
	covers func(r rune) bool // what it is good for, without a look into it
	face   *Face
	broken bool
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

// AddFallback makes every chain of the library ask f after its own faces. It is
// read when a text has a character that covers is true of.
func (l *Library) AddFallback(f Font, covers func(r rune) bool) {
	l.fallback = append(l.fallback, &source{font: f, covers: covers})
}

// SetEmoji names the font that is asked first for emoji. It is a fallback, too.
func (l *Library) SetEmoji(f Font) {
	l.emoji = &source{font: f, covers: Symbol}
	l.fallback = append(l.fallback, l.emoji)
}

// Missing lists, sorted, the characters that no face could draw so far.
func (l *Library) Missing() []rune {
	return slices.Sorted(maps.Keys(l.missing))
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

// of is the face of a source for r, nil if it is not meant for it.
func (l *Library) of(s *source, r rune) *Face {
	if s == nil || s.broken || !s.covers(r) {
		return nil
	}
	if s.face == nil {
		face, err := l.Load(s.font)
		s.face, s.broken = face, err != nil
	}
	return s.face
}

func (f *Face) has(r rune) bool {
	_, ok := f.face.NominalGlyph(r)
	return ok
}

// Chain is an order of faces: its own, the library's fallbacks, the person's, the
// system's.
type Chain struct {
	library *Library
	faces   []*Face
	known   map[rune]*Face // answers for clusters of one character
}

// NewChain makes a chain that prefers the given faces, the first most. There
// must be at least one; the first draws what no face has.
func (l *Library) NewChain(first *Face, more ...*Face) *Chain {
	c := &Chain{library: l, faces: append([]*Face{first}, more...), known: map[rune]*Face{}}
	l.chains = append(l.chains, c)
	return c
}

// Main is the first face of the chain.
func (c *Chain) Main() *Face { return c.faces[0] }

// resolve picks the face of a grapheme cluster. A cluster stays in one face,
// because a mark drawn by another font than its base lands beside it. nil means
// that any face will do (blanks, controls). before is the face of the text before
// it, which keeps signs that several scripts share.
func (c *Chain) resolve(cluster []rune, before *Face) *Face {
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
		if shared(r) && before != nil && !c.faces[0].has(r) && before.has(r) {
			return before
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

// shared tells signs of Indic scripts that no one of them owns.
func shared(r rune) bool { return r == 0x964 || r == 0x965 || r >= 0x1CD0 && r <= 0x1CFF }

// search tries every face for the whole cluster, then for its first character.
func (c *Chain) search(cluster []rune) *Face {
	l := c.library
	if emojiCluster(cluster) {
		if f := l.of(l.emoji, cluster[0]); f != nil && f.has(cluster[0]) {
			return f
		}
	}
	for _, need := range [][]rune{cluster, cluster[:1]} {
		if f := c.bundled(need); f != nil {
			return f
		}
		if f, _ := l.Own(); f != nil && f.hasAll(need) {
			return f
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

// bundled is the first face of the chain and the fallbacks with all of need.
func (c *Chain) bundled(need []rune) *Face {
	for _, f := range c.faces {
		if f.hasAll(need) {
			return f
		}
	}
	for _, s := range c.library.fallback {
		if f := c.library.of(s, need[0]); f != nil && f.hasAll(need) {
			return f
		}
	}
	return nil
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

// Symbol tells characters that a font of emoji or symbols may have: no letters.
func Symbol(r rune) bool {
	return r >= 0x2010 && r < 0x2C00 || r >= 0x3000 && r <= 0x303F || r == 0x3297 || r == 0x3299 ||
		r >= 0x1F000 && r <= 0x1FBFF || r < 0x100 || r == 0x200D || r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE007F
}
