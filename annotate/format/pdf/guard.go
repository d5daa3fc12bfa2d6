package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	library "github.com/ledongthuc/pdf"
)

// The bounds on one file.
const (
	maxFile    = 256 << 20        // bytes
	maxTime    = 60 * time.Second // of reading
	maxStream  = 32 << 20         // bytes of one stream, unpacked
	maxPages   = 5_000
	maxFrames  = 4000      // of calls in each other
	maxEntries = 5_000_000 // of the table of objects
)

var (
	counted = regexp.MustCompile(`/(?:Size|N|First|Columns|Length)(?:\s|%[^\r\n]*[\r\n])*(\d+)`)
	listed  = regexp.MustCompile(`/(?:W|Index)(?:\s|%[^\r\n]*[\r\n])*\[([^\]]*)\]`)
	section = regexp.MustCompile(`(?:xref|[fn])\s+(\d+)\s+(\d+)\s+\d{10}`)
	spelled = regexp.MustCompile(`/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#0-9]*`)
	number  = regexp.MustCompile(`\d{7,}`)
)

// check refuses numbers that would make the library take all memory there is.
func check(raw []byte) error {
	hostile := func(what string) error {
		return refuse("", "the file claims to have %s: it is damaged, or made to do harm", what)
	}
	if !bytes.HasPrefix(raw, []byte("%PDF-")) {
		return refuse("Is it the right --format?", "it is no PDF file")
	}
	large := func(digits []byte, most int) bool {
		n, err := strconv.ParseInt(string(digits), 10, 64)
		return err != nil || n > int64(most)
	}
	for _, m := range counted.FindAllSubmatch(raw, -1) {
		if large(m[1], maxFile) || !bytes.HasPrefix(m[0], []byte("/Length")) && large(m[1], maxEntries) {
			return hostile("billions of parts")
		}
	}
	for _, m := range listed.FindAllSubmatch(raw, -1) {
		if number.Match(m[1]) && bytes.Contains(raw, []byte("XRef")) && len(m[1]) < 200 && !bytes.ContainsAny(m[1], ".<(") {
			return hostile("billions of parts")
		}
	}
	for _, m := range section.FindAllSubmatch(raw, -1) {
		if large(m[1], maxEntries) || large(m[2], maxEntries) {
			return hostile("billions of objects")
		}
	}
	for _, name := range spelled.FindAll(raw, -1) {
		plain := string(name)
		for i := strings.IndexByte(plain, '#'); i >= 0 && i+3 <= len(plain); i = strings.IndexByte(plain, '#') {
			c, err := strconv.ParseUint(plain[i+1:i+3], 16, 8)
			if err != nil {
				break
			}
			plain = plain[:i] + string(rune(c)) + plain[i+3:]
		}
		switch plain {
		case "/Size", "/N", "/First", "/Columns", "/W", "/Index", "/Length":
			return hostile("names that hide what they are")
		}
	}
	return nil
}

// errBounds ends the work of the library from inside.
var errBounds = errors.New("it takes too long, or parts of it lie in each other without end")

// bounded is the file as the library sees it: it ends when the time is over, when the
// person cancels, and when calls lie in each other too deep.
type bounded struct {
	*bytes.Reader
	ctx context.Context
	pcs [1]uintptr
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.ctx.Err() != nil || runtime.Callers(maxFrames, b.pcs[:]) > 0 {
		panic(errBounds)
	}
	return b.Reader.ReadAt(p, off)
}

// open reads all pages. It ends when the time is over, unless the library is in a loop
// that does not even read: see apart.
func open(ctx context.Context, raw []byte) (d *document, err error) {
	if err := check(raw); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			cause := errors.New("it is damaged")
			if e, ok := p.(error); ok && errors.Is(e, errBounds) {
				cause = errBounds
			}
			d, err = nil, unreadable(cause)
		}
	}()
	if d, err = readAll(ctx, raw); err != nil {
		return nil, unreadable(err)
	}
	return d, nil
}

