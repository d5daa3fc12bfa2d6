package xlsx

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

// element is the start of an element, by its local name.
type element struct {
	name  string
	start xml.StartElement
}

func start(t xml.Token) (element, bool) {
	s, ok := t.(xml.StartElement)
	return element{s.Name.Local, s}, ok
}

func (e element) attr(local string) string { return xmlread.Attr(e.start, local) }

// strs are the strings that cells share, in a temporary file.
type strs struct {
	f    *os.File
	ends []int64
}

func (s *strs) close() {
	if s != nil && s.f != nil {
		_ = s.f.Close()
		_ = os.Remove(s.f.Name())
	}
}

// sharedStrings reads the strings that cells share.
func (b *book) sharedStrings(part string) (*strs, error) {
	s := &strs{}
	if _, ok := b.zip.Find(part); !ok {
		return s, nil
	}
	var err error
	if s.f, err = os.CreateTemp("", "lede-strings-*"); err != nil {
		return s, fmt.Errorf("a temporary file for the workbook: %w", err)
	}
	w := bufio.NewWriterSize(s.f, 64<<10)
	end := int64(0)
	err = b.each(part, func(r *xmlread.Reader, e element) error {
		if e.name != "si" {
			return nil
		}
		text, err := richText(r)
		if err != nil {
			return err
		}
		end += int64(len(text))
		s.ends = append(s.ends, end)
		_, err = w.WriteString(text)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		s.close()
		s.f = nil
	}
	return s, err
}

// at is a string by its number.
func (s *strs) at(n int) (string, bool, error) {
	if n < 0 || n >= len(s.ends) {
		return "", false, nil
	}
	from := int64(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	raw := make([]byte, s.ends[n]-from)
	if _, err := s.f.ReadAt(raw, from); err != nil && !errors.Is(err, io.EOF) {
		return "", true, err
	}
	return string(raw), true, nil
}

// richText is the text inside the element that began last: all its <t>, but not those
// that say how to pronounce it.
func richText(r *xmlread.Reader) (string, error) {
	var text strings.Builder
	for depth := 1; depth > 0; {
		t, err := r.Token()
		if err != nil {
			return "", err
		}
		e, isStart := start(t)
		switch _, isEnd := t.(xml.EndElement); {
		case isEnd:
			depth--
		case isStart && e.name == "t":
			piece, err := r.Text()
			if err != nil {
				return "", err
			}
			if text.Len()+len(piece) > format.MaxLine {
				return "", format.Refuse(r.Place(), "", "a text is longer than %d MB", format.MaxLine>>20)
			}
			text.WriteString(unescape(piece))
		case isStart && e.name == "rPh":
			if err := r.Skip(); err != nil {
				return "", err
			}
		case isStart:
			depth++
		}
	}
	return text.String(), nil
}

// unescape takes back what escape spelled _xHHHH_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	var high rune
	for len(s) > 0 {
		r := spelled(s)
		if r < 0 {
			out.WriteByte(s[0])
			s = s[1:]
			continue
		}
		s = s[7:]
		switch {
		case r >= 0xD800 && r < 0xDC00 && spelled(s) >= 0xDC00 && spelled(s) < 0xE000:
			high = r
			continue
		case high != 0:
			r = (high-0xD800)<<10 + (r - 0xDC00) + 0x10000
			high = 0
		}
		out.WriteRune(r) // half of a pair becomes U+FFFD
	}
	return out.String()
}
