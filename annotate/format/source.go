package format

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/osfile"
	"lede/annotate/text"
)

// MaxLine is the longest line, in bytes, that a line-based format may have: a
// bound on memory, far above any article.
const MaxLine = 256 << 20

// MaxFile is the largest file, in bytes, that is read as a whole (one article,
// or a file in a legacy encoding).
const MaxFile = 1 << 30

// Source is one file, or one folder, to read from.
type Source struct {
	Path     string // on disk
	Name     string // as messages name it: the path the user gave, or below it
	Rel      string // relative to what the user gave, with slashes; the base name for a single file
	Dir      bool
	Encoding string // "auto" or a name; a file with a BOM is what that says
	Fallback bool   // Encoding is only for files that are not UTF-8
	// Schema is that of the project which it is read into; nil if there is none.
	Schema *annotate.Schema
	// Columns says what the columns of a table hold, where a person said so.
	Columns Columns

	part func() (io.ReadCloser, error) // opens it, if it is no file but part of one
}

// At is a place in the source; line 0 is the whole file.
func (s Source) At(line int) Place { return Place{s.Name, line} }

// File is the source of a file below a folder source.
func (s Source) File(rel string) Source {
	return Source{Path: filepath.Join(s.Path, filepath.FromSlash(rel)), Name: filepath.Join(s.Name, filepath.FromSlash(rel)), Rel: rel, Encoding: s.Encoding, Fallback: s.Fallback, Schema: s.Schema, Columns: s.Columns}
}

// Part is a source inside this one, as a file in an archive: name is its path there,
// and open its raw bytes, each time from the beginning.
func (s Source) Part(name string, open func() (io.ReadCloser, error)) Source {
	return Source{Path: s.Path, Name: s.Name + "/" + name, Rel: name, Encoding: s.Encoding, Fallback: s.Fallback, Schema: s.Schema, Columns: s.Columns, part: open}
}

// ReadAll is the whole content of the file.
func (s Source) ReadAll() ([]byte, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, s.fault(err)
	}
	if len(raw) > MaxFile {
		return nil, Refuse(s.At(0), "Split it into smaller files.", "the file is larger than %d MB", MaxFile>>20)
	}
	return raw, nil
}

// Open opens the raw bytes of the file.
func (s Source) Open() (io.ReadCloser, error) {
	if s.part != nil {
		return s.part()
	}
	f, err := os.Open(s.Path)
	if err != nil {
		return nil, s.fault(err)
	}
	return f, nil
}

// fault tells a failure of the file system in a sentence.
func (s Source) fault(err error) error {
	if told := (*annotate.Error)(nil); errors.As(err, &told) {
		return err
	}
	return fileFault("import", s.Name, err)
}

// Fault tells a failure of the file system, when the source is read, in a sentence.
func (s Source) Fault(err error) error { return s.fault(err) }

// Decode is the whole decoded text of the file, before intake.
func (s Source) Decode() (string, error) {
	raw, err := s.ReadAll()
	if err != nil {
		return "", err
	}
	in, err := text.Decode(raw, s.encodingOf(raw))
	if err != nil {
		return "", s.encodingFault(err, raw)
	}
	return in.Raw, nil
}

// encodingOf is the encoding of the file with this content.
func (s Source) encodingOf(raw []byte) string {
	if text.Marked(raw) || s.Fallback && text.Told(raw) {
		return "auto"
	}
	return s.Encoding
}

// encodingFault adds file and line to an error of package text.
func (s Source) encodingFault(err error, raw []byte) error {
	var unsure *text.EncodingError
	var bad *text.BadTextError
	switch {
	case errors.As(err, &unsure):
		at := s.At(1 + bytes.Count(raw[:unsure.Byte], []byte("\n")))
		if unsure.Suggested == "" {
			return refuseFor(err, at, "Leave it out of the import.", "this is no text (byte %d of the file)", unsure.Byte)
		}
		return refuseFor(err, at, "It may be "+unsure.Suggested+": try --encoding "+unsure.Suggested+".", "byte %d of the file is not UTF-8", unsure.Byte)
	case errors.As(err, &bad):
		at := s.At(1 + bytes.Count(raw[:min(bad.Byte, len(raw))], []byte("\n")))
		return Refuse(at, "Mend the file or give the right --encoding.", "byte %d of the file: %s", bad.Byte, bad.Reason)
	}
	return Refuse(s.At(0), "", "%s", err)
}

// Text streams the file as UTF-8 without a BOM. Bytes that are not of the
// encoding end it with an error that names the place.
func (s Source) Text() (io.ReadCloser, error) {
	f, err := s.Open()
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(f, 64<<10)
	head, _ := buffered.Peek(3)
	enc := strings.ToLower(s.Encoding)
	utf16 := bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF"))
	stream := (enc == "utf-8" || enc == "" || enc == "auto") && !utf16
	if !stream {
		_ = f.Close()
		raw, err := s.Decode()
		if err != nil {
			return nil, err
		}
		return io.NopCloser(strings.NewReader(strings.TrimPrefix(raw, "\uFEFF"))), nil
	}
	v := &validReader{src: s, r: buffered, f: f, line: 1}
	if string(head) == "\xEF\xBB\xBF" {
		_, _ = buffered.Discard(3)
		v.at = 3
	}
	return v, nil
}

