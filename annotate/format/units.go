package format

import (
	"strconv"
	"strings"
)

// UnitOption is --opt unit=… of training formats: what one record covers.
func UnitOption(standard string) Option {
	return Option{
		Key: "unit", Values: []string{"article", "paragraph", "sentence", "window:"}, Default: standard, For: ForExport,
		Help: "or window:128 for pieces of 128 tokens, window:128:64 for such that overlap by half",
	}
}

// Unit is a parsed unit option.
type Unit struct {
	Name   string // article, paragraph, sentence or window
	Size   int    // of a window, in tokens
	Stride int    // from the start of one window to that of the next
}

// ParseUnit reads the value of a unit option.
func ParseUnit(value string) (Unit, error) {
	name, rest, window := strings.Cut(value, ":")
	if !window {
		return Unit{Name: name}, nil
	}
	size, stride, has := strings.Cut(rest, ":")
	u := Unit{Name: name}
	var err error
	if u.Size, err = strconv.Atoi(size); err != nil || u.Size < 1 {
		return u, usage("unit window:N needs a number of tokens, not %q.", "Example: --opt unit=window:128:64", size)
	}
	u.Stride = u.Size
	if has {
		if u.Stride, err = strconv.Atoi(stride); err != nil || u.Stride < 1 || u.Stride > u.Size {
			return u, usage("the stride of unit window:N:STRIDE must be from 1 to N, not %q.", "Example: --opt unit=window:128:64", stride)
		}
	}
	return u, nil
}
