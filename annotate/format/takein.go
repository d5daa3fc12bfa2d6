package format

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// unit is what a file counts offsets in. Tools in the field disagree; package
// Lede counts code points.
type unit struct {
	name   string
	folded bool // counted after line ends were made '\n'
	toRune func(t *text.Text, n int) (o int, ok bool)
}

// units are tried in this order, for a source as a whole, when the texts of its
// spans do not agree in the unit that the format prescribes (unitOf).
var units = []unit{
	{"code points", false, inRunes},
	{"code points, after line ends were made one character", true, inRunes},
	{"UTF-16 code units", false, (*text.Text).RuneOfUTF16},
	{"UTF-16 code units, after line ends were made one character", true, (*text.Text).RuneOfUTF16},
	{"UTF-8 bytes", false, inBytes},
	{"UTF-8 bytes, after line ends were made one character", true, inBytes},
}

// unitOf is the place in units of the unit that a format prescribes.
func unitOf(f *Format) int {
	if f == nil {
		return 0
	}
	return max(0, slices.IndexFunc(units, func(u unit) bool { return u.name == string(f.Offsets) }))
}

func inRunes(t *text.Text, n int) (int, bool) { return n, n >= 0 && n <= t.Len() }

func inBytes(t *text.Text, n int) (int, bool) {
	if n < 0 || n > t.Bytes() {
		return 0, false
	}
	o := t.RuneOf(n)
	return o, t.ByteOf(o) == n
}

// offsetError is a span that does not fit the text in the unit that was tried:
// another unit may fit the whole source.
type offsetError struct{ err error }

func (e *offsetError) Error() string { return e.err.Error() }
func (e *offsetError) Unwrap() error { return e.err }

// taken is an article after intake: the text to be stored, the spans in it.
type taken struct {
	*Article
	text      *text.Text
	hash      string
	published string // ISO prefix
	fragments [][]annotate.Fragments
}

// takeIn does the intake of an article and maps its spans.
func takeIn(a *Article, u unit, s Settings) (*taken, error) {
	if a.Record != nil {
		return restored(a)
	}
	t := &taken{Article: a, hash: a.Hash}
	iso, err := isoPrefix(a.Published, s["date-order"])
	if err != nil {
		return nil, refuseFor(err, a.Place, "Say which with --opt date-order=dmy or --opt date-order=mdy.", "%s", err)
	}
	t.published = iso
	if a.NoText {
		return t, t.mapWithoutText()
	}
	in, err := text.Normalize(a.Text)
	if err != nil {
		return nil, badText(a.Place, err)
	}
	shift, stored := 0, in.Text
	if s.Yes("title-in-text") && a.Title != "" {
		head, err := text.Normalize(a.Title)
		if err != nil {
			return nil, badText(a.Place, err)
		}
		lead := strings.ReplaceAll(head.Text, "\n", " ") + "\n\n"
		stored, shift = lead+stored, text.New(lead).Len()
	}
	t.text, t.hash = text.New(stored), text.SHA256(stored)
	m := mapper{in: &in, unit: u, shift: shift, text: t.text}
	if !u.folded && !in.Same() {
		m.from = text.New(in.Raw)
	} else {
		m.from = text.New(in.Text)
	}
	return t, t.mapSpans(m)
}

func badText(at Place, err error) error {
	var bad *text.BadTextError
	if errors.As(err, &bad) {
		return Refuse(at, "Mend the file.", "byte %d of the text: %s", bad.Byte, bad.Reason)
	}
	return Refuse(at, "", "%s", err)
}

// mapper turns offsets of a file into offsets of the stored text.
type mapper struct {
	in    *text.Intake
	unit  unit
	from  *text.Text // what the file counts in
	shift int
	text  *text.Text
}

func (m *mapper) offset(n int) (int, bool) {
	o, ok := m.unit.toRune(m.from, n)
	if !ok {
		return 0, false
	}
	if !m.unit.folded {
		if o, ok = m.in.Map(o); !ok {
			return 0, false
		}
	} else if o > m.from.Len() {
		return 0, false
	}
	return o + m.shift, true
}

