package annotate

import (
	"fmt"
	"strconv"
	"strings"
)

// Called is what the label is called on a screen or page.
func (l Label) Called() string {
	if l.Title != "" {
		return l.Title
	}
	return l.Name
}

// Called is what the choice is called on a screen or page.
func (c Choice) Called() string {
	if c.Title != "" {
		return c.Title
	}
	return c.Name
}

// InDark is the label's colour on a dark page: its own, or a lighter shade of
// the one on a light page. "" if it has none that can be read.
func (l Label) InDark() string {
	if _, _, _, ok := RGB(l.ColorDark); ok {
		return l.ColorDark
	}
	r, g, b, ok := RGB(l.Color)
	if !ok {
		return ""
	}
	up := func(v uint8) uint8 { return v + uint8((255-int(v))*45/100) }
	return fmt.Sprintf("#%02x%02x%02x", up(r), up(g), up(b))
}

// RGB reads a colour written #rrggbb.
func RGB(s string) (r, g, b uint8, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return 0, 0, 0, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	return uint8(v >> 16), uint8(v >> 8), uint8(v), err == nil
}

// Badge is what a chip says beside the label of a span: the chosen value of the
// first attribute with a closed list that is named "type" or "…_type".
func (s *Schema) Badge(label ID, values Values) string {
	if len(values) == 0 {
		return ""
	}
	for _, a := range s.AttributesOf(SpanScope, label) {
		if a.Type != OneOf || a.Name != "type" && !strings.HasSuffix(a.Name, "_type") {
			continue
		}
		value := values.String(a.Name)
		for _, c := range a.Choices {
			if c.Name == value && c.Title != "" {
				return c.Title
			}
		}
		return value
	}
	return ""
}

// PartName is what the n-th part of a split span is called, n from 2.
func PartName(n int) string {
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending + " part"
}
