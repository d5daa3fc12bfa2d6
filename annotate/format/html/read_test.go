package html

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
)

// story is the paragraphs of a made-up article.
var story = map[string][]string{
	"en": {
		"The ferry between Halvik and Storøy will not run before Thursday, the harbour board said on Monday, because a crane fell across the only slipway during the night.",
		"“Nobody was hurt, and that is what counts,” said Ilse Brandvik, who chairs the board. She added that the company that owns the crane, Nordlast, would pay for the repair.",
		"Nordlast declined to comment. A spokesman, Per Aune, said earlier that wind had been stronger than forecast, and that the crane had passed its inspection in March.",
		"Islanders lined up for the two small boats that the municipality hired, among them 40 pupils on their way to school, whose teacher praised the crew for their patience.",
		"The board meets again on Wednesday evening to decide whether trucks may use the old pier, which has been closed since 2019, and how much that would cost.",
	},
	"de": {
		"Die Fähre zwischen Halvik und Storøy fährt nach Angaben der Hafenverwaltung nicht vor Donnerstag, weil in der Nacht ein Kran auf die einzige Rampe gestürzt ist.",
		"„Niemand wurde verletzt, und das zählt“, sagte Ilse Brandvik, die der Verwaltung vorsteht. Die Firma Nordlast, der der Kran gehört, werde die Reparatur bezahlen.",
		"Nordlast wollte sich nicht äußern. Ein Sprecher, Per Aune, hatte zuvor gesagt, der Wind sei stärker gewesen als vorhergesagt und der Kran im März geprüft worden.",
		"Vor den beiden kleinen Booten, die die Gemeinde gemietet hat, bildeten sich Schlangen, darunter 40 Schülerinnen und Schüler auf dem Weg zum Unterricht am Festland.",
	},
	"ru": {
		"Паром между Халвиком и Стуреем не пойдёт раньше четверга, сообщило в понедельник управление порта: ночью кран упал на единственный причал, и его надо разобрать.",
		"«Никто не пострадал, и это главное», — сказала Ильзе Брандвик, глава управления. По её словам, ремонт оплатит компания «Нордласт», которой принадлежит кран.",
		"В «Нордласте» от комментариев отказались. Представитель компании Пер Ауне ранее говорил, что ветер оказался сильнее прогноза, а проверку кран прошёл в марте.",
	},
	"zh": {
		"港务局周一表示，哈尔维克与斯图勒岛之间的渡轮在周四之前不会恢复，因为夜间一台起重机倒在唯一的坡道上，清理工作至少需要三天时间，居民们只能等待。",
		"“没有人受伤，这才是最重要的，”港务局主席伊尔莎·布兰德维克说。她补充说，起重机的所有者北方货运公司将支付全部维修费用，工程将在本周内开始进行。",
		"该公司拒绝置评。发言人佩尔·奥内此前表示，风力比预报的更强，而起重机在三月通过了检查。市政府租用了两条小船，居民们在码头排起了长队，其中有四十名学生。",
	},
	"ar": {
		"قالت هيئة الميناء يوم الاثنين إن العبّارة بين هالفيك وستوروي لن تعمل قبل الخميس، لأن رافعة سقطت ليلا على الرصيف الوحيد، وإن إزالتها تحتاج إلى ثلاثة أيام على الأقل.",
		"وقالت إلسه براندفيك، رئيسة الهيئة: «لم يصب أحد، وهذا هو المهم». وأضافت أن شركة نوردلاست التي تملك الرافعة ستدفع تكاليف الإصلاح كلها خلال هذا الأسبوع.",
		"ورفضت الشركة التعليق. وكان المتحدث باسمها بير أونه قد قال إن الريح كانت أقوى من المتوقع، وإن الرافعة اجتازت الفحص في آذار، ووقف السكان في طوابير طويلة.",
	},
}

func joined(paragraphs []string, before, after string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(before + p + after + "\n")
	}
	return b.String()
}

const clutter = `<nav><ul><li><a href="/">Startpage</a><li><a href="/s">Sportsdesk</a></ul></nav>`

