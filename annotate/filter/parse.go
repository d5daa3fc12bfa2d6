package filter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/dates"
	"lede/annotate/rules"
	"lede/annotate/text"
)

// Error says what in a filter is not understood, and where (code points).
type Error struct {
	At     text.Range
	Detail string // a sentence
	Hint   string // what to do, a sentence; may be ""
}

func (e *Error) Error() string {
	return strings.TrimSpace(fmt.Sprintf("filter, character %d: %s %s", e.At.Start+1, e.Detail, e.Hint))
}

// Is makes an Error an ErrInvalid.
func (e *Error) Is(target error) bool { return target == annotate.ErrInvalid }

// Parse reads a filter. It is nil, for all articles, when nothing is typed. Errors are
// of type *Error.
func Parse(typed string) (*annotate.Filter, error) {
	p := &parser{in: []rune(typed)}
	f, err := p.either(0)
	if err != nil {
		return nil, err
	}
	if p.blank(); p.at < len(p.in) { // only a parenthesis ends an expression early
		return nil, p.fail(p.at, p.at+1, "The parenthesis was never opened.", "Take it out, or put quotation marks around it.")
	}
	bind(f, nil)
	return f, nil
}

// deepest is how far parentheses may nest: nobody means more, and a file that comes
// from elsewhere must not exhaust the stack.
const deepest = 100

type parser struct {
	in []rune
	at int
}

func (p *parser) fail(start, end int, detail, hint string) error {
	return &Error{text.Range{Start: start, End: end}, detail, hint}
}

func (p *parser) blank() {
	for p.at < len(p.in) && unicode.IsSpace(p.in[p.at]) {
		p.at++
	}
}

func (p *parser) sees(r rune) bool { return p.at < len(p.in) && p.in[p.at] == r }

// ends says whether nothing more comes before the end or a closing parenthesis.
func (p *parser) ends() bool {
	p.blank()
	return p.at == len(p.in) || p.in[p.at] == ')'
}

// keyword takes an operator that is a word.
func (p *parser) keyword(word string) bool {
	end := p.at + len(word)
	if end > len(p.in) || string(p.in[p.at:end]) != word || end < len(p.in) && !unicode.IsSpace(p.in[end]) && !strings.ContainsRune(`()"`, p.in[end]) {
		return false
	}
	p.at = end
	return true
}

// either reads conjunctions with OR between them.
func (p *parser) either(depth int) (*annotate.Filter, error) {
	start := p.at
	var parts []*annotate.Filter
	for {
		f, err := p.all(depth)
		if err != nil {
			return nil, err
		}
		at := p.at
		more := !p.ends() && p.keyword("OR")
		if f == nil && (more || len(parts) > 0) {
			return nil, p.fail(at, p.at, "There is nothing on one side of OR.", `For the word itself write "OR".`)
		}
		if f != nil {
			parts = append(parts, f)
		}
		if !more {
			return join(annotate.FilterOr, parts, start, p.at), nil
		}
	}
}

// all reads terms side by side; nil for none.
func (p *parser) all(depth int) (*annotate.Filter, error) {
	start := p.at
	var parts []*annotate.Filter
	for !p.ends() {
		at := p.at
		if p.keyword("OR") {
			p.at = at
			break
		}
		if p.keyword("AND") {
			if len(parts) == 0 || p.ends() {
				return nil, p.fail(at, at+3, "There is nothing on one side of AND.", `For the word itself write "AND".`)
			}
			continue
		}
		f, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, f)
	}
	return join(annotate.FilterAnd, parts, start, p.at), nil
}

func join(op annotate.FilterOp, parts []*annotate.Filter, start, end int) *annotate.Filter {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return &annotate.Filter{Op: op, Of: parts, At: text.Range{Start: start, End: end}}
}

