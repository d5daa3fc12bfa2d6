package schema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"lede/annotate/schema"
	"lede/assets/schemas"
)

// jsonSchema is as much of JSON Schema as assets/schemas/lede-schema.json uses.
// A keyword that is not here fails the test that reads it.
type jsonSchema struct {
	Schema      string                 `json:"$schema"`
	Title       string                 `json:"title"`
	Description string                 `json:"description"`
	Type        any                    `json:"type"`
	Enum        []any                  `json:"enum"`
	Pattern     string                 `json:"pattern"`
	Minimum     *float64               `json:"minimum"`
	Ref         string                 `json:"$ref"`
	AnyOf       []*jsonSchema          `json:"anyOf"`
	Items       *jsonSchema            `json:"items"`
	Properties  map[string]*jsonSchema `json:"properties"`
	Required    []string               `json:"required"`
	Additional  json.RawMessage        `json:"additionalProperties"`
	Defs        map[string]*jsonSchema `json:"$defs"`
}

func readJSONSchema(t *testing.T) *jsonSchema {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(schemas.JSONSchema)))
	dec.DisallowUnknownFields()
	s := &jsonSchema{}
	if err := dec.Decode(s); err != nil {
		t.Fatal(err)
	}
	return s
}

// accepts says why a value is not as the schema has it; nil if it is.
func (root *jsonSchema) accepts(s *jsonSchema, v any) error {
	if s.Ref != "" {
		if err := root.accepts(root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")], v); err != nil {
			return err
		}
	}
	if s.Type != nil && !isType(s.Type, v) {
		return fmt.Errorf("%v is no %v", v, s.Type)
	}
	if s.Enum != nil && !slices.ContainsFunc(s.Enum, func(e any) bool { return reflect.DeepEqual(e, v) }) {
		return fmt.Errorf("%v is not in %v", v, s.Enum)
	}
	if text, ok := v.(string); ok && s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text) {
		return fmt.Errorf("%q is not like %s", text, s.Pattern)
	}
	if n, ok := v.(float64); ok && s.Minimum != nil && n < *s.Minimum {
		return fmt.Errorf("%v is below %v", n, *s.Minimum)
	}
	if s.AnyOf != nil && !slices.ContainsFunc(s.AnyOf, func(one *jsonSchema) bool { return root.accepts(one, v) == nil }) {
		return fmt.Errorf("%v is nothing that is allowed", v)
	}
	if all, ok := v.([]any); ok && s.Items != nil {
		for _, item := range all {
			if err := root.accepts(s.Items, item); err != nil {
				return err
			}
		}
	}
	if m, ok := v.(map[string]any); ok {
		return root.acceptsFields(s, m)
	}
	return nil
}

func (root *jsonSchema) acceptsFields(s *jsonSchema, m map[string]any) error {
	for _, name := range s.Required {
		if _, there := m[name]; !there {
			return fmt.Errorf("%v has no %s", m, name)
		}
	}
	for name, v := range m {
		field := s.Properties[name]
		if field == nil && string(s.Additional) == "false" {
			return fmt.Errorf("%v has a field %s", m, name)
		}
		if field == nil && len(s.Additional) > 0 {
			field = &jsonSchema{}
			if err := json.Unmarshal(s.Additional, field); err != nil {
				return err
			}
		}
		if field != nil {
			if err := root.accepts(field, v); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func isType(types, v any) bool {
	all, several := types.([]any)
	if !several {
		all = []any{types}
	}
	n, isNumber := v.(float64)
	is := map[any]bool{"number": isNumber, "integer": isNumber && n == float64(int64(n))}
	switch v.(type) {
	case string:
		is["string"] = true
	case bool:
		is["boolean"] = true
	case []any:
		is["array"] = true
	case map[string]any:
		is["object"] = true
	}
	return slices.ContainsFunc(all, func(t any) bool { return is[t] })
}

// asJSON reads YAML as an editor does that has the JSON Schema.
func asJSON(raw []byte) (any, error) {
	var v any
	if err := yaml.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out any
	return out, json.Unmarshal(plain, &out)
}

func TestJSONSchemaAcceptsWhatParseReads(t *testing.T) {
	root := readJSONSchema(t)
	accept := func(what string, raw []byte) error {
		v, err := asJSON(raw)
		if err == nil {
			err = root.accepts(root, v)
		}
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", what, err, raw)
		}
		return nil
	}
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		if err := accept(name, raw); err != nil {
			t.Error(err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		raw, err := drawFile(t).Write()
		if err == nil {
			err = accept("drawn", raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// What Parse refuses for its form alone, an editor marks as well.
func TestJSONSchemaRefusesWhatParseRefuses(t *testing.T) {
	root := readJSONSchema(t)
	for _, text := range []string{
		"- actor", "labels: {a: b}", "labels: [{title: A}]", "labels: [{name: a, colour: x}]", "labels: [{name: a, color: blue}]",
		"labels: [{name: a, pattern: wavy}]", "relations: [{name: r, min: -1}]", "relations: [{name: r, min: some}]",
		"relations: [{name: r, hotkey: x}]", "attributes: [x]", "attributes: [{name: x, type: text}]",
		"attributes: [{name: x, scope: page, type: text}]", "attributes: [{name: x, scope: span, type: words}]",
		"attributes: [{name: x, scope: span, type: text, required: maybe}]", "attributes: [{name: x, scope: span, type: text, when: [y]}]",
		"attributes: [{name: x, scope: span, type: text, default: {a: b}}]", "attributes: [{name: x, scope: span, type: one_of, choices: [[a]]}]",
		"rules: [max_words]", "rules: [{name: a, laben: b}]", "rulez: []",
	} {
		if _, err := schema.Parse("s.yaml", []byte(text)); err == nil {
			t.Errorf("Parse takes %q", text)
		}
		v, err := asJSON([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if root.accepts(root, v) == nil {
			t.Errorf("the JSON Schema takes %q", text)
		}
	}
}

// The JSON Schema has the fields that Parse knows, and no others.
func TestJSONSchemaHasTheFieldsOfParse(t *testing.T) {
	root := readJSONSchema(t)
	for where, text := range map[string]string{
		"": "?: x", "label": "labels: [{?: x}]", "relation": "relations: [{?: x}]", "attribute": "attributes: [{?: x}]",
		"choice": "attributes: [{choices: [{?: x}]}]", "rule": "rules: [{?: x}]",
	} {
		_, err := schema.Parse("s.yaml", []byte(strings.Replace(text, "?", "no_such", 1)))
		var refused *schema.Error
		if !errors.As(err, &refused) {
			t.Fatalf("%s: %v", where, err)
		}
		_, listed, _ := strings.Cut(refused.Reason, "it may have ")
		known := strings.Split(listed, ", ")
		slices.Sort(known)
		described := root
		if where != "" {
			described = root.Defs[where]
		}
		if has := slices.Sorted(maps.Keys(described.Properties)); !slices.Equal(has, known) {
			t.Errorf("a %s has %v, the JSON Schema %v", where, known, has)
		}
		for name, field := range described.Properties {
			if field.Description == "" && name != "name" {
				t.Errorf("%s.%s is not described", where, name)
			}
		}
	}
}
