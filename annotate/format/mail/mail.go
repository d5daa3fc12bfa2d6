package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"lede/annotate/format"
)

func init() {
	options := []format.Option{
		{Key: "part", Values: []string{"plain", "html"}, Default: "plain", For: format.ForImport, Help: "which one is taken of mails that come as plain text and as a page"},
	}
	format.Register(&format.Format{
		Name: "eml", Title: "Mails",
		Description: "One mail a file, or a page that a browser saved as one file (.mht): its text, its head as facts.",
		Extensions:  []string{".eml", ".mht", ".mhtml"}, Options: options,
		Detect: detectMail, Read: readMail,
	})
	format.Register(&format.Format{
		Name: "mbox", Title: "Mailboxes",
		Description: "Many mails in one file, as mail programs and mailing lists keep and export them.",
		Extensions:  []string{".mbox", ".mbx"}, Options: options,
		Detect: detectBox, Read: readBox,
	})
}

var (
	headLine = regexp.MustCompile(`(?im)^(from|subject|date|message-id|mime-version|received|return-path|to|content-type|snapshot-content-location):`)
	fromLine = regexp.MustCompile(`^From \S.*\d\d:\d\d.*\d{4}|^From \S+ .*\d{4} \d\d:\d\d`)
)

func detectMail(s format.Sample) int {
	if s.Dir {
		return 0
	}
	head, _, _ := strings.Cut(strings.ReplaceAll(s.Head, "\r\n", "\n"), "\n\n")
	seen := map[string]bool{}
	for _, m := range headLine.FindAllString(head, 40) {
		seen[strings.ToLower(m)] = true
	}
	named := slices.Contains([]string{".eml", ".mht", ".mhtml"}, s.Ext)
	switch {
	case !headName.MatchString(s.Head) || len(seen) < 2:
		if named {
			return 50
		}
		return 0
	case named:
		return 95
	case seen["from:"] && (seen["message-id:"] || seen["mime-version:"] || seen["received:"] || seen["return-path:"]):
		return 85
	}
	return 0
}

var headName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:`)

func detectBox(s format.Sample) int {
	switch {
	case s.Dir:
		return 0
	case fromLine.MatchString(s.Head):
		return 95
	case s.Ext == ".mbox" || s.Ext == ".mbx":
		return 60
	}
	return 0
}

// maxMail is the largest mail, in bytes, attachments included.
const maxMail = 256 << 20

func readMail(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := src.Open()
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		raw, err := io.ReadAll(io.LimitReader(in, maxMail+1))
		switch {
		case err != nil:
			err = src.Fault(err)
		case len(raw) > maxMail:
			err = format.Refuse(src.At(0), "", "the mail is larger than %d MB", maxMail>>20)
		default:
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
		m := message{src: src, at: src.At(0), ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), prefer: s["part"], outer: true}
		yield(m.article(raw))
	}
}

func readBox(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := src.Open()
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		b := newBox(in)
		name := strings.TrimSuffix(src.Rel, path.Ext(src.Rel))
		for n := 1; ; n++ {
			raw, line, err := b.next()
			if err == nil {
				err = ctx.Err()
			}
			if err == io.EOF { //nolint:errorlint // box returns it bare
				if n == 1 {
					yield(nil, format.Refuse(src.At(0), "Is it the right --format?", "it is no mailbox: no line begins with “From ”, a sender and a date"))
				}
				return
			}
			if err != nil {
				yield(nil, src.Fault(err))
				return
			}
			at := src.At(line)
			if raw == nil {
				if !yield(format.LeftOut(at, "mails", fmt.Sprintf("mails of more than %d MB", maxMail>>20), 1, at.String()), nil) {
					return
				}
				continue
			}
			m := message{src: src, at: at, ref: fmt.Sprintf("%s:%d", name, n), prefer: s["part"]}
			a, err := m.article(raw)
			if err != nil {
				// One mail of thousands must not keep the others out.
				a = format.LeftOut(at, "mails", "mails that cannot be read", 1, err.Error())
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// unquote takes back how mailboxes tell words of a mail from their own line: ">From ".
func unquote(line []byte) []byte {
	if bare := bytes.TrimLeft(line, ">"); len(bare) < len(line) && bytes.HasPrefix(bare, []byte("From ")) {
		return line[1:]
	}
	return line
}
