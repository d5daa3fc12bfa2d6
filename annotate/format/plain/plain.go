package plain

import (
	"context"
	"fmt"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "text",
		Title:       "Text files",
		Description: "One article a file (or a line), without annotations.",
		Extensions:  []string{".txt", ".text"},
		Options: []format.Option{
			{Key: "lines", Values: []string{"yes", "no"}, Default: "no", For: format.ForImport, Help: "one article a line; blank lines are left out"},
		},
		Detect: detect,
		Read:   read,
	})
}

func detect(s format.Sample) int {
	switch {
	case s.Dir:
		return 0
	case s.Ext == ".txt" || s.Ext == ".text":
		return 60
	case s.Head == "" || strings.ContainsAny(s.Head, "\x00\uFFFD") || !utf8.ValidString(s.Head):
		return 0
	case strings.ContainsAny(strings.TrimSpace(s.Head)[:min(1, len(strings.TrimSpace(s.Head)))], "<{[%"):
		return 0 // markup, JSON or PDF: its text is inside
	}
	return 10
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	ref := strings.TrimSuffix(src.Rel, path.Ext(src.Rel))
	if s.Yes("lines") {
		return lines(ctx, src, ref)
	}
	return func(yield func(*format.Article, error) bool) {
		raw, err := src.Decode()
		if err != nil {
			yield(nil, err)
			return
		}
		yield(&format.Article{Place: src.At(0), Ref: ref, RefFromName: true, Text: raw}, nil)
	}
}

func lines(ctx context.Context, src format.Source, ref string) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		for n, line := range src.Lines() {
			if line.Err == nil {
				line.Err = ctx.Err()
			}
			if line.Err != nil {
				yield(nil, line.Err)
				return
			}
			if strings.TrimSpace(line.Text) == "" {
				continue
			}
			a := &format.Article{Place: src.At(n), Ref: fmt.Sprintf("%s:%d", ref, n), RefFromName: true, Text: line.Text}
			if !yield(a, nil) {
				return
			}
		}
	}
}
