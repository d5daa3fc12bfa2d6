package presstext

import (
	"regexp"
	"slices"
	"strings"
)

// The tags of Factiva at the beginning of a line; its value may go on in the next.
var factivaTag = regexp.MustCompile(`^(HD|CR|BY|AU|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CLM|SE|CO|IN|NS|RE|IPC|IPD|PUB|AN|NGC|GC|DE|CX)(?:$|\t\s*|\s{2,}|\s)(.*)$`)

var factivaNames = map[string]string{
	"CR": "credit", "WC": "length", "ET": "time", "SC": "source_code", "ED": "edition", "PG": "page", "VOL": "volume", "CY": "copyright", "CT": "contact",
	"RF": "references", "ART": "art", "CLM": "column", "SE": "section", "CO": "companies", "IN": "industries", "NS": "subjects", "RE": "regions",
	"IPC": "codes", "IPD": "descriptors", "PUB": "publisher",
}

var (
	factivaEnd   = regexp.MustCompile(`^\s*Document ([A-Za-z0-9]{12,})\s*$`)
	factivaWords = regexp.MustCompile(`^\s*(\d[\d.,]*)\s+(?:words|Wörter|mots|palabras|palavras|parole|woorden|слов|ord|字|文字)\s*$`)
)

// factiva splits a download of Factiva. With tags an article goes from its first one
// to AN; without, to the line that names the document.
func factiva(lines []string, take func(item) bool) (leftOver int, example string) {
	begin := 0
	tagged := slices.ContainsFunc(lines, func(l string) bool {
		m := factivaTag.FindStringSubmatch(l)
		return m != nil && m[1] == "HD"
	})
	left := func(more []string) {
		n, first := words(more)
		if leftOver += n; example == "" {
			example = first
		}
	}
	for i, l := range lines {
		ends := factivaEnd.MatchString(l)
		if m := factivaTag.FindStringSubmatch(l); tagged && m != nil {
			ends = ends || m[1] == "AN"
			if m[1] == "HD" && slices.ContainsFunc(lines[begin:i], isHeadline) {
				if !takeFactiva(lines, begin, i, tagged, take, left) {
					return leftOver, example
				}
				begin = i
			}
		}
		if !ends {
			continue
		}
		if !takeFactiva(lines, begin, i+1, tagged, take, left) {
			return leftOver, example
		}
		begin = i + 1
	}
	if tagged && slices.ContainsFunc(lines[begin:], isHeadline) {
		takeFactiva(lines, begin, len(lines), tagged, take, left)
		return leftOver, example
	}
	left(lines[begin:])
	return leftOver, example
}

func isHeadline(l string) bool {
	return strings.HasPrefix(l, "HD ") || strings.HasPrefix(l, "HD\t") || l == "HD"
}

// takeFactiva reads the article in some lines; what is none is left over.
func takeFactiva(lines []string, from, to int, tagged bool, take func(item) bool, left func([]string)) bool {
	block := lines[from:to]
	it, ok := item{}, false
	if tagged {
		it, ok = factivaTagged(block, left)
	} else {
		it, ok = factivaPlain(block, left)
	}
	if !ok {
		// The end of an article that has been taken by its tags already.
		rest := slices.DeleteFunc(slices.Clone(block), factivaEnd.MatchString)
		left(rest)
		return true
	}
	it.line = from + 1
	for it.line <= to && strings.TrimSpace(lines[it.line-1]) == "" {
		it.line++
	}
	return take(it)
}

