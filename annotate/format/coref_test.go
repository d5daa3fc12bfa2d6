package format_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
)

// bratText has mentions of two people.
const bratText = "Ilse Brandvik spoke. She, the mayor, left. Tomas said Brandvik was right. He agreed.\n"

func bratFolder(t *testing.T, names []string, lines ...string) string {
	t.Helper()
	dir := t.TempDir()
	spans := []string{
		"T1\tPerson 0 13\tIlse Brandvik", "T2\tPerson 21 24\tShe", "T3\tPerson 26 35\tthe mayor", "T4\tPerson 43 48\tTomas",
		"T5\tPerson 54 62\tBrandvik", "T6\tPerson 74 76\tHe",
	}
	for _, name := range names {
		write(t, dir, name+".txt", bratText+name)
		write(t, dir, name+".ann", strings.Join(append(spans, lines...), "\n")+"\n")
	}
	return dir
}

// pointing lists which words point at which entity, by article, as
// "one: Person/Ilse = Ilse, She".
func pointing(t *testing.T, store annotate.Store) []string {
	t.Helper()
	entities, err := store.Entities(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range entities {
		found, err := store.Mentions(ctx, annotate.MentionQuery{Entity: e.ID})
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, m := range found {
			words = append(words, m.Article.Ref+" "+m.Words)
		}
		lines = append(lines, fmt.Sprintf("%s/%s = %s", e.Kind, e.Name, strings.Join(words, ", ")))
	}
	slices.Sort(lines)
	return lines
}

func TestCoreferenceBecomesEntities(t *testing.T) {
	lines := []string{"*\tEquiv T2 T1", "*\tEquiv T5 T2", "R1\tCoref Arg1:T3 Arg2:T1", "R2\tcoreference Arg1:T6 Arg2:T4", "R3\tknows Arg1:T4 Arg2:T1"}
	ilse := "= one Ilse Brandvik, one She, one the mayor, one Brandvik"
	for _, c := range []struct {
		setting string
		want    []string
		types   string
	}{
		{"", []string{"actor/Ilse Brandvik " + ilse, "actor/Tomas = one Tomas, one He"}, "[knows]"},
		{"none", []string{"actor/Ilse Brandvik = one Ilse Brandvik, one She, one Brandvik"}, "[Coref coreference knows]"},
		{"knows,Coref", []string{"actor/Ilse Brandvik " + strings.Replace(ilse, ", one Brandvik", ", one Tomas, one Brandvik", 1)}, "[coreference]"},
	} {
		store := newStore(t)
		label := annotate.Label{ID: "p", Name: "Person", Title: "Person", Entity: "actor"}
		if _, err := store.Apply(ctx, annotate.Change{ID: "c", Actor: "x", Title: "Label", Ops: []annotate.Op{annotate.Create(label)}}); err != nil {
			t.Fatal(err)
		}
		o := importOptions(1)
		if c.setting != "" {
			o.Options = map[string]string{"coreference": c.setting}
		}
		mustImport(t, store, o, bratFolder(t, []string{"one"}, lines...))
		if got := pointing(t, store); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.setting, got, c.want)
		}
		schema, err := store.Schema(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var types []string
		for _, r := range schema.RelationTypes {
			types = append(types, r.Name)
		}
		if fmt.Sprint(types) != c.types {
			t.Errorf("%q: relation types %v, want %s", c.setting, types, c.types)
		}
	}
}

// TestCoreferenceKeepsWhatIsDefined: a relation type of the project's own schema is
// no coreference, whatever it is called; jsonl is taken as it is.
func TestCoreferenceKeepsWhatIsDefined(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "a.jsonl",
		`{"id":"x","text":"A B","annotator":"ana","spans":[{"id":"1","label":"P","start":0,"end":1},{"id":"2","label":"P","start":2,"end":3}],"relations":[{"id":"r","type":"Coref","from":"1","to":"2"}]}`))
	r := mustImport(t, store, importOptions(2), bratFolder(t, []string{"one"}, "R1\tCoref Arg1:T3 Arg2:T1"))
	if r.Added.Relations != 1 || len(pointing(t, store)) != 0 {
		t.Errorf("%+v, %q", r.Added, pointing(t, store))
	}
}

func TestSameNamesInSeveralArticles(t *testing.T) {
	for setting, want := range map[string]int{"no": 2, "yes": 1} {
		store := newStore(t)
		o := importOptions(1)
		o.Options = map[string]string{"same-names": setting}
		mustImport(t, store, o, bratFolder(t, []string{"one", "two"}, "*\tEquiv T1 T5"))
		if got := pointing(t, store); len(got) != want {
			t.Errorf("same-names=%s: %q", setting, got)
		}
	}
}

// TestNamesOfEntities: a codebook's word for names wins over capitals; entities that
// the file has are kept, and shared.
func TestNamesOfEntities(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), bratFolder(t, []string{"one"},
		"*\tEquiv T1 T2 T3", "A1\tmention T1 nominal", "A2\tmention T3 name",
		"*\tEquiv T4 T6", "N1\tReference T6 Lede:q7\tTomas Vik", "*\tEquiv T5"))
	want := []string{"Person/Tomas Vik = one Tomas, one He", "Person/the mayor = one Ilse Brandvik, one She, one the mayor"}
	if got := pointing(t, store); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if has, err := store.Has(ctx, annotate.KindEntity, "q7"); err != nil || !has {
		t.Error("the id of the file was not kept")
	}
}

// TestEntitiesThroughBrat writes Equiv lines for shared entities, and takes them back,
// also where nobody reads our own lines.
func TestEntitiesThroughBrat(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), bratFolder(t, []string{"one", "two"}, "*\tEquiv T1 T2 T5", "*\tEquiv T4 T6"))
	out := filepath.Join(t.TempDir(), "out")
	if _, err := format.Export(ctx, store, format.ExportOptions{Format: "brat", Out: out}); err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	if ann := files["one.ann"]; !strings.Contains(ann, "*\tEquiv T1 T2 T5\n*\tEquiv T4 T6\n") {
		t.Errorf("one.ann:\n%s", ann)
	}
	want := pointing(t, store)
	again := newStore(t)
	mustImport(t, again, importOptions(2), out)
	if got := pointing(t, again); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for name, content := range files {
		var lines []string
		for line := range strings.Lines(content) {
			if !strings.HasPrefix(line, "N") || !strings.HasSuffix(name, ".ann") {
				lines = append(lines, line)
			}
		}
		write(t, out, name, strings.Join(lines, ""))
	}
	other := newStore(t)
	mustImport(t, other, importOptions(3), out)
	if got := pointing(t, other); !slices.Equal(got, want) {
		t.Errorf("without N lines: got %q, want %q", got, want)
	}
}
