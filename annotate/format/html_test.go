package format_test

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/format"
)

var updateHTML = flag.Bool("update", false, "write testdata/html")

// passages are marked texts with all that is hard on a page: spans nested,
// crossing, split, of the same extent, over paragraphs; right to left; names that
// would like to be tags.
const passages = `{"id":"n/1","title":"Dockers & others: <b>out</b>","source":"Varno Tribune","author":"Mira \"M\" Tolland","published":"2026-03-04","language":"en","url":"https://example.org/a?b=1&c=2","text":"“We will,” said Ana Müller 😀, “win.”\n\nSo  she said: <script>alert(1)</script>\nAll of us.","annotator":"ana","status":"done","note":"good","meta":{"pages":3},"spans":[{"id":"q","label":"quote","fragments":[[0,10],[30,36]],"attributes":{"form":"direct"}},{"id":"a","label":"actor","start":16,"end":26,"entity":{"id":"E1","kind":"person","name":"Ana Müller"},"note":"x > y"},{"id":"f","label":"first name","start":16,"end":19},{"id":"m","label":"event","start":20,"end":48,"origin":"model:m1"},{"id":"s","label":"actor","start":16,"end":26},{"id":"z","label":"event","start":52,"end":84}],"relations":[{"id":"r","type":"speaker","from":"q","to":"a","note":"told"}]}
{"id":"n/2","title":"نقابة الموانئ","language":"ar","text":"قالت إيلسه براندفيك: «لا».\n北京会见了。","annotator":"ana","status":"done","spans":[{"id":"c","label":"cue","start":0,"end":4},{"id":"i","label":"actor","start":5,"end":19},{"id":"p","label":"place","start":27,"end":29}]}
{"id":"n/2","title":"نقابة الموانئ","language":"ar","text":"قالت إيلسه براندفيك: «لا».\n北京会见了。","annotator":"ben","status":"in_progress","flag":"which Ilse?"}
`

func passageStore(t testing.TB) annotate.Store {
	t.Helper()
	store := newStore(t)
	mustImport(t, store, importOptions(9), write(t, t.TempDir(), "passages.jsonl", passages))
	return store
}

// TestHTMLPages: the bytes of the pages. Look at the difference, then run
// go test ./annotate/format -run HTMLPages -update
func TestHTMLPages(t *testing.T) {
	out := filepath.Join(t.TempDir(), "pages")
	if _, err := format.Export(ctx, passageStore(t), format.ExportOptions{Format: "html", Out: out}); err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	delete(files, "manifest.json") // it has the program's version
	if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, []string{"index.html", "n/1.html", "n/2.html"}) {
		t.Fatalf("%v", names)
	}
	for name, got := range files {
		golden := filepath.Join("testdata", "html", filepath.Base(name))
		if *updateHTML {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil || string(want) != got {
			t.Errorf("%s is another page now (%v): run with -update and look at the difference", name, err)
		}
	}
	again := filepath.Join(t.TempDir(), "pages")
	if _, err := format.Export(ctx, passageStore(t), format.ExportOptions{Format: "html", Out: again}); err != nil || tree(t, again)["n/1.html"] != files["n/1.html"] {
		t.Errorf("the same project gives other pages (%v)", err)
	}
}

func TestHTMLIsOneFileWhereItIsNamedSo(t *testing.T) {
	store := passageStore(t)
	got, m := exportString(t, store, format.ExportOptions{Format: "html"})
	if strings.Count(got, "<article ") != 2 || strings.Count(got, "<section ") != 3 || strings.Count(got, `href="#a2"`) != 1 || len(m.Files) != 1 {
		t.Errorf("%v\n%s", m.Files, got)
	}
	dir := t.TempDir()
	for name, folder := range map[string]bool{"x.html": false, "y.HTM": false, "z": true, "z.d": true} {
		o := format.ExportOptions{Format: "html", Out: filepath.Join(dir, name)}
		if _, err := format.Export(ctx, store, o); err != nil {
			t.Fatal(err)
		}
		f, _ := format.Lookup("html")
		if info, err := os.Stat(o.Out); err != nil || info.IsDir() != folder || f.FolderFor(o) != folder {
			t.Errorf("%s: a folder: %v, should be %v (%v)", name, info.IsDir(), folder, err)
		}
		if _, err := os.Stat(o.Out + ".manifest.json"); (err == nil) == folder {
			t.Errorf("%s: manifest beside it: %v", name, err)
		}
	}
	one := format.ExportOptions{Format: "html", Out: filepath.Join(dir, "w"), Options: map[string]string{"pages": "one"}}
	if _, err := format.Export(ctx, store, one); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(one.Out); err != nil || info.IsDir() {
		t.Errorf("pages=one: %v %v", info, err)
	}
}

func TestHTMLSaysWhatIsLost(t *testing.T) {
	_, m := exportString(t, passageStore(t), format.ExportOptions{Format: "html"})
	if note(m.Losses, "ids") != 10 || note(m.Losses, "entity_ids") != 1 || len(m.Losses) != 2 || m.In != m.Out {
		t.Errorf("%+v", m.Losses)
	}
	_, m = exportString(t, passageStore(t), format.ExportOptions{Format: "html", Options: map[string]string{"list": "no"}})
	if note(m.Losses, "list") != 3 {
		t.Errorf("%+v", m.Losses)
	}
}

