package widgets

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"lede/app/theme"
)

// NewMarkdown sets Markdown (CommonMark) in a column of a width: headings,
// paragraphs, lists, quotations, code, rules. What is emphasized stands in the type
// of the articles, because codebooks emphasize what is quoted from them. Nothing is
// loaded: a picture is its description, HTML is shown as it is written. The words of
// mark, as people typed them, are shown where they stand; "" marks none.
func NewMarkdown(source string, width float32, mark string) *fyne.Container {
	m := &markdown{source: []byte(source), mark: mark}
	return NewColumn(9, m.blocks(m.parse(), width)...)
}

// Passages lists the text of Markdown, as it is read: a paragraph, a heading, an item
// of a list each.
func Passages(source string) []string {
	m := &markdown{source: []byte(source)}
	var all []string
	var walk func(ast.Node)
	walk = func(parent ast.Node) {
		for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
			switch n.Kind() {
			case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
				said := ""
				for _, bit := range m.inline(n, Bit{}) {
					said += bit.Text
				}
				all = append(all, strings.TrimSpace(said))
			case ast.KindFencedCodeBlock, ast.KindCodeBlock, ast.KindHTMLBlock:
				all = append(all, m.lines(n)...)
			default:
				walk(n)
			}
		}
	}
	walk(m.parse())
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// The measures of Markdown.
const (
	markdownSpread float32 = 20 // of a line
	markdownIndent float32 = 16 // of a list in its text
)

type markdown struct {
	source []byte
	mark   string
}

func (m *markdown) parse() ast.Node {
	return goldmark.New().Parser().Parse(text.NewReader(m.source))
}

func (m *markdown) blocks(parent ast.Node, width float32) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if o := m.block(n, width); o != nil {
			all = append(all, o)
		}
	}
	return all
}

func (m *markdown) block(n ast.Node, width float32) fyne.CanvasObject {
	switch n := n.(type) {
	case *ast.Heading:
		size := max(theme.TextSize, theme.TextSize+5-2*float32(n.Level))
		return NewPadded(Pad{Top: 4}, NewRich(size, width, markdownSpread+size-theme.TextSize, m.inline(n, Bit{Face: SansBold, Color: theme.Text})...))
	case *ast.List:
		return m.list(n, width)
	case *ast.Blockquote:
		bar := NewFill(theme.Track)
		bar.Radius = 1
		return container.New(hanging{line: 2}, bar, NewColumn(6, m.blocks(n, width-markdownIndent)...))
	case *ast.ThematicBreak:
		return NewHairline()
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		return m.verbatim(n, width)
	default:
		bits := m.inline(n, Bit{Face: Sans, Color: theme.Text})
		if len(bits) == 0 {
			return nil
		}
		return NewRich(theme.TextSize, width, markdownSpread, bits...)
	}
}

func (m *markdown) list(n *ast.List, width float32) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	number := n.Start
	gap := float32(5)
	if n.IsTight {
		gap = 3
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		sign := "•"
		if n.IsOrdered() {
			sign = fmt.Sprintf("%d.", number)
			number++
		}
		lead := NewRich(theme.TextSize, markdownIndent, markdownSpread, Bit{Text: sign, Face: Sans, Color: theme.Dim})
		rows = append(rows, container.New(hanging{}, lead, NewColumn(gap, m.blocks(item, width-markdownIndent)...)))
	}
	return NewColumn(gap, rows...)
}

// verbatim is code, line by line.
func (m *markdown) verbatim(n ast.Node, width float32) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, line := range m.lines(n) {
		lines = append(lines, NewRich(theme.SmallSize+0.5, width-2*8, markdownSpread-2, m.found(Bit{Text: indented(line), Face: Sans, Color: theme.Text})...))
	}
	back := NewFill(theme.Hover)
	back.Radius = theme.SmallRadius
	return overlay(back, NewPadded(Even(8, 6), NewColumn(0, lines...)))
}

