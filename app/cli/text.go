package cli

import (
	"fmt"
	"io"
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

// table writes rows in columns as wide as their widest cell, the last one as it
// comes.
func table(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
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
