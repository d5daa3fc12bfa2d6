package format

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"iter"
)

// JSONItem is one value of a file of JSON values, valid, with the line on which it
// begins, or what stopped the reading.
type JSONItem struct {
	Place Place
	Raw   string
	Err   error
}

// JSONItems streams the values of a file that is a JSON array of them, or that has
// them one behind the other (JSON lines among these). Each is valid JSON that
// CheckJSON has passed and at most MaxLine bytes long.
func (s Source) JSONItems() iter.Seq[JSONItem] {
	return func(yield func(JSONItem) bool) {
		in, err := s.Text()
		if err != nil {
			yield(JSONItem{Place: s.At(0), Err: err})
			return
		}
		defer func() { _ = in.Close() }()
		r := &itemReader{src: s, in: bufio.NewReaderSize(in, 64<<10), line: 1}
		for {
			item := r.next()
			if errors.Is(item.Err, io.EOF) || !yield(item) || item.Err != nil {
				return
			}
		}
	}
}

type itemReader struct {
	src   Source
	in    *bufio.Reader
	line  int
	array bool // inside "[", whose values are the items
	begun bool
	comma bool // one was read since the last item
	items int
}

// blank is the next byte that is no white space, still unread.
func (r *itemReader) blank() (byte, error) {
	for {
		c, err := r.in.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case c == '\n':
			r.line++
		case c != ' ' && c != '\t' && c != '\r':
			return c, r.in.UnreadByte()
		}
	}
}

func (r *itemReader) next() JSONItem {
	c, err := r.blank()
	if err == nil && !r.begun {
		r.begun = true
		if r.array = c == '['; r.array {
			_, _ = r.in.Discard(1)
			c, err = r.blank()
		}
	}
	if err == nil && r.array && c == ',' && r.items > 0 && !r.comma {
		_, _ = r.in.Discard(1)
		r.comma = true
		c, err = r.blank()
	}
	switch {
	case errors.Is(err, io.EOF) && r.array:
		return r.refuse("The file seems to be cut off.", "the list that begins the file never ends")
	case err != nil:
		return JSONItem{Place: r.src.At(r.line), Err: err}
	case r.array && c == ']' && !r.comma:
		return r.end()
	case r.array && r.items > 0 && !r.comma:
		return r.refuse("Between two values of a list stands a comma.", "there is no comma before %q", string(c))
	}
	return r.value()
}

// end is behind the list: nothing may follow.
func (r *itemReader) end() JSONItem {
	_, _ = r.in.Discard(1)
	if c, err := r.blank(); err == nil {
		return r.refuse("", "the list has ended, but %q follows", string(c))
	} else if !errors.Is(err, io.EOF) {
		return JSONItem{Place: r.src.At(r.line), Err: err}
	}
	return JSONItem{Err: io.EOF}
}

func (r *itemReader) refuse(hint, what string, args ...any) JSONItem {
	at := r.src.At(r.line)
	return JSONItem{Place: at, Err: Refuse(at, hint, what, args...)}
}

// value reads one value: up to where its brackets are closed.
func (r *itemReader) value() JSONItem {
	at := r.src.At(r.line)
	raw, err := r.scan()
	if err != nil {
		return JSONItem{Place: at, Err: err}
	}
	if len(raw) == 0 {
		return r.refuse("", "a value was expected")
	}
	r.comma = false
	r.items++
	s := string(raw)
	if !json.Valid(raw) {
		var v any
		err := json.Unmarshal(raw, &v)
		return JSONItem{Place: at, Err: Refuse(at, "Is it the right --format?", "the value that begins here is no JSON: %s", err)}
	}
	if _, what := CheckJSON(s); what != "" {
		return JSONItem{Place: at, Err: Refuse(at, "Mend the file.", "the value that begins here holds %s", what)}
	}
	return JSONItem{Place: at, Raw: s}
}

// maxDepth is how deep values may lie in each other: far above any export.
const maxDepth = 1000

func (r *itemReader) scan() ([]byte, error) {
	var raw []byte
	at := r.src.At(r.line)
	depth, quoted, escaped := 0, false, false
	for {
		c, err := r.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return raw, nil // json.Valid tells whether it is whole
		}
		if err != nil {
			return nil, err
		}
		if len(raw) >= MaxLine {
			return nil, Refuse(at, "Is it the right --format?", "the value that begins here is longer than %d MB", MaxLine>>20)
		}
		if c == '\n' {
			r.line++
		}
		switch {
		case quoted:
			quoted = c != '"' || escaped
			escaped = c == '\\' && !escaped
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return nil, Refuse(at, "", "the value that begins here is nested more than %d deep", maxDepth)
			}
		case (c == '}' || c == ']') && depth > 0:
			depth--
		case depth == 0 && (c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			if c == '\n' {
				r.line--
			}
			return raw, r.in.UnreadByte()
		}
		raw = append(raw, c)
		if depth == 0 && !quoted && (c == '}' || c == ']' || c == '"') {
			return raw, nil
		}
	}
}
