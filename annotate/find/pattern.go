package find

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"lede/annotate/text"
)

// BadPattern says what is wrong with a regular expression, and where.
type BadPattern struct {
	At     int    // code points from the start of the expression
	Reason string // a sentence for people
}

// Error is the sentence.
func (e *BadPattern) Error() string { return e.Reason }

// flags are those of regexp.Compile after (?m): ^ and $ are the ends of lines.
const flags = syntax.Perl &^ syntax.OneLine

// compile reads the query as a regular expression.
func (m *Matcher) compile() error {
	tree, err := syntax.Parse(m.query.Text, flags)
	if err != nil {
		return badPattern(m.query.Text, err)
	}
	m.lines = !crosses(tree)
	prefix := "(?m)"
	if !m.query.Case {
		prefix = "(?im)"
	}
	m.re, err = regexp.Compile(prefix + m.query.Text)
	if err != nil {
		return badPattern(m.query.Text, err)
	}
	return nil
}

// crosses says whether an expression may match a line's end, or asks for the ends
// of the whole text.
func crosses(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpBeginText, syntax.OpEndText:
		return true
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if r == '\n' {
				return true
			}
		}
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= '\n' && '\n' <= re.Rune[i+1] {
				return true
			}
		}
	default:
	}
	for _, sub := range re.Sub {
		if crosses(sub) {
			return true
		}
	}
	return false
}

// pattern passes on the places of a regular expression.
func (m *Matcher) pattern(ctx context.Context, t *text.Text, pass func(text.Range) bool) {
	free := 0 // code points before this one are part of a place
	take := func(from, to int) bool {
		if from >= to {
			return true
		}
		r := grown(t, from, to)
		if r.Start < free { // its grapheme is part of the place before it
			return true
		}
		free = r.End
		return !m.words(t, r) || pass(r)
	}
	s := t.String()
	if !m.lines {
		m.across(ctx, s, 0, take)
		return
	}
	for at := 0; at <= len(s) && ctx.Err() == nil; {
		end := strings.IndexByte(s[at:], '\n')
		if end < 0 {
			end = len(s) - at
		}
		if end > longLine { // too many places, perhaps, to gather them
			if !m.across(ctx, s[at:at+end], at, take) {
				return
			}
			at += end + 1
			continue
		}
		for _, place := range m.re.FindAllStringIndex(s[at:at+end], -1) {
			if !take(at+place[0], at+place[1]) {
				return
			}
		}
		at += end + 1
	}
}

// grown is the stretch of whole graphemes around bytes, in code points.
func grown(t *text.Text, from, to int) text.Range {
	r := text.Range{Start: t.RuneOf(from), End: t.RuneOf(to)}
	if !graphemeBorder(t, from) {
		r.Start = t.PrevGrapheme(r.Start)
	}
	if !graphemeBorder(t, to) {
		r.End = t.NextGrapheme(r.End)
	}
	return r
}

// badPattern puts an error of the parser into words, with its place.
func badPattern(pattern string, err error) error {
	var e *syntax.Error
	if !errors.As(err, &e) {
		return &BadPattern{Reason: "This regular expression cannot be used: " + err.Error() + "."}
	}
	at := placeOf(pattern, e)
	quoted := "“" + short(e.Expr) + "”"
	where := fmt.Sprintf(" (character %d)", at+1)
	reason := map[syntax.ErrorCode]string{
		syntax.ErrMissingParen:          "A “(” is never closed" + where + ".",
		syntax.ErrUnexpectedParen:       "A “)” has no “(” before it" + where + ".",
		syntax.ErrMissingBracket:        "A “[” is never closed" + where + ".",
		syntax.ErrMissingRepeatArgument: quoted + " has nothing before it to repeat" + where + ".",
		syntax.ErrInvalidRepeatOp:       quoted + " repeats twice" + where + ".",
		syntax.ErrInvalidRepeatSize:     quoted + " repeats too often; 1000 is the most" + where + ".",
		syntax.ErrInvalidCharRange:      quoted + " is no range of characters" + where + ".",
		syntax.ErrInvalidCharClass:      quoted + " is no class of characters" + where + ".",
		syntax.ErrInvalidEscape:         quoted + " means nothing here" + where + ".",
		syntax.ErrTrailingBackslash:     "A “\\” at the end needs a character behind it" + where + ".",
		syntax.ErrInvalidPerlOp:         quoted + " is not known here: there is no looking ahead or behind" + where + ".",
		syntax.ErrInvalidNamedCapture:   quoted + " is no name of a group" + where + ".",
		syntax.ErrInvalidUTF8:           "The expression is not valid text" + where + ".",
		syntax.ErrNestingDepth:          "The expression is nested too deeply.",
		syntax.ErrLarge:                 "The expression is too large.",
	}[e.Code]
	if reason == "" {
		reason = "This regular expression cannot be read: " + string(e.Code) + where + "."
	}
	return &BadPattern{At: at, Reason: reason}
}

func short(s string) string {
	const most = 20
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// placeOf is where an error is, in code points.
func placeOf(pattern string, e *syntax.Error) int {
	count := func(bytes int) int { return utf8.RuneCountInString(pattern[:max(0, min(bytes, len(pattern)))]) }
	switch e.Code {
	case syntax.ErrMissingParen:
		return count(openParen(pattern))
	case syntax.ErrTrailingBackslash:
		return count(len(pattern) - 1)
	case syntax.ErrMissingBracket:
		return count(len(pattern) - len(e.Expr))
	default:
	}
	// The error comes to light where the expression is read up to and not before.
	for end := range pattern + "." {
		if _, err := syntax.Parse(pattern[:end], flags); err != nil {
			var earlier *syntax.Error
			if errors.As(err, &earlier) && earlier.Code == e.Code {
				if e.Code == syntax.ErrUnexpectedParen {
					return count(end - 1)
				}
				return count(max(0, strings.LastIndex(pattern[:end], earlier.Expr)))
			}
		}
	}
	return count(max(0, strings.Index(pattern, e.Expr)))
}

// openParen is the byte of the last “(” that is never closed.
func openParen(pattern string) int {
	var open []int
	class := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			open = append(open, i)
		case c == ')' && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return 0
	}
	return open[len(open)-1]
}