var sidebar = `<aside><h3>Mostread</h3><ol><li><a href="/1">Weatherwatch</a><li><a href="/2">Lotterywinners</a></ol></aside>` +
	`<footer><p>Copyrightline 2026. <a href="/i">Imprintpage</a></p></footer>`

// shapes are pages as newsrooms make them; %s stands for the paragraphs.
func shapes() map[string]string {
	pages := map[string]string{}
	add := func(name, lang, head, page string) {
		pages[name] = "<!DOCTYPE html>\n<html lang=\"" + lang + "\"><head><meta charset=\"utf-8\">" + head + "<title>Ferry stands still - The Halvik Post</title></head><body>" + page + "</body></html>"
	}
	wrap := map[string][2]string{
		"article":   {clutter + `<article><h1>Ferry stands still</h1>`, `</article>` + sidebar},
		"main":      {`<header><h1>The Halvik Post</h1>` + clutter + `</header><main><h1>Ferry stands still</h1><div class="body">`, `</div></main>` + sidebar},
		"divs":      {`<div id="top">` + clutter + `</div><div id="content"><div class="story">`, `</div></div><div id="footer">` + sidebar + `</div>`},
		"amp":       {`<amp-sidebar>` + clutter + `</amp-sidebar><article class="amp-wp-article"><div class="amp-wp-article-content">`, `</div></article>` + sidebar},
		"wordpress": {`<div id="page">` + clutter + `<article id="post-1" class="post"><header class="entry-header"><h1 class="entry-title">Ferry stands still</h1></header><div class="entry-content">`, `</div></article></div>` + sidebar},
		"layout":    {`<table width="100%"><tr><td>` + clutter + `</td><td><table><tr><td>`, `</td></tr></table></td><td>` + sidebar + `</td></tr></table>`},
	}
	inner := map[string]func(list []string) string{
		"p": func(list []string) string { return joined(list, "<p>", "</p>") },
		"subhead": func(list []string) string {
			return joined(list[:1], "<p>", "</p>") + "<h2>What happened</h2>" + joined(list[1:], "<p>", "</p>")
		},
		"links": func(list []string) string {
			return joined(list, `<p>`, ` <a href="https://example.org/x">more on this</a></p>`)
		},
		"ads": func(list []string) string {
			return joined(list[:2], "<p>", "</p>") + `<div class="ad-banner sponsor"><script>var bought = "Adtext";</script><a href="/ad">Buynow</a></div>` + joined(list[2:], "<p>", "</p>")
		},
		"figure": func(list []string) string {
			return `<figure><img src="a.jpg" alt="crane"><figcaption>Captiontext</figcaption></figure>` + joined(list, "<p>", "</p>")
		},
		"scripts": func(list []string) string {
			return strings.Repeat(`<script>window.x=window.x||[];x.push({"Scripttext":1});</script><style>.Styletext{}</style>`, 20) + joined(list, "<p>", `<script>track("Scripttext")</script></p>`) + `<noscript><img src="t.gif"></noscript>`
		},
		"quote": func(list []string) string {
			return joined(list[:1], "<p>", "</p>") + joined(list[1:2], "<blockquote><p>", "</p></blockquote>") + joined(list[2:], "<p>", "</p>")
		},
		"sections": func(list []string) string { return joined(list, `<section><p>`, `</p></section>`) },
		"breaks":   func(list []string) string { return strings.Join(list, "<br><br>\n") },
	}
	for wrapped, around := range wrap {
		for name, paragraphs := range inner {
			add(wrapped+"-"+name, "en", "", around[0]+paragraphs(story["en"])+around[1])
		}
	}
	for lang, list := range story {
		add("lang-"+lang, lang, "", wrap["article"][0]+joined(list, "<p>", "</p>")+wrap["article"][1])
		add("list-"+lang, lang, "", wrap["main"][0]+joined(list, "<p>", "</p>")+"<ul><li>"+strings.ReplaceAll(list[0], ",", "")+"</li></ul>"+wrap["main"][1])
	}
	return pages
}

