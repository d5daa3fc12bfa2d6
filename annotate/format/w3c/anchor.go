package w3c

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
	"lede/annotate/text"
)

// place is what one target says of where it is.
type place struct {
	start, end            int
	hasPosition           bool
	exact, prefix, suffix string
	hasQuote              bool
}

// placeOf reads the selectors that count in a text; of others none are needed.
func placeOf(t target) place {
	var p place
	for _, raw := range t.selectors {
		if raw[0] != '{' {
			continue
		}
		kind, start, stop, exact, prefix, suffix := "", "", "", "", "", ""
		for key, value := range format.JSONFields(raw) {
			s := value
			if value[0] == '"' {
				s = format.JSONString(value)
			}
			switch key {
			case "type":
				kind = s
			case "start":
				start = s
			case "end":
				stop = s
			case "exact":
				exact = s
			case "prefix":
				prefix = s
			case "suffix":
				suffix = s
			}
		}
		switch kind {
		case "TextPositionSelector":
			var err1, err2 error
			p.start, err1 = strconv.Atoi(start)
			p.end, err2 = strconv.Atoi(stop)
			p.hasPosition = err1 == nil && err2 == nil && p.start >= 0 && p.start < p.end
		case "TextQuoteSelector":
			lines := strings.NewReplacer("\r\n", "\n", "\r", "\n")
			p.exact, p.prefix, p.suffix = lines.Replace(exact), lines.Replace(prefix), lines.Replace(suffix)
			p.hasQuote = exact != ""
		}
	}
	return p
}

// anchor finds the places of all annotations: by position where the quote agrees, in
// the unit that the file names or in which most do, else by the quote.
func (b *builder) anchor() {
	t := text.New(b.a.Text)
	units := []func(n int) (int, bool){
		func(n int) (int, bool) { return n, n <= t.Len() },
		t.RuneOfUTF16,
	}
	unit := 0
	if b.facts.String(offsetsOf) == "utf16" {
		unit = 1
	} else if !b.a.NoText && b.agree(t, units[1]) > b.agree(t, units[0]) {
		unit = 1
		b.a.Skip("offsets", "files whose positions count UTF-16 code units: only so do most quotes agree", 1, b.a.Place.String())
	}
	for i := range b.spans {
		x := &b.spans[i]
		if ranges := b.ranges(t, x, units[unit]); ranges != nil {
			b.span(x, ranges)
		}
	}
}

// agree counts the positions at which the quote stands, and once more those around
// which its context does: in "added" two letters in a row are the same quote.
func (b *builder) agree(t *text.Text, unit func(int) (int, bool)) int {
	n := 0
	for i := range b.spans {
		for _, x := range b.spans[i].targets {
			p := placeOf(x)
			r, ok := byPosition(t, p, unit)
			if !ok || !p.hasQuote || t.Slice(r) != p.exact {
				continue
			}
			n++
			before := text.Range{Start: max(0, r.Start-len(p.prefix)), End: r.Start}
			after := text.Range{Start: r.End, End: min(t.Len(), r.End+len(p.suffix))}
			if strings.HasSuffix(t.Slice(before), p.prefix) && strings.HasPrefix(t.Slice(after), p.suffix) {
				n++
			}
		}
	}
	return n
}

// ranges are the places of all targets of an annotation; nil if one is not found.
func (b *builder) ranges(t *text.Text, x *annotation, unit func(int) (int, bool)) []text.Range {
	var ranges []text.Range
	for _, target := range x.targets {
		p := placeOf(target)
		if b.a.NoText {
			if !p.hasPosition {
				b.a.Skip("anchors", "annotations without a position, left out, because there is no text", 1, x.id)
				return nil
			}
			ranges = append(ranges, text.Range{Start: p.start, End: p.end})
			continue
		}
		r, ok := byPosition(t, p, unit)
		if ok && (!p.hasQuote || t.Slice(r) == p.exact) {
			ranges = append(ranges, r)
			continue
		}
		if r, ok = byQuote(t, p); !ok {
			b.a.Skip("anchors", "annotations whose quote is not in the text, left out", 1, x.id+": "+brief(p.exact))
			return nil
		}
		if p.hasPosition {
			b.a.Skip("anchors_moved", "annotations whose position disagrees with their quote, put where the quote is", 1, x.id+": "+brief(p.exact))
		}
		ranges = append(ranges, r)
	}
	return ranges
}

func brief(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:37]) + "…"
	}
	return s
}

func byPosition(t *text.Text, p place, unit func(int) (int, bool)) (text.Range, bool) {
	if !p.hasPosition || p.end > 2*t.Len() {
		return text.Range{}, false
	}
	start, ok1 := unit(p.start)
	stop, ok2 := unit(p.end)
	return text.Range{Start: start, End: stop}, ok1 && ok2 && start < stop && stop <= t.Len()
}

// manyPlaces bounds how many places of a quote are compared.
const manyPlaces = 10_000

// byQuote finds the place of a quote: that with most of its context, of several the
// one nearest to the position.
func byQuote(t *text.Text, p place) (text.Range, bool) {
	if !p.hasQuote {
		return text.Range{}, false
	}
	body := t.String()
	best, score := -1, -1
	for at, n := 0, 0; n < manyPlaces; n++ {
		k := strings.Index(body[at:], p.exact)
		if k < 0 {
			break
		}
		k += at
		s := 2*(shared(reverse(body[:k]), reverse(p.prefix))+shared(body[k+len(p.exact):], p.suffix)) + 1
		if s > score || s == score && p.hasPosition && abs(t.RuneOf(k)-p.start) < abs(t.RuneOf(best)-p.start) {
			best, score = k, s
		}
		_, size := utf8.DecodeRuneInString(body[k:])
		at = k + size
	}
	if best < 0 {
		return text.Range{}, false
	}
	return text.Range{Start: t.RuneOf(best), End: t.RuneOf(best + len(p.exact))}, true
}

func abs(n int) int { return max(n, -n) }

// shared is how many bytes two texts have in common at their beginning.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// reverse is the last bytes of s backwards, as many as a context may have.
func reverse(s string) string {
	s = s[max(0, len(s)-1000):]
	b := make([]byte, len(s))
	for i := range len(s) {
		b[len(s)-1-i] = s[i]
	}
	return string(b)
}