func (t *taken) mapSpans(m mapper) error {
	for i := range t.Sets {
		mapped := make([]annotate.Fragments, len(t.Sets[i].Spans))
		for k := range t.Sets[i].Spans {
			f, err := m.span(&t.Sets[i].Spans[k], t.LinesSplit)
			if err != nil {
				return err
			}
			mapped[k] = f
		}
		t.fragments = append(t.fragments, mapped)
	}
	return nil
}

// span maps and checks one span.
func (m *mapper) span(s *Span, rejoin bool) (annotate.Fragments, error) {
	if s.Label == "" || strings.ContainsAny(s.Label, "\n\x00") {
		return nil, Refuse(s.Place, "", "the label %q is empty or has a line break", s.Label)
	}
	if len(s.Fragments) == 0 {
		return nil, Refuse(s.Place, "", "a span (%s) has no place in the text", s.Label)
	}
	mapped := make([]text.Range, len(s.Fragments))
	for i, f := range s.Fragments {
		if f.Start >= f.End {
			return nil, Refuse(s.Place, "", "span %d–%d (%s) is empty or reversed", f.Start, f.End, s.Label)
		}
		start, ok1 := m.offset(f.Start)
		end, ok2 := m.offset(f.End)
		if !ok1 || !ok2 || start >= end {
			return nil, &offsetError{Refuse(s.Place, "Are the offsets of this very text?",
				"span %d–%d (%s) is outside the text, which has %d characters", f.Start, f.End, s.Label, m.from.Len())}
		}
		mapped[i] = text.Range{Start: start, End: end}
	}
	fragments := annotate.Normalize(mapped)
	if s.HasText && !sameQuote(s.Text, m.text, mapped, fragments) {
		return nil, &offsetError{Refuse(s.Place, "Are the offsets of this very text, counted in code points?",
			"span %s (%s) reads %s in the text, but the file says %s", rangesOf(s.Fragments), s.Label, brief(m.text.Quote(fragments)), brief(s.Text))}
	}
	if rejoin {
		fragments = joinLines(m.text, fragments)
	}
	return fragments, nil
}

// sameQuote compares a file's own copy of a span's text. Line ends count as
// blanks, as most tools write them, and fragments may stand as they were given
// or joined where they touch.
func sameQuote(copied string, t *text.Text, given []text.Range, joined annotate.Fragments) bool {
	flat := func(s string) string { return lineEnds.Replace(s) }
	want := flat(copied)
	return want == flat(t.Quote(joined)) || (len(given) != len(joined) && want == flat(t.Quote(given)))
}

var lineEnds = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\u2028", " ", "\u2029", " ", "\u0085", " ", "\v", " ", "\f", " ",
	"\x1c", " ", "\x1d", " ", "\x1e", " ", "\x1f", " ")

// IsLineBreak reports whether line-based formats cannot hold the character
// inside a field: all that some reader in the field takes for a line end.
func IsLineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x1f, 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// joinLines joins fragments that have nothing but line breaks between them.
func joinLines(t *text.Text, fragments annotate.Fragments) annotate.Fragments {
	joined := annotate.Fragments{fragments[0]}
	for _, f := range fragments[1:] {
		last := &joined[len(joined)-1]
		if OnlyLineBreaks(t.Slice(text.Range{Start: last.End, End: f.Start})) {
			last.End = f.End
			continue
		}
		joined = append(joined, f)
	}
	return joined
}

// OnlyLineBreaks reports whether s has at least one character and all are line
// breaks.
func OnlyLineBreaks(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !IsLineBreak(r) }) < 0
}

// mapWithoutText keeps offsets as they are: they count in the stored text, which
// is found by its hash.
func (t *taken) mapWithoutText() error {
	for i := range t.Sets {
		mapped := make([]annotate.Fragments, len(t.Sets[i].Spans))
		for k, s := range t.Sets[i].Spans {
			f := annotate.Normalize(s.Fragments)
			if err := annotate.ValidateFragments(f, t.lengthOf()); err != nil {
				return Refuse(s.Place, "", "span %s (%s): %s", rangesOf(s.Fragments), s.Label, err)
			}
			mapped[k] = f
		}
		t.fragments = append(t.fragments, mapped)
	}
	return nil
}

func rangesOf(fragments []text.Range) string {
	var parts []string
	for _, f := range fragments {
		parts = append(parts, fmt.Sprintf("%d–%d", f.Start, f.End))
	}
	return strings.Join(parts, " ")
}

// brief quotes a text for a message.
func brief(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
