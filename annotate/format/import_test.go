package format_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

func TestTextFilesAndFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.txt", "\uFEFFBonn\r\nRhein\rEnde")
	write(t, dir, "a/z.txt", "first by byte order")
	write(t, dir, "a-b.txt", "a-b sorts before a/z")
	write(t, dir, "manifest.json", `{"program":"lede 1"}`)
	write(t, dir, "x.manifest.json", "{}")
	write(t, dir, ".hidden.txt", "no")
	write(t, dir, "picture.png", "\x89PNG")
	store := newStore(t)
	r := mustImport(t, store, importOptions(1), dir)
	if r.Added.Articles != 3 || note(r.Notes, "files") != 1 {
		t.Fatalf("report %+v", r)
	}
	var got []string
	for _, d := range documents(t, store) {
		got = append(got, d.Article.Ref+"="+d.Text.String())
	}
	want := []string{"a-b=a-b sorts before a/z", "a/z=first by byte order", "b=Bonn\nRhein\nEnde"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	again := mustImport(t, store, importOptions(2), dir)
	if again.Change != "" || again.Unchanged != 3 || again.Added.Articles != 0 {
		t.Errorf("the same import twice: %+v", again)
	}
	o := importOptions(3)
	o.Options = map[string]string{"lines": "yes"}
	lines := mustImport(t, newStore(t), o, write(t, dir, "lines.txt", "one\n\n  \ntwo\r\nthree"))
	if lines.Added.Articles != 3 {
		t.Errorf("lines: %+v", lines)
	}
}

func TestPastedText(t *testing.T) {
	store := newStore(t)
	seq := func(yield func(*format.Article, error) bool) {
		yield(&format.Article{Title: "Pasted", Text: "one\r\ntwo\u00a0three"}, nil)
	}
	r, err := format.ImportArticles(ctx, store, "clipboard", seq, importOptions(1))
	if err != nil || r.Added.Articles != 1 || r.FirstArticle == "" {
		t.Fatalf("%+v %v", r, err)
	}
	d := documents(t, store)[0]
	if d.Text.String() != "one\ntwo\u00a0three" || d.Article.Title != "Pasted" || d.Article.Ref != string(d.Article.ID) {
		t.Errorf("%+v", d.Article)
	}
}

func TestTables(t *testing.T) {
	dir := t.TempDir()
	store := newStore(t)
	mustImport(t, store, importOptions(1),
		write(t, dir, "a.csv", "\uFEFFID;Title;Body;date;Wire Desk\r\n7;\"He said \"\"no\"\"\";\"line 1\r\nline 2\";2026-03;X\r\n;;;;\r\n"),
		write(t, dir, "b.tsv", "id\ttext\tlanguage\n8\tsecond\tde\n"))
	docs := documents(t, store)
	a, b := docs[0].Article, docs[1].Article
	if a.Ref != "7" || a.Title != `He said "no"` || docs[0].Text.String() != "line 1\nline 2" || a.PublishedISO != "2026-03" || a.Meta.String("Wire Desk") != "X" {
		t.Errorf("%+v %q", a, docs[0].Text)
	}
	if b.Ref != "8" || b.Language != "de" || len(docs) != 2 {
		t.Errorf("%+v", b)
	}
	o := importOptions(2)
	o.Options = map[string]string{"text-column": "story"}
	mustImport(t, newStore(t), o, write(t, dir, "c.csv", "story,text\na,b\n"))
}

