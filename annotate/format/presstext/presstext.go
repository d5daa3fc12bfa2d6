package presstext

import (
	"context"
	"fmt"
	"iter"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
	"lede/annotate/format/docx"
	"lede/annotate/format/flow"
	"lede/annotate/format/webpage"
)

func init() {
	endings := []string{".txt", ".html", ".htm", ".rtf", ".docx"}
	format.Register(&format.Format{
		Name: "lexis", Title: "LexisNexis downloads",
		Description: "Many articles a file, as Nexis Uni and LexisNexis give them: text, web page, RTF or Word.",
		Extensions:  endings,
		Detect:      func(s format.Sample) int { return detect(s, lexisSigns, "Nexis") },
		Read: func(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
			return read(ctx, src, lexis)
		},
	})
	format.Register(&format.Format{
		Name: "factiva", Title: "Factiva downloads",
		Description: "Many articles a file, as Factiva gives them, with or without its tags: text, web page, RTF or Word.",
		Extensions:  endings,
		Detect:      func(s format.Sample) int { return detect(s, factivaSigns, "Factiva") },
		Read: func(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
			return read(ctx, src, factiva)
		},
	})
}

var (
	lexisSigns = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^\s*1 of \d+ DOCUMENTS?\s*$`),
		regexp.MustCompile(`(?mi)^\s*length:\s*\d[\d.,]*\s+\p{L}+\s*$(?s:.*)^\s*(load-date:|end of document\s*$)`),
	}
	factivaSigns = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^(HD|SE|CLM)\s(?s:.*)^WC\s(?s:.*)^PD\s(?s:.*)^SN\s`),
		regexp.MustCompile(`(?m)^\s*\d[\d.,]*\s+\p{L}+\s*$(?s:.*)^\s*Document [A-Za-z0-9]{12,}\s*$`),
	}
)

func detect(s format.Sample, signs []*regexp.Regexp, name string) int {
	head := strings.ReplaceAll(s.Head, "\r\n", "\n")
	switch {
	case s.Dir || strings.HasPrefix(head, "PK") || !utf8.ValidString(head):
		return 0
	case strings.HasPrefix(head, `{\rtf`):
		if strings.Contains(head, name) {
			return 90
		}
		return 0
	case strings.HasPrefix(strings.TrimSpace(head), "<"):
		page, err := webpage.Parse(head)
		if err != nil {
			return 0
		}
		head = flow.HTML(page.Document(), flow.Page{})
	}
	for _, sign := range signs {
		if sign.MatchString(head) {
			return 96
		}
	}
	return 0
}

// item is an article as a database prints it.
type item struct {
	line                                            int // where it begins, if the file has lines
	title, author, source, published, language, url string
	id                                              string
	meta                                            [][2]string
	text                                            string
}

func (it *item) note(key, value string) {
	if value != "" {
		it.meta = append(it.meta, [2]string{key, value})
	}
}

// read yields the articles that a splitter finds in the lines of a file; leftOver
// counts the lines with words that belong to none.
func read(ctx context.Context, src format.Source, split func(lines []string, take func(item) bool) (leftOver int, example string)) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		all, lined, err := textOf(src)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(nil, err)
			return
		}
		name, count, stopped := strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), 0, false
		left, example := split(strings.Split(all, "\n"), func(it item) bool {
			count++
			at := src.At(0)
			if lined {
				at = src.At(it.line)
			}
			stopped = ctx.Err() != nil || !yield(it.article(at, fmt.Sprintf("%s:%d", name, count)), nil)
			return !stopped
		})
		switch {
		case stopped:
			if err := ctx.Err(); err != nil {
				yield(nil, err)
			}
		case count == 0:
			yield(nil, format.Refuse(src.At(0), "Is it the right --format? Download the full text of the articles.", "no article was found in it"))
		case left > 0:
			yield(format.LeftOut(src.At(0), "beside", "lines that belong to no article, such as lists of results", left, example), nil)
		}
	}
}

func (it *item) article(at format.Place, ref string) *format.Article {
	a := &format.Article{
		Place: at, Ref: ref, RefFromName: true, Title: it.title, Author: it.author, Publisher: it.source,
		Published: it.published, Language: it.language, URL: it.url, Text: it.text,
	}
	if it.id != "" {
		a.Ref, a.RefFromName = it.id, false
	}
	for _, m := range it.meta {
		a.PutMeta(m[0], format.AppendString(nil, m[1]))
	}
	return a
}

// textOf is the text of a file of any kind; lined says that its lines are those of
// the file.
func textOf(src format.Source) (all string, lined bool, err error) {
	raw, err := src.ReadAll()
	if err != nil {
		return "", false, err
	}
	head := strings.TrimSpace(strings.TrimPrefix(string(raw[:min(200, len(raw))]), "\xEF\xBB\xBF"))
	switch {
	case strings.HasPrefix(head, "PK\x03\x04"):
		a, err := docx.Article(src)
		if err != nil {
			return "", false, err
		}
		return a.Text, false, nil
	case strings.HasPrefix(head, `{\rtf`):
		all, err := rtf(raw)
		if err != nil {
			return "", false, format.Refuse(src.At(0), "Open it in a word processor and save it as text.", "%s", err)
		}
		return all, false, nil
	case strings.HasPrefix(head, "<"):
		page, err := webpage.Decode(src)
		if err != nil {
			return "", false, err
		}
		p, err := webpage.Parse(page)
		if err != nil {
			return "", false, format.Refuse(src.At(0), "", "it cannot be read as a page: %s", err)
		}
		return flow.HTML(p.Document(), flow.Page{}), false, nil
	}
	all, err = src.Decode()
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(strings.TrimPrefix(all, "\uFEFF")), true, err
}

// wrapped is the longest line of texts that were broken into lines by the database.
const wrapped = 110

// paragraphs makes paragraphs of the lines of a text: those between empty lines, if
// the lines are of the database's making, else each line.
func paragraphs(lines []string) string {
	broken, gaps := true, false
	for _, l := range lines {
		broken = broken && utf8.RuneCountInString(l) <= wrapped
		gaps = gaps || strings.TrimSpace(l) == ""
	}
	var all []string
	goesOn := false
	for _, l := range lines {
		l = strings.TrimSpace(l)
		switch {
		case l == "":
			goesOn = false
		case goesOn && broken && gaps:
			all[len(all)-1] += " " + l
		default:
			all = append(all, l)
			goesOn = true
		}
	}
	return strings.Join(all, "\n\n")
}

// trim leaves empty lines at both ends out.
func trim(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// words counts lines with words, and has the first of them.
func words(lines []string) (count int, first string) {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			if count++; first == "" {
				first = l
			}
		}
	}
	return count, first
}

func byLine(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = strings.TrimSpace(s[3:])
	}
	return s
}

var dateLine = regexp.MustCompile(`(?i)^(?:\p{L}+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+\p{L}{3,10}\.?,?\s+\d{4}|\p{L}{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\p{L}{3,10},?\s+\d{4}\s*$)`)

// day is a date without the day of the week behind it.
var weekDay = regexp.MustCompile(`^(.*\d{4})[ ,]+\p{L}+\s*$`)

func day(s string) string {
	s = strings.TrimSpace(s)
	if m := weekDay.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}
