package cli

import (
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
)

// plural counts things: 1 label, 2 labels, 2 entities.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if strings.HasSuffix(thing, "y") {
		return strconv.Itoa(n) + " " + strings.TrimSuffix(thing, "y") + "ies"
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// breaking matches what ends a line or a column, or is no character to be seen but an
// order to a terminal, with the blanks around it.
var breaking = regexp.MustCompile(`\p{Zs}*[\p{Cc}\x{2028}\x{2029}][\p{Z}\p{Cc}]*`)

// unbroken is a text that stays on its line and in its column: ids, titles and labels may
// hold line breaks, tabs and other control characters, which become blanks here. All
// other texts stay as they are, so that an id can be copied from a list. JSON has the rest.
func unbroken(s string) string {
	if !breaking.MatchString(s) {
		return s
	}
	return strings.TrimSpace(breaking.ReplaceAllString(s, " "))
}

// unbrokenAll is what a format is filled with, every text in it unbroken.
func unbrokenAll(args []any) []any {
	all := make([]any, len(args))
	for i, arg := range args {
		all[i] = arg
		if err, ok := arg.(error); ok {
			all[i] = unbroken(err.Error())
		} else if v := reflect.ValueOf(arg); v.Kind() == reflect.String { // of a type of its own, too
			all[i] = unbroken(v.String())
		}
	}
	return all
}

// table writes rows in columns as wide as their widest cell, the last one as it
// comes. Every row is one line, whatever its cells hold.
func table(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i] = unbroken(row[i])
			cell := row[i]
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// notes tells what an import or export has to say, on stderr.
func (a *app) notes(head string, list []format.Note) {
	if len(list) == 0 {
		return
	}
	a.note("%s", head)
	for _, n := range list {
		line := fmt.Sprintf("  %d: %s", n.Count, n.What)
		if len(n.Examples) > 0 {
			line += " (" + examples(n) + ")"
		}
		a.note("%s", line)
	}
}

func examples(n format.Note) string {
	const most = 3
	shown := n.Examples[:min(len(n.Examples), most)]
	line := strings.Join(shown, "; ")
	if n.Count > len(shown) {
		line += "; …"
	}
	return line
}
