package filter

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/text"
)

// Known is what a project has to offer for completion: values by key, and the names
// of attributes, document fields and facts with their values.
type Known struct {
	Values map[annotate.FilterKey][]string
	Names  map[annotate.FilterKey]map[string][]string // of attr, field and meta
}

// Candidate is something that could stand where somebody types.
type Candidate struct {
	Insert string // takes the place of Completion.At
	Title  string
	About  string // a few words; may be ""
}

// Completion is what could stand at a caret.
type Completion struct {
	At         text.Range // what a candidate takes the place of, code points
	Candidates []Candidate
}

// Complete says what could stand at a caret (code points): keys where a term begins,
// values after a key. What begins as was typed comes first.
func Complete(typed string, caret int, known Known) Completion {
	in := []rune(typed)
	caret = max(0, min(caret, len(in)))
	start, colon, comma := token(in[:caret])
	if start < 0 {
		return Completion{At: text.Range{Start: caret, End: caret}}
	}
	if colon < 0 {
		return keys(string(in[start:caret]), text.Range{Start: start, End: caret}, known)
	}
	key, name, _ := strings.Cut(string(in[start:colon]), ".")
	k := about(strings.ToLower(key))
	at := text.Range{Start: max(colon, comma) + 1, End: caret}
	if k == nil || k.Named != (name != "") {
		return Completion{At: at}
	}
	values := slices.Clone(k.Choices)
	if k.Named {
		values = append(values, known.Names[k.Key][strings.Trim(name, `"`)]...)
	} else {
		values = append(values, known.Values[k.Key]...)
	}
	var all []Candidate
	for _, v := range values {
		var b strings.Builder
		writeText(&b, v, `(),"*`)
		all = append(all, Candidate{Insert: b.String() + " ", Title: v})
	}
	return Completion{at, pick(all, strings.Trim(string(in[at.Start:at.End]), `"*`))}
}

// token finds where the term begins that ends with the text, without its minus, and its
// colon and last comma, -1 for none. start is -1 within a phrase.
func token(in []rune) (start, colon, comma int) {
	colon, comma = -1, -1
	quoted := false
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case quoted && r == '\\':
			i++
		case r == '"':
			quoted = !quoted
			if quoted && i == start {
				start = -1
			}
		case quoted:
		case unicode.IsSpace(r), r == '(', r == ')', r == '-' && i == start:
			start, colon, comma = i+1, -1, -1
		case r == ':' && colon < 0:
			colon = i
		case r == ',':
			comma = i
		}
	}
	if start < 0 && !quoted && colon < 0 {
		return -1, -1, -1
	}
	return start, colon, comma
}

// keys offers keys and, after attr., field. and meta., names.
func keys(typed string, at text.Range, known Known) Completion {
	var all []Candidate
	for _, k := range Keys {
		if !k.Named {
			all = append(all, Candidate{Insert: k.typed(), Title: k.typed(), About: k.About})
			continue
		}
		for name := range known.Names[k.Key] {
			var b strings.Builder
			b.WriteString(k.typed())
			writeText(&b, name, `():,"*`)
			all = append(all, Candidate{Insert: b.String() + ":", Title: k.typed() + name + ":", About: k.About})
		}
	}
	slices.SortStableFunc(all, func(a, b Candidate) int {
		return cmp.Compare(strings.Count(a.Title, "."), strings.Count(b.Title, "."))*2 + named(a, b)
	})
	return Completion{at, pick(all, typed)}
}

// named puts names in their order; keys stay in theirs.
func named(a, b Candidate) int {
	if strings.Contains(a.Title, ".") && strings.Contains(b.Title, ".") {
		return strings.Compare(a.Title, b.Title)
	}
	return 0
}

// pick are the candidates with what was typed in their title, first those that begin
// with it. What was typed to its end already is no help.
func pick(all []Candidate, typed string) []Candidate {
	typed = lower(typed)
	var first, other []Candidate
	for _, c := range all {
		switch title := lower(c.Title); {
		case title == typed && strings.HasSuffix(title, ":"):
		case strings.HasPrefix(title, typed):
			first = append(first, c)
		case strings.Contains(title, typed):
			other = append(other, c)
		}
	}
	return append(first, other...)
}
