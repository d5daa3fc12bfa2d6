package rows

import (
	"strconv"
	"strings"

	"lede/annotate/format"
)

// EscapeOption is --opt escape=yes|no of formats that spreadsheets open.
func EscapeOption(use format.Use) format.Option {
	help := "put ' before cells that a spreadsheet could take for a formula: those that begin with = + - @ tab or a line end"
	if use == format.ForImport {
		help = "take the ' away that escape=yes put before cells"
	}
	return format.Option{Key: "escape", Values: []string{"yes", "no"}, Default: "no", For: use, Help: help}
}

// Escape puts ' before a cell that a spreadsheet could take for a formula, and before
// one that looks as if that had been done. Numbers stay.
func Escape(s string) string {
	if !dangerous(strings.TrimLeft(s, "'")) || number(s) {
		return s
	}
	return "'" + s
}

// Unescape is Escape backwards.
func Unescape(s string) string {
	if rest, has := strings.CutPrefix(s, "'"); has && dangerous(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}

// dangerous are the starts of cells that some spreadsheet works out, the wide forms of
// East Asian text among them.
func dangerous(s string) bool {
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

// number says that a cell is a plain number, which a spreadsheet takes for itself.
func number(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && !strings.ContainsAny(s, "_xXnN")
}
