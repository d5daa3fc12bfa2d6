package rules

import (
	"strconv"
	"strings"
)

// titleOf is what people see of something: its title, else its name.
func titleOf(title, name string) string {
	if title != "" {
		return title
	}
	return name
}

// either lists things of which one is enough: “Actor, Event or Place”.
func either(titles []string) string { return joined(titles, " or ") }

func joined(titles []string, last string) string {
	if len(titles) < 2 {
		return strings.Join(titles, "")
	}
	n := len(titles) - 1
	return strings.Join(titles[:n], ", ") + last + titles[n]
}

// count says a number of things.
func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}

// quoted puts words in quotation marks, on one line and cut where they are long.
func quoted(words string) string {
	const most = 40
	words = strings.Join(strings.Fields(words), " ")
	if r := []rune(words); len(r) > most {
		words = strings.TrimSpace(string(r[:most])) + "…"
	}
	return "“" + words + "”"
}
