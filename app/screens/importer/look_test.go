package importer

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// TestSampleOfAnEncoding: places with signs that the encodings have in different places.
func TestSampleOfAnEncoding(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n", nil},
		{"Plain words.", []string{"Plain words."}},
		{"Über Nacht.\n\nEin Text, der lang genug ist, damit die zweite Stelle weit genug weg von der ersten ist: Köln.", []string{
			"Über Nacht. Ein Text, der lang genug ist, damit", "eg von der ersten ist: Köln.",
		}},
	} {
		got := around(c.text)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q gives %q", c.text, got)
		}
	}
}

// TestRowsOfTables: the first rows are shown whatever the format of the table, also
// before it is known where the text is.
func TestRowsOfTables(t *testing.T) {
	for name, content := range map[string]string{
		"a.csv":   "Story,Kopf\nWords of a story.,\"Two\nlines\"\n,no story\n",
		"a.tsv":   "Story\tKopf\nWords of a story.\tTwo lines\n",
		"a.jsonl": `{"Story":"Words of a story.","Kopf":"Two lines"}` + "\n",
	} {
		b := open(t, write(t, name, content))
		b.wants("Story", "Kopf", "Words of a story.", "Two lines", "auto: further fact", "Text is in")
		b.Close()
	}
}

// TestMixedFolder: the spans of each file are drawn by the rules of its own format.
func TestMixedFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.jsonl":     coded,
		"b/words.txt": "Plain words.",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, dir)
	var formats []string
	for _, a := range b.found.articles {
		formats = append(formats, a.format.Name)
	}
	if !slices.Equal(formats, []string{"jsonl", "text"}) {
		t.Errorf("looked at %v", formats)
	}
}

// TestKeyboardStaysInSight: going through the fields brings them into sight, in a table
// wider than the dialog too.
func TestKeyboardStaysInSight(t *testing.T) {
	b := open(t, write(t, "a.csv", "text,a,b,c,d,e,f,g,h,i,j\nWords.,1,2,3,4,5,6,7,8,9,10\n"))
	last, ok := b.named[columnKey+"j"].(fyne.CanvasObject)
	if !ok {
		t.Fatal("the column j has no field")
	}
	d := fyne.CurrentApp().Driver()
	if x := d.AbsolutePositionForObject(last).X; x < 1280 {
		t.Fatalf("the column j is in sight from the beginning, at %v", x)
	}
	b.sheet.Canvas().Focus(b.named[columnKey+"j"])
	if x := d.AbsolutePositionForObject(last).X + last.Size().Width; x > 1280/2+sheetWidth/2 {
		t.Errorf("the column j ends at %v, out of sight", x)
	}
}
