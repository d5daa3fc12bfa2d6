package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lede/annotate/format"
	"lede/annotate/format/flow"
)

// ours reports whether Lede wrote the page.
func ours(doc *html.Node) bool {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Meta && flow.Attr(n, "name") == "generator" {
			return flow.Attr(n, "content") == "Lede"
		}
	}
	return false
}

// ownArticles takes the articles of a page that Lede wrote back: their texts
// character by character, and what their heads say.
func ownArticles(src format.Source, doc *html.Node, yield func(*format.Article, error) bool) bool {
	found := false
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Article || !hasAttr(n, "data-ref") {
			continue
		}
		found = true
		if !yield(ownArticle(src, n), nil) {
			return false
		}
	}
	if !found {
		return yield(format.LeftOut(src.At(0), "contents", "tables of contents among pages written by Lede", 1, src.Name), nil)
	}
	return true
}

func ownArticle(src format.Source, article *html.Node) *format.Article {
	a := &format.Article{Place: src.At(0), Ref: flow.Attr(article, "data-ref"), Language: flow.Attr(article, "lang")}
	spans, text, relations := map[string]bool{}, (*html.Node)(nil), 0
	for n := range article.Descendants() {
		if s := flow.Attr(n, "data-s"); s != "" && n.DataAtom == atom.Mark {
			number, _, _ := strings.Cut(s, ".")
			spans[sectionOf(n)+" "+number] = true
		}
		if n.DataAtom == atom.Li && n.Parent.DataAtom == atom.Ol && flow.Attr(n.Parent, "class") == "relations" {
			relations++
		}
		if text == nil && hasAttr(n, "data-text") {
			text = n
		}
		if n.DataAtom == atom.Header && n.Parent == article {
			ownFacts(a, n)
		}
	}
	if text != nil {
		a.Text = content(text)
	}
	if a.Title == a.Ref {
		a.Title = ""
	}
	a.Skip("annotations", "spans on pages written by Lede, which are made for people (jsonl brings spans back)", len(spans), a.Ref)
	a.Skip("annotations", "relations on pages written by Lede, which are made for people (jsonl brings relations back)", relations, a.Ref)
	return a
}

// ownFacts reads the head of an article.
func ownFacts(a *format.Article, header *html.Node) {
	name := ""
	for n := range header.Descendants() {
		switch {
		case n.DataAtom == atom.H1:
			a.Title = content(n)
		case n.DataAtom == atom.P && flow.Attr(n, "class") == "facts":
			if line := strings.TrimSpace(strings.TrimSuffix(content(n), a.Language)); line != "" {
				// Which of them is the publisher, author or date, the page does not say.
				a.PutMeta("facts", format.AppendString(nil, strings.TrimSuffix(line, " ·")))
			}
		case n.DataAtom == atom.Dt:
			name = content(n)
		case n.DataAtom == atom.Dd && name == "Address":
			a.URL = content(n)
		case n.DataAtom == atom.Dd && name != "Id" && name != "":
			a.PutMeta(name, format.AppendString(nil, content(n)))
		}
	}
}

// sectionOf is the annotator in whose section an element is.
func sectionOf(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Section {
			return flow.Attr(n, "data-annotator")
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// content is all text inside an element, as it is.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
