package markdown

import (
	"context"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "markdown",
		Title:       "Markdown",
		Description: "One article a file, its source as it stands; the front matter becomes its facts.",
		Extensions:  endings,
		Detect:      detect,
		Read:        read,
	})
}

var endings = []string{".md", ".markdown", ".mdown", ".mkd"}

func detect(s format.Sample) int {
	switch {
	case s.Dir:
		return 0
	case slices.Contains(endings, s.Ext):
		return 80
	case s.Ext != "" && s.Ext != ".txt" && s.Ext != ".text":
		return 0
	}
	if head, _, kind := cut(s.Head); kind != "" && titled.MatchString(head) {
		return 70 // a text file that begins with front matter
	}
	return 0
}

var titled = regexp.MustCompile(`(?m)^(title|headline|date|author)\s*[:=]`)

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		raw, err := src.Decode()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
		yield(article(src, raw), nil)
	}
}

func article(src format.Source, raw string) *format.Article {
	a := &format.Article{Place: src.At(0), Ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), RefFromName: true, Text: raw}
	if head, body, kind := cut(raw); kind != "" {
		facts, ok := parse(head, kind)
		if ok {
			a.Text = body
			facts.give(a)
		} else {
			a.Skip("front_matter", "heads of Markdown files that are no sound "+kind+" were left in the text", 1, src.Name)
		}
	}
	if a.Title == "" {
		a.Title = heading(a.Text)
	}
	return a
}

// maxHead is the longest front matter, in bytes.
const maxHead = 1 << 20

// cut takes the front matter off: between two lines "---" (YAML) or "+++" (TOML) at
// the head of the file. kind is "" if there is none.
func cut(raw string) (head, body, kind string) {
	s := strings.TrimPrefix(raw, "\uFEFF")
	line, rest, ok := nextLine(s)
	fence := strings.TrimRight(line, " \t")
	switch {
	case !ok:
		return "", raw, ""
	case fence == "---":
		kind = "YAML"
	case fence == "+++":
		kind = "TOML"
	default:
		return "", raw, ""
	}
	for begin := len(s) - len(rest); ; {
		at := len(s) - len(rest)
		if at-begin > maxHead {
			return "", raw, ""
		}
		line, rest, ok = nextLine(rest)
		if end := strings.TrimRight(line, " \t"); end == fence || kind == "YAML" && end == "..." {
			return s[begin:at], strings.TrimLeft(rest, "\r\n"), kind
		}
		if !ok {
			return "", raw, ""
		}
	}
}

// nextLine cuts a line off; ok is false at the end of the text.
func nextLine(s string) (line, rest string, ok bool) {
	line, rest, ok = strings.Cut(s, "\n")
	return strings.TrimSuffix(line, "\r"), rest, ok
}

// heading is the heading of the first order that begins a text, "" if none does.
func heading(text string) string {
	line, _, _ := nextLine(strings.TrimLeft(text, "\r\n"))
	words, ok := strings.CutPrefix(line, "# ")
	if !ok {
		return ""
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(words), "#"))
}