// readString reads a page that is written into a folder.
func readString(t testing.TB, name, content string, options map[string]string) ([]*format.Article, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return readFrom(format.Source{Path: file, Name: name, Rel: name}, options)
}

func readFrom(src format.Source, options map[string]string) ([]*format.Article, error) {
	s := format.Settings{"extract": "article", "captions": "no"}
	for k, v := range options {
		s[k] = v
	}
	var all []*format.Article
	for a, err := range readPages(context.Background(), src, s) {
		if err != nil {
			return all, err
		}
		all = append(all, a)
	}
	return all, nil
}

// TestShapesOfPages: the article, all of it and nothing else, paragraph by paragraph.
// With LEDE_READABILITY, the path of the oracle's script, Mozilla's own Readability is asked too.
func TestShapesOfPages(t *testing.T) {
	pages := shapes()
	if len(pages) < 60 {
		t.Fatalf("only %d shapes", len(pages))
	}
	for name, page := range pages {
		all, err := readString(t, name+".html", page, nil)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %d articles, %v", name, len(all), err)
		}
		a := all[0]
		lang := "en"
		if l, ok := strings.CutPrefix(name, "lang-"); ok {
			lang = l
		} else if l, ok := strings.CutPrefix(name, "list-"); ok {
			lang = l
		}
		rest := "\n\n" + a.Text
		for _, p := range story[lang] {
			before, after, found := strings.Cut(rest, p)
			if !found || !strings.HasSuffix(before, "\n\n") {
				t.Errorf("%s: the paragraph %.40q is not there, or glued to the one before:\n%s", name, p, a.Text)
				break
			}
			rest = after
		}
		for _, word := range []string{"Startpage", "Sportsdesk", "Mostread", "Imprintpage", "Adtext", "Buynow", "Captiontext", "Scripttext", "Styletext"} {
			if strings.Contains(a.Text, word) {
				t.Errorf("%s: the text has %q:\n%s", name, word, a.Text)
			}
		}
		if a.Title == "" || a.Language != lang {
			t.Errorf("%s: title %q, language %q", name, a.Title, a.Language)
		}
		oracle(t, name, page, a.Text)
	}
}

func oracle(t *testing.T, name, page, text string) {
	t.Helper()
	script := os.Getenv("LEDE_READABILITY")
	if script == "" {
		return
	}
	dir := t.TempDir()
	for file, content := range map[string]string{"page.html": page, "text.txt": text} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("node", script, filepath.Join(dir, "page.html"), filepath.Join(dir, "text.txt")).CombinedOutput()
	if err != nil {
		t.Errorf("%s: Readability.js does not agree: %s", name, out)
	}
}

func factsOf(a *format.Article) string {
	meta, _ := json.Marshal(a.Meta)
	return strings.Join([]string{a.Title, a.Author, a.Published, a.URL, a.Publisher, a.Language, string(meta)}, "|")
}