// validReader passes UTF-8 through and stops at the first byte that is not.
type validReader struct {
	src   Source
	r     *bufio.Reader
	f     io.Closer
	at    int // bytes passed
	line  int
	carry []byte // the start of a code point whose rest is still to come
	ready []byte // checked, for whom there was no room
	err   error
}

func (v *validReader) Close() error { return v.f.Close() }

func (v *validReader) Read(p []byte) (int, error) {
	if len(v.ready) == 0 && len(p) < utf8.UTFMax {
		// A whole code point may not fit, at the end of somebody's buffer.
		small := make([]byte, 64)
		n, err := v.fill(small)
		if n == 0 {
			return 0, err
		}
		v.ready = small[:n]
	}
	if len(v.ready) > 0 {
		n := copy(p, v.ready)
		v.ready = v.ready[n:]
		return n, nil
	}
	return v.fill(p)
}

// fill reads checked bytes into p, which has room for a code point.
func (v *validReader) fill(p []byte) (int, error) {
	if v.err != nil {
		return 0, v.err
	}
	n := copy(p, v.carry)
	v.carry = nil
	got, err := v.r.Read(p[n:])
	n += got
	if err != nil && !errors.Is(err, io.EOF) {
		v.err = v.src.fault(err)
		return 0, v.err
	}
	good := validPrefix(p[:n])
	if good < n {
		if err == nil && !utf8.FullRune(p[good:n]) {
			v.carry = bytes.Clone(p[good:n])
		} else {
			v.err = v.invalid(p, good, n)
			return 0, v.err
		}
	}
	if z := bytes.IndexByte(p[:good], 0); z >= 0 {
		line := v.line + bytes.Count(p[:z], []byte("\n"))
		v.err = Refuse(v.src.At(line), "Mend the file, or give the right --encoding.", "byte %d of the file is U+0000, which no text may hold", v.at+z)
		return 0, v.err
	}
	v.at += good
	v.line += bytes.Count(p[:good], []byte("\n"))
	if good == 0 && err != nil {
		v.err = err
	}
	return good, v.err
}

func (v *validReader) invalid(p []byte, good, n int) error {
	at, line := v.at+good, v.line+bytes.Count(p[:good], []byte("\n"))
	hint := "Mend the file or give the right --encoding."
	var cause error
	if e := strings.ToLower(v.src.Encoding); e == "" || e == "auto" {
		rest, _ := v.r.Peek(32 << 10)
		guess := text.Guess(append(bytes.Clone(p[:n]), rest...))
		hint = "It may be " + guess + ": try --encoding " + guess + "."
		cause = &text.EncodingError{Byte: at, Suggested: guess}
	}
	return refuseFor(cause, v.src.At(line), hint, "byte %d of the file is not UTF-8", at)
}

// validPrefix is the length of the longest valid start of p.
func validPrefix(p []byte) int {
	if utf8.Valid(p) {
		return len(p)
	}
	for i := 0; i < len(p); {
		r, size := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(p)
}

// Lines yields the lines of the file, which end with '\n' or "\r\n" and nothing
// else, with their numbers from 1.
func (s Source) Lines() iter.Seq2[int, LineOrError] {
	return func(yield func(int, LineOrError) bool) {
		r, err := s.Text()
		if err != nil {
			yield(0, LineOrError{Err: err})
			return
		}
		defer func() { _ = r.Close() }()
		buffered := bufio.NewReaderSize(r, 64<<10)
		for n := 1; ; n++ {
			line, err := readLine(buffered)
			if errors.Is(err, errLongLine) {
				err = Refuse(s.At(n), "Is it the right --format?", "the line is longer than %d MB", MaxLine>>20)
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(n, LineOrError{line, err}) || err != nil {
				return
			}
		}
	}
}

// LineOrError is a line without its end, or what stopped the reading.
type LineOrError struct {
	Text string
	Err  error
}

var errLongLine = errors.New("line too long")

func readLine(r *bufio.Reader) (string, error) {
	var long []byte
	for {
		part, err := r.ReadSlice('\n')
		if err == nil && long == nil {
			return string(bytes.TrimSuffix(part[:len(part)-1], []byte("\r"))), nil
		}
		long = append(long, part...)
		switch {
		case len(long) > MaxLine:
			return "", errLongLine
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(long) > 0, err == nil:
			return string(bytes.TrimSuffix(bytes.TrimSuffix(long, []byte("\n")), []byte("\r"))), nil
		}
		return "", err
	}
}

// fileFault is a failure of the file system as a sentence.
func fileFault(op, name string, err error) error {
	var path *fs.PathError
	reason := err.Error()
	if errors.As(err, &path) {
		reason = path.Err.Error()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault(op, name, errNotFound, "there is no such file or folder", "Check the path.", err)
	case osfile.InUse(err):
		return fault(op, name, annotate.ErrBusy, "another program uses it", "Close it there and try again.", err)
	case errors.Is(err, fs.ErrPermission):
		return fault(op, name, errForbidden, "you may not open it", "Check the permissions of the file and its folder.", err)
	case diskFull(err):
		return fault(op, name, errFull, "the disk is full", "Make room and try again.", err)
	case osfile.ReadOnly(err):
		return fault(op, name, errForbidden, "nothing can be written there: the disk or folder is read-only", "Choose another folder.", err)
	case osfile.Broken(err):
		return fault(op, name, nil, "the disk or the network reported a failure", "Check whether the drive or the network folder is still connected, and try again.", err)
	}
	return fault(op, name, nil, "it cannot be used: "+strings.TrimSuffix(reason, "."), "", err)
}
