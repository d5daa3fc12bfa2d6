package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	_ "lede/annotate/format/all"
	"lede/app/cli"
)

const formatsPage = "../../docs/formats/README.md"

// TestFormatsPage: docs/formats/README.md says what the formats say of themselves.
func TestFormatsPage(t *testing.T) {
	want := formatsTable()
	if *update {
		if err := os.WriteFile(formatsPage, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(formatsPage)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the formats say (%v): go test ./app/cli -run FormatsPage -update", formatsPage, err)
	}
}

func formatsTable() []byte {
	var b bytes.Buffer
	b.WriteString(`<!-- Generated from the formats' own descriptions: go test ./app/cli -run FormatsPage -update -->
# File formats

“lede formats” prints this table, “lede formats NAME” the options of one format. The
format of a file that is imported is told by its content.

- **checked by**: programs of others whose own readers accepted exports of Lede, with
  their versions. *Unverified*: nobody but Lede has read one.
- **training**: by default an export holds the finished work of one annotator.
- **parts**: what “--split” makes: one export with all parts in it, or one for each part.
- **offsets**: the unit in which the files count, or by which their tokens were found.
- Everything that is lost is counted before anything is written (../export.md).

| format | reads | writes | training | parts | offsets | checked by | cannot hold |
| --- | --- | --- | --- | --- | --- | --- | --- |
`)
	for _, f := range format.All() {
		name := "`" + f.Name + "`"
		if _, err := os.Stat(filepath.Join(filepath.Dir(formatsPage), f.Name+".md")); err == nil {
			name = "[" + name + "](" + f.Name + ".md)"
		}
		parts, unit := "-", "-"
		switch {
		case f.Splits:
			parts = "in one"
		case f.Writes() && !f.SchemaAlone && f.Folder:
			parts = "folders"
		case f.Writes() && !f.SchemaAlone:
			parts = "files"
		}
		if !f.SchemaAlone {
			if unit = string(f.Offsets); unit == "" {
				unit = string(format.CodePoints)
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", name, tick(f.Reads()), tick(f.Writes()), tick(f.Training), parts, unit,
			cli.CheckedBy(f), escape(strings.Join(f.CannotHold, "; ")))
	}
	return b.Bytes()
}

func tick(is bool) string {
	if is {
		return "yes"
	}
	return "-"
}
