package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/text"
)

// span checks what can be said of one span by itself and what it is related to.
func (r *run) span(i int) {
	s, l := &r.spans[i], r.labelOf[i]
	for _, rule := range l.rules {
		if holds(rule.Where, s.Attributes) {
			r.rule(rule, l, i)
		}
	}
	r.values(l.attributes, s.Attributes, func(w Warning) {
		if !r.isOff(w.Rule, s.Label) {
			r.warn(s, w)
		}
	})
	r.entity(l, s)
	r.outgoing(l, i)
}

// rule checks one span by one rule.
func (r *run) rule(rule *rule, l *labelled, i int) {
	s := &r.spans[i]
	switch rule.Name {
	case MaxWords, MinWords:
		r.words(rule, l, s)
	case OneFragment:
		if n := len(s.Fragments); n > 1 {
			r.warn(s, Warning{Rule: rule.Name, Text: fmt.Sprintf("It is in %d parts; %s is one unbroken stretch.", n, l.title), Hint: "Merge the parts, or make them spans of their own."})
		}
	case OneParagraph:
		r.eachPart(s, rule.Name, r.lineBreak, "It runs over a line break.", "End it where the line ends, or make it two parts.")
	case WholeWords:
		r.eachPart(s, rule.Name, r.insideWord, "It begins or ends inside a word.", "Move its ends to the ends of words.")
	case NoOuterBlank:
		r.eachPart(s, rule.Name, r.outerBlank, "It begins or ends with a blank.", "Move its ends to the words.")
	case NoOuterPunctuation:
		if at, ok := r.outerPunctuation(s); ok {
			r.warn(s, Warning{Rule: rule.Name, Range: at, Text: "It begins or ends with " + quoted(r.text.Slice(at)) + ".", Hint: "Leave the punctuation out."})
		}
	case BalancedQuotes, HasQuotes, NoQuotes:
		r.marks(rule, l, s)
	case NeedsRelation, NeedsIncoming:
		r.needsLink(rule, i)
	case NeedsAttribute:
		r.needsAttribute(rule, l, s)
	case Ordered:
		r.ordered(rule, l, s)
	case NeedsEntity:
		if s.Entity == "" {
			r.warn(s, Warning{Rule: rule.Name, Text: "It does not say which entity it stands for.", Hint: "Choose the entity, or make a new one."})
		}
	}
}

// mostWords is how far the words of a span are counted beyond what is allowed.
const mostWords = 500

func (r *run) words(rule *rule, l *labelled, s *annotate.Span) {
	most, n := rule.Number+mostWords, 0
	for _, f := range s.Fragments {
		n += r.text.CountWords(f, most-n)
	}
	words := wordCount(n)
	if n == most {
		words = "more than " + wordCount(n-1)
	}
	switch {
	case rule.Name == MaxWords && n > rule.Number:
		r.warn(s, Warning{
			Rule: rule.Name, Text: fmt.Sprintf("It has %s; %s has at most %d.", words, l.title, rule.Number),
			Hint: "Leave out what does not belong to it.",
		})
	case rule.Name == MinWords && n < rule.Number:
		r.warn(s, Warning{
			Rule: rule.Name, Text: fmt.Sprintf("It has %s; %s has at least %d.", words, l.title, rule.Number),
			Hint: "Take in everything that belongs to it.",
		})
	}
}

// eachPart warns at the first part of a span in which something is found.
func (r *run) eachPart(s *annotate.Span, rule string, look func(text.Range) bool, words, hint string) {
	for _, f := range s.Fragments {
		if look(f) {
			r.warn(s, Warning{Rule: rule, Range: f, Text: words, Hint: hint})
			return
		}
	}
}

func (r *run) lineBreak(f text.Range) bool { return r.text.Paragraph(f.Start).End < f.End }

func (r *run) outerBlank(f text.Range) bool {
	return unicode.IsSpace(r.text.RuneAt(f.Start)) || unicode.IsSpace(r.text.RuneAt(f.End-1))
}

func (r *run) insideWord(f text.Range) bool { return r.cuts(f.Start) || r.cuts(f.End) }