func (m *markdown) lines(n ast.Node) []string {
	var all []string
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		all = append(all, strings.TrimRight(string(at.Value(m.source)), "\r\n"))
	}
	return all
}

// indented keeps the blanks before a line.
func indented(line string) string {
	words := strings.TrimLeft(line, " \t")
	lead := strings.ReplaceAll(line[:len(line)-len(words)], "\t", "    ")
	return strings.ReplaceAll(lead, " ", "\u00a0") + words
}

// inline are the bits of a node's text, in the look that it has from outside.
func (m *markdown) inline(parent ast.Node, look Bit) []Bit {
	var bits []Bit
	say := func(look Bit, s string) {
		look.Text = s
		bits = append(bits, m.found(look)...)
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			words := string(n.Segment.Value(m.source))
			if parent.Kind() != ast.KindCodeSpan {
				words = plain(n.Segment.Value(m.source))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				words += " "
			}
			say(look, words)
		case *ast.String:
			say(look, string(n.Value))
		case *ast.Emphasis:
			inside := look
			if n.Level > 1 { // of the four faces, one bit says bold and one serifs
				inside.Face |= SansBold
			} else {
				inside.Face |= Serif
			}
			bits = append(bits, m.inline(n, inside)...)
		case *ast.CodeSpan:
			inside := look
			inside.Back = theme.Track
			bits = append(bits, m.inline(n, inside)...)
		case *ast.Link:
			inside := look
			inside.Color = theme.Accent
			bits = append(bits, m.inline(n, inside)...)
		case *ast.AutoLink:
			inside := look
			inside.Color = theme.Accent
			say(inside, string(n.URL(m.source)))
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				at := n.Segments.At(i)
				say(look, string(at.Value(m.source)))
			}
		default: // a picture is its description
			bits = append(bits, m.inline(n, look)...)
		}
	}
	return bits
}

// hanging puts a sign, or a line that is as high as the rest, before what is
// indented.
type hanging struct{ line float32 }

// MinSize is for Fyne.
func (l hanging) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(markdownIndent, 0)
}

// Layout is for Fyne.
func (l hanging) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width, height := markdownIndent, o[0].MinSize().Height
	if l.line > 0 {
		width, height = l.line, s.Height
	}
	place(o[0], 0, 0, width, height)
	place(o[1], markdownIndent, 0, s.Width-markdownIndent, s.Height)
}

// plain is the text that a source stands for: without the backslashes and names
// by which signs are written.
func plain(source []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(source))))
}

// found parts a bit where the words that are looked for stand in it.
func (m *markdown) found(bit Bit) []Bit { return Marked(bit, m.mark) }

// Marked parts a bit at the places of each of some words, which get a ground to be
// seen; words are compared without case.
func Marked(bit Bit, words string) []Bit {
	bits := []Bit{bit}
	for _, word := range strings.Fields(strings.ToLower(words)) {
		var next []Bit
		for _, b := range bits {
			if b.Back == theme.Selection {
				next = append(next, b)
			} else {
				next = append(next, marked(b, word)...)
			}
		}
		bits = next
	}
	return bits
}

func marked(bit Bit, word string) []Bit {
	low := strings.ToLower(bit.Text)
	if len(low) != len(bit.Text) { // a letter whose small form is longer: offsets would be off
		return []Bit{bit}
	}
	var bits []Bit
	add := func(s string, back theme.Name) {
		if one := bit; s != "" {
			one.Text, one.Back = s, back
			bits = append(bits, one)
		}
	}
	rest := 0
	for {
		i := strings.Index(low[rest:], word)
		if i < 0 {
			break
		}
		add(bit.Text[rest:rest+i], bit.Back)
		add(bit.Text[rest+i:rest+i+len(word)], theme.Selection)
		rest += i + len(word)
	}
	add(bit.Text[rest:], bit.Back)
	return bits
}
