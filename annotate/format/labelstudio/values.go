package labelstudio

import (
	"encoding/json"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

// value is what a control's result says, as the value of an attribute.
func (rs *results) value(from, key string, value *jsonobject.Object) json.RawMessage {
	multiple := rs.config != nil && rs.config.controls[from] != nil && rs.config.controls[from].multiple
	raw, ok := value.Peek(key)
	if !ok {
		rest := value.Rest(nil)
		for _, place := range []string{"start", "end", "text"} {
			rest = rest.With(place, nil)
		}
		return object(rest)
	}
	switch key {
	case "choices", "text":
		if raw[0] == '[' {
			return several(raw, multiple, key == "choices")
		}
	case "taxonomy":
		if raw[0] == '[' {
			return paths(raw)
		}
	}
	return canonical(json.RawMessage(raw))
}

// several is a list as a value: the one that it has, unless there may be several.
func several(raw string, multiple, truth bool) json.RawMessage {
	n, one := 0, ""
	for item := range format.JSONElements(raw) {
		n, one = n+1, item
	}
	if n != 1 || multiple {
		return canonical(json.RawMessage(raw))
	}
	if word := strings.Trim(one, `"`); truth && (word == "true" || word == "false") {
		return json.RawMessage(word)
	}
	return canonical(json.RawMessage(one))
}

// paths are the nodes of a taxonomy that were chosen, each from the root: A/B.
func paths(raw string) json.RawMessage {
	var o jsonobject.Out
	o.Open('[')
	for path := range format.JSONElements(raw) {
		var names []string
		if path[0] == '[' {
			for name := range format.JSONElements(path) {
				if name[0] == '"' {
					names = append(names, format.JSONString(name))
				}
			}
		}
		o.Text(strings.Join(names, "/"))
	}
	o.Close(']')
	return json.RawMessage(o)
}

// field takes what is said of the article.
func (rs *results) field(from, key string, value *jsonobject.Object) {
	raw, _ := value.Peek(key)
	switch {
	case from == noteControl && key == "text" && raw != "" && raw[0] == '[':
		rs.set.Note = strings.Join(value.Texts("text"), "\n")
		return
	case from == ledeControl && key == "text" && raw != "" && raw[0] == '[':
		if list := value.Texts("text"); len(list) == 1 && rs.extras(list[0]) {
			return
		}
	}
	if from == "" {
		from = "class"
	}
	name := strings.TrimSuffix(from, ofArticle)
	rs.set.Fields = rs.set.Fields.With(name, rs.value(from, key, value))
}

// extras takes what our exports say of the article beyond controls.
func (rs *results) extras(content string) bool {
	o, err := jsonobject.ParseLine(content, rs.At(), help)
	if err != nil {
		return false // somebody wrote into it: it is a field like any other
	}
	if who := o.Text("annotator"); who != "" {
		rs.set.Annotator = who
	}
	if status := o.Text("status"); status != "" {
		rs.set.Status = annotate.Status(status)
	}
	rs.set.Flag, rs.set.Reason, rs.set.Accepted = o.Text("flag"), o.Text("reason"), o.Texts("accepted")
	for name, raw := range o.Values("fields") {
		rs.set.Fields = rs.set.Fields.With(name, raw)
	}
	rs.Adopt(o)
	return true
}
