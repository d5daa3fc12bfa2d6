package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
)

// ClassesOf turns what an annotator says of a whole article into the classes that
// tools for text classification know, in the order of the schema's fields: "genre=news"
// for a value, one class for each of several values, "relevant" for a box that is
// ticked. Numbers, dates and free text are values too; a box that is not ticked is
// no class.
func ClassesOf(fields annotate.Values, schema *annotate.Schema) []string {
	order := map[string]int{}
	for i, a := range schema.Attributes {
		order[a.Name] = i + 1
	}
	names := slices.SortedFunc(maps.Keys(fields), func(a, b string) int {
		x, y := order[a], order[b]
		if (x == 0) != (y == 0) {
			return cmp.Compare(y, x) // those that the schema does not know come last
		}
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	})
	var classes []string
	for _, name := range names {
		classes = append(classes, classesOf(name, fields[name])...)
	}
	return classes
}

func classesOf(name string, raw json.RawMessage) []string {
	var several []json.RawMessage
	if json.Unmarshal(raw, &several) == nil && len(raw) > 0 && raw[0] == '[' {
		var list []string
		for _, one := range several {
			list = append(list, name+"="+wordOf(one))
		}
		return list
	}
	switch string(raw) {
	case "true":
		return []string{name}
	case "false", "null", "":
		return nil
	}
	return []string{name + "=" + wordOf(raw)}
}

// wordOf is a value as a word: a string without its quotes, else as it is written.
func wordOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// FieldsOf is ClassesOf backwards: "genre=news" is a value of the field genre, a
// class without "=" one of the field "class". A field with several is a list of
// them. What ClassesOf made of numbers and boxes comes back by the schema's types;
// with no schema (nil) every value is a text.
func FieldsOf(classes []string, schema *annotate.Schema) annotate.Values {
	types := map[string]annotate.AttributeType{}
	if schema != nil {
		for _, a := range schema.Attributes {
			types[a.Name] = a.Type
		}
	}
	values := map[string][]json.RawMessage{}
	for _, c := range classes {
		name, value, has := strings.Cut(c, "=")
		switch {
		case !has && types[c] == annotate.BooleanValue:
			values[c] = []json.RawMessage{json.RawMessage("true")}
			continue
		case !has || name == "":
			name, value = "class", c
		}
		raw := json.RawMessage(AppendString(nil, value))
		if types[name] == annotate.NumberValue && json.Valid([]byte(value)) {
			raw = json.RawMessage(value)
		}
		values[name] = append(values[name], raw)
	}
	fields := annotate.Values{}
	for name, list := range values {
		if len(list) == 1 && types[name] != annotate.ManyOf {
			fields[name] = list[0]
			continue
		}
		fields[name] = slices.Concat([]byte("["), bytes.Join(bytesOf(list), []byte(",")), []byte("]"))
	}
	return fields
}

func bytesOf(list []json.RawMessage) [][]byte {
	all := make([][]byte, len(list))
	for i, raw := range list {
		all[i] = raw
	}
	return all
}
