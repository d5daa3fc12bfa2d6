package format

import (
	"bufio"
	"errors"
	"io"
	"iter"
)

// JSONMembers streams the members of the object that a file begins with: name and
// value. Of a member called list whose value is an array it yields the elements, one
// by one, under that name. What each item may be is as in JSONItems; an item with an
// error ends it. What follows the object is refused.
func (s Source) JSONMembers(list string) iter.Seq2[string, JSONItem] {
	return func(yield func(string, JSONItem) bool) {
		in, err := s.Text()
		if err != nil {
			yield("", JSONItem{Place: s.At(0), Err: err})
			return
		}
		defer func() { _ = in.Close() }()
		m := &memberReader{itemReader: itemReader{src: s, in: bufio.NewReaderSize(in, 64<<10), line: 1}, list: list, yield: yield}
		if item := m.object(); item.Err != nil && !errors.Is(item.Err, errStopped) {
			yield("", item)
		}
	}
}

// errStopped says that nobody wants to hear more.
var errStopped = errors.New("stopped")

type memberReader struct {
	itemReader
	list  string
	yield func(string, JSONItem) bool
}

// object reads all of it; an item without an error is its end.
func (m *memberReader) object() JSONItem {
	if item := m.mark('{', "an object"); item.Err != nil {
		return item
	}
	for n := 0; ; n++ {
		c, err := m.blank()
		switch {
		case err != nil:
			return m.cut(err)
		case c == '}':
			_, _ = m.in.Discard(1)
			switch c, err := m.blank(); {
			case err == nil:
				return m.refuse("", "the object that begins the file has ended, but %q follows", string(c))
			case !errors.Is(err, io.EOF):
				return m.cut(err)
			}
			return JSONItem{}
		case n > 0:
			if item := m.mark(',', "a comma"); item.Err != nil {
				return item
			}
		}
		if item := m.member(); item.Err != nil {
			return item
		}
	}
}

// mark reads one character that must be there.
func (m *memberReader) mark(c byte, what string) JSONItem {
	got, err := m.blank()
	if err != nil {
		return m.cut(err)
	}
	if got != c {
		return m.refuse("Is it the right --format?", "%s was expected, not %q", what, string(got))
	}
	_, _ = m.in.Discard(1)
	return JSONItem{}
}

func (m *memberReader) cut(err error) JSONItem {
	if errors.Is(err, io.EOF) {
		return m.refuse("The file seems to be cut off.", "the object that begins the file never ends")
	}
	return JSONItem{Place: m.src.At(m.line), Err: err}
}

func (m *memberReader) member() JSONItem {
	c, err := m.blank()
	if err != nil {
		return m.cut(err)
	}
	if c != '"' {
		return m.refuse("", "a name in quotes was expected, not %q", string(c))
	}
	key := m.value()
	if key.Err != nil {
		return key
	}
	if item := m.mark(':', "a colon"); item.Err != nil {
		return item
	}
	if c, err = m.blank(); err != nil {
		return m.cut(err)
	}
	name := JSONString(key.Raw)
	if name == m.list && c == '[' {
		return m.elements(name)
	}
	return m.pass(name)
}

// pass hands over one value.
func (m *memberReader) pass(name string) JSONItem {
	item := m.value()
	if item.Err == nil && !m.yield(name, item) {
		return JSONItem{Err: errStopped}
	}
	return item
}

func (m *memberReader) elements(name string) JSONItem {
	_, _ = m.in.Discard(1)
	for n := 0; ; n++ {
		c, err := m.blank()
		switch {
		case err != nil:
			return m.cut(err)
		case c == ']':
			_, _ = m.in.Discard(1)
			return JSONItem{}
		case n > 0:
			if item := m.mark(',', "a comma"); item.Err != nil {
				return item
			}
			if c, err = m.blank(); err != nil {
				return m.cut(err)
			}
		}
		if c == ']' {
			return m.refuse("", "a value was expected behind the comma")
		}
		if item := m.pass(name); item.Err != nil {
			return item
		}
	}
}
