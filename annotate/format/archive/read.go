package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/zipdir"
)

// Limits bound what an archive may hold; a zero is its default.
type Limits struct {
	Entries int   // files and folders; default 200,000
	Entry   int64 // bytes that one entry unpacks to; default format.MaxFile
	Total   int64 // bytes that all entries unpack to; default 64 GiB
	// Ratio is how many times larger an entry may be unpacked than packed, from
	// free bytes on; default 250, which no text of people reaches.
	Ratio int64
}

// free is the size from which the ratio counts: below it no harm is done.
const free = 32 << 20

func (l Limits) filled() Limits {
	if l.Entries == 0 {
		l.Entries = 200_000
	}
	if l.Entry == 0 {
		l.Entry = format.MaxFile
	}
	if l.Total == 0 {
		l.Total = 64 << 30
	}
	if l.Ratio == 0 {
		l.Ratio = 250
	}
	return l
}

// Reader is an open archive. Entries may be read at the same time.
type Reader struct {
	src     format.Source
	limits  Limits
	file    *os.File
	entries []Entry // by name
	read    atomic.Int64
}

// Entry is a file in an archive.
type Entry struct {
	Name string // clean, relative, with slashes
	Size int64  // unpacked, as the archive claims
	r    *Reader
	f    *zip.File
}

// Open opens a zip file. The caller closes it.
func Open(src format.Source, limits Limits) (*Reader, error) {
	limits = limits.filled()
	if src.Dir {
		return nil, format.Refuse(src.At(0), "Give the file itself.", "it is a folder, where a zip file is due")
	}
	z, file, err := zipdir.Open(src.Path, limits.Entries)
	if err != nil {
		return nil, openFault(src, limits, err)
	}
	r := &Reader{src: src, limits: limits, file: file}
	if err := r.take(z); err != nil {
		_ = file.Close()
		return nil, err
	}
	return r, nil
}

func openFault(src format.Source, limits Limits, err error) error {
	switch {
	case errors.Is(err, zipdir.ErrTooMany):
		return format.Refuse(src.At(0), "Is it the right --format?", "the archive holds more than %d files", limits.Entries)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrAlgorithm), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return format.Refuse(src.At(0), "Is the file whole, and is it the right --format?", "it is no zip file, or a damaged one")
	}
	return src.Fault(err)
}

