package layout

import (
	"os"
	"path/filepath"
	"testing"

	"lede/assets/fonts"
)

// Fonts beside the program are found by what they can show; other files do no harm.
func TestFontsBesideTheProgram(t *testing.T) {
	folder := t.TempDir()
	for name, data := range map[string][]byte{
		"a.ttf": []byte("no font"), "b.txt": fonts.Sans().Data, "c.ttf": fonts.Scripts()[0].Data, // Arabic
	} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := &besideFonts{folder: folder}
	if f, ok := b.find('ش'); !ok || f.Name != filepath.Join(folder, "c.ttf") {
		t.Errorf("Arabic: %q %v", f.Name, ok)
	}
	if f, ok := b.find('Q'); ok {
		t.Errorf("Latin is in %q", f.Name)
	}
	if f, ok := (&besideFonts{folder: filepath.Join(folder, "none")}).find('ش'); ok {
		t.Errorf("a folder that is not there has %q", f.Name)
	}
}
