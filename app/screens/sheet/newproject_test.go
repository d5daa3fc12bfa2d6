package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNewProject: what was typed becomes a path, or a sentence that says what to do.
func TestNewProject(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "there.lede"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"strike": "strike.lede", " strike.lede ": "strike.lede", "a.b": "a.b.lede", "新聞": "新聞.lede"} {
		if path, err := NewProject(dir, typed); err != nil || path != filepath.Join(dir, want) {
			t.Errorf("%q is to be made at %s, %v", typed, path, err)
		}
	}
	for typed, want := range map[string]string{
		"": "Please give the project a name.", "  ": "Please give the project a name.", ".lede": "Please give the project a name.",
		"there": "There is a file of that name. Choose another name.",
		"CON":   "Windows keeps the name “CON” for a device, so the project could not be carried to every computer. Choose another name, as “CON-1”.",
		"../x":  "the character “/”", "a/CON": "the character “/”", "strike.": "ends in a dot", "strike .lede": "ends in a space", "12:30": "“12_30”",
	} {
		if path, err := NewProject(dir, typed); err == nil || !strings.Contains(Sentence(err), want) {
			t.Errorf("%q: %s, %q; want %q", typed, path, Sentence(err), want)
		}
	}
}
