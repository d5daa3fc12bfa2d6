package format

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"lede/annotate/format/internal/zipdir"
	"lede/annotate/text"
)

// sampleBytes is how much of a file Detect sees.
const sampleBytes = 64 << 10

// maxEntries is the most files that an archive may have whose names Detect sees.
const maxEntries = 200_000

// Sample is what Detect judges by.
type Sample struct {
	Name  string   // base name
	Ext   string   // lower case, with the dot
	Head  string   // start of the file, decoded as far as that is possible
	Whole bool     // Head is the whole file
	Files []string // of a folder: relative paths with slashes, byte-wise sorted
	Dir   bool
	// Entries are the files in a zip file, as they are named there.
	Entries []string
}

// Lines are the first whole lines of the head, at most n, blank ones left out.
func (s Sample) Lines(n int) []string {
	head := s.Head
	if !s.Whole {
		if i := strings.LastIndexByte(head, '\n'); i >= 0 {
			head = head[:i]
		}
	}
	var lines []string
	for line := range strings.Lines(head) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
		if len(lines) == n {
			break
		}
	}
	return lines
}

// sampleOf looks at a source.
func sampleOf(src Source) (Sample, error) {
	s := Sample{Name: filepath.Base(src.Path), Ext: strings.ToLower(filepath.Ext(src.Path)), Dir: src.Dir}
	if src.Dir {
		files, err := Walk(src)
		s.Files = files
		return s, err
	}
	f, err := src.Open()
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }()
	raw := make([]byte, sampleBytes)
	n, err := io.ReadFull(f, raw)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return s, src.fault(err)
	}
	s.Whole = n < sampleBytes
	s.Head = decodeHead(raw[:n], src, s.Whole)
	if bytes.HasPrefix(raw[:n], []byte("PK\x03\x04")) {
		s.Entries = entriesOf(src)
	}
	return s, nil
}

// entriesOf are the names in a zip file; of a damaged one, or one of too many, none.
func entriesOf(src Source) []string {
	z, f, err := zipdir.Open(src.Path, maxEntries)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	var names []string
	for _, e := range z.File {
		names = append(names, e.Name)
	}
	return names
}

// decodeHead decodes as much as it can: a sample may end inside a character,
// and detection must not fail where reading will explain the fault.
func decodeHead(raw []byte, src Source, whole bool) string {
	encodings := []string{src.Encoding}
	if src.Fallback || text.Marked(raw) {
		encodings = []string{"auto", src.Encoding}
	}
	for _, encoding := range encodings {
		for cut := 0; cut < utf8.UTFMax && cut < len(raw) && (cut == 0 || !whole); cut++ {
			if in, err := text.Decode(raw[:len(raw)-cut], encoding); err == nil {
				return strings.TrimPrefix(in.Raw, "\uFEFF")
			}
		}
	}
	return strings.ToValidUTF8(string(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))), "\uFFFD")
}

// Walk lists the files of a folder source: relative paths with slashes, in
// byte-wise order, without hidden files and without manifests of exports.
func Walk(src Source) ([]string, error) {
	var files []string
	err := filepath.WalkDir(src.Path, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fileFault("import", filepath.Join(src.Name, strings.TrimPrefix(path, src.Path)), err)
		}
		if path != src.Path && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() || IsManifest(d.Name()) {
			return nil
		}
		if !d.Type().IsRegular() {
			// A link to a file is read, one to a folder could lead in circles.
			if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
				return nil
			}
		}
		rel, err := filepath.Rel(src.Path, path)
		if err != nil {
			return err
		}
		files = append(files, filepath.ToSlash(rel))
		return nil
	})
	slices.Sort(files)
	return files, err
}

// IsManifest reports whether a file name is that of an export's manifest.
func IsManifest(name string) bool {
	return name == "manifest.json" || strings.HasSuffix(name, ".manifest.json")
}

// DetectFormat tells the format of a source by its content. A source that fits
// several formats equally well is refused, naming them.
func DetectFormat(src Source) (*Format, error) {
	sample, err := sampleOf(src)
	if err != nil {
		return nil, err
	}
	var best []*Format
	top := 0
	for _, f := range All() {
		if !f.Reads() || f.Detect == nil {
			continue
		}
		switch c := f.Detect(sample); {
		case c == 0 || c < top:
		case c > top:
			best, top = []*Format{f}, c
		default:
			best = append(best, f)
		}
	}
	if what := foreign(sample); what != "" && (len(best) != 1 || top < 90) {
		return nil, Refuse(src.At(0), "To take the text alone, name a format: --format text, jsonl or csv.", "%s", what)
	}
	if len(best) == 1 {
		return best[0], nil
	}
	var can []string
	for _, f := range best {
		can = append(can, f.Name)
	}
	if len(can) > 1 {
		return nil, Refuse(src.At(0), "Say which with --format.", "it could be %s", strings.Join(can, " or "))
	}
	for _, f := range All() {
		if f.Reads() {
			can = append(can, f.Name)
		}
	}
	return nil, refuseFor(errUntold, src.At(0), "If it is one of these, say so with --format: "+strings.Join(can, ", ")+".", "its format cannot be told")
}

// errUntold is the cause of the error about a file that no format takes for its own.
var errUntold = errors.New("no format takes it for its own")

// foreign says what a file looks like that would be misread as plain text, with its
// spans lost: it is damaged, or of a kind that is not read.
func foreign(s Sample) string {
	if s.Dir {
		return ""
	}
	switch s.Ext {
	case ".xmi":
		return damaged("UIMA XMI")
	case ".qdpx":
		return damaged("a REFI-QDA project")
	case ".lede":
		return unread("a Lede project (merging projects comes later)")
	}
	head := strings.TrimSpace(s.Head)
	has := func(keys ...string) bool {
		for _, k := range keys {
			if !strings.Contains(head, `"`+k+`"`) {
				return false
			}
		}
		return true
	}
	switch {
	case !strings.HasPrefix(head, "{") && !strings.HasPrefix(head, "["):
	case has("%TYPES", "%VIEWS"):
		return damaged("UIMA CAS JSON")
	case has("messages", "role"):
		return unread("chat data")
	}
	return ""
}

func damaged(what string) string {
	return "it looks like " + what + ", but cannot be read as one: it may be damaged"
}

func unread(what string) string {
	return "it looks like " + what + ", which this version does not read"
}
