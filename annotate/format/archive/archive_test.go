package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/archive"
)

// file is an entry of a zip made by hand; zero values are those of an ordinary one.
type file struct {
	name, content string
	header        func(h *zip.FileHeader)
}

func zipOf(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(f.content))}
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(f.content)), uint64(len(f.content))
		if f.header != nil {
			f.header(h)
		}
		out, err := w.CreateRaw(h)
		if err == nil {
			_, err = io.WriteString(out, f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func source(t testing.TB, raw []byte) format.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return format.Source{Path: path, Name: "a.zip", Rel: "a.zip"}
}

// readAll opens an archive and unpacks all of it.
func readAll(src format.Source, limits archive.Limits) (map[string]string, error) {
	r, err := archive.Open(src, limits)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	all := map[string]string{}
	for _, e := range r.Entries() {
		raw, err := e.ReadAll(format.MaxFile)
		if err != nil {
			return nil, err
		}
		all[e.Name] = string(raw)
	}
	return all, nil
}

func TestReadsWhatItWrote(t *testing.T) {
	write := func() []byte {
		dir := t.TempDir()
		target := folder(dir)
		w, err := archive.Create(target, "x.zip")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Store("mimetype", []byte("application/x")); err != nil {
			t.Fatal(err)
		}
		out, err := w.Create("b/ü.txt")
		if err == nil {
			_, err = io.WriteString(out, strings.Repeat("two\n", 1000))
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Create("b/ü.txt"); err == nil {
			t.Error("an entry could be written twice")
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, "x.zip"))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	first := write()
	if !bytes.Equal(first, write()) {
		t.Error("the same entries gave other bytes")
	}
	all, err := readAll(source(t, first), archive.Limits{})
	if err != nil || len(all) != 2 || all["mimetype"] != "application/x" || all["b/ü.txt"] != strings.Repeat("two\n", 1000) {
		t.Errorf("%v %v", all, err)
	}
	r, err := archive.Open(source(t, first), archive.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	e, ok := r.Find("b/ü.txt")
	if _, no := r.Find("b"); !ok || no {
		t.Error("Find does not find by whole names")
	}
	n := 0
	for line, x := range e.Source().Lines() {
		if n++; x.Err != nil || line != n || x.Text != "two" {
			t.Fatalf("%d %q %v", line, x.Text, x.Err)
		}
	}
	if at := e.Source().At(3).String(); n != 1000 || at != "a.zip/b/ü.txt:3" {
		t.Errorf("%d lines, at %s", n, at)
	}
}

type folder string

func (f folder) Create(name string) (io.WriteCloser, error) {
	return os.Create(filepath.Join(string(f), name))
}

func TestRefusesWhatIsHarmful(t *testing.T) {
	bomb := strings.Repeat("\x00", 64<<20)
	cases := []struct {
		name   string
		raw    []byte
		limits archive.Limits
		want   string
	}{
		{"nothing", nil, archive.Limits{}, "no zip file"},
		{"text", []byte("PK\x03\x04 no zip"), archive.Limits{}, "no zip file"},
		{"cut off", zipOf(t, file{name: "a", content: "x"})[:60], archive.Limits{}, "no zip file"},
		{"parent", zipOf(t, file{name: "a/../../b"}), archive.Limits{}, "leads out of the folder"},
		{"root", zipOf(t, file{name: "/etc/passwd"}), archive.Limits{}, "begins at a root"},
		{"drive", zipOf(t, file{name: "C:x"}), archive.Limits{}, "begins at a root"},
		{"backslash", zipOf(t, file{name: `a\b`}), archive.Limits{}, "backslash"},
		{"control", zipOf(t, file{name: "a\nb"}), archive.Limits{}, "control characters"},
		{"twice", zipOf(t, file{name: "a"}, file{name: "./a"}), archive.Limits{}, "there twice"},
		{"link", zipOf(t, file{name: "a", header: func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }}), archive.Limits{}, "link"},
		{"device", zipOf(t, file{name: "a", header: func(h *zip.FileHeader) { h.SetMode(fs.ModeDevice | 0o777) }}), archive.Limits{}, "no ordinary file"},
		{"encrypted", zipOf(t, file{name: "a", header: func(h *zip.FileHeader) { h.Flags |= 1 }}), archive.Limits{}, "encrypted"},
		{"method", zipOf(t, file{name: "a", header: func(h *zip.FileHeader) { h.Method = 14 }}), archive.Limits{}, "method 14"},
		{"many", zipOf(t, file{name: "a"}, file{name: "b"}, file{name: "c"}), archive.Limits{Entries: 2}, "more than 2 files"},
		{"large entry", zipOf(t, file{name: "a", content: "abc"}), archive.Limits{Entry: 2}, "larger than 2 bytes"},
		{"large in all", zipOf(t, file{name: "a", content: "abc"}, file{name: "b", content: "abc"}), archive.Limits{Total: 5}, "larger than 5 bytes"},
		{"bomb", packed(t, bomb), archive.Limits{}, "made to fill a disk"},
		{"claims less", lie(packed(t, bomb), uint32(len(bomb)), 10), archive.Limits{}, "damaged"},
		{"claims more", lie(packed(t, "hello"), 5, 1000), archive.Limits{}, "damaged"},
		{"checksum", damage(packed(t, "hello, hello"), 0), archive.Limits{}, "damaged"},
		{"zip64 size", zipOf(t, file{name: "a", content: "x", header: func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 62; h.CompressedSize64 = 1 << 61 }}), archive.Limits{}, "larger than the archive"},
		{"zip64 sum", zipOf(t, file{name: "a", header: func(h *zip.FileHeader) { h.UncompressedSize64 = 1<<64 - 1 }}, file{name: "b", header: func(h *zip.FileHeader) { h.UncompressedSize64 = 2 }}), archive.Limits{}, "larger than"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := readAll(source(t, c.raw), c.limits)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "a.zip") {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// packed is a zip with one entry that is deflated.
func packed(t testing.TB, content string) []byte {
	t.Helper()
	dir := t.TempDir()
	w, err := archive.Create(folder(dir), "z")
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.Create("a")
	if err == nil {
		_, err = io.WriteString(out, content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "z"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// lie replaces the unpacked size, behind the data and in the directory.
func lie(raw []byte, size, claim uint32) []byte {
	old, made := binary.LittleEndian.AppendUint32(nil, size), binary.LittleEndian.AppendUint32(nil, claim)
	return bytes.ReplaceAll(raw, old, made)
}

// damage changes a byte of the first entry's data.
func damage(raw []byte, at int) []byte {
	raw = bytes.Clone(raw)
	raw[30+1+at+2] ^= 0x10
	return raw
}

func TestManyEntriesOverlap(t *testing.T) {
	// Two entries of the directory that share their bytes, as in the bombs that
	// need no nesting.
	raw := zipOf(t, file{name: "a", content: strings.Repeat("x", 500)}, file{name: "b", content: ""})
	at := bytes.LastIndex(raw, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(raw[at+20:], 500)
	binary.LittleEndian.PutUint32(raw[at+24:], 500)
	binary.LittleEndian.PutUint32(raw[at+42:], 0)
	if _, err := readAll(source(t, raw), archive.Limits{}); err == nil || !strings.Contains(err.Error(), "on top of each other") {
		t.Errorf("%v", err)
	}
}

func TestFolderAndMissingFile(t *testing.T) {
	if _, err := archive.Open(format.Source{Path: t.TempDir(), Name: "d", Dir: true}, archive.Limits{}); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("%v", err)
	}
	if _, err := archive.Open(format.Source{Path: filepath.Join(t.TempDir(), "x"), Name: "x"}, archive.Limits{}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("%v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(zipOf(f, file{name: "a/b", content: "hello"}, file{name: "c", content: "x"}))
	f.Add(packed(f, "hello, hello, hello"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		all, err := readAll(source(t, raw), archive.Limits{Entries: 100, Entry: 1 << 20, Total: 1 << 22})
		if err != nil && !strings.Contains(err.Error(), "a.zip") {
			t.Fatalf("the error is no sentence for people: %v", err)
		}
		for name := range all {
			if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
				t.Fatalf("name %q", name)
			}
		}
	})
}