// one reads a term, a group in parentheses, or one of them with a minus.
func (p *parser) one(depth int) (*annotate.Filter, error) {
	start := p.at
	if depth > deepest {
		return nil, p.fail(start, start+1, "The filter is too deeply nested.", "")
	}
	minus := p.sees('-')
	if minus {
		if p.at++; p.at == len(p.in) || unicode.IsSpace(p.in[p.at]) { // “- word” is as likely meant as a dash
			return nil, p.fail(start, p.at, "Nothing follows the minus that must not be met.", `Write -word, without a blank between them; for the dash itself write "-".`)
		}
	}
	if minus || p.keyword("NOT") {
		if p.ends() || p.keyword("OR") || p.keyword("AND") {
			return nil, p.fail(start, p.at, "Nothing follows that must not be met.", `For the word itself write "NOT" or "-".`)
		}
		f, err := p.one(depth + 1)
		if err != nil {
			return nil, err
		}
		return &annotate.Filter{Op: annotate.FilterNot, Of: []*annotate.Filter{f}, At: text.Range{Start: start, End: p.at}}, nil
	}
	if !p.sees('(') {
		return p.term()
	}
	p.at++
	f, err := p.either(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.sees(')') {
		return nil, p.fail(start, start+1, "The parenthesis is not closed.", "")
	}
	p.at++
	if f == nil {
		return nil, p.fail(start, p.at, "There is nothing in the parentheses.", "")
	}
	return f, nil
}

// term reads words or KEY:VALUE.
func (p *parser) term() (*annotate.Filter, error) {
	start := p.at
	f := &annotate.Filter{}
	key, err := p.key(f)
	if err != nil {
		return nil, err
	}
	for {
		v, err := p.value(key)
		if err != nil {
			return nil, err
		}
		f.Values = append(f.Values, v)
		if key == nil || !p.sees(',') {
			break
		}
		p.at++
	}
	f.At = text.Range{Start: start, End: p.at}
	return f, nil
}

// key takes KEY: or KEY.NAME: if there is one; nil for words.
func (p *parser) key(f *annotate.Filter) (*Key, error) {
	start := p.at
	end := start
	for end < len(p.in) && (unicode.IsLetter(p.in[end]) || p.in[end] == '_') {
		end++
	}
	if end == start || end == len(p.in) || p.in[end] != ':' && p.in[end] != '.' {
		return nil, nil
	}
	word := strings.ToLower(string(p.in[start:end]))
	key := about(word)
	if p.in[end] == '.' {
		if key == nil || !key.Named {
			return nil, nil // U.S., bbc.co.uk
		}
		p.at = end + 1
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		if f.Name = name; name == "" || !p.sees(':') {
			return nil, p.fail(start, p.at, fmt.Sprintf("After “%s” come a name, a colon and a value.", key.typed()), "As in "+key.Example+".")
		}
		end = p.at
	} else if key == nil || key.Named {
		return nil, p.unknown(start, end, word)
	}
	p.at = end + 1
	f.Key = key.Key
	return key, nil
}

func (p *parser) unknown(start, end int, word string) error {
	hint := "There are " + strings.Join(names(), ", ") + "."
	if near := rules.Near(word, names()); near != "" {
		hint = fmt.Sprintf("Do you mean “%s”?", near)
	}
	if k := about(word); k != nil {
		hint = "A name belongs to it, as in " + k.Example + "."
	}
	return p.fail(start, end+1, fmt.Sprintf("There is no filter “%s:”.", word), hint+" To look for the words put quotation marks around them.")
}

// name reads the name after attr., field. or meta.
func (p *parser) name() (string, error) {
	if p.sees('"') {
		return p.quoted()
	}
	start := p.at
	for p.at < len(p.in) && !unicode.IsSpace(p.in[p.at]) && !strings.ContainsRune(`():,"*`, p.in[p.at]) {
		p.at++
	}
	return string(p.in[start:p.at]), nil
}

// quoted reads what stands in quotation marks, in which \" and \\ are themselves.
func (p *parser) quoted() (string, error) {
	start := p.at
	var b strings.Builder
	for p.at++; p.at < len(p.in); p.at++ {
		switch r := p.in[p.at]; {
		case r == '"':
			p.at++
			return b.String(), nil
		case r == '\\' && p.at+1 < len(p.in) && strings.ContainsRune(`"\`, p.in[p.at+1]):
			p.at++
			b.WriteRune(p.in[p.at])
		default:
			b.WriteRune(r)
		}
	}
	return "", p.fail(start, start+1, "The quotation mark has no partner.", "")
}

// value reads one value of a key, or the words of a term without a key.
func (p *parser) value(key *Key) (v annotate.FilterValue, err error) {
	start, quoted := p.at, false
	stops := `()"`
	if key != nil {
		stops = `(),"`
	}
	if p.sees('*') {
		v.Before = true
		p.at++
	}
	if quoted = p.sees('"'); quoted {
		if v.Text, err = p.quoted(); err != nil {
			return v, err
		}
		if v.After = p.sees('*'); v.After {
			p.at++
		}
	} else {
		from := p.at
		for p.at < len(p.in) && !unicode.IsSpace(p.in[p.at]) && !strings.ContainsRune(stops, p.in[p.at]) {
			p.at++
		}
		v.Text = string(p.in[from:p.at])
		if v.Text, v.After = strings.CutSuffix(v.Text, "*"); v.Before && v.Text == "" {
			v.After = true // * alone
		}
	}
	at := text.Range{Start: start, End: p.at}
	if key == nil {
		if v.Text == "" {
			return v, p.fail(at.Start, at.End, "There are no words to look for.", "")
		}
		v.Before = v.Before && v.After // words are found by their beginning
		return v, nil
	}
	if v.Text == "" && !v.Before && !v.After && !quoted {
		return v, p.fail(start, p.at, fmt.Sprintf("“%s:” needs a value.", key.Key), "As in "+key.Example+".")
	}
	return p.shaped(key, v, at)
}

// shaped checks a value against what its key takes.
func (p *parser) shaped(key *Key, v annotate.FilterValue, at text.Range) (annotate.FilterValue, error) {
	typed := string(p.in[at.Start:at.End])
	switch key.Shape {
	case Whole, Part:
		if v.Text == "" {
			v.Before, v.After = true, true // anything; "" would be nothing at all
		}
	case Choice:
		name := strings.ToLower(v.Text)
		for _, c := range key.Choices {
			if c == name && !v.Before && !v.After {
				return annotate.FilterValue{Text: c}, nil
			}
		}
		return v, p.fail(at.Start, at.End, fmt.Sprintf("“%s” is no value of “%s:”.", typed, key.Key), "There are "+strings.Join(key.Choices, ", ")+".")
	case Dates, Numbers:
		from, to, ok := span(v, key.Shape)
		if !ok {
			detail := fmt.Sprintf("“%s” is no range for “%s:”.", typed, key.Key)
			if none := noDate(v.Text); key.Shape == Dates && none != "" {
				detail = fmt.Sprintf("There is no %s in the calendar.", none)
			}
			return v, p.fail(at.Start, at.End, detail, "Write "+key.Example+", an end left away, or one value.")
		}
		return annotate.FilterValue{From: from, To: to}, nil
	}
	return v, nil
}

// span reads FROM..TO, FROM.., ..TO or one value for both.
func span(v annotate.FilterValue, shape Shape) (from, to string, ok bool) {
	if v.Before || v.After {
		return "", "", false
	}
	from, to, two := strings.Cut(v.Text, "..")
	if !two {
		to = from
	}
	check := date
	if shape == Numbers {
		check = number
	}
	for _, end := range []*string{&from, &to} {
		if *end == "" && two {
			continue
		}
		if *end, ok = check(*end); !ok {
			return "", "", false
		}
	}
	return from, to, from != "" || to != ""
}

func number(s string) (string, bool) {
	n, err := strconv.Atoi(s)
	return strconv.Itoa(n), err == nil && n >= 0
}

// date checks 2026, 2026-03 or 2026-03-04, and that there is such a day: no article is of
// another one.
func date(s string) (string, bool) { return s, dates.Valid(s) }

var dateShape = regexp.MustCompile(`^\d{4}(-\d\d){0,2}$`)

// noDate is the end of a range that is written like a date and is none; "" for neither.
func noDate(typed string) string {
	for end := range strings.SplitSeq(typed, "..") {
		if dateShape.MatchString(end) && !dates.Valid(end) {
			return end
		}
	}
	return ""
}

// bind tells every term whose work it speaks of.
func bind(f *annotate.Filter, by []annotate.FilterValue) {
	if f == nil {
		return
	}
	switch f.Op {
	case annotate.FilterTerm:
		if f.By = nil; ofWork(f.Key) {
			f.By = by
		}
		return
	case annotate.FilterAnd:
		n := 0
		for _, part := range f.Of {
			if part.Op == annotate.FilterTerm && part.Key == annotate.FilterAnnotator {
				if n++; n == 1 {
					by = part.Values
				}
			}
		}
	default: // an annotator binds what is and-ed with it
	}
	for _, part := range f.Of {
		bind(part, by)
	}
}

// ofWork says whether terms with a key speak of what an annotator did.
func ofWork(key annotate.FilterKey) bool {
	switch key {
	case annotate.FilterStatus, annotate.FilterFlag, annotate.FilterLabel, annotate.FilterAttr, annotate.FilterRelation,
		annotate.FilterEntity, annotate.FilterNote, annotate.FilterField, annotate.FilterSpans:
		return true
	default:
		return false
	}
}
