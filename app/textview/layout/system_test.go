package layout

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-text/typesetting/font/opentype"

	"lede/assets/fonts"
)

// collection packs fonts into one file, as system CJK fonts come.
func collection(t *testing.T, files ...[]byte) []byte {
	t.Helper()
	out := binary.BigEndian.AppendUint32([]byte("ttcf\x00\x01\x00\x00"), uint32(len(files)))
	start := len(out) + 4*len(files)
	var body []byte
	for _, f := range files {
		at := start + len(body)
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		f = bytes.Clone(f)
		for i := range int(binary.BigEndian.Uint16(f[4:])) {
			entry := f[12+16*i+8:]
			binary.BigEndian.PutUint32(entry, binary.BigEndian.Uint32(entry)+uint32(at))
		}
		body = append(body, f...)
	}
	return append(out, body...)
}

func TestReadFontOfACollection(t *testing.T) {
	path := filepath.Join(t.TempDir(), "two.ttc")
	if err := os.WriteFile(path, collection(t, fonts.Sans().Data, fonts.Scripts()[1].Data), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := readFont(path, 1)
	if err != nil {
		t.Fatal(err)
	}
	face, err := NewLibrary(nil).Load(f)
	if err != nil {
		t.Fatal(err)
	}
	if !face.has('ש') || face.has('Ж') {
		t.Error("the second face is not the Hebrew one")
	}
	first, err := readFont(path, 0)
	if err != nil || first.Name == f.Name {
		t.Errorf("two faces of one file are both named %q (%v)", f.Name, err)
	}
	if _, err := readFont(path, 2); err == nil {
		t.Error("a face beyond the last was read")
	}
	if _, err := readFont(filepath.Join(t.TempDir(), "none"), 0); err == nil {
		t.Error("a missing file was read")
	}
}

func TestFaceOfCollectionKeepsTheKind(t *testing.T) {
	data := collection(t, append([]byte("OTTO"), fonts.Scripts()[1].Data[4:]...))
	single, err := faceOfCollection(data, 0)
	if err != nil {
		t.Fatal(err)
	}
	loader, err := opentype.NewLoader(bytes.NewReader(single))
	if err != nil || loader.Type != opentype.OpenType {
		t.Errorf("a font with CFF outlines came out as %v (%v)", loader.Type, err)
	}
}