func TestFacts(t *testing.T) {
	body := "<article>" + joined(story["en"], "<p>", "</p>") + "</article>"
	for name, c := range map[string]struct{ head, want string }{
		"json-ld": {
			`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"no"},{"@type":["NewsArticle"],"headline":"Ferry &amp; crane","author":[{"@type":"Person","name":"Ana Ruiz"},{"name":"Bo Li"}],"datePublished":"2026-03-04T05:06:07Z","dateModified":"2026-03-05","publisher":{"@type":"Organization","name":"The Halvik Post"},"mainEntityOfPage":{"@id":"https://halvik.example/ferry"},"inLanguage":"en-GB","articleSection":["City","Harbour"],"keywords":"ferry"}]}</script>`,
			`Ferry & crane|Ana Ruiz, Bo Li|2026-03-04T05:06:07Z|https://halvik.example/ferry|The Halvik Post|en|{"keywords":"ferry","modified":"2026-03-05","section":"City, Harbour"}`,
		},
		"open graph": {
			`<meta property="og:title" content="Ferry stands"><meta property="article:author" content="https://facebook.example/ana"><meta name="author" content="By Ana Ruiz"><meta property="article:published_time" content="2026-03-04"><meta property="og:site_name" content="Post"><meta property="og:url" content="https://halvik.example/og"><meta name="description" content="A crane fell.">`,
			`Ferry stands|Ana Ruiz|2026-03-04|https://halvik.example/og|Post|en|{"description":"A crane fell."}`,
		},
		"dublin core": {
			`<meta name="DC.title" content="Ferry"><meta name="DC.creator" content="Ana"><meta name="DC.date.issued" content="2026-03"><meta name="DC.publisher" content="Post">`,
			`Ferry|Ana|2026-03||Post|en|null`,
		},
		"canonical": {
			`<link rel="canonical" href="https://halvik.example/c"><meta property="og:url" content="https://halvik.example/og"><title>Ferry stands still</title>`,
			`Ferry stands still|||https://halvik.example/c||en|null`,
		},
		"broken json-ld": {
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":</script><title>Ferry stands still</title>`,
			`Ferry stands still|||||en|null`,
		},
		"saved": {
			`<!-- saved from url=(0029)https://halvik.example/saved/ --><title>Ferry stands still</title><link rel="canonical" href="/relative">`,
			`Ferry stands still|||https://halvik.example/saved/||en|null`,
		},
		"single file": {
			"<!--\n Page saved with SingleFile \n url: https://halvik.example/single \n saved date: Mon Mar 04 2026\n--><title>Ferry stands still</title>",
			`Ferry stands still|||https://halvik.example/single||en|null`,
		},
	} {
		all, err := readString(t, "a.html", `<html lang="en"><head>`+c.head+"</head><body>"+body+"</body></html>", nil)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		if got := factsOf(all[0]); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	koi := strings.NewReplacer("П", "\xf0", "а", "\xc1", "р", "\xd2", "о", "\xcf", "м", "\xcd").Replace("Паром")
	for name, c := range map[string]struct{ page, encoding, want string }{
		"meta":            {`<meta charset="koi8-r"><p>` + koi, "", "Паром"},
		"http-equiv":      {`<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>caf` + "\xe9", "", "café"},
		"said by people":  {`<meta charset="koi8-r"><p>caf` + "\xe9", "windows-1252", "café"},
		"byte order mark": {"\xef\xbb\xbf" + `<meta charset="koi8-r"><p>café`, "", "café"},
		"utf-16":          {"\xff\xfe<\x00p\x00>\x00\xe9\x00", "", "é"},
		"saved as utf-8":  {`<meta charset="windows-1252"><p>café`, "", "café"},
		"nothing said":    {`<p>café`, "", "café"},
	} {
		path := filepath.Join(t.TempDir(), "a.html")
		if err := os.WriteFile(path, []byte("<html><body>"+c.page), 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(c.page, "\xef\xbb\xbf") || strings.HasPrefix(c.page, "\xff\xfe") {
			if err := os.WriteFile(path, []byte(c.page), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		all, err := readFrom(format.Source{Path: path, Name: "a.html", Rel: "a.html", Encoding: c.encoding}, map[string]string{"extract": "all"})
		if err != nil || len(all) != 1 || all[0].Text != c.want {
			t.Errorf("%s: %+v %v", name, all, err)
		}
	}
}

func TestExtract(t *testing.T) {
	page := `<html><body>` + clutter + `<article><figure><img><figcaption>Cap</figcaption></figure>` + joined(story["en"], "<p>", "</p>") + `</article><aside>Side</aside></body></html>`
	for _, c := range []struct{ extract, captions, has, hasNot string }{
		{"article", "no", "The ferry", "Cap Side Startpage"},
		{"article", "yes", "Cap", "Side Startpage"},
		{"body", "no", "The ferry", "Cap Side Startpage"},
		{"all", "no", "Startpage", "x"},
	} {
		all, err := readString(t, "a.html", page, map[string]string{"extract": c.extract, "captions": c.captions})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range strings.Fields(c.hasNot) {
			if strings.Contains(strings.ReplaceAll(all[0].Text, "“Nobody", ""), w) && w != "x" {
				t.Errorf("%+v: it has %q", c, w)
			}
		}
		if !strings.Contains(all[0].Text, c.has) {
			t.Errorf("%+v: %s", c, all[0].Text)
		}
		if told := len(all[0].LeftOutNotes()) > 0 && all[0].LeftOutNotes()[0].Count > 0; told != (c.captions == "no" && c.extract != "all") {
			t.Errorf("%+v: told %v", c, all[0].LeftOutNotes())
		}
	}
	all, err := readString(t, "a.html", `<html><body><p>Short.</p></body></html>`, nil)
	if err != nil || all[0].Text != "Short." {
		t.Errorf("a short page: %+v %v", all, err)
	}
}

func TestFramesOfSavedPages(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"Ferry.html": "<html><body>" + joined(story["en"], "<p>", "</p>"), "Ferry_files/saved_resource.html": "<html><body>ad", "Other_files/a.htm": "<html><body><p>It stands alone.",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := readFrom(format.Source{Path: dir, Name: "d", Rel: "d", Dir: true}, nil)
	if err != nil || len(all) != 3 || !all[1].Aside() || all[2].Ref != "Other_files/a" {
		t.Errorf("%d articles, %v", len(all), err)
	}
}

func TestDetect(t *testing.T) {
	for head, want := range map[string]bool{
		"<!DOCTYPE html><p>": true, "<!-- x --><html>": true, "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC><html>": true, " <HTML>": true, "<nitf>": false, "<p>": false, "text": false,
	} {
		if got := detect(format.Sample{Head: head, Ext: ".txt"}) > 60; got != want {
			t.Errorf("%q: %v", head, got)
		}
	}
	if detect(format.Sample{Head: "text", Ext: ".html"}) == 0 {
		t.Error("a page without tags is no page")
	}
}

// TestHostilePages: nothing of these takes long or breaks.
func TestHostilePages(t *testing.T) {
	for name, page := range map[string]string{
		"deep":      "<html><body>" + strings.Repeat("<div>", 100_000) + "x",
		"wide":      "<html><body>" + strings.Repeat("<p>word, word, word, word.", 60_000),
		"tables":    "<html><body>" + strings.Repeat("<table><tr><td>", 300) + "x",
		"attribute": "<html><body " + strings.Repeat("a=b ", 100_000) + "><p>x",
		"entities":  "<html><body>" + strings.Repeat("&amp;amp;", 100_000),
		"json":      `<html><script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 9000) + `</script><body><p>x`,
		"comment":   "<html><!--" + strings.Repeat("-", 100_000),
		"links":     "<html><body>" + strings.Repeat("<a href=x>y</a>, ", 20_000),
	} {
		if _, err := readString(t, name+".html", page, nil); err != nil {
			told := (*annotate.Error)(nil)
			if !errors.As(err, &told) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	_, err := readString(t, "a.html", "<html>\n<p>\x00", nil)
	if err == nil || !strings.Contains(err.Error(), "a.html:2") {
		t.Errorf("a page with U+0000: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, page := range shapes() {
		f.Add([]byte(page), "article")
		break
	}
	f.Add([]byte(`<html><meta name="generator" content="Lede"><article data-ref="a"><header><h1>T</h1><p class="facts">a</p><dl><div><dt>Address<dd>u</dl></header><section><div data-text>x<mark data-s="1.1">y`), "body")
	f.Add([]byte(`<table><tr><td>a<td><p>b<p>c<tr><td><pre> d</pre></table><script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"x"},["y"]]}</script>`), "all")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "all")
	f.Fuzz(func(t *testing.T, raw []byte, extract string) {
		if extract != "article" && extract != "body" {
			extract = "all"
		}
		all, err := readString(t, "a.html", string(raw), map[string]string{"extract": extract})
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
		for _, a := range all {
			if !utf8.ValidString(a.Text) {
				t.Fatalf("text %q", a.Text)
			}
		}
	})
}
