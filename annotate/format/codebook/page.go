package codebook

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	markup "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"lede/annotate"
)

const style = `:root{color-scheme:light dark;--page:#fcfbf8;--text:#202124;--dim:#6b6d72;--line:#e3e0d8}
body{margin:0 auto;padding:3em 1.5em 6em;max-width:44em;background:var(--page);color:var(--text);font:17px/1.55 "Noto Serif",Georgia,serif}
h1{font-size:1.9em;line-height:1.2}h2{margin-top:2.6em;padding-top:.6em;border-top:1px solid var(--line);font-size:1.4em}
h3{margin-top:2.2em;font-size:1.15em}h4,h5,h6{font-size:1em}
code{font:.82em "Noto Sans Mono",Consolas,monospace;color:var(--dim)}
ul{padding-left:1.2em}li{margin:.25em 0}.guide{margin:1em 0;padding-left:1.1em;border-left:3px solid var(--line)}
.mark{display:inline-block;width:1.5em;margin-right:.5em;border-bottom:3px solid var(--c);vertical-align:.25em}
`

const night = `--page:#1c1d20;--text:#e7e5df;--dim:#9a9ca2;--line:#2c2e33`

// writePage writes the codebook as a page that needs nothing else.
func writePage(blocks []block, s *annotate.Schema) (string, error) {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + html.EscapeString(words(blocks[0].bits)) + "</title>\n<style>\n" + style)
	b.WriteString(colors(s) + "</style>\n</head>\n<body>\n")
	depth := 0
	for _, x := range blocks {
		level := 0
		if x.kind == item {
			level = x.level
		}
		depth = lists(&b, depth, level)
		switch x.kind {
		case heading:
			mark := ""
			if x.label >= 0 {
				mark = fmt.Sprintf(`<span class="mark l%d"></span>`, x.label)
			}
			fmt.Fprintf(&b, "<h%d>%s%s</h%d>\n", x.level, mark, tagged(x.bits), x.level)
		case paragraph:
			b.WriteString("<p>" + tagged(x.bits) + "</p>\n")
		case item:
			b.WriteString("<li>" + tagged(x.bits))
		case guideline:
			guide, err := rendered(x.guide)
			if err != nil {
				return "", err
			}
			b.WriteString("<div class=\"guide\">\n" + guide + "</div>\n")
		}
	}
	lists(&b, depth, 0)
	b.WriteString("</body>\n</html>\n")
	return b.String(), nil
}

// lists opens and closes lists between items of two depths.
func lists(b *strings.Builder, from, to int) int {
	switch {
	case from == to && to > 0:
		b.WriteString("</li>\n")
	case from > to:
		b.WriteString("</li>\n")
	}
	for ; from > to; from-- {
		b.WriteString("</ul>\n")
		if from > 1 {
			b.WriteString("</li>\n")
		}
	}
	for ; from < to; from++ {
		b.WriteString("\n<ul>\n")
	}
	return to
}

// colors are the looks of the labels, in light and dark.
func colors(s *annotate.Schema) string {
	var light, dark strings.Builder
	for i, l := range s.Labels {
		pattern := l.Pattern
		switch pattern {
		case annotate.Dashed, annotate.Double, annotate.Dotted:
		default:
			pattern = annotate.Solid
		}
		if _, _, _, ok := annotate.RGB(l.Color); ok {
			fmt.Fprintf(&light, ".l%d{--c:%s;border-bottom-style:%s}\n", i, l.Color, pattern)
		}
		if c := l.InDark(); c != "" {
			fmt.Fprintf(&dark, ".l%d{--c:%s}", i, c)
		}
	}
	return light.String() + "@media (prefers-color-scheme:dark){:root{" + night + "}" + dark.String() + "}\n" +
		"@media print{:root{color-scheme:light;--page:#fff}}\n"
}

func words(bits []bit) string {
	var b strings.Builder
	for _, x := range bits {
		b.WriteString(x.text)
	}
	return strings.TrimSpace(b.String())
}

func tagged(bits []bit) string {
	var b strings.Builder
	for _, x := range bits {
		text := html.EscapeString(x.text)
		switch x.look {
		case name:
			b.WriteString("<code>" + text + "</code>")
		case strong:
			b.WriteString("<strong>" + text + "</strong>")
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}

// rendered is a guideline as HTML: its headings below those of labels, and what it has
// of HTML as text.
func rendered(guide string) (string, error) {
	m := goldmark.New(goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(verbatim{}, 1))))
	source := []byte(guide)
	doc := m.Parser().Parse(text.NewReader(source))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = below(h.Level)
		}
		return ast.WalkContinue, nil
	})
	var b strings.Builder
	if err == nil {
		err = m.Renderer().Render(&b, source, doc)
	}
	return b.String(), err
}

// verbatim shows HTML in a guideline as it is written.
type verbatim struct{ markup.Config }

// RegisterFuncs is for goldmark.
func (v verbatim) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(html.EscapeString(string(n.(*ast.RawHTML).Segments.Value(source))))
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			block := n.(*ast.HTMLBlock)
			raw := string(block.Lines().Value(source))
			if block.HasClosure() {
				raw += string(block.ClosureLine.Value(source))
			}
			_, _ = w.WriteString("<p>" + html.EscapeString(raw) + "</p>\n")
		}
		return ast.WalkSkipChildren, nil
	})
}
