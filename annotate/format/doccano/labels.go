package doccano

import (
	"encoding/json"
	"path"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/schema"
)

// types writes the label types of a folder: for spans, and for relations where lines
// have them. Types of classes are made by doccano when it imports the data.
func (w *writer) types(t format.Target, job *format.Job) error {
	if w.s.layout != "classes" {
		var spans []labelType
		for i, l := range job.Schema.Labels {
			spans = append(spans, typeOf(i, w.s.labels[l.Name], l.Hotkey, l.Color))
		}
		if err := writeTypes(t, spanTypes, spans); err != nil {
			return err
		}
	}
	if w.s.layout != "relations" {
		return nil
	}
	var relations []labelType
	for i, r := range job.Schema.RelationTypes {
		relations = append(relations, typeOf(i, w.s.types[r.Name], "", ""))
	}
	return writeTypes(t, relationTypes, relations)
}

// labelType is a label type as doccano's label page takes it.
type labelType struct{ name, key, color, ink string }

func typeOf(i int, name, key, color string) labelType {
	key = strings.ToLower(key)
	if len(key) != 1 || !strings.Contains("0123456789abcdefghijklmnopqrstuvwxyz", key) {
		key = ""
	}
	r, g, b, ok := annotate.RGB(color)
	if !ok {
		look, _ := schema.Look(i)
		color = look.Light
		r, g, b, _ = annotate.RGB(color)
	}
	ink := "#ffffff"
	if 299*int(r)+587*int(g)+114*int(b) > 150*1000 { // light to the eye
		ink = "#000000"
	}
	return labelType{name, key, color, ink}
}

func writeTypes(t format.Target, name string, types []labelType) error {
	var o jsonobject.Out
	o.Open('[')
	keys := map[string]bool{}
	for i, l := range types {
		o.Open('{')
		o.IntOf("id", i+1)
		o.TextOf("text", l.name)
		o.Key("prefixKey")
		o.Raw(json.RawMessage("null"))
		o.Key("suffixKey")
		if l.key == "" || keys[l.key] {
			o.Raw(json.RawMessage("null"))
		} else {
			o.Text(l.key)
		}
		keys[l.key] = true
		o.TextOf("backgroundColor", l.color)
		o.TextOf("textColor", l.ink)
		o.Close('}')
	}
	o.Close(']')
	f, err := t.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(append(jsonobject.ASCII(nil, o), '\n')); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// readTypes reads a file of label types: what it says of labels and relation types,
// and the names behind ids.
func readTypes(src format.Source, names map[string]string) (*annotate.Schema, error) {
	described := &annotate.Schema{}
	for item := range src.JSONItems() {
		if item.Err != nil {
			return nil, item.Err
		}
		o := jsonobject.Parse(item.Raw, item.Place, help)
		id, name := o.Text("id"), o.Text("text")
		task := o.Text("task_type")
		color := o.Text("backgroundColor") + o.Text("background_color")
		key := o.Text("suffixKey") + o.Text("suffix_key")
		if prefix := o.Text("prefixKey") + o.Text("prefix_key"); prefix != "" {
			key = "" // with Ctrl or Shift: not as here
		}
		if o.Err() != nil {
			return nil, o.Err()
		}
		base := path.Base(src.Rel)
		switch {
		case name == "" || task == "Category" || base == categoryTypes:
		case task == "Relation" || base == relationTypes:
			described.RelationTypes = append(described.RelationTypes, annotate.RelationType{Name: name})
		default:
			described.Labels = append(described.Labels, annotate.Label{Name: name, Color: color, Hotkey: key})
			names[id] = name
		}
	}
	return described, nil
}
