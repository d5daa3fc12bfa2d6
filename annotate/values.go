package annotate

import "encoding/json"

// Values are attribute values, document fields or unknown facts: compact JSON
// by name. Numbers are kept as they were written.
type Values map[string]json.RawMessage

// Extra holds fields of a record that this version does not know, written by a
// newer one. They are kept, never interpreted.
type Extra map[string]json.RawMessage

// String is the value of a JSON string, or the raw JSON of anything else, or ""
// when there is none.
func (v Values) String(name string) string {
	raw, ok := v[name]
	if !ok {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// With returns a copy in which name has the given JSON; nil removes it.
func (v Values) With(name string, raw json.RawMessage) Values {
	changed := make(Values, len(v)+1)
	for k, old := range v {
		changed[k] = old
	}
	if raw == nil {
		delete(changed, name)
	} else {
		changed[name] = raw
	}
	if len(changed) == 0 {
		return nil
	}
	return changed
}

// StringValue is s as a JSON value.
func StringValue(s string) json.RawMessage {
	raw, _ := marshal(s) // a string always encodes
	return raw
}