// factivaTagged reads an article whose parts have tags.
func factivaTagged(block []string, left func([]string)) (item, bool) {
	var it item
	var text []string
	values := map[string]string{}
	tag := ""
	var before []string
	for _, l := range block {
		if m := factivaTag.FindStringSubmatch(l); m != nil {
			// In the text, and only there, a line may begin like a tag by chance.
			if tag = m[1]; tag == "LP" || tag == "TD" {
				text = append(text, "")
			}
			l = m[2]
		}
		l = strings.TrimSpace(l)
		switch tag {
		case "":
			before = append(before, l)
		case "LP", "TD":
			text = append(text, l)
		default:
			values[tag] = strings.TrimSpace(values[tag] + " " + l)
		}
	}
	if values["HD"] == "" {
		return it, false
	}
	left(before)
	it.title, it.source, it.language = values["HD"], values["SN"], values["LA"]
	it.author = byLine(firstOf(values["BY"], values["AU"]))
	it.published = day(values["PD"])
	it.id = strings.TrimPrefix(values["AN"], "Document ")
	for _, t := range []string{"SE", "CLM", "WC", "ET", "SC", "ED", "PG", "VOL", "CR", "CY", "CT", "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB"} {
		it.note(factivaNames[t], values[t])
	}
	it.text = paragraphs(trim(text))
	return it, true
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// factivaPlain reads an article without tags: headline, byline, length, date, time,
// source, code, pages, language, copyright, one a line, then the text.
func factivaPlain(block []string, left func([]string)) (item, bool) {
	block = trim(block)
	length := slices.IndexFunc(block, factivaWords.MatchString)
	if length < 0 || len(block) == 0 || !factivaEnd.MatchString(block[len(block)-1]) {
		return item{}, false
	}
	it := item{id: factivaEnd.FindStringSubmatch(block[len(block)-1])[1]}
	// The head stands right above; what is further up is no part of the article.
	top := length
	for top > 0 && (strings.TrimSpace(block[top-1]) != "" || top == length) {
		top--
	}
	left(block[:top])
	var head []string
	for _, l := range trim(block[top:length]) {
		if l = strings.TrimSpace(l); l != "" {
			head = append(head, l)
		}
	}
	it.heads(head)
	it.note("length", strings.TrimSpace(block[length]))
	rest := block[length+1 : len(block)-1]
	at := it.facts(rest)
	it.text = paragraphs(trim(rest[at:]))
	return it, it.title != ""
}

// heads tells headline and byline apart; a section may stand above.
func (it *item) heads(head []string) {
	if n := len(head); n > 1 && (strings.HasPrefix(strings.ToLower(head[n-1]), "by ") || n > 2 && len(strings.Fields(head[n-1])) <= 4) {
		it.author = byLine(head[n-1])
		head = head[:n-1]
	}
	if n := len(head); n > 0 {
		it.title = head[n-1]
		it.note("section", strings.Join(head[:n-1], " / "))
	}
}

var (
	clock  = regexp.MustCompile(`^\d{1,2}[:.]\d{2}\b.{0,12}$`)
	code   = regexp.MustCompile(`^[A-Z0-9]{2,8}$`)
	rights = regexp.MustCompile(`(?i)^(©|\(c\)|copyright|\(copyright)`)
)

var languages = []string{
	"english", "german", "deutsch", "french", "français", "spanish", "español", "italian", "italiano", "portuguese", "português", "dutch", "nederlands",
	"danish", "dansk", "swedish", "svenska", "norwegian", "norsk", "finnish", "suomi", "polish", "polski", "russian", "русский", "turkish", "türkçe", "arabic",
	"العربية", "chinese", "chinese - simplified", "chinese - traditional", "中文", "japanese", "日本語", "korean", "한국어", "czech", "hungarian", "indonesian",
}

// facts reads the lines between length and text, and says where the text begins.
func (it *item) facts(lines []string) int {
	for i, l := range lines {
		l = strings.TrimSpace(l)
		switch {
		case l == "":
			if it.source != "" {
				return i
			}
		case rights.MatchString(l):
			it.note("copyright", l)
			return i + 1
		case it.published == "" && dateLine.MatchString(l):
			it.published = day(l)
		case clock.MatchString(l) && it.source == "":
			it.note("time", l)
		case slices.Contains(languages, strings.ToLower(l)):
			it.language = l
		case it.published != "" && it.source == "":
			it.source = l
		case code.MatchString(l) && !slices.ContainsFunc(it.meta, func(m [2]string) bool { return m[0] == "source_code" }):
			it.note("source_code", l)
		case i > 12:
			return i
		default:
			it.note("edition", l)
		}
	}
	return len(lines)
}
