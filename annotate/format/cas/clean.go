package cas

import (
	"fmt"
	"strings"
)

// forbidden says whether XML 1.0 has no way to write a character.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// replace is U+FFFD for what XML forbids.
func replace(r rune) rune {
	if forbidden(r) {
		return '\uFFFD'
	}
	return r
}

// escapeForbidden writes what XML forbids, and JSON does not escape by itself, as
// JSON escapes.
func escapeForbidden(json string) string {
	if strings.IndexFunc(json, forbidden) < 0 {
		return json
	}
	var b strings.Builder
	for _, r := range json {
		if forbidden(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// clean replaces what XML forbids in all texts of the document, and returns those
// that changed.
func (d *Document) clean() map[string]string {
	var words map[string]string
	d.words(func(key string, v *Value) {
		if strings.IndexFunc(v.Text, forbidden) < 0 {
			return
		}
		if words == nil {
			words = map[string]string{}
		}
		words[key] = v.Text
		v.Text = strings.Map(replace, v.Text)
	})
	return words
}

// restore undoes clean, where the texts are still what clean made of them.
func (d *Document) restore(words map[string]string) {
	d.words(func(key string, v *Value) {
		if original, ok := words[key]; ok && strings.Map(replace, original) == v.Text {
			v.Text = original
		}
	})
}

// words hands out every text with its key.
func (d *Document) words(use func(key string, v *Value)) {
	for _, f := range d.FS {
		for i := range f.Fields {
			field := &f.Fields[i]
			key := itoa(f.ID) + "." + field.Name
			if field.Kind == Word {
				use(key, &field.Value)
			}
			for k := range field.List {
				use(key+"."+itoa(k), &field.List[k])
			}
		}
	}
}