// TestImportIsCalledByWhatCame: the step says how many articles came, and of many
// files it names a few.
func TestImportIsCalledByWhatCame(t *testing.T) {
	dir := t.TempDir()
	store := newStore(t)
	var files []string
	for _, name := range []string{"a.txt", "b.txt", "c.txt", "d.txt", "e.txt"} {
		files = append(files, write(t, dir, name, "It is "+name+"."))
	}
	mustImport(t, store, importOptions(1), files[0])
	mustImport(t, store, importOptions(2), files[1:]...)
	changes, err := store.History(context.Background(), annotate.HistoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, c := range changes {
		if c.Cause == annotate.CauseImport {
			titles = append(titles, c.Title)
		}
	}
	if want := []string{"Import 1 article of a.txt", "Import 4 articles of b.txt, c.txt and 2 more files"}; !slices.Equal(titles, want) {
		t.Errorf("got %q, want %q", titles, want)
	}
}

// TestRefusals: every refusal names the file, the line, and what to do.
func TestRefusals(t *testing.T) {
	line := func(s string) string { return "{\"id\":\"0\",\"text\":\"ok\"}\n" + s + "\n" }
	for _, c := range []struct {
		name, content string
		say           []string
	}{
		{"a.jsonl", line(`{"id":"1","text":"x\ud800y"}`), []string{"a.jsonl:2", "surrogate"}},
		{"a.jsonl", line(`{"id":"1","text":"x\\ud800","t":"\udc00"}`), []string{"a.jsonl:2", "surrogate"}},
		{"a.jsonl", line(`{"id":"1","text":"x\u0000"}`), []string{"a.jsonl:2", "U+0000"}},
		{"a.jsonl", line("{\"id\":\"1\",\"text\":\"x\x00\"}"), []string{"a.jsonl:2", "U+0000"}},
		{"a.jsonl", line("{\"id\":\"1\",\"text\":\"caf\xe9 au lait\"}"), []string{"a.jsonl:2", "byte 44", "not UTF-8", "--encoding windows-1252"}},
		{"a.jsonl", line(`{"id":"1","text":`), []string{"a.jsonl:2", "JSON"}},
		{"a.jsonl", line(`{"id":"1","title":"x"}`), []string{"a.jsonl:2", "id, title", "text-column"}},
		{"a.jsonl", line(`{"id":"0","text":"another"}`), []string{"a.jsonl:2", `"0"`, "a.jsonl:1"}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"label":"x","start":0,"end":4}]}`), []string{"a.jsonl:2", "0–4", "outside", "3 characters"}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"label":"x","start":1,"end":1}]}`), []string{"a.jsonl:2", "empty"}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"label":"x","start":0,"end":2,"text":"bc"}]}`), []string{"a.jsonl:2", `"ab"`, `"bc"`}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"label":"x","start":0,"end":3,"fragments":[[0,1]]}]}`), []string{"a.jsonl:2", "contradict"}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"label":"x","start":0.5,"end":3}]}`), []string{"a.jsonl:2", "whole number"}},
		{"a.jsonl", line(`{"text":"abc","spans":[{"id":"a","label":"x","start":0,"end":3}],"relations":[{"type":"t","from":"a","to":"b"}]}`), []string{"a.jsonl:2", `"b"`}},
		{"a.jsonl", line(`{"text":"abc","status":"finished","annotator":"me","note":"n"}`), []string{"a.jsonl:2", "finished", "in_progress"}},
		{"a.jsonl", line(`{"text":"abc","annotator":"ALL","note":"n"}`), []string{"a.jsonl:2", "ALL"}},
		{"a.jsonl", line(`{"text":"abc","published":"03/04/2026"}`), []string{"a.jsonl:2", "03/04/2026", "date-order=dmy"}},
		{"a.csv", "id,story\n1,x\n", []string{"a.csv:1", "id, story", "--opt text-column="}},
		{"a.csv", "id,text\n1,x\n2,y,z\n", []string{"a.csv:3", "2 columns"}},
		{"a.csv", "id,text\n1,x\n2,\"y\n3,z\n", []string{"a.csv:3", "quote"}},
		{"a.txt", "caf\xe9 au lait", []string{"a.txt:1", "byte 3", "--encoding windows-1252"}},
		{"a.txt", "ok\nx\x00y", []string{"a.txt:2", "byte 4", "U+0000"}},
		{"a.txt", `{"text":"abc"}` + "\n", []string{"a.txt", "jsonl or text", "--format"}},
		{"a.txt", "id,text\n1,abc\n", []string{"a.txt", "csv or text", "--format"}},
		{"a.bin", "\x7fELF\x00\x01", []string{"a.bin", "cannot be told"}},
		{"f/a.txt", "x", nil},
	} {
		dir := t.TempDir()
		path := write(t, dir, c.name, c.content)
		store := newStore(t)
		before, err := store.Position(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_, err = format.Import(ctx, store, []string{path}, importOptions(1))
		if c.say == nil {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		t.Run(c.name, func(t *testing.T) { wantError(t, err, c.say...) })
		if after, _ := store.Position(ctx); after != before || len(documents(t, store)) != 0 {
			t.Errorf("%s %q: the project changed", c.name, c.content)
		}
	}
}

func TestMissingAndUnreadablePaths(t *testing.T) {
	_, err := format.Import(ctx, newStore(t), []string{"/no/such/file.txt"}, importOptions(1))
	wantError(t, err, "/no/such/file.txt", "no such file")
	if !errors.Is(err, annotate.ErrNotFound) {
		t.Errorf("kind of %v", err)
	}
	_, err = format.Import(ctx, newStore(t), []string{t.TempDir()}, importOptions(1))
	wantError(t, err, "no file that can be read")
	var bad *format.UsageError
	for _, o := range []format.ImportOptions{{Format: "nope"}, {Format: "codebook"}, {OnDuplicate: "destroy"}, {Options: map[string]string{"nope": "1"}}, {Options: map[string]string{"title-in-text": "perhaps"}}} {
		o.Env, o.Actor = importOptions(1).Env, "x"
		if _, err = format.Import(ctx, newStore(t), []string{write(t, t.TempDir(), "a.txt", "x")}, o); !errors.As(err, &bad) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	o := importOptions(1)
	o.Annotator = ""
	_, err = format.Import(ctx, newStore(t), []string{write(t, t.TempDir(), "a.jsonl", `{"text":"abc","spans":[{"label":"x","start":0,"end":1}]}`)}, o)
	wantError(t, err, "a.jsonl:1", "--annotator")
}

// TestOtherUnits: a file whose offsets are UTF-16 units or bytes is recognised as
// a whole by its own copies of the texts, and said to be so.
func TestOtherUnits(t *testing.T) {
	const body = "😀 Müller said 👍\r\nno to 北京 today"
	find := func(sub string) (start, end int) {
		b := strings.Index(body, sub)
		return b, b + len(sub)
	}
	runes := func(b int) int { return len([]rune(body[:b])) }
	units := func(b int) int { return len(utf16.Encode([]rune(body[:b]))) }
	folded := func(b int) int { return len([]rune(strings.ReplaceAll(body[:b], "\r\n", "\n"))) }
	for name, count := range map[string]func(int) int{
		"code points": runes, "UTF-16 code units": units, "UTF-8 bytes": func(b int) int { return b },
		"code points, after line ends were made one character": folded,
	} {
		var spans []string
		for _, sub := range []string{"Müller", "北京", "today"} {
			s, e := find(sub)
			spans = append(spans, fmt.Sprintf(`{"label":"x","start":%d,"end":%d,"text":"%s"}`, count(s), count(e), sub))
		}
		content := `{"id":"ascii","text":"plain text","spans":[{"label":"x","start":0,"end":5,"text":"plain"}]}` + "\n" +
			`{"id":"wide","text":"` + strings.ReplaceAll(body, "\r\n", `\r\n`) + `","spans":[` + strings.Join(spans, ",") + "]}\n"
		store := newStore(t)
		r := mustImport(t, store, importOptions(1), write(t, t.TempDir(), "u.jsonl", content))
		if r.Sources[0].Offsets != name || (name != "code points") != (note(r.Notes, "offsets") == 1) {
			t.Errorf("%s: taken as %s, notes %v", name, r.Sources[0].Offsets, r.Notes)
		}
		d := documents(t, store)[1]
		for i, sub := range []string{"Müller", "北京", "today"} {
			if got := d.Text.Quote(d.Sets[0].Spans[i].Fragments); got != sub {
				t.Errorf("%s: span %d is %q, want %q", name, i, got, sub)
			}
		}
	}
	// Never a unit for one span: one in bytes and one in code points is refused.
	s, e := find("today")
	mixed := fmt.Sprintf(`{"text":"%s","spans":[{"label":"x","start":2,"end":8,"text":"Müller"},{"label":"x","start":%d,"end":%d,"text":"today"}]}`,
		strings.ReplaceAll(body, "\r\n", `\r\n`), s, e)
	_, err := format.Import(ctx, newStore(t), []string{write(t, t.TempDir(), "m.jsonl", mixed)}, importOptions(1))
	wantError(t, err, "m.jsonl:1", "37–42")
}

func TestOnDuplicate(t *testing.T) {
	dir := t.TempDir()
	base := `{"id":"a","title":"T","text":"one two","annotator":"ana","status":"done","spans":[{"id":"s1","label":"x","start":0,"end":3}]}` + "\n" +
		`{"id":"b","text":"untouched"}` + "\n"
	file := write(t, dir, "base.jsonl", base)
	next := write(t, dir, "next.jsonl", `{"id":"a","title":"New","text":"one two","annotator":"ana","status":"skipped","spans":[{"id":"s9","label":"x","start":4,"end":7}]}`+"\n"+
		`{"id":"a","text":"one two","annotator":"ben","status":"done","spans":[{"id":"s1","label":"y","start":0,"end":7}]}`+"\n"+
		`{"id":"b","text":"other text"}`+"\n"+
		`{"id":"c","text":"untouched"}`+"\n")
	run := func(how format.OnDuplicate) (*format.ImportReport, string) {
		store := newStore(t)
		mustImport(t, store, importOptions(1), file)
		o := importOptions(2)
		o.OnDuplicate = how
		r := mustImport(t, store, o, next)
		if problems, err := store.Check(ctx); err != nil || len(problems) > 0 {
			t.Errorf("%s: check: %v %v", how, problems, err)
		}
		var got strings.Builder
		for _, d := range documents(t, store) {
			fmt.Fprintf(&got, "%s/%s/%q", d.Article.Ref, d.Article.Title, d.Text.String())
			for _, s := range d.Sets {
				fmt.Fprintf(&got, " %s:%s", s.Annotator.Name, s.Set.Status)
				for _, x := range s.Spans {
					fmt.Fprintf(&got, "%v", x.Fragments)
				}
			}
			got.WriteString("; ")
		}
		return r, got.String()
	}
	for how, want := range map[format.OnDuplicate]string{
		format.Merge:   `a/T/"one two" ana:done[{0 3}] ben:done[{0 7}]; b//"untouched"; `,
		format.Skip:    `a/T/"one two" ana:done[{0 3}]; b//"untouched"; `,
		format.Replace: `a/New/"one two" ana:skipped[{4 7}] ben:done[{0 7}]; b//"other text"; c//"untouched"; `,
		format.Keep:    `a/T/"one two" ana:done[{0 3}]; b//"untouched"; a-2/New/"one two" ana:skipped[{4 7}] ben:done[{0 7}]; b-2//"other text"; c//"untouched"; `,
	} {
		r, got := run(how)
		if got != want {
			t.Errorf("%s:\n got  %s\n want %s\n %+v", how, got, want, r)
		}
		if how == format.Merge && (r.Merged != 1 || r.LeftOut != 1 || r.Unchanged != 1 || note(r.Notes, "ids") != 1 || note(r.Notes, "kept_sets") != 1) {
			t.Errorf("merge: %+v", r)
		}
	}
}

