package presstext

import (
	"regexp"
	"slices"
	"strings"
)

var (
	lexisBegin = regexp.MustCompile(`^\s*(?:Document )?\d+ of \d+(?: DOCUMENTS?)?\s*$`)
	lexisEnd   = regexp.MustCompile(`^\s*(?:End of Document|Dokument-Ende|Fin du document|Ende des Dokuments)\s*$`)
	lexisTag   = regexp.MustCompile(`^\s*((?i:headline|byline|section|length|dateline|highlight|series|load-date|language|url|subject|publication-type|journal-code|journal code|issn|graphic|organization|person|company|industry|geographic|country|state|city|ticker|distribution|notes|correction|correction-date|pub-type|type|title|classification|acc-no|site|body))\s*:\s*(.*)$`)
	lexisBody  = regexp.MustCompile(`^\s*(?:Body|BODY|Volltext|Text)\s*:?\s*$`)
	lexisTail  = regexp.MustCompile(`^\s*(?:Graphic|Classification|GRAPHIC|Notes)\s*:?\s*$`)
	lexisPage  = regexp.MustCompile(`^\s*Page \d+ of \d+\s*$`)
)

// headTags stand before the text, all others behind it.
var headTags = []string{"headline", "title", "byline", "section", "length", "dateline", "highlight", "series", "body"}

// lexis splits a download of LexisNexis: the older layout numbers the documents at
// their heads, the newer one says where they end.
func lexis(lines []string, take func(item) bool) (leftOver int, example string) {
	ends := slices.ContainsFunc(lines, lexisEnd.MatchString)
	begin := 0
	left := func(more []string) {
		n, first := words(more)
		if leftOver += n; example == "" {
			example = first
		}
	}
	send := func(to int) bool {
		block := lines[begin:to]
		it, ok := lexisItem(block, ends, left)
		if !ok {
			left(block)
			return true
		}
		it.line = begin + 1
		return take(it)
	}
	for i, l := range lines {
		switch {
		case ends && lexisEnd.MatchString(l), !ends && lexisBegin.MatchString(l):
			if !send(i) {
				return leftOver, example
			}
			begin = i + 1
		}
	}
	send(len(lines))
	return leftOver, example
}

// lexisItem reads one document. newer says which layout it has.
func lexisItem(block []string, newer bool, left func([]string)) (item, bool) {
	block = slices.DeleteFunc(slices.Clone(block), func(l string) bool { return lexisPage.MatchString(l) || lexisBegin.MatchString(l) })
	first := slices.IndexFunc(block, func(l string) bool { t := tagOf(l); return t == "length" || t == "section" || t == "byline" })
	if first < 0 {
		return item{}, false
	}
	values, start, end := lexisTags(block, first)
	if values["length"] == "" {
		return item{}, false
	}
	var it item
	if newer {
		left(it.newHead(block[:first]))
	} else {
		it.oldHead(block[:first], values["headline"])
	}
	it.title = firstOf(values["headline"], it.title, values["title"])
	it.author = byLine(values["byline"])
	it.language, it.url = strings.TrimSpace(values["language"]), values["url"]
	for _, tag := range []string{"length", "section", "dateline", "highlight", "series", "load-date", "publication-type", "subject", "organization", "person", "geographic", "graphic", "notes"} {
		it.note(strings.ReplaceAll(tag, "-", "_"), values[tag])
	}
	it.text = paragraphs(trim(block[start:end]))
	return it, it.title != "" || it.text != ""
}

func tagOf(l string) string {
	if m := lexisTag.FindStringSubmatch(l); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// lexisTags reads the values of all tags, which may go on up to an empty line, and
// finds the text between those of the head and the others.
func lexisTags(block []string, first int) (values map[string]string, start, end int) {
	values = map[string]string{}
	put := func(i int) int {
		m := lexisTag.FindStringSubmatch(block[i])
		tag, value := strings.ToLower(m[1]), strings.TrimSpace(m[2])
		for i++; i < len(block) && strings.TrimSpace(block[i]) != "" && tagOf(block[i]) == "" && !lexisBody.MatchString(block[i]); i++ {
			value += " " + strings.TrimSpace(block[i])
		}
		if values[tag] == "" {
			values[tag] = strings.TrimSpace(value)
		}
		return i
	}
	i := first
head:
	for i < len(block) {
		switch tag := tagOf(block[i]); {
		case strings.TrimSpace(block[i]) == "":
			i++
		case lexisBody.MatchString(block[i]):
			i++
			break head
		case slices.Contains(headTags, tag) && tag != "body":
			i = put(i)
		default:
			break head
		}
	}
	start, end = i, len(block)
	for ; i < len(block); i++ {
		tag := tagOf(block[i])
		switch {
		case tag != "" && !slices.Contains(headTags, tag):
			end = min(end, i)
			i = put(i) - 1
		case end == len(block) && (lexisTail.MatchString(block[i]) || ownRights.MatchString(block[i])):
			end = i
		}
	}
	for k := 0; k < first; k++ { // a headline with its tag stands above the others
		if tag := tagOf(block[k]); tag == "headline" || tag == "title" {
			put(k)
		}
	}
	return values, start, end
}

// ownRights is the line with the copyright at the end of an article.
var ownRights = regexp.MustCompile(`^\s*Copyright \d{4}\b`)

// newHead reads title, source, date and copyright of the newer layout, the last lines
// before the tags; what stands above is returned: a cover, a list of the documents.
func (it *item) newHead(head []string) (above []string) {
	dated := -1
	for i, l := range head {
		if dateLine.MatchString(strings.TrimSpace(l)) {
			dated = i
		}
	}
	if dated < 0 {
		head = trim(head)
		if len(head) > 0 {
			it.title = strings.TrimSpace(head[0])
		}
		return nil
	}
	it.published = day(head[dated])
	for _, l := range head[dated+1:] {
		if l = strings.TrimSpace(l); rights.MatchString(l) {
			it.note("copyright", l)
		} else if l != "" {
			it.note("edition", l)
		}
	}
	up := func(from int) int {
		for from >= 0 && strings.TrimSpace(head[from]) == "" {
			from--
		}
		return from
	}
	source := up(dated - 1)
	if source < 0 {
		return nil
	}
	it.source = strings.TrimSpace(head[source])
	title := up(source - 1)
	last := title
	for title > 0 && strings.TrimSpace(head[title-1]) != "" && last-title < 3 {
		title--
	}
	if last < 0 {
		// Only one line above the date: it is the headline.
		it.title, it.source = it.source, ""
		return nil
	}
	var words []string
	for _, l := range head[title : last+1] {
		words = append(words, strings.TrimSpace(l))
	}
	it.title = strings.Join(words, " ")
	return head[:title]
}

// oldHead reads source, date, edition and, where it has no tag, the headline of the
// older layout.
func (it *item) oldHead(head []string, headline string) {
	var title []string
	for _, l := range head {
		flush := !strings.HasPrefix(l, "    ")
		l = strings.TrimSpace(l)
		switch {
		case l == "" || tagOf(l) != "":
		case rights.MatchString(l):
			it.note("copyright", l)
		case it.source == "":
			it.source = l
		case it.published == "" && dateLine.MatchString(l):
			it.published = day(l)
		case flush && it.published != "" && headline == "":
			title = append(title, l)
		default:
			it.note("edition", l)
		}
	}
	it.title = strings.Join(title, " ")
}
