package layout

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font/opentype"

	"lede/assets/fonts"
)

// remapped is a font whose glyphs stand for the characters from first on.
func remapped(t *testing.T, data []byte, first rune) []byte {
	t.Helper()
	loader, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var tables []opentype.Table
	for _, tag := range loader.Tables() {
		content, err := loader.RawTable(tag)
		if err != nil {
			t.Fatal(err)
		}
		if tag == opentype.MustNewTag("cmap") {
			content = nil
			for _, v := range []uint16{0, 1, 3, 10, 0, 12, 12, 0} { // one table, format 12
				content = binary.BigEndian.AppendUint16(content, v)
			}
			for _, v := range []uint32{28, 0, 1, uint32(first), uint32(first) + 40, 3} {
				content = binary.BigEndian.AppendUint32(content, v)
			}
		}
		tables = append(tables, opentype.Table{Tag: tag, Content: content})
	}
	return opentype.WriteTTF(tables)
}

func written(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOwnFontShowsWhatIsMissing: also from a collection, after the bundled fonts
// and before the system's.
func TestOwnFontShowsWhatIsMissing(t *testing.T) {
	lao := fonts.Scripts()[6].Font
	hangul := remapped(t, lao.Data, 0xAC00)
	for name, data := range map[string][]byte{"own.ttf": hangul, "own.ttc": collection(t, hangul, fonts.Sans().Data)} {
		asked := 0
		lib := NewBundle(func(rune) (Font, bool) { asked++; return Font{}, false })
		look := func() *Block { return (&Shaper{}).Layout("ab 가각 שלום", Style{Chain: lib.Serif, Size: 18}) }
		b := look()
		if m := string(b.Missing()); m != "가각" || string(lib.Missing()) != "가각" {
			t.Fatalf("%s: missing %q, %q", name, m, string(lib.Missing()))
		}
		if got := b.Text(3, 5); got != "\ufffd\ufffd" {
			t.Errorf("%s: in their place is drawn %q", name, got)
		}
		asked = 0
		lib.SetOwn(written(t, name, data))
		b = look()
		if m := b.Missing(); len(m) != 0 || len(lib.Missing()) != 0 || asked != 0 {
			t.Errorf("%s: missing %q, the system was asked %d times", name, string(m), asked)
		}
		face, err := lib.Own()
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, r := range b.Lines[0].Runs {
			found = found || r.Face == face && r.Start == 3
			if r.Face == face && r.Start != 3 {
				t.Errorf("%s: %q is drawn with the own font", name, b.Text(r.Start, r.End))
			}
		}
		if !found {
			t.Errorf("%s: the own font is not used", name)
		}
		lib.SetOwn("")
		if m := string(look().Missing()); m != "가각" {
			t.Errorf("%s: without it, missing is %q", name, m)
		}
	}
}

// TestFontFilesThatCannotBeUsed: each is told in a sentence that says what to do.
func TestFontFilesThatCannotBeUsed(t *testing.T) {
	lib := NewBundle(nil)
	broken := bytes.Clone(fonts.Sans().Data)[:2000]
	for path, want := range map[string]string{
		written(t, "notes.txt", []byte("no font")):                             "notes.txt is not a font that can be used here",
		written(t, "empty.ttf", nil):                                           "empty.ttf is not a font",
		written(t, "cut.ttf", broken):                                          "cut.ttf is not a font",
		written(t, "none.ttc", []byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x00")): "none.ttc is not a font",
		filepath.Join(t.TempDir(), "gone.ttf"):                                 "gone.ttf is not there any more",
		huge(t):                                                                "huge.ttf is not a font",
		t.TempDir():                                                            "cannot be read",
	} {
		lib.SetOwn(path)
		face, err := lib.Own()
		if err == nil || face != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", filepath.Base(path), err, want)
		}
		b := (&Shaper{}).Layout("x 가", Style{Chain: lib.Serif, Size: 18})
		if string(b.Missing()) != "가" {
			t.Errorf("%s: missing is %q", filepath.Base(path), string(b.Missing()))
		}
	}
}

// TestFontFileThatGoes: one that was read goes on being used; that it will not be the
// next time is told to whoever asks.
func TestFontFileThatGoes(t *testing.T) {
	lib := NewBundle(nil)
	if err := lib.CheckOwn(); err != nil {
		t.Errorf("no file was named: %v", err)
	}
	path := written(t, "own.ttf", fonts.Sans().Data)
	lib.SetOwn(path)
	if err := lib.CheckOwn(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := lib.CheckOwn(); err == nil || !strings.Contains(err.Error(), "own.ttf is not there any more") {
		t.Errorf("it is gone, and what is said is %v", err)
	}
	if face, err := lib.Own(); face == nil || err != nil {
		t.Errorf("it is not used any more: %v", err)
	}
}

// huge is a file of more bytes than any font has, none of them on the disk.
func huge(t *testing.T) string {
	path := written(t, "huge.ttf", nil)
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Skip("this disk cannot hold a file with holes")
	}
	return path
}

// TestFontsAreReadWhenNeeded: a Latin text costs the four faces and no more.
func TestFontsAreReadWhenNeeded(t *testing.T) {
	lib := NewBundle(nil)
	lay := func(s string) { (&Shaper{}).Layout(s, Style{Chain: lib.Serif, Size: 18}) }
	lay("The harbour — “Łódź”, Ж, Ω.")
	if n := len(lib.byName); n != 4 {
		t.Errorf("%d fonts were read for a Latin text, want 4", n)
	}
	lay("ไทย")
	if n := len(lib.byName); n != 5 {
		t.Errorf("%d fonts were read after a Thai one, want 5", n)
	}
}