func TestReplaceKeepsTextUnderSpans(t *testing.T) {
	dir, store := t.TempDir(), newStore(t)
	mustImport(t, store, importOptions(1), write(t, dir, "a.jsonl", `{"id":"a","text":"one two","annotator":"ana","spans":[{"label":"x","start":0,"end":3}]}`))
	o := importOptions(2)
	o.OnDuplicate = format.Replace
	r := mustImport(t, store, o, write(t, dir, "b.jsonl", `{"id":"a","text":"another"}`))
	if r.LeftOut != 1 || r.Change != "" || documents(t, store)[0].Text.String() != "one two" {
		t.Errorf("%+v", r)
	}
}

// TestFileNamesAreNoIDs: two files called a.txt with different texts are two
// articles; the same text twice is one.
func TestFileNamesAreNoIDs(t *testing.T) {
	store := newStore(t)
	one, two := t.TempDir(), t.TempDir()
	mustImport(t, store, importOptions(1), write(t, one, "a.txt", "first"))
	r := mustImport(t, store, importOptions(2), write(t, two, "a.txt", "second"), write(t, two, "b.txt", "first"), write(t, two, "c.txt", "second"))
	if r.Added.Articles != 1 || r.Unchanged != 2 || documents(t, store)[1].Article.Ref != "a-2" {
		t.Errorf("%+v %s", r, documents(t, store)[1].Article.Ref)
	}
	if again := mustImport(t, store, importOptions(3), filepath.Join(two, "a.txt")); again.Change != "" {
		t.Errorf("%+v", again)
	}
}

