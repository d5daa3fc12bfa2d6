package format

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTextsAreReadInSmallPieces: a reader's buffer may end inside a character.
func TestTextsAreReadInSmallPieces(t *testing.T) {
	want := strings.Repeat("a😀é", 100)
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := Source{Path: path, Name: path}.Text()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	var got []byte
	for size := 1; ; size = size%7 + 1 {
		p := make([]byte, size)
		n, err := in.Read(p)
		got = append(got, p[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if string(got) != want {
		t.Errorf("read %q", got)
	}
}