// unreadable says that a file cannot be read, and why.
func unreadable(cause error) *refusal {
	if errors.Is(cause, library.ErrInvalidPassword) {
		return refuse("Save it without its password first.", "it is protected by a password")
	}
	return refuse("Print it to a new PDF file, or save its text.", "it cannot be read as a PDF file: %s", strings.TrimPrefix(cause.Error(), "malformed PDF: "))
}

func readAll(ctx context.Context, raw []byte) (*document, error) {
	// The library wants the end of the file and its head as the standard has them.
	if i := bytes.LastIndex(raw, []byte("%%EOF")); i > 0 && len(raw)-i < 2048 {
		raw = raw[:i+5]
	}
	if bytes.HasPrefix(raw, []byte("%PDF-2.")) {
		raw = append([]byte("%PDF-1.7"), raw[8:]...)
	}
	file := &bounded{Reader: bytes.NewReader(raw), ctx: ctx}
	r, err := library.NewReader(file, int64(len(raw)))
	if err != nil {
		return nil, err
	}
	d := &document{facts: map[string]string{}}
	d.properties(r)
	root := r.Trailer().Key("Root")
	d.tree(root.Key("Pages"), 0)
	switch {
	case d.lost:
		return nil, fmt.Errorf("it has more than %d pages, or pages that hold each other", maxPages)
	case len(d.pages) == 0:
		return nil, errors.New("it has no pages")
	}
	return d, nil
}

func (d *document) properties(r *library.Reader) {
	defer func() {
		if p := recover(); p != nil {
			rethrow(p) // without what a damaged head says, the text is still there
		}
	}()
	info := r.Trailer().Key("Info")
	for _, key := range []string{"Title", "Author", "Subject", "Keywords", "CreationDate"} {
		d.facts[key] = clean(info.Key(key).Text())
	}
	d.facts["Lang"] = clean(r.Trailer().Key("Root").Key("Lang").Text())
}

// rethrow lets the end of the work pass.
func rethrow(p any) {
	if err, ok := p.(error); ok && errors.Is(err, errBounds) {
		panic(p)
	}
}

// tree goes through the pages, each once.
func (d *document) tree(v library.Value, depth int) {
	if d.nodes++; depth > 50 || d.nodes > 4*maxPages || len(d.pages) >= maxPages {
		d.lost = true
		return
	}
	kids := v.Key("Kids")
	if v.Key("Type").Name() == "Page" || kids.Kind() != library.Array {
		if v.Kind() == library.Dict {
			d.takePage(v)
		}
		return
	}
	for i := range kids.Len() {
		d.tree(kids.Index(i), depth+1)
	}
}

// glyphs are the characters of a page. What the library cannot do is an error.
func glyphs(v library.Value) (list []library.Text, err error) {
	defer func() {
		if p := recover(); p != nil {
			rethrow(p)
			list, err = nil, errors.New("damaged")
		}
	}()
	err = draw(library.Page{V: v}, v.Key("Contents"), func(c library.Text) { list = append(list, c) })
	return list, err
}

var hex = regexp.MustCompile(`<[0-9A-Fa-f\s]*>`)

// streams unpacks a stream, or a list of them, as far as it may go.
func streams(v library.Value, look func([]byte) error) error {
	switch v.Kind() {
	case library.Array:
		for i := range v.Len() {
			if one := v.Index(i); one.Kind() == library.Stream {
				if err := streams(one, look); err != nil {
					return err
				}
			}
		}
	case library.Stream:
		for _, p := range []library.Value{v.Key("DecodeParms"), v.Key("DecodeParms").Index(0)} {
			if c := p.Key("Columns").Int64(); c < 0 || c > maxStream {
				return errors.New("a stream is made to do harm")
			}
		}
		in := v.Reader()
		defer func() { _ = in.Close() }()
		raw, err := io.ReadAll(io.LimitReader(in, maxStream+1))
		if err == nil && len(raw) > maxStream {
			err = errors.New("a stream is too large")
		}
		if err != nil {
			return err
		}
		return look(raw)
	}
	return nil
}
