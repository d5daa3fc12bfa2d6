package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// CodecVersion is the version of the JSON in which ops are stored. Older ones
// are upgraded when they are read, never rewritten.
const CodecVersion = 1

// EncodeRecord writes a record as JSON: the known fields in their order, then
// the unknown ones by name. A nil record is null.
func EncodeRecord(r Record) (json.RawMessage, error) {
	if r == nil {
		return json.RawMessage("null"), nil
	}
	raw, err := marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode %s %s: %w", r.RecordKind(), r.RecordID(), err)
	}
	extra := reflect.ValueOf(r).FieldByName("Extra").Interface().(Extra)
	if len(extra) == 0 {
		return raw, nil
	}
	var b bytes.Buffer
	b.Write(raw[:len(raw)-1])
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		key, err := marshal(name)
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(key)
		b.WriteByte(':')
		b.Write(extra[name])
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// DecodeRecord reads what EncodeRecord wrote with the given codec version.
func DecodeRecord(kind Kind, version int, raw json.RawMessage) (Record, error) {
	if version < 1 || version > CodecVersion {
		return nil, fmt.Errorf("decode %s: codec version %d: %w", kind, version, ErrNewer)
	}
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	switch kind {
	case KindArticle:
		return decode[Article](kind, raw)
	case KindArticleState:
		return decode[ArticleState](kind, raw)
	case KindImport:
		return decode[Import](kind, raw)
	case KindLabel:
		return decode[Label](kind, raw)
	case KindAttribute:
		return decode[Attribute](kind, raw)
	case KindRelationType:
		return decode[RelationType](kind, raw)
	case KindRule:
		return decode[Rule](kind, raw)
	case KindEntity:
		return decode[Entity](kind, raw)
	case KindAnnotator:
		return decode[Annotator](kind, raw)
	case KindSet:
		return decode[AnnotationSet](kind, raw)
	case KindSpan:
		return decode[Span](kind, raw)
	case KindRelation:
		return decode[Relation](kind, raw)
	}
	return nil, fmt.Errorf("decode: record kind %q: %w", kind, ErrNewer)
}

func decode[T Record](kind Kind, raw json.RawMessage) (Record, error) {
	var r T
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	var all Extra
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		delete(all, name)
	}
	if len(all) > 0 {
		v.FieldByName("Extra").Set(reflect.ValueOf(all))
	}
	return r, nil
}

// SameRecord says whether two records are equal, unknown fields included.
func SameRecord(a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	x, errX := EncodeRecord(a)
	y, errY := EncodeRecord(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// marshal is json.Marshal without HTML escapes and without the final newline.
func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
