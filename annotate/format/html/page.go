package html

import (
	"bufio"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"lede/annotate"
	"lede/annotate/format"
)

// page writes one file.
type page struct {
	job   *format.Job
	state *state
	out   *bufio.Writer
	err   error
}

// put writes strings that are safe already.
func (p *page) put(parts ...string) {
	for _, s := range parts {
		if _, err := p.out.WriteString(s); err != nil && p.err == nil {
			p.err = err
		}
	}
}

// say writes words of others.
func (p *page) say(words string) { p.put(html.EscapeString(words)) }

// head begins a file.
func (p *page) head(title, lang string) {
	p.put("<!DOCTYPE html>\n<html")
	if lang != "" {
		p.put(` lang="`, html.EscapeString(lang), `"`)
	}
	// Nothing on the page may fetch or run anything, whatever an article says.
	p.put(">\n<head>\n<meta charset=\"utf-8\">\n",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`, "\n",
		`<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n",
		`<meta name="generator" content="Lede">`, "\n<title>")
	p.say(title)
	p.put("</title>\n<style>\n", p.colors(), sheet, "</style>\n</head>\n<body>\n")
}

func (p *page) foot() { p.put("</body>\n</html>\n") }

// article writes one article: facts, and for each annotator the text and the list
// of spans. n tells articles of one file apart.
func (p *page) article(a *format.Article, n int) {
	key := "a" + strconv.Itoa(n)
	p.put(`<article id="`, key, `" data-ref="`, html.EscapeString(a.Ref), `"`)
	if a.Language != "" {
		p.put(` lang="`, html.EscapeString(a.Language), `"`)
	}
	p.put(">\n<header dir=\"", direction(titleOf(a)), `"><h1 dir="auto">`)
	p.say(titleOf(a))
	p.put("</h1>\n")
	p.facts(a)
	p.put("</header>\n")
	sets := a.Sets
	if len(sets) == 0 {
		sets = []format.Set{{}}
	}
	for i := range sets {
		p.section(a, &sets[i], key+"s"+strconv.Itoa(i+1), len(sets) > 1)
	}
	p.put("</article>\n")
}

func titleOf(a *format.Article) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Ref
}

// direction is that of the first letter.
func direction(s string) string {
	for _, r := range s {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.L:
			return "ltr"
		case bidi.R, bidi.AL:
			return "rtl"
		}
	}
	return "ltr"
}

// facts are the line below the title, and what else is known of the article.
func (p *page) facts(a *format.Article) {
	p.put(`<p class="facts">`)
	first := true
	for _, f := range []string{a.Publisher, a.Author, a.Published, a.Language} {
		if f == "" {
			continue
		}
		if !first {
			p.put(" · ")
		}
		first = false
		p.bdi(f)
	}
	p.put("</p>\n")
	var rest []fact
	if a.URL != "" {
		rest = append(rest, fact{"Address", a.URL})
	}
	if a.Title != "" {
		rest = append(rest, fact{"Id", a.Ref})
	}
	p.table(append(rest, values(a.Meta, nil)...))
}

// section is the text with the marks of one annotator.
func (p *page) section(a *format.Article, set *format.Set, key string, several bool) {
	p.put(`<section data-annotator="`, html.EscapeString(set.Annotator), "\">\n")
	if several {
		p.put("<h2>")
		p.bdi(set.Annotator)
		p.put("</h2>\n")
	}
	p.legend(set)
	p.put(`<div class="text" data-text>`)
	m := marked{page: p, a: a, set: set, key: key}
	var relations []link
	if p.job.Settings.Yes("list") {
		relations = linksOf(set)
		m.links = bySpan(relations)
	}
	m.write()
	p.put("</div>\n")
	p.about(set, several)
	if p.job.Settings.Yes("list") {
		p.relations(a, set, relations, key)
		p.list(a, set, m.links, key)
	}
	p.put("</section>\n")
}

// legend names the labels in use and how often each is.
func (p *page) legend(set *format.Set) {
	counts := make([]int, len(p.job.Schema.Labels))
	for _, s := range set.Spans {
		counts[p.state.labels[s.Label]]++
	}
	if len(set.Spans) == 0 {
		return
	}
	p.put(`<ul class="legend">`)
	for i, l := range p.job.Schema.Labels {
		if counts[i] == 0 {
			continue
		}
		p.put(`<li><span class="m l`, strconv.Itoa(i), ` k0">`)
		p.bdi(l.Called())
		p.put("</span> ", strconv.Itoa(counts[i]), "</li>")
	}
	p.put("</ul>\n")
}

// about is what the annotator says of the whole article.
func (p *page) about(set *format.Set, several bool) {
	var rows []fact
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, fact{name, value})
		}
	}
	if !several {
		add("Annotator", set.Annotator)
	}
	add("Status", strings.ReplaceAll(string(set.Status), "_", " "))
	add("Skipped because", set.Reason)
	add("Flag", set.Flag)
	add("Note", set.Note)
	p.table(append(rows, values(set.Fields, p.attributes(annotate.DocumentScope, ""))...))
}

