package webpage

import (
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lede/annotate/format"
	"lede/annotate/format/flow"
)

// Facts are what a page says of its article.
type Facts struct {
	Title, Author, Published, URL, Publisher, Language string
	Modified, Description, Section, Keywords           string
}

// Fill gives an article the facts that it does not have yet.
func (f Facts) Fill(a *format.Article) {
	for _, x := range []struct {
		to   *string
		fact string
	}{
		{&a.Title, f.Title},
		{&a.Author, f.Author},
		{&a.Published, f.Published},
		{&a.URL, f.URL},
		{&a.Publisher, f.Publisher},
		{&a.Language, f.Language},
	} {
		*x.to = cmp.Or(*x.to, x.fact)
	}
	for key, value := range map[string]string{"modified": f.Modified, "description": f.Description, "section": f.Section, "keywords": f.Keywords} {
		if value != "" {
			a.PutMeta(key, format.AppendString(nil, value))
		}
	}
}

// facts are read from JSON-LD first, then from meta tags, then from elements.
func (p *Page) facts() Facts {
	var f Facts
	meta := map[string]string{}
	lang, canonical, heading, dated := "", "", "", ""
	for n := range p.doc.Descendants() {
		if n.Type == html.CommentNode && f.URL == "" {
			f.URL = savedFrom(n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			lang = flow.Attr(n, "lang")
		case atom.Meta:
			noteMeta(meta, n)
		case atom.Link:
			if canonical == "" && strings.EqualFold(flow.Attr(n, "rel"), "canonical") {
				canonical = webAddress(flow.Attr(n, "href"))
			}
		case atom.Script:
			if strings.EqualFold(strings.TrimSpace(flow.Attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				f.linked(n.FirstChild.Data)
			}
		case atom.H1:
			heading = cmp.Or(heading, flow.HTML(n, flow.Page{}))
		case atom.Time:
			dated = cmp.Or(dated, flow.Attr(n, "datetime"))
		}
	}
	saved := f.URL
	f.fromMeta(meta)
	f.URL = cmp.Or(canonical, f.URL)
	if saved != "" && canonical == "" {
		f.URL = saved
	}
	f.Title = cmp.Or(f.Title, oneLine(heading))
	f.Published = cmp.Or(f.Published, dated)
	f.Language = cmp.Or(lang, f.Language)
	return f
}

// noteMeta keeps the first value of each meta tag, by its name in small letters.
func noteMeta(meta map[string]string, n *html.Node) {
	value := oneLine(flow.Attr(n, "content"))
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(flow.Attr(n, key))); name != "" && value != "" && meta[name] == "" {
			meta[name] = value
		}
	}
}

func (f *Facts) fromMeta(meta map[string]string) {
	first := func(to *string, names ...string) {
		for _, name := range names {
			*to = cmp.Or(*to, meta[name])
		}
	}
	first(&f.Title, "og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "headline")
	for _, name := range []string{"author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "article:author", "citation_author", "byl"} {
		if v := meta[name]; v != "" && webAddress(v) == "" {
			f.Author = cmp.Or(f.Author, byline(v))
		}
	}
	first(&f.Published, "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date",
		"dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publish-date", "date")
	first(&f.Modified, "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
	for _, name := range []string{"og:url", "twitter:url", "parsely-link"} {
		f.URL = cmp.Or(f.URL, webAddress(meta[name]))
	}
	first(&f.Publisher, "og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "citation_journal_title")
	f.Language = cmp.Or(f.Language, meta["content-language"], meta["dc.language"], strings.ReplaceAll(meta["og:locale"], "_", "-"))
	first(&f.Description, "description", "og:description", "dc.description", "twitter:description")
	first(&f.Section, "article:section", "parsely-section")
	first(&f.Keywords, "news_keywords", "keywords", "parsely-tags")
}

// fill takes what only Readability found.
func (f *Facts) fill(found readability.Article) {
	f.Title = cmp.Or(f.Title, oneLine(found.Title()))
	f.Author = cmp.Or(f.Author, byline(oneLine(found.Byline())))
	f.Publisher = cmp.Or(f.Publisher, oneLine(found.SiteName()))
	f.Language = cmp.Or(f.Language, found.Language())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func byline(s string) string {
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = strings.TrimSpace(s[3:])
	}
	return s
}

// webAddress is s if it is the full address of a page.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if u, err := url.Parse(s); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return s
	}
	return ""
}

var (
	savedComment = regexp.MustCompile(`^\s*saved from url=\(\d+\)(\S+)`)
	singleFile   = regexp.MustCompile(`(?s)Page saved with SingleFile.*?url:\s*(\S+)`)
)

// savedFrom is the address that browsers and SingleFile note in a comment.
func savedFrom(comment string) string {
	for _, pattern := range []*regexp.Regexp{savedComment, singleFile} {
		if m := pattern.FindStringSubmatch(comment); m != nil {
			return webAddress(m[1])
		}
	}
	return ""
}

// linked reads a JSON-LD script, if it is about an article.
func (f *Facts) linked(raw string) {
	raw = strings.TrimSpace(raw)
	raw = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(raw, "//"), "<![CDATA["), "]]>")
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return // it is the page's own matter
	}
	a := articleIn(v, 0)
	if a == nil {
		return
	}
	for _, x := range []struct {
		to    *string
		value string
	}{
		{&f.Title, cmp.Or(word(a["headline"]), word(a["name"]))},
		{&f.Author, byline(cmp.Or(word(a["author"]), word(a["creator"])))},
		{&f.Published, cmp.Or(word(a["datePublished"]), word(a["dateCreated"]))},
		{&f.Modified, word(a["dateModified"])},
		{&f.Publisher, cmp.Or(word(a["publisher"]), word(a["sourceOrganization"]))},
		{&f.Language, word(a["inLanguage"])},
		{&f.Description, word(a["description"])},
		{&f.Section, word(a["articleSection"])},
		{&f.Keywords, word(a["keywords"])},
		{&f.URL, cmp.Or(webAddress(word(a["url"])), webAddress(word(a["mainEntityOfPage"])), webAddress(word(a["@id"])))},
	} {
		*x.to = cmp.Or(*x.to, x.value)
	}
}

// articleIn is the first article among JSON-LD values.
func articleIn(v any, depth int) map[string]any {
	if depth > 20 {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if a := articleIn(one, depth+1); a != nil {
				return a
			}
		}
	case map[string]any:
		for _, kind := range words(v["@type"]) {
			if strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report" {
				return v
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"} {
			if a := articleIn(v[key], depth+1); a != nil {
				return a
			}
		}
	}
	return nil
}

// word is a JSON-LD value as a text: a string, the name of a thing, or several.
func word(v any) string {
	var list []string
	for _, w := range words(v) {
		if !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return strings.Join(list, ", ")
}

func words(v any) []string {
	switch v := v.(type) {
	case string:
		if s := oneLine(html.UnescapeString(v)); s != "" {
			return []string{s}
		}
	case []any:
		var list []string
		for _, one := range v {
			if _, inner := one.([]any); !inner {
				list = append(list, words(one)...)
			}
		}
		return list
	case map[string]any:
		for _, key := range []string{"name", "alternateName", "@value", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{oneLine(html.UnescapeString(s))}
			}
		}
	}
	return nil
}
