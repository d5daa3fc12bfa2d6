package flow

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page says what of a page is text.
type Page struct {
	// Without reports whether an element is left out, with all that is in it, beside
	// what no browser shows. Nil: nothing more.
	Without func(*html.Node) bool
}

// HTML is the text of a node and all below it.
func HTML(n *html.Node, p Page) string {
	var b Builder
	p.node(&b, n)
	return b.String()
}

// unseen are elements whose content is no text of the page.
var unseen = []atom.Atom{
	atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title, atom.Iframe, atom.Object, atom.Embed, atom.Audio,
	atom.Video, atom.Canvas, atom.Svg, atom.Select, atom.Datalist, atom.Textarea, atom.Input, atom.Button, atom.Noframes, atom.Map,
}

var paragraphs = []atom.Atom{
	atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Pre, atom.Blockquote, atom.Section,
	atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Figure, atom.Hr, atom.Form, atom.Fieldset, atom.Details,
}

var lines = []atom.Atom{
	atom.Div, atom.Li, atom.Dt, atom.Dd, atom.Address, atom.Figcaption, atom.Summary, atom.Caption, atom.Option, atom.Legend, atom.Center,
	atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot, atom.Body, atom.Html, atom.Hgroup, atom.Menu, atom.Dir,
}

func gapOf(a atom.Atom) int {
	switch {
	case slices.Contains(paragraphs, a):
		return Paragraph
	case slices.Contains(lines, a):
		return Line
	}
	return 0
}

func (p Page) node(b *Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.Words(n.Data)
	case html.ElementNode:
		p.element(b, n)
	case html.DocumentNode:
		p.inside(b, n)
	default: // comments and document types are no text
	}
}

func (p Page) inside(b *Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(b, c)
	}
}

func (p Page) element(b *Builder, n *html.Node) {
	if slices.Contains(unseen, Tag(n)) || n.Namespace != "" || hidden(n) || p.Without != nil && p.Without(n) {
		return
	}
	switch Tag(n) {
	case atom.Br:
		b.Break()
		return
	case atom.Table:
		if laidOut(n) {
			b.Gap(Paragraph)
			p.inside(b, n)
			b.Gap(Paragraph)
			return
		}
		b.Table()
		p.inside(b, n)
		b.EndTable()
		return
	case atom.Tr:
		p.row(b, n)
		return
	case atom.Pre:
		b.Gap(Paragraph)
		p.verbatim(b, n)
		b.Gap(Paragraph)
		return
	}
	gap := gapOf(Tag(n))
	b.Gap(gap)
	p.inside(b, n)
	b.Gap(gap)
}

// row is a row of a table; of one that only lays the page out, its cells are blocks.
func (p Page) row(b *Builder, n *html.Node) {
	blocks := b.depth == 0
	if !blocks {
		b.Row()
	}
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case Tag(c) != atom.Td && Tag(c) != atom.Th:
			p.node(b, c)
		case hidden(c) || p.Without != nil && p.Without(c):
		case blocks:
			b.Gap(Paragraph)
			p.inside(b, c)
			b.Gap(Paragraph)
		default:
			b.Cell(first)
			first = false
			p.inside(b, c)
		}
	}
	if !blocks {
		b.Row()
	}
}

// verbatim is preformatted text.
func (p Page) verbatim(b *Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.Exactly(c.Data)
		case c.Type == html.ElementNode && Tag(c) == atom.Br:
			b.Exactly("\n")
		case c.Type == html.ElementNode && !slices.Contains(unseen, Tag(c)) && c.Namespace == "" && !hidden(c):
			p.verbatim(b, c)
		}
	}
}

// hidden reports whether a page says itself that nobody sees the element.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// laidOut reports whether a table is there to lay the page out, as old pages and
// mails do: a cell of it holds another table, or several blocks.
func laidOut(table *html.Node) bool {
	blocks := 0
	for n := range table.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case Tag(n) == atom.Table:
			return true
		case Tag(n) == atom.Td || Tag(n) == atom.Th:
			blocks = 0
		case Tag(n) == atom.P || Tag(n) == atom.Ul || Tag(n) == atom.Blockquote || gapOf(Tag(n)) == Paragraph && Tag(n) != atom.Pre:
			if blocks++; blocks > 1 {
				return true
			}
		}
	}
	return false
}

// Tag is the name of an element. Who changes a page may set its words alone.
func Tag(n *html.Node) atom.Atom {
	if n.DataAtom == 0 && n.Type == html.ElementNode {
		return atom.Lookup([]byte(n.Data))
	}
	return n.DataAtom
}

// Attr is an attribute of an element, "" if it is not there.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