func TestCancelAndDryRunLeaveNothing(t *testing.T) {
	dir := t.TempDir()
	for i := range 700 {
		write(t, dir, fmt.Sprintf("%04d.txt", i), fmt.Sprintf("text %d", i))
	}
	store := newStore(t)
	cancelled, cancel := context.WithCancel(ctx)
	o := importOptions(1)
	o.Progress = func(p format.Progress) {
		if p.Done == 600 {
			cancel()
		}
	}
	if _, err := format.Import(cancelled, store, []string{dir}, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	dry := importOptions(2)
	dry.DryRun = true
	r := mustImport(t, store, dry, dir)
	if r.Added.Articles != 700 || !r.DryRun || r.Change != "" || r.FirstArticle != "" {
		t.Errorf("dry run: %+v", r)
	}
	if n, _ := store.Position(ctx); n > 1 || len(documents(t, store)) != 0 {
		t.Errorf("something stayed: position %d", n)
	}
	full := mustImport(t, store, importOptions(3), dir)
	if full.Added.Articles != 700 || len(documents(t, store)) != 700 {
		t.Errorf("%+v", full)
	}
	if changes, err := store.History(ctx, annotate.HistoryQuery{}); err != nil || len(changes) > 2 || changes[len(changes)-1].Cause != annotate.CauseImport {
		t.Errorf("an import is one change: %d %v", len(changes), err)
	}
}

// TestSetsOfAnEarlierBatch: lines of one article that lie far apart.
func TestSetsOfAnEarlierBatch(t *testing.T) {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, `{"id":"%d","text":"text %d","annotator":"ana","spans":[{"label":"x","start":0,"end":4}]}`+"\n", i, i)
	}
	b.WriteString(`{"id":"3","text":"text 3","annotator":"ben","spans":[{"label":"y","start":5,"end":6}]}` + "\n")
	b.WriteString(`{"id":"4","text":"text 4","annotator":"ana","spans":[{"label":"y","start":5,"end":6}]}` + "\n")
	store := newStore(t)
	r := mustImport(t, store, importOptions(1), write(t, t.TempDir(), "a.jsonl", b.String()))
	d := documents(t, store)
	if len(d) != 600 || len(d[3].Sets) != 2 || len(d[4].Sets) != 1 || note(r.Notes, "duplicate_sets") != 1 || r.Added.Sets != 601 {
		t.Errorf("%d articles, %+v", len(d), r)
	}
}

