package cas

import (
	"encoding/json"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// ownFeature is the feature of the article's layer that holds what the type system
// cannot: respelled names and the kinds of values.
const ownFeature = "lede"

// hints is the content of ownFeature. Names goes from features to names of the
// project, Kinds from features to kinds of values other than text; both by scope.
type hints struct {
	Names map[annotate.Scope]map[string]string `json:"names,omitempty"`
	Kinds map[annotate.Scope]map[string]string `json:"kinds,omitempty"`
	// Words are texts with characters that XML forbids, as they were: by the number of
	// the structure, the feature, and the place in a list, as "12.tags.0".
	Words map[string]string `json:"words,omitempty"`
}

// The kinds of values that are no plain text.
const (
	numberKind = "number"
	truthKind  = "boolean"
	listKind   = "list"
	jsonKind   = "json" // the text is JSON
)

// names that Lede's layers use themselves, and some that readers in other
// languages cannot take as names of features.
var (
	spanNames = map[string]bool{
		"label": true, "entity": true, "entity_name": true, "entity_kind": true, "note": true, "split": true,
	}
	relationNames = map[string]bool{"label": true, "note": true, "Governor": true, "Dependent": true}
	articleNames  = map[string]bool{
		"ref": true, "title": true, "source": true, "url": true, "author": true, "published": true, "language": true, "meta": true,
		"annotator": true, "status": true, "flag": true, "note": true, "reason": true, ownFeature: true,
	}
	foreignNames = map[string]bool{"begin": true, "end": true, "sofa": true, "self": true, "type": true, "id": true, "xmiID": true, "address": true, "class": true}
)

// ownArticle is what an export of Lede says of itself.
type ownArticle struct{ hints }

// ownOf is what the names in a manifest say of attributes.
func ownOf(names map[string]string) *ownArticle {
	own := &ownArticle{hints{Names: map[annotate.Scope]map[string]string{}}}
	for key, name := range names {
		for _, scope := range []annotate.Scope{annotate.SpanScope, annotate.RelationScope} {
			if feature, ok := strings.CutPrefix(key, string(scope)+" attribute "); ok {
				note(own.Names, scope, feature, name)
			}
		}
	}
	return own
}

// Typed is a text as the value of an attribute of another type; nil if it is none.
func Typed(s string, t annotate.AttributeType) json.RawMessage {
	want := map[annotate.AttributeType]string{annotate.NumberValue: numberKind, annotate.BooleanValue: truthKind, annotate.ManyOf: listKind}[t]
	if want == "" || !json.Valid([]byte(s)) || kindOf(json.RawMessage(s)) != want {
		return nil
	}
	if _, bad := format.CheckJSON(s); bad != "" {
		return nil
	}
	canonical, err := format.CanonicalJSON(json.RawMessage(s))
	if err != nil {
		return nil
	}
	return canonical
}

// ownArticle reads the article's layer: facts, fields and hints.
func (r *viewReader) ownArticle(f *FS) {
	own := &ownArticle{}
	if json.Unmarshal([]byte(f.Text(ownFeature)), &own.hints) != nil {
		return // somebody else's layer of that name
	}
	r.own = own
	a, s := r.a, &r.set
	if len(own.Words) > 0 {
		r.d.restore(own.Words)
		a.Text = r.d.Sofa(r.view.Sofa).Text("sofaString")
	}
	if ref := f.Text("ref"); ref != "" {
		a.Ref, a.RefFromName = ref, false
	}
	a.Title, a.Publisher, a.URL, a.Author = f.Text("title"), f.Text("source"), f.Text("url"), f.Text("author")
	a.Published, a.Language = f.Text("published"), f.Text("language")
	a.Meta = objectOf(f.Text("meta"))
	s.Annotator, s.Status, s.Flag, s.Note, s.Reason = f.Text("annotator"), annotate.Status(f.Text("status")), f.Text("flag"), f.Text("note"), f.Text("reason")
	for _, field := range f.Fields {
		if articleNames[field.Name] || foreignNames[field.Name] {
			continue
		}
		raw, ok := r.plain(field.Value)
		if !ok {
			continue
		}
		if s.Fields == nil {
			s.Fields = annotate.Values{}
		}
		name, raw := own.value(annotate.DocumentScope, field.Name, field.Value, raw)
		s.Fields[name] = raw
	}
}

// objectOf reads a JSON object; anything else is none.
func objectOf(s string) annotate.Values {
	if _, bad := format.CheckJSON(s); bad != "" {
		return nil
	}
	var values annotate.Values
	if s == "" || json.Unmarshal([]byte(s), &values) != nil || len(values) == 0 {
		return nil
	}
	return values
}

// attribute is an attribute of a span or a relation.
func (o *ownArticle) attribute(relation bool, feature string, v Value, raw json.RawMessage) (string, json.RawMessage) {
	if relation {
		return o.value(annotate.RelationScope, feature, v, raw)
	}
	return o.value(annotate.SpanScope, feature, v, raw)
}

// value is the name and value for which a feature stands. Somebody may have
// changed the value since: what is no number any more is a text.
func (o *ownArticle) value(scope annotate.Scope, feature string, v Value, raw json.RawMessage) (string, json.RawMessage) {
	name := feature
	if n, ok := o.Names[scope][feature]; ok {
		name = n
	}
	kind := o.Kinds[scope][feature]
	text := v.Text
	if kind == jsonKind && v.Kind != Word {
		var one []string
		if json.Unmarshal(raw, &one) == nil && len(one) == 1 {
			text = one[0]
		}
	}
	if kind == "" || kind == listKind || !json.Valid([]byte(text)) {
		return name, raw
	}
	if _, bad := format.CheckJSON(text); bad != "" || kind != jsonKind && kindOf(json.RawMessage(text)) != kind {
		return name, raw
	}
	canonical, err := format.CanonicalJSON(json.RawMessage(text))
	if err != nil {
		return name, raw
	}
	return name, canonical
}

// kindOf says what kind of value it is, "" for a text.
func kindOf(raw json.RawMessage) string {
	var words []string
	switch {
	case len(raw) == 0:
		return jsonKind
	case raw[0] == '"':
		return ""
	case raw[0] == 't' || raw[0] == 'f':
		return truthKind
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		return numberKind
	case raw[0] == '[' && allWords(raw, &words):
		return listKind
	}
	return jsonKind
}

// allWords reads a list of texts: null among them is none.
func allWords(raw json.RawMessage, words *[]string) bool {
	for item := range format.JSONElements(string(raw)) {
		if item[0] != '"' {
			return false
		}
		*words = append(*words, format.JSONString(item))
	}
	return true
}
