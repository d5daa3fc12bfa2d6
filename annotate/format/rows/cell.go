package rows

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"lede/annotate/format"
)

// Kind says what a cell holds.
type Kind byte

// The kinds. None is an empty cell.
const (
	None Kind = iota
	Text
	Whole  // a whole number of 64 bits
	Real   // any other number
	Tick   // true or false
	List   // several texts, as a JSON list
	Ranges // fragments, as a JSON list of pairs
	JSON   // any other value
)

// Cell is a value of a table, spelled as a text.
type Cell struct {
	Kind Kind
	Text string
}

// TextCell is a cell of a text; an empty text is an empty cell.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Text, s}
}

// WholeCell is a cell of a whole number.
func WholeCell(n int) Cell { return Cell{Whole, strconv.Itoa(n)} }

// ValueCell is a cell of a JSON value. An empty text is an empty cell, and so is null.
func ValueCell(raw json.RawMessage) Cell {
	s := string(raw)
	switch {
	case s == "" || s == "null" || s == `""`:
		return Cell{}
	case s == "true" || s == "false":
		return Cell{Tick, s}
	case s[0] == '"':
		return TextCell(format.JSONString(s))
	case s[0] == '[':
		var list []string
		if json.Unmarshal(raw, &list) == nil && len(list) > 0 && !hasNull(s) {
			return Cell{List, s}
		}
		return Cell{JSON, s}
	case s[0] == '{':
		return Cell{JSON, s}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && strconv.FormatInt(n, 10) == s {
		return Cell{Whole, s}
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
		return Cell{Real, s}
	}
	return Cell{JSON, s}
}

func hasNull(list string) bool {
	for item := range format.JSONElements(list) {
		if item == "null" {
			return true
		}
	}
	return false
}

// listMark stands between the texts of a list in a plain cell.
const listMark = ";"

// Plain is the cell as a table of texts has it: the texts of a list with semicolons
// between them, unless one holds a semicolon or is empty: then the list as JSON.
func (c Cell) Plain() string {
	if c.Kind != List {
		return c.Text
	}
	texts := c.Texts()
	for i, s := range texts {
		if s == "" || strings.Contains(s, listMark) || i == 0 && strings.HasPrefix(s, "[") {
			return c.Text
		}
	}
	return strings.Join(texts, listMark)
}

// Texts are the texts of a list, or the one text of another cell.
func (c Cell) Texts() []string {
	var list []string
	switch c.Kind {
	case None:
		return nil
	case List:
		for item := range format.JSONElements(c.Text) {
			list = append(list, format.JSONString(item))
		}
		return list
	default: // as it stands
	}
	return []string{c.Text}
}

// Value is the cell as a JSON value; nil for an empty one.
func (c Cell) Value() json.RawMessage {
	switch c.Kind {
	case None:
		return nil
	case Text:
		return format.AppendString(nil, c.Text)
	default: // as it stands
	}
	return json.RawMessage(c.Text)
}

// common is the kind of a column that has cells of both kinds.
func common(a, b Kind) Kind {
	switch {
	case a == b || b == None:
		return a
	case a == None:
		return b
	case a+b == Whole+Real && (a == Whole || a == Real):
		return Real
	}
	return Text
}
