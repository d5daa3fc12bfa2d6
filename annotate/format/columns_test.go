package format_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"lede/annotate/format"
)

func columns(t *testing.T, rules ...string) format.ImportOptions {
	t.Helper()
	o := importOptions(1)
	var err error
	if o.Columns, err = format.ParseColumns(rules); err != nil {
		t.Fatal(err)
	}
	return o
}

// TestColumnsByAnswers: the same answers give the same articles, whatever the file.
func TestColumnsByAnswers(t *testing.T) {
	rules := []string{"text=Story", "title=Headline", "id=No", "date=Day", "meta:desk=Ressort", "drop=Words", "source=paper"}
	for name, content := range map[string]string{
		"a.csv":   "No,Headline,Paper,Day,Ressort,Words,Story,title,text\n7,Ferry “late”,Wire,2026-03-04,city,12,\"It was late.\",old,raw\n",
		"b.tsv":   "No\tHeadline\tPaper\tDay\tRessort\tWords\tStory\ttitle\ttext\n7\tFerry “late”\tWire\t2026-03-04\tcity\t12\tIt was late.\told\traw\n",
		"c.jsonl": `{"No":"7","Headline":"Ferry “late”","Paper":"Wire","Day":"2026-03-04","Ressort":"city","Words":12,"Story":"It was late.","title":"old","text":"raw"}` + "\n",
	} {
		store := newStore(t)
		mustImport(t, store, columns(t, rules...), write(t, t.TempDir(), name, content))
		docs := documents(t, store)
		if len(docs) != 1 {
			t.Fatalf("%s: %d articles", name, len(docs))
		}
		a := docs[0].Article
		meta, _ := json.Marshal(a.Meta)
		got := strings.Join([]string{a.Ref, a.Title, a.Source, a.Published, string(meta), docs[0].Text.String()}, "|")
		if want := `7|Ferry “late”|Wire|2026-03-04|{"desk":"city","text":"raw","title":"old"}|It was late.`; got != want {
			t.Errorf("%s: %s\nwant %s", name, got, want)
		}
	}
}

func TestColumnsKeepSpans(t *testing.T) {
	store := newStore(t)
	line := `{"story":"Ilse said no.","meta":{"a":1},"spans":[{"label":"actor","start":0,"end":4,"text":"Ilse"}],"kicker":"x"}` + "\n"
	r := mustImport(t, store, columns(t, "text=story", "meta:tag=kicker"), write(t, t.TempDir(), "a.jsonl", line))
	meta, _ := json.Marshal(documents(t, store)[0].Article.Meta)
	if r.Added.Spans != 1 || string(meta) != `{"a":1,"tag":"x"}` {
		t.Errorf("%d spans, meta %s", r.Added.Spans, meta)
	}
}

func TestColumnsRefused(t *testing.T) {
	for rule, want := range map[string]string{
		"title":                    "says of no column what it is. Write --column FACT=COLUMN",
		"head=x":                   `"head=x" says of no column`,
		"meta:=x":                  "says of no column",
		"title=a|title=b":          `two columns, "a" and "b", cannot both be the title`,
		"title=a|author=a":         `the column "a" cannot be two things, title and author`,
		"drop=a|meta:x=a|drop=b|=": `cannot be two things`,
	} {
		_, err := format.ParseColumns(strings.Split(rule, "|"))
		wantError(t, err, want)
	}
	dir := t.TempDir()
	table := write(t, dir, "a.csv", "id,text,Kicker\n1,x,y\n")
	lines := write(t, dir, "a.jsonl", `{"id":"1","text":"x"}`+"\n")
	plain := write(t, dir, "a.txt", "x")
	for _, c := range []struct {
		path, rule, option, want string
	}{
		{table, "title=Headline", "", "a.csv:1: there is no column Headline for --column title=Headline. Its columns are id, text, Kicker."},
		{table, "text=Story", "", "a.csv:1: there is no column Story; the columns are id, text, Kicker. Say which column holds it with --column text=NAME"},
		{table, "title=KICKER|author=kicker", "", "the column Kicker cannot be two things, title and author"},
		{lines, "title=Headline", "", `a.jsonl: no line has a key "Headline", which --column title=Headline names`},
		{lines, "text=Story", "", "a.jsonl:1: there is no text; it has the keys id, text"},
		{plain, "title=Headline", "", "--column is for files with columns, and text has none. Formats with columns: "},
		{table, "text=text", "text", "the column of the text is told twice"},
	} {
		o := columns(t, strings.Split(c.rule, "|")...)
		if c.option != "" {
			o.Options = map[string]string{"text-column": c.option}
		}
		store := newStore(t)
		_, err := format.Import(ctx, store, []string{c.path}, o)
		if err != nil {
			wantError(t, err, c.want)
		} else {
			t.Errorf("%s was taken", c.rule)
		}
		if len(documents(t, store)) > 0 {
			t.Errorf("%s left something", c.rule)
		}
	}
}

// TestColumnsOfListsThem: what the window offers.
func TestColumnsOfListsThem(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.csv": "b, a ,\n1,2,3\n", "a.jsonl": `{"b":1}` + "\n\n" + `{"b":1,"a":2,"column3":""}` + "\n",
	} {
		path := write(t, dir, name, content)
		f, err := format.Lookup(strings.TrimPrefix(name, "a."))
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.ColumnsOf(format.Source{Path: path, Name: name}, format.Settings{"delimiter": "auto"})
		if err != nil || strings.Join(got, " ") != "b a column3" {
			t.Errorf("%s: %q %v", name, got, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, err := f.ColumnsOf(format.Source{Path: path, Name: name}, format.Settings{"delimiter": "auto"}); err == nil {
			t.Errorf("%s: columns of a file that is not there", name)
		}
	}
}

// TestFoldersWithFilesOfUnknownKinds: an ending that a format has is no promise.
func TestFoldersWithFilesOfUnknownKinds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "A text.")
	write(t, dir, "settings.xml", "<settings/>")
	write(t, dir, "letter.rtf", `{\rtf1 Dear all}`)
	store := newStore(t)
	r := mustImport(t, store, importOptions(1), dir)
	if len(documents(t, store)) != 1 || note(r.Notes, "files") != 2 {
		t.Errorf("%d articles, notes %v", len(documents(t, store)), r.Notes)
	}
	_, err := format.Import(ctx, newStore(t), []string{dir + "/settings.xml"}, importOptions(1))
	wantError(t, err, "settings.xml: its format cannot be told")
}