func TestTitleInText(t *testing.T) {
	store := newStore(t)
	o := importOptions(1)
	o.Options = map[string]string{"title-in-text": "yes"}
	mustImport(t, store, o, write(t, t.TempDir(), "a.jsonl", `{"title":"War\r\nends 😀","text":"\ufeffa\r\nb","spans":[{"label":"x","start":4,"end":5,"text":"b"}]}`+"\n"+`{"text":"no title","spans":[{"label":"x","start":0,"end":2}]}`))
	d := documents(t, store)
	if d[0].Text.String() != "War ends 😀\n\na\nb" || d[0].Text.Quote(d[0].Sets[0].Spans[0].Fragments) != "b" || d[1].Text.String() != "no title" {
		t.Errorf("%q %v", d[0].Text, d[0].Sets[0].Spans[0].Fragments)
	}
}

func TestEncodingOption(t *testing.T) {
	store := newStore(t)
	o := importOptions(1)
	o.Encoding = "windows-1252"
	mustImport(t, store, o, write(t, t.TempDir(), "a.txt", "caf\xe9"), write(t, t.TempDir(), "b.csv", "id,text\n1,Z\xfcrich\n"))
	d := documents(t, store)
	if d[0].Text.String() != "café" || d[1].Text.String() != "Zürich" {
		t.Errorf("%q %q", d[0].Text, d[1].Text)
	}
	mustImport(t, store, importOptions(2), write(t, t.TempDir(), "c.jsonl", "\xff\xfe{\x00\"\x00t\x00e\x00x\x00t\x00\"\x00:\x00\"\x00\x42\x04\"\x00}\x00"))
	if d = documents(t, store); d[2].Text.String() != "т" {
		t.Errorf("%q", d[2].Text)
	}
}

