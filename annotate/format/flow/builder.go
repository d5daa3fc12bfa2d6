package flow

import (
	"strings"
	"unicode"
)

// The gaps between blocks, in line breaks.
const (
	Line      = 1
	Paragraph = 2
)

// Builder collects the text of one document. The zero value is ready.
type Builder struct {
	out   strings.Builder
	gap   int  // line breaks due before the next words, at most Paragraph
	blank bool // a blank is due before the next words, if they are on the same line
	cell  bool // in a table, nothing in this cell yet
	depth int  // tables around
	start bool // something was written
}

// Gap ends a block: what follows stands at least n line breaks further on.
func (b *Builder) Gap(n int) {
	if n == 0 || b.cell {
		return // no block, or one at the beginning of a cell
	}
	if b.depth > 0 {
		n = min(n, Line)
	}
	b.gap = max(b.gap, n)
	b.blank = false
}

// Break is a line break inside a block.
func (b *Builder) Break() {
	if b.cell {
		return
	}
	b.gap = min(b.gap+1, Paragraph)
	if b.depth > 0 {
		b.gap = Line
	}
	b.blank = false
}

// Row begins a row of a table, Cell the next cell of one; first says that it is the
// first of its row. Inside, until End, blocks are only a line apart.
func (b *Builder) Row() {
	b.cell = false
	b.Gap(Line)
}

// Cell begins a cell.
func (b *Builder) Cell(first bool) {
	if !first {
		if b.cell {
			b.flush() // an empty cell before this one
		}
		b.gap, b.blank, b.cell = 0, false, false
		b.out.WriteByte('\t')
		b.start = true
	} else {
		b.flush()
	}
	b.cell = true
}

// Table begins a table, EndTable ends it.
func (b *Builder) Table() {
	b.Gap(Paragraph)
	b.flushIf(b.depth > 0 && b.cell)
	b.depth++
	b.cell = false
}

// EndTable ends a table.
func (b *Builder) EndTable() {
	b.cell = false
	b.depth--
	b.Gap(Paragraph)
}

func (b *Builder) flushIf(yes bool) {
	if yes {
		b.flush()
	}
}

// flush writes what is due.
func (b *Builder) flush() {
	switch {
	case !b.start || b.cell:
	case b.gap > 0:
		b.out.WriteString("\n\n"[:b.gap])
	case b.blank:
		b.out.WriteByte(' ')
	}
	b.gap, b.blank, b.cell = 0, false, false
}

// Words writes text in which runs of blanks, tabs and line breaks are one blank.
// A no-break space alone on a line, as editors leave it, is nothing.
func (b *Builder) Words(s string) {
	if (b.gap > 0 || !b.start || b.cell) && strings.TrimFunc(s, unicode.IsSpace) == "" {
		return
	}
	for s != "" {
		if isSpace(s[0]) {
			b.blank = true
			s = s[1:]
			continue
		}
		end := 0
		for end < len(s) && !isSpace(s[end]) {
			end++
		}
		b.Exactly(s[:end])
		s = s[end:]
	}
}

// isSpace is what HTML folds.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// Exactly writes text as it is.
func (b *Builder) Exactly(s string) {
	if s == "" {
		return
	}
	b.flush()
	b.out.WriteString(s)
	b.start = true
}

// Len is the length of what was written, in bytes.
func (b *Builder) Len() int { return b.out.Len() }

// From is what was written from the byte at.
func (b *Builder) From(at int) string { return b.out.String()[at:] }

// String is the text: no white space around it.
func (b *Builder) String() string {
	return strings.TrimFunc(b.out.String(), func(r rune) bool { return r < 0x80 && isSpace(byte(r)) })
}

// Tab is a tab inside a paragraph; one that only indents its first line is nothing.
func (b *Builder) Tab() {
	if b.gap > 0 || !b.start || b.cell {
		return
	}
	b.blank = false
	b.Exactly("\t")
}

// Whole writes a text that is a document of its own, as a box beside the text.
func (b *Builder) Whole(s string) {
	b.Gap(Paragraph)
	b.Exactly(s)
	b.Gap(Paragraph)
}
