package codebook

import (
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"lede/annotate"
	"lede/annotate/format"
)

// found is what is found in a codebook: the names in headings of the third level, all
// names, and the letters of the text.
type found struct {
	heads, names []string
	text         string
}

// readBack reads the codebook with a parser and looks for every label, in order, every
// other name, and the words of every guideline.
func readBack(open format.OpenFunc, _ *format.Expectations, job *format.Job) error {
	at := format.Place{File: "the codebook"}
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	raw, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	var got found
	if asPage(job) {
		if got, err = inPage(string(raw)); err != nil {
			return format.Mismatch(at, "it is no page (%s)", err)
		}
	} else {
		got = inMarkdown(raw)
	}
	return got.compare(at, job.Schema)
}

func (f found) compare(at format.Place, s *annotate.Schema) error {
	var labels, names []string
	for _, l := range s.Labels {
		labels = append(labels, folded(l.Name))
	}
	if len(f.heads) < len(labels) || !slices.Equal(f.heads[:len(labels)], labels) {
		return format.Mismatch(at, "its labels are %q, those of the schema %q", f.heads, labels)
	}
	for _, a := range s.Attributes {
		names = append(names, a.Name)
		for _, c := range a.Choices {
			names = append(names, c.Name)
		}
	}
	for _, t := range s.RelationTypes {
		names = append(names, t.Name)
	}
	for _, n := range names {
		if !slices.Contains(f.names, folded(n)) {
			return format.Mismatch(at, "the name %q is not in it", n)
		}
	}
	for _, l := range s.Labels {
		if !strings.Contains(f.text, letters(l.Description)) {
			return format.Mismatch(at, "the description of the label %q is not in it", l.Name)
		}
		if !strings.Contains(f.text, letters(spoken(l.Guideline))) && !strings.Contains(f.text, letters(l.Guideline)) {
			return format.Mismatch(at, "the guideline of the label %q is not in it", l.Name)
		}
	}
	return nil
}

// letters are what no kind of markup takes away.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// folded takes out blanks, which Markdown and HTML treat as they like.
func folded(s string) string { return strings.Join(strings.Fields(s), "") }

// spoken are the words of a guideline as a reader sees them, "" if it has HTML in it,
// which readers treat differently.
func spoken(guide string) string {
	var b strings.Builder
	if goldmark.Convert([]byte(guide), &b) != nil || strings.Contains(b.String(), "<!-- raw HTML omitted -->") {
		return ""
	}
	page, err := inPage(b.String())
	if err != nil {
		return ""
	}
	return page.text
}

func inMarkdown(raw []byte) found {
	var b strings.Builder
	var f found
	doc := goldmark.New().Parser().Parse(text.NewReader(raw))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function returns no error
		if span, ok := n.(*ast.CodeSpan); ok && entering {
			name := folded(spelled(span, raw))
			f.names = append(f.names, name)
			if h, ok := n.Parent().(*ast.Heading); ok && h.Level == 3 {
				f.heads = append(f.heads, name)
			}
		}
		return ast.WalkContinue, nil
	})
	if goldmark.Convert(raw, &b) == nil {
		if page, err := inPage(b.String()); err == nil {
			f.text = page.text
		}
	}
	return f
}

// spelled is what a code span holds.
func spelled(span *ast.CodeSpan, source []byte) string {
	var b strings.Builder
	for c := span.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
		}
	}
	return b.String()
}

func inPage(raw string) (found, error) {
	var f found
	root, err := html.Parse(strings.NewReader(raw))
	if err != nil {
		return f, err
	}
	var b strings.Builder
	var walk func(n *html.Node, head bool)
	walk = func(n *html.Node, head bool) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Data == "style" || n.Data == "title":
			return
		case n.Data == "code":
			name := folded(textOf(n))
			f.names = append(f.names, name)
			if head {
				f.heads = append(f.heads, name)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, head || n.Data == "h3")
		}
	}
	walk(root, false)
	f.text = letters(b.String())
	return f, nil
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
