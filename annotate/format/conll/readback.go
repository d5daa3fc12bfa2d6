package conll

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"lede/annotate/format"
)

// entity is what a reader of tags sees.
type entity struct{ label, text string }

// readBack reads the tags as a scorer does and compares label and text of each
// entity, white space aside, which CoNLL does not hold.
func readBack(open format.OpenFunc, want *format.Expectations, _ *format.Job) error {
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewReaderSize(f, 64<<10)
	n := 0
	var now *entity
	next := func() (*entity, error) {
		for {
			raw, err := lines.ReadString('\n')
			if errors.Is(err, io.EOF) && raw == "" {
				done := now
				now = nil
				return done, nil
			}
			n++
			at := format.Place{File: "line", Line: n}
			word, tag, ok := strings.Cut(strings.TrimSuffix(raw, "\n"), "\t")
			if raw == "\n" {
				word, tag, ok = "", "O", true
			}
			kind, label, _ := strings.Cut(tag, "-")
			if !ok || (err != nil && !errors.Is(err, io.EOF)) || (kind == "O") == (label != "") {
				return nil, format.Mismatch(at, "it is no token with a tag: %q", raw)
			}
			switch kind {
			case "I":
				if now == nil || now.label != label {
					return nil, format.Mismatch(at, "the tag %s follows no tag of its label", tag)
				}
				now.text += word
				continue
			case "B":
				done := now
				if now = (&entity{label, word}); done != nil {
					return done, nil
				}
			case "O":
				if done := now; done != nil {
					now = nil
					return done, nil
				}
			default:
				return nil, format.Mismatch(at, "the tag %s is none of IOB2", tag)
			}
		}
	}
	return compare(want, next, func() format.Place { return format.Place{File: "line", Line: n} })
}

func compare(want *format.Expectations, next func() (*entity, error), at func() format.Place) error {
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			extra, err := next()
			if err == nil && extra != nil {
				err = format.Mismatch(at(), "there is an entity %q too many", extra.text)
			}
			return err
		}
		if err != nil {
			return err
		}
		for i, span := range expected.Spans {
			got, err := next()
			if err != nil {
				return err
			}
			quote := strings.Map(func(r rune) rune {
				if blank(r) {
					return -1
				}
				return r
			}, strings.Join(span.Quotes, ""))
			if got == nil || got.label != span.Label || got.text != quote {
				return format.Mismatch(at(), "entity %d of article %s should be %s %q, and it is %v", i+1, expected.Ref, span.Label, quote, got)
			}
		}
	}
}