// cuts says whether an offset lies between two letters or digits of one word, in
// scripts that have blanks between words.
func (r *run) cuts(o int) bool {
	return inWord(r.text.RuneAt(o-1)) && inWord(r.text.RuneAt(o)) && r.text.Word(o).Start < o
}

func inWord(c rune) bool {
	return (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c)) &&
		!unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

const stops = ".,;:!?…،؛؟۔。、，！？：；"

// outerPunctuation is the mark at the beginning or the end of a span. A full stop
// that belongs to an abbreviation is none: U.N., Inc. followed by more of the sentence.
func (r *run) outerPunctuation(s *annotate.Span) (text.Range, bool) {
	first, last := s.Fragments.Start(), s.Fragments.End()-1
	if strings.ContainsRune(stops, r.text.RuneAt(first)) {
		return text.Range{Start: first, End: first + 1}, true
	}
	c := r.text.RuneAt(last)
	if !strings.ContainsRune(stops, c) || c == '.' && r.abbreviation(last) {
		return text.Range{}, false
	}
	return text.Range{Start: last, End: last + 1}, true
}

// abbreviation says whether the full stop at an offset ends a short form and not the
// sentence: a letter alone stands before it, or the sentence goes on after it.
func (r *run) abbreviation(o int) bool {
	if unicode.IsLetter(r.text.RuneAt(o-1)) && !unicode.IsLetter(r.text.RuneAt(o-2)) {
		return true
	}
	next := r.text.RuneAt(o + 1)
	if unicode.IsSpace(next) && next != '\n' {
		next = r.text.RuneAt(o + 2)
		return unicode.IsLower(next) || unicode.IsDigit(next)
	}
	return strings.ContainsRune(",;:", next)
}

// marks checks the quotation marks of a span.
func (r *run) marks(rule *rule, l *labelled, s *annotate.Span) {
	m := r.text.Marks(s.Fragments)
	switch {
	case rule.Name == BalancedQuotes && len(m.Alone) > 0:
		at := text.Range{Start: m.Alone[0], End: m.Alone[0] + 1}
		r.warn(s, Warning{
			Rule: rule.Name, Range: at, Text: "The quotation mark " + r.text.Slice(at) + " has no partner in it.",
			Hint: "Take in the mark at the other end, or leave this one out.",
		})
	case rule.Name == HasQuotes && m.Pairs == 0 && len(m.Alone) == 0:
		r.warn(s, Warning{
			Rule: rule.Name, Text: "It has no quotation marks" + because(rule, l, s) + ".",
			Hint: "Take the marks in, or correct the attribute.",
		})
	case rule.Name == NoQuotes && m.Around:
		r.warn(s, Warning{
			Rule: rule.Name, Text: "It is in quotation marks" + because(rule, l, s) + ".",
			Hint: "Leave the marks out, or correct the attribute.",
		})
	}
}

// because names the condition of a rule as a span fulfils it: “, though Form is
// direct”.
func because(rule *rule, l *labelled, s *annotate.Span) string {
	var parts []string
	for _, c := range rule.Where {
		is := "is given"
		for _, v := range given(s.Attributes, c.Attribute) {
			if slices.Contains(c.Values, v) {
				is = "is " + choiceTitle(l.attributes, c.Attribute, v)
				break
			}
		}
		parts = append(parts, attributeTitle(l.attributes, c.Attribute)+" "+is)
	}
	if len(parts) == 0 {
		return ""
	}
	return ", though " + joined(parts, " and ")
}

// duplicates finds spans with the label and the text of one before them.
func (r *run) duplicates() {
	type place struct {
		label annotate.ID
		text.Range
		parts int
	}
	seen := make(map[place][]int, len(r.spans))
	for i := range r.spans {
		s := &r.spans[i]
		at := place{s.Label, s.Fragments.Extent(), len(s.Fragments)}
		for _, k := range seen[at] {
			if equal(r.spans[k].Fragments, s.Fragments) {
				r.twin[i] = true
				break
			}
		}
		if !r.twin[i] {
			seen[at] = append(seen[at], i)
		} else if !r.isOff(Duplicate, s.Label) {
			r.warn(s, Warning{Rule: Duplicate, Text: "There is another " + r.of(s.Label).title + " on just this text.", Hint: "Delete one of the two."})
		}
	}
}

func equal(a, b annotate.Fragments) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
