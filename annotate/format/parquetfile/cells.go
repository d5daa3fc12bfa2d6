package parquetfile

import (
	"encoding/json"
	"math"
	"strconv"

	lede "lede/annotate/format"
	"lede/annotate/format/rows"
)

// Of is the column of a file that holds the cells of a column of a table.
func Of(c rows.Column) Column {
	switch c.Kind {
	case rows.Whole:
		return Column{Name: c.Name, Type: Int64}
	case rows.Real:
		return Column{Name: c.Name, Type: Double}
	case rows.Tick:
		return Column{Name: c.Name, Type: Bool}
	case rows.List:
		return Column{Name: c.Name, Type: String, List: true}
	case rows.Ranges:
		return Column{Name: c.Name, List: true, Fields: []Column{{Name: "start", Type: Int64}, {Name: "end", Type: Int64}}}
	default: // text
	}
	return Column{Name: c.Name, Type: String}
}

// Value is a cell as a value of the column that Of made.
func Value(c rows.Cell, kind rows.Kind) any {
	if c.Kind == rows.None {
		return nil
	}
	switch kind {
	case rows.Whole:
		n, _ := strconv.ParseInt(c.Text, 10, 64) // it is of this kind
		return n
	case rows.Real:
		f, _ := strconv.ParseFloat(c.Text, 64)
		return f
	case rows.Tick:
		return c.Text == "true"
	case rows.List:
		list := []any{}
		for _, s := range c.Texts() {
			list = append(list, s)
		}
		return list
	case rows.Ranges:
		var pairs [][2]int64
		_ = json.Unmarshal([]byte(c.Text), &pairs) // it was written by package rows
		list := []any{}
		for _, p := range pairs {
			list = append(list, []any{p[0], p[1]})
		}
		return list
	default: // text
	}
	return c.Plain()
}

// Cell is a value that was read as a cell of a table. Binary values are none.
func Cell(v any) (c rows.Cell, binary bool) {
	switch x := v.(type) {
	case nil:
		return rows.Cell{}, false
	case string:
		return rows.TextCell(x), false
	case int64:
		return rows.Cell{Kind: rows.Whole, Text: strconv.FormatInt(x, 10)}, false
	case float64:
		return rows.ValueCell(AppendJSON(nil, x)), false
	case bool:
		return rows.Cell{Kind: rows.Tick, Text: strconv.FormatBool(x)}, false
	case Binary:
		return rows.Cell{}, true
	}
	raw := AppendJSON(nil, v)
	if raw == nil {
		return rows.Cell{}, true
	}
	return rows.ValueCell(raw), false
}

// AppendJSON appends a value as JSON; binary values are null.
func AppendJSON(b []byte, v any) []byte {
	switch x := v.(type) {
	case string:
		return lede.AppendString(b, x)
	case int64:
		return strconv.AppendInt(b, x, 10)
	case float64:
		if math.Abs(x) < 1e15 && x == math.Trunc(x) {
			return strconv.AppendFloat(b, x, 'f', -1, 64)
		}
		raw, _ := json.Marshal(x) // a number that JSON has
		return append(b, raw...)
	case bool:
		return strconv.AppendBool(b, x)
	case []any:
		b = append(b, '[')
		for i, item := range x {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendJSON(b, item)
		}
		return append(b, ']')
	case Struct:
		b = append(b, '{')
		for i, f := range x {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendJSON(append(lede.AppendString(b, f.Name), ':'), f.Value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}
