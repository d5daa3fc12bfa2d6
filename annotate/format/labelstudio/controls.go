package labelstudio

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

// Names of controls and objects of our configuration.
const (
	labelControl = "label"
	textObject   = "text"
	noteControl  = "note" // on the article
	ledeControl  = "lede" // extras of the article
	ofArticle    = " (article)"
)

// control is an attribute or document field as Label Studio asks for it.
type control struct {
	name   string // of the control
	of     string // of the attribute
	title  string
	kind   kind
	values []string
	region bool // for regions, not for the article
}

// kind is what a control is, as the type of its results.
type kind string

const (
	choices  kind = "choices"  // one of values
	truth    kind = "truth"    // choices true and false
	taxonomy kind = "taxonomy" // several of values
	number   kind = "number"
	textarea kind = "textarea"
)

var kinds = map[annotate.AttributeType]kind{
	annotate.OneOf: choices, annotate.ManyOf: taxonomy, annotate.BooleanValue: truth,
	annotate.NumberValue: number, annotate.TextValue: textarea, annotate.DateValue: textarea,
}

// controlsOf are the controls for a schema, by scope and name. Attributes that are
// called the same but are of several types, or that are called as something else
// here, have none.
func controlsOf(schema *annotate.Schema) (list []*control, find map[annotate.Scope]map[string]*control) {
	find = map[annotate.Scope]map[string]*control{annotate.SpanScope: {}, annotate.DocumentScope: {}}
	taken := map[string]bool{labelControl: true, textObject: true, noteControl: true, ledeControl: true}
	for _, scope := range []annotate.Scope{annotate.SpanScope, annotate.DocumentScope} {
		for _, a := range schema.Attributes {
			if a.Scope != scope || !clean(a.Name) || strings.HasSuffix(a.Name, ofArticle) {
				continue
			}
			c := find[scope][a.Name]
			if c == nil {
				c = &control{name: a.Name, of: a.Name, title: a.Title, kind: kinds[a.Type], region: scope == annotate.SpanScope}
				if taken[c.name] && !c.region {
					c.name += ofArticle
				}
				find[scope][a.Name] = c
				if taken[c.name] {
					c.kind = ""
				}
				taken[c.name] = true
				list = append(list, c)
			} else if c.kind != kinds[a.Type] {
				c.kind = ""
			}
			for _, v := range a.Choices {
				if clean(v.Name) && !slices.Contains(c.values, v.Name) && (c.kind != choices || v.Name != "true" && v.Name != "false") {
					c.values = append(c.values, v.Name)
				}
			}
		}
	}
	useless := func(c *control) bool {
		return c.kind == "" || (c.kind == choices || c.kind == taxonomy) && c.values == nil
	}
	list = slices.DeleteFunc(list, useless)
	for _, byName := range find {
		for name, c := range byName {
			if useless(c) {
				delete(byName, name)
			}
		}
	}
	return list, find
}

// allowed reports whether XML can hold the character in an attribute as it is.
func allowed(r rune) bool {
	return !unicode.IsControl(r) && r != 0xFFFE && r != 0xFFFF && !format.IsLineBreak(r)
}

// clean reports whether a name can stand in the configuration: Label Studio trims.
func clean(s string) bool {
	return s != "" && strings.TrimSpace(s) == s && strings.IndexFunc(s, func(r rune) bool { return !allowed(r) }) < 0
}

// put is a value as the control's result holds it, under the key that it returns; ""
// if it cannot.
func (c *control) put(raw json.RawMessage) (typ, key string, value json.RawMessage) {
	if c == nil {
		return "", "", nil
	}
	var s string
	isText := json.Unmarshal(raw, &s) == nil && raw[0] == '"'
	switch c.kind {
	case choices:
		if isText && slices.Contains(c.values, s) {
			return "choices", "choices", wrap(raw)
		}
	case truth:
		if word := string(raw); word == "true" || word == "false" {
			return "choices", "choices", json.RawMessage(`["` + word + `"]`)
		}
	case taxonomy:
		var several []string
		if json.Unmarshal(raw, &several) != nil || len(several) == 0 || raw[0] != '[' {
			break
		}
		var paths jsonobject.Out
		paths.Open('[')
		for i, v := range several {
			if !slices.Contains(c.values, v) || slices.Contains(several[:i], v) {
				return "", "", nil
			}
			paths.Open('[')
			paths.Text(v)
			paths.Close(']')
		}
		paths.Close(']')
		return "taxonomy", "taxonomy", json.RawMessage(paths)
	case number:
		if raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' {
			return "number", "number", raw
		}
	case textarea:
		if isText && s != "" {
			return "textarea", "text", wrap(raw)
		}
	}
	return "", "", nil
}

func wrap(raw json.RawMessage) json.RawMessage {
	return append(append(json.RawMessage{'['}, raw...), ']')
}
