package rows

import (
	"slices"
	"strconv"
	"unicode/utf16"
)

// Cut is the start of a text that has at most n UTF-16 units, which is how spreadsheets
// count; no character is cut in half.
func Cut(s string, n int) string {
	units := 0
	for i, r := range s {
		if units += max(1, utf16.RuneLen(r)); units > n {
			return s[:i]
		}
	}
	return s
}

// Pieces cuts a text into pieces of at most n UTF-16 units.
func Pieces(s string, n int) []string {
	var list []string
	for len(s) > n { // no longer in units than in bytes
		piece := Cut(s, n)
		if len(piece) == len(s) {
			break
		}
		list, s = append(list, piece), s[len(piece):]
	}
	return append(list, s)
}

// MoreColumns are the columns that hold the rest of the texts in a column, where a cell
// does not hold all: text_2, text_3 and so on.
func MoreColumns(header []string, column string) []int {
	var list []int
	for n := 2; ; n++ {
		i := slices.Index(header, column+"_"+strconv.Itoa(n))
		if i < 0 {
			return list
		}
		list = append(list, i)
	}
}