// fact is a row of a table: a name and a value.
type fact struct{ name, value string }

func (p *page) table(rows []fact) {
	if len(rows) == 0 {
		return
	}
	p.put("<dl>")
	for _, r := range rows {
		p.put("<div><dt>")
		p.bdi(r.name)
		p.put("</dt><dd>")
		if strings.HasPrefix(r.value, "https://") || strings.HasPrefix(r.value, "http://") {
			p.put(`<a rel="noopener noreferrer" href="`, html.EscapeString(r.value), `">`)
			p.bdi(r.value)
			p.put("</a>")
		} else {
			p.bdi(r.value)
		}
		p.put("</dd></div>")
	}
	p.put("</dl>\n")
}

// bdi writes words of others so that their direction does not reach further.
func (p *page) bdi(words string) {
	p.put("<bdi>")
	p.say(words)
	p.put("</bdi>")
}

// writer writes a folder of pages and an index, or all articles into one file.
type writer struct {
	target format.Target
	job    *format.Job
	one    *file   // the one file
	pages  []entry // of the index
}

// entry is an article in the index.
type entry struct {
	title, facts, link, lang string
	spans                    int
}

// file is a page and where it goes.
type file struct {
	page
	to io.WriteCloser
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{target: t, job: job}
	if job.Folder {
		return w, nil
	}
	var err error
	w.one, err = w.create("")
	return w, err
}

// begin begins the one file: with the way to the contents, unless the article is
// alone.
func (w *writer) begin(first *format.Article) {
	if w.job.Total == 1 {
		w.one.head(titleOf(first), first.Language)
		return
	}
	w.one.head("Articles", "")
	w.one.put(`<p class="top"><a href="#contents">Contents</a></p>`, "\n")
}

func (w *writer) create(name string) (*file, error) {
	to, err := w.target.Create(name)
	if err != nil {
		return nil, err
	}
	return &file{page{job: w.job, state: w.job.State.(*state), out: bufio.NewWriterSize(to, 64<<10)}, to}, nil
}

func (f *file) close() error {
	f.foot()
	if err := f.out.Flush(); f.err == nil {
		f.err = err
	}
	if err := f.to.Close(); f.err == nil {
		f.err = err
	}
	return f.err
}

// Write writes an article.
func (w *writer) Write(a *format.Article) error {
	e := entry{title: titleOf(a), facts: strings.Join(slices.DeleteFunc([]string{a.Publisher, a.Author, a.Published}, func(s string) bool { return s == "" }), " · "), lang: a.Language}
	for _, s := range a.Sets {
		e.spans += len(s.Spans)
	}
	if w.one != nil {
		if len(w.pages) == 0 {
			w.begin(a)
		}
		e.link = "#a" + strconv.Itoa(len(w.pages)+1)
		w.pages = append(w.pages, e)
		w.one.article(a, len(w.pages))
		return w.one.err
	}
	e.link = address(a.Name + ".html")
	w.pages = append(w.pages, e)
	f, err := w.create(a.Name + ".html")
	if err != nil {
		return err
	}
	f.head(e.title, a.Language)
	up := strings.Repeat("../", strings.Count(a.Name, "/")) + indexName + ".html"
	f.put(`<p class="top"><a href="`, up, `">All articles</a></p>`, "\n")
	f.article(a, 1)
	return f.close()
}

// Close writes the contents.
func (w *writer) Close() error {
	f := w.one
	switch {
	case f == nil:
		var err error
		if f, err = w.create(indexName + ".html"); err != nil {
			return err
		}
		f.head("Articles", "")
	case len(w.pages) == 0:
		f.head("Articles", "")
	case w.job.Total == 1:
		return f.close()
	}
	f.index(w.pages)
	return f.close()
}

// index lists the articles.
func (p *page) index(pages []entry) {
	p.put(`<nav id="contents">`, "\n<h1>Articles</h1>\n<ol>\n")
	for _, e := range pages {
		p.put(`<li><a href="`, html.EscapeString(e.link), `"><bdi`)
		if e.lang != "" {
			p.put(` lang="`, html.EscapeString(e.lang), `"`)
		}
		p.put(">")
		p.say(e.title)
		p.put(`</bdi></a> <span class="dim">`)
		if e.facts != "" {
			p.bdi(e.facts)
			p.put(" · ")
		}
		p.put(count(e.spans, "span"), "</span></li>\n")
	}
	p.put("</ol>\n</nav>\n")
}

func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// address is a relative path as a link.
func address(path string) string {
	parts := strings.Split(path, "/")
	for i, s := range parts {
		parts[i] = escapePath(s)
	}
	return strings.Join(parts, "/")
}