// TestEncodingOfMixedFolders: what a file says itself is not overruled by an
// encoding that is chosen for the others; a BOM never is.
func TestEncodingOfMixedFolders(t *testing.T) {
	const utf16 = "\xff\xfeZ\x00\xfc\x00r\x00i\x00c\x00h\x00"
	dir := t.TempDir()
	write(t, dir, "a.txt", "Z\xfcrich a")
	write(t, dir, "b.txt", "Zürich b")
	write(t, dir, "c.txt", utf16)
	write(t, dir, "d.txt", "\xef\xbb\xbfZürich d")
	write(t, dir, "e.csv", "id,text\n1,Zürich e\n")
	write(t, dir, "f.jsonl", `{"text":"Zürich f"}`+"\n")
	write(t, dir, "g.csv", "id,text\n2,Z\xfcrich g\n")
	store, o := newStore(t), importOptions(1)
	o.Encoding, o.Fallback = "windows-1252", true
	mustImport(t, store, o, dir)
	var got []string
	for _, d := range documents(t, store) {
		got = append(got, d.Text.String())
	}
	slices.Sort(got)
	if want := []string{"Zürich", "Zürich a", "Zürich b", "Zürich d", "Zürich e", "Zürich f", "Zürich g"}; !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}

	marked := newStore(t)
	o = importOptions(2)
	for _, o.Encoding = range []string{"windows-1252", "utf-8"} {
		mustImport(t, marked, o, write(t, t.TempDir(), o.Encoding+".txt", utf16))
	}
	if d := documents(t, marked); len(d) != 1 || d[0].Text.String() != "Zürich" {
		t.Errorf("a file with the BOM of UTF-16 is read as %q", d[0].Text)
	}
}

func TestUnknownKeysAreKept(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "a.jsonl",
		`{"body":"abc","id":12,"date":"5 March 2026","tags":["a", 1.50],"meta":{"z":1},"spans":[{"label":"x","start":0,"end":1,"score":0.90,"entity":"Merkel"}]}`))
	d := documents(t, store)[0]
	if d.Article.Ref != "12" || d.Article.PublishedISO != "2026-03-05" || string(d.Article.Meta["tags"]) != `["a",1.50]` || string(d.Article.Meta["z"]) != "1" {
		t.Errorf("%+v", d.Article)
	}
	if s := d.Sets[0].Spans[0]; string(s.Attributes["score"]) != "0.90" || s.Entity == "" || d.Sets[0].Set.Status != annotate.Done {
		t.Errorf("%+v", d.Sets[0])
	}
}

func TestLinksInFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "one")
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Skip("no symbolic links here")
	}
	if r := mustImport(t, newStore(t), importOptions(1), dir); r.Added.Articles != 1 {
		t.Errorf("%+v", r)
	}
}

// TestQuestions: what a window can ask about is told by type.
func TestQuestions(t *testing.T) {
	for _, name := range []string{"a.txt", "a.csv", "a.jsonl"} {
		_, err := format.Import(ctx, newStore(t), []string{write(t, t.TempDir(), name, "{\"text\":\"caf\xe9 au lait\"}\n")}, format.ImportOptions{
			Format: map[string]string{"a.txt": "text", "a.csv": "csv", "a.jsonl": "jsonl"}[name], Env: importOptions(1).Env,
		})
		var unsure *text.EncodingError
		if !errors.As(err, &unsure) || unsure.Suggested != "windows-1252" || unsure.Byte != 12 {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := format.Import(ctx, newStore(t), []string{write(t, t.TempDir(), "a.csv", "text,date\nx,03/04/2026\n")}, importOptions(1))
	var date *format.DateError
	if !errors.As(err, &date) || date.Value != "03/04/2026" {
		t.Errorf("%v", err)
	}
	o := importOptions(1)
	o.Options = map[string]string{"date-order": "dmy"}
	store := newStore(t)
	mustImport(t, store, o, write(t, t.TempDir(), "a.csv", "text,date\nx,03/04/2026\n"))
	if a := documents(t, store)[0].Article; a.Published != "03/04/2026" || a.PublishedISO != "2026-04-03" {
		t.Errorf("%+v", a)
	}
}

func TestReadersTellWhatTheyLeaveOut(t *testing.T) {
	at := format.Place{File: "x"}
	seq := func(yield func(*format.Article, error) bool) {
		a := &format.Article{Place: at, Ref: "1", Text: "one"}
		a.Skip("images", "images", 2, "a.png")
		a.Skip("images", "images", 0, "")
		_ = yield(format.LeftOut(at, "layers", "layers that are unknown", 1, "chunk"), nil) &&
			yield(a, nil) && yield(format.LeftOut(at, "layers", "layers that are unknown", 1, ""), nil)
	}
	store := newStore(t)
	r, err := format.ImportArticles(ctx, store, "x", seq, importOptions(1))
	if err != nil || r.Read.Articles != 1 || len(documents(t, store)) != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	want := []format.Note{{Kind: "images", What: "images", Count: 2, Examples: []string{"a.png"}}, {Kind: "layers", What: "layers that are unknown", Count: 2, Examples: []string{"chunk"}}}
	if !reflect.DeepEqual(r.Notes, want) {
		t.Errorf("%+v", r.Notes)
	}
}