// nodes yields every node below n.
func nodes(n *html.Node, f func(*html.Node)) {
	f(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		nodes(c, f)
	}
}

// harmless fails where a page could fetch or run anything, or where what an
// article says has become a tag.
func harmless(t tester, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("%v", err)
	}
	allowed := strings.Fields("html head meta title style body p a article header h1 h2 h3 bdi dl div dt dd section ul li span mark ol nav")
	nodes(root, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		if !slices.Contains(allowed, n.Data) {
			t.Fatalf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "src":
				t.Fatalf("<%s> has %s", n.Data, a.Key)
			case a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") && !strings.HasSuffix(a.Val, ".html"):
				t.Fatalf("a link leads to %q", a.Val)
			}
		}
	})
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Fatalf("the page fetches something")
	}
	return root
}

func TestHTMLKeepsEveryCharacterAndNoTag(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		articles := genArticles(t)
		for _, a := range articles {
			a.URL = rapid.SampledFrom([]string{"", "javascript:alert(1)", `https://x.org/"><script>`, "data:text/html,<b>"}).Draw(t, "address")
			a.Title += rapid.SampledFrom([]string{"", "</title><script>", `"><img src=x onerror=alert(1)>`, "\u202e"}).Draw(t, "hostile")
		}
		store := storeWith(t, articles, 1)
		got, _ := exportString(t, store, format.ExportOptions{Format: "html"})
		var texts []string
		nodes(harmless(t, got), func(n *html.Node) {
			for _, a := range n.Attr {
				if a.Key == "data-text" {
					texts = append(texts, textOf(n))
				}
			}
		})
		var want []string
		for _, d := range documents(t, store) {
			for range max(1, len(d.Sets)) {
				want = append(want, d.Text.String())
			}
		}
		if !slices.Equal(texts, want) {
			t.Fatalf("texts\n%q\nshould be\n%q", texts, want)
		}
	})
}

func textOf(n *html.Node) string {
	var b strings.Builder
	nodes(n, func(c *html.Node) {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	})
	return b.String()
}

// TestHTMLShowsRelations: behind both spans of a relation stands its number, which
// leads to the list of relations, and from there to both spans.
func TestHTMLShowsRelations(t *testing.T) {
	var spans, relations []string
	for i := range 12 {
		spans = append(spans, fmt.Sprintf(`{"id":"s%d","label":"actor","start":%d,"end":%d}`, i, 5*i, 5*i+4))
		if i > 0 { // s0 is the hub
			relations = append(relations, fmt.Sprintf(`{"id":"r%d","type":"speaker","from":"s%d","to":"s0"}`, i, i))
		}
	}
	store := newStore(t)
	mustImport(t, store, importOptions(9), write(t, t.TempDir(), "hub.jsonl", fmt.Sprintf(
		`{"id":"hub","text":%q,"annotator":"ana","spans":[%s],"relations":[%s]}`, strings.Repeat("word ", 12), strings.Join(spans, ","), strings.Join(relations, ","))))
	page, _ := exportString(t, store, format.ExportOptions{Format: "html"})
	root := harmless(t, page)
	ids, numbers, links := map[string]bool{}, map[string]int{}, []string{}
	nodes(root, func(n *html.Node) {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Errorf("%s is there twice", a.Val)
				}
				ids[a.Val] = true
			case "data-r":
				numbers[a.Val]++
			case "href":
				links = append(links, strings.TrimPrefix(a.Val, "#"))
			}
		}
	})
	for _, to := range links {
		if !ids[to] {
			t.Errorf("a link leads to %s, which is not there", to)
		}
	}
	if numbers["1"] != 2 || numbers["6"] != 2 || numbers["7"] != 1 || numbers["11"] != 1 || numbers["+5"] != 1 {
		t.Errorf("numbers in the text: %v", numbers)
	}
	for _, want := range []string{"<h3>11 relations</h3>", `id="a1s1r11"`, "speaker of “word”", `title="5 more relations"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	page, _ = exportString(t, store, format.ExportOptions{Format: "html", Options: map[string]string{"list": "no"}})
	if strings.Contains(page, "data-r=") {
		t.Error("without the lists there are numbers that lead nowhere")
	}
}

// TestHTMLReadBackFindsFaults: a page that is not what it should be is not kept.
func TestHTMLReadBackFindsFaults(t *testing.T) {
	store := passageStore(t)
	for i, c := range [][2]string{
		{"said", "sad"}, // the text
		{`data-s="2.1"`, `data-s="9.1"`},
		{`<mark class="l3 k0" data-s="6.1"`, `<mark class="l0 k0" data-s="6.1"`},
		{"&lt;script&gt;", "<script>"},
		{"</mark>", ""},
		{`data-annotator="ben"`, `data-annotator="ana"`},
	} {
		f, err := format.Lookup("html")
		if err != nil {
			t.Fatal(err)
		}
		spoilt := *f
		spoilt.Name = fmt.Sprintf("html-wrong-%d", i)
		spoilt.Write = func(out format.Target, job *format.Job) (format.Writer, error) {
			return f.Write(&spoiler{out, c[0], c[1]}, job)
		}
		format.Register(&spoilt)
		_, err = format.Export(ctx, store, format.ExportOptions{Format: spoilt.Name, Stdout: io.Discard})
		if err == nil {
			t.Errorf("%q as %q was not found", c[0], c[1])
			continue
		}
		wantError(t, err, "read back")
	}
}