// take checks the directory of the archive before anything is read of it.
func (r *Reader) take(z *zip.Reader) error {
	info, err := r.file.Stat()
	if err != nil {
		return r.src.Fault(err)
	}
	seen := map[string]bool{}
	var packed, unpacked uint64
	for _, f := range z.File {
		name, err := r.name(f)
		if err != nil {
			return err
		}
		if packed += f.CompressedSize64; packed > uint64(info.Size()) || f.CompressedSize64 > uint64(info.Size()) {
			return r.refuse(name, "its files are larger than the archive, or lie on top of each other")
		}
		if f.Mode().IsDir() || strings.HasSuffix(f.Name, "/") {
			continue
		}
		if seen[name] {
			return r.refuse(name, "the name is there twice")
		}
		seen[name] = true
		if err := r.allowed(f, name); err != nil {
			return err
		}
		if unpacked += f.UncompressedSize64; unpacked > uint64(r.limits.Total) {
			return r.refuse("", "unpacked it is larger than %s", bytesOf(r.limits.Total))
		}
		r.entries = append(r.entries, Entry{Name: name, Size: int64(f.UncompressedSize64), r: r, f: f}) // at most Total
	}
	slices.SortFunc(r.entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// allowed checks what the directory claims of a file.
func (r *Reader) allowed(f *zip.File, name string) error {
	switch {
	case f.Flags&1 != 0:
		return r.refuse(name, "it is encrypted. Unpack it with its password first")
	case f.Mode()&fs.ModeSymlink != 0:
		return r.refuse(name, "it is a link to another file, which is never followed")
	case !f.Mode().IsRegular():
		return r.refuse(name, "it is no ordinary file")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return r.refuse(name, "it is packed in a way (method %d) that Lede cannot unpack. Pack it anew as an ordinary zip file", f.Method)
	case f.UncompressedSize64 > uint64(r.limits.Entry):
		return r.refuse(name, "unpacked it is larger than %s", bytesOf(r.limits.Entry))
	case f.UncompressedSize64 > free && f.UncompressedSize64/uint64(r.limits.Ratio) > f.CompressedSize64:
		return r.refuse(name, "unpacked it is more than %d times as large: it looks made to fill a disk", r.limits.Ratio)
	}
	return nil
}

// name is the clean name of an entry; one that could lead elsewhere is refused.
func (r *Reader) name(f *zip.File) (string, error) {
	name := f.Name
	if !utf8.ValidString(name) {
		// What zip knew before Unicode.
		name, _ = charmap.CodePage437.NewDecoder().String(name) // every byte is a character there
	}
	trimmed := strings.TrimSuffix(name, "/")
	switch {
	case trimmed == "":
		return "", r.refuse("", "a file in it has no name")
	case strings.ContainsFunc(name, unicode.IsControl):
		return "", r.refuse("", "the name %q of a file in it has control characters", brief(name))
	case strings.Contains(name, `\`):
		return "", r.refuse("", "the name %q of a file in it has a backslash", brief(name))
	case path.IsAbs(name), len(name) > 1 && name[1] == ':':
		return "", r.refuse("", "the name %q of a file in it begins at a root, outside any folder", brief(name))
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "", r.refuse("", "the name %q of a file in it leads out of the folder", brief(name))
	}
	return path.Clean(trimmed), nil
}

func brief(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}

func bytesOf(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// refuse names the archive and, unless "", the entry.
func (r *Reader) refuse(entry, what string, args ...any) error {
	at := r.src.At(0)
	if entry != "" {
		at.File += "/" + entry
	}
	return format.Refuse(at, "Nothing was read of the archive.", what, args...)
}

// Entries lists the files by name, byte by byte.
func (r *Reader) Entries() []Entry { return slices.Clone(r.entries) }

// Find finds a file by its name.
func (r *Reader) Find(name string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(r.entries, name, func(e Entry, name string) int { return strings.Compare(e.Name, name) })
	if !ok {
		return Entry{}, false
	}
	return r.entries[i], true
}

// Close closes the archive.
func (r *Reader) Close() error { return r.file.Close() }

// Open unpacks the entry as a stream.
func (e Entry) Open() (io.ReadCloser, error) {
	in, err := e.f.Open()
	if err != nil {
		return nil, e.fault(err)
	}
	return &stream{e: e, in: in}, nil
}

// ReadAll unpacks the entry as a whole, if it is no larger than limit bytes.
func (e Entry) ReadAll(limit int64) ([]byte, error) {
	in, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	raw, err := io.ReadAll(io.LimitReader(in, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, e.r.refuse(e.Name, "unpacked it is larger than %s", bytesOf(limit))
	}
	return raw, nil
}

// Source is the entry as a source of its own: with lines, encodings and JSON values.
// It is good while the archive is open.
func (e Entry) Source() format.Source { return e.r.src.Part(e.Name, e.Open) }

func (e Entry) fault(err error) error {
	if told := (*annotate.Error)(nil); errors.As(err, &told) {
		return err
	}
	return format.Refuse(e.r.src.Part(e.Name, nil).At(0), "Is the file whole?", "it cannot be unpacked, because the archive is damaged (%s)", strings.TrimPrefix(err.Error(), "zip: "))
}

// stream counts what was unpacked. That an entry unpacks to the size it claims, and
// no more, archive/zip sees to.
type stream struct {
	e  Entry
	in io.ReadCloser
}

func (s *stream) Close() error { return s.in.Close() }

func (s *stream) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	l := s.e.r.limits
	switch {
	case s.e.r.read.Add(int64(n)) > 4*l.Total: // an entry may be read more than once
		return 0, s.e.r.refuse("", "unpacked it is larger than %s", bytesOf(l.Total))
	case err != nil && !errors.Is(err, io.EOF):
		return n, s.e.fault(err)
	}
	return n, err
}

// ReadBack opens the archive that an export wrote as its file name.
func ReadBack(open format.OpenFunc, name string) (*Reader, error) {
	in, err := open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	file, ok := in.(*os.File)
	if !ok {
		return nil, errors.New("export: what was written is no file")
	}
	return Open(format.Source{Path: file.Name(), Name: name, Rel: name}, Limits{Entry: Limits{}.filled().Total})
}
