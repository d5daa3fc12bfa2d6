package refiqda

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
)

// valueCode is a code for a value of an attribute, below that of a label.
type valueCode struct{ label, attribute, value string }

// valueDescription begins the description of such codes: by it, and by their names,
// they are known.
const valueDescription = "Value of an attribute"

func (v valueCode) name() string { return v.label + "/" + v.attribute + ": " + v.value }

func (v valueCode) guid() string { return guid("value", v.label, v.attribute, v.value) }

func codeGUID(label string) string { return guid("code", label) }

// valueCodes are the codes of an attribute's value; nil if a code is no place for it:
// for anything but words from a list, true and false.
func valueCodes(label, attribute string, raw json.RawMessage, types map[string]annotate.AttributeType) []valueCode {
	if strings.Contains(attribute, ": ") || !features.XMLText(attribute) {
		return nil
	}
	one := func(raw json.RawMessage, form string) (valueCode, bool) {
		var s string
		if json.Unmarshal(raw, &s) != nil || raw[0] != '"' || !codeWord(s) {
			return valueCode{}, false
		}
		return valueCode{label, attribute, fmt.Sprintf(form, s)}, true
	}
	switch types[attribute] {
	case annotate.BooleanValue:
		if s := string(raw); s == "true" || s == "false" {
			return []valueCode{{label, attribute, s}}
		}
	case annotate.OneOf:
		if c, ok := one(raw, "%s"); ok {
			return []valueCode{c}
		}
	case annotate.ManyOf:
		var items []json.RawMessage
		var list []valueCode
		if raw[0] != '[' || json.Unmarshal(raw, &items) != nil {
			return nil
		}
		for _, item := range items {
			c, ok := one(item, "[%s]")
			if !ok || slices.Contains(list, c) {
				return nil
			}
			list = append(list, c)
		}
		return list
	default: // free values have no codes
	}
	return nil
}

// codeWord reports whether a word of a list can be the end of a code's name and be
// read again as what it is.
func codeWord(s string) bool {
	return s != "" && len(s) <= 100 && s != "true" && s != "false" && s[0] != '[' && s[0] != '"' && s == strings.TrimSpace(s) && features.XMLText(s) &&
		strings.IndexFunc(s, format.IsLineBreak) < 0
}

// valueOf is the value that a code's name ends with; list says that it is one of
// several.
func valueOf(s string) (raw json.RawMessage, list bool) {
	switch {
	case s == "true" || s == "false":
		return json.RawMessage(s), false
	case len(s) > 2 && s[0] == '[' && s[len(s)-1] == ']':
		return format.AppendString(nil, s[1:len(s)-1]), true
	}
	return format.AppendString(nil, s), false
}

// codebook writes the codes of a schema, with the values that are in use.
type codebook struct {
	labels map[string]string // to names that XML can hold
	values map[string][]valueCode
	schema *annotate.Schema
}

// use notes a value of an attribute that needs a code.
func (c *codebook) use(v valueCode) {
	if !slices.Contains(c.values[v.label], v) {
		c.values[v.label] = append(c.values[v.label], v)
	}
}

// xml is the element Codes; "" if there are none, which the standard does not allow.
func (c *codebook) xml() string {
	if len(c.schema.Labels) == 0 {
		return ""
	}
	var b bytes.Buffer
	b.WriteString("<Codes>\n")
	done := map[annotate.ID]bool{}
	for _, l := range c.schema.Labels {
		if _, ok := c.schema.Label(l.Parent); !ok {
			c.code(&b, l, done)
		}
	}
	for _, l := range c.schema.Labels { // parents in a circle
		c.code(&b, l, done)
	}
	b.WriteString("</Codes>\n")
	return b.String()
}

func (c *codebook) code(b *bytes.Buffer, l annotate.Label, done map[annotate.ID]bool) {
	if done[l.ID] {
		return
	}
	done[l.ID] = true
	name := c.labels[l.Name]
	b.WriteString(`<Code guid="` + codeGUID(name) + `" name="`)
	escape(b, name)
	b.WriteString(`" isCodable="true"`)
	if _, _, _, ok := annotate.RGB(l.Color); ok {
		b.WriteString(` color="` + l.Color + `"`)
	}
	b.WriteString(">")
	about, _ := features.XMLSafe(strings.TrimSpace(l.Description + "\n\n" + l.Guideline))
	if about != "" {
		b.WriteString("<Description>")
		escape(b, about)
		b.WriteString("</Description>")
	}
	values := slices.Clone(c.values[name])
	slices.SortFunc(values, func(x, y valueCode) int { return strings.Compare(x.name(), y.name()) })
	for _, v := range values {
		b.WriteString("\n" + `<Code guid="` + v.guid() + `" name="`)
		escape(b, v.name())
		b.WriteString(`" isCodable="true"><Description>` + valueDescription + `</Description></Code>`)
	}
	for _, child := range c.schema.Labels {
		if child.Parent == l.ID {
			b.WriteByte('\n')
			c.code(b, child, done)
		}
	}
	b.WriteString("</Code>\n")
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // a buffer takes everything
}
