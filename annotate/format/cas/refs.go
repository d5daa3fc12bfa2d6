package cas

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// plain is a value as JSON, if it points at nothing but words, numbers and truths.
func (r *viewReader) plain(v Value) (json.RawMessage, bool) {
	switch v.Kind {
	case Word:
		return format.AppendString(nil, v.Text), true
	case Number, Truth:
		if json.Valid([]byte(v.Text)) {
			return json.RawMessage(v.Text), true
		}
		return format.AppendString(nil, v.Text), true // NaN and the infinities
	default: // lists and references follow
	}
	if !r.d.isList(v) {
		return nil, false
	}
	items := r.d.items(v)
	list := [][]byte{}
	for _, item := range items {
		if item.Kind == Ref || item.Kind == List {
			return nil, false
		}
		raw, ok := r.plain(item)
		if !ok {
			raw = json.RawMessage("null")
		}
		list = append(list, raw)
	}
	if len(list) == 0 && r.empty(v) {
		return nil, false
	}
	return json.RawMessage("[" + string(bytes.Join(list, []byte(","))) + "]"), true
}

// empty says whether an empty list is one of structures, so that it says nothing.
func (r *viewReader) empty(v Value) bool {
	f := r.d.Find(v.Ref)
	return v.Kind == Ref && f != nil && !strings.HasPrefix(f.Type, "uima.cas.String")
}

// relation makes a relation of an annotation with two ends.
func (r *viewReader) relation(f *FS) {
	yes, program := r.layers.takes(f.Type)
	from, to, _ := r.layers.endsOf(f.Type)
	start, ok1 := r.spans[f.Get(from).Ref]
	target, ok2 := r.spans[f.Get(to).Ref]
	switch {
	case !yes && program:
		r.skip("layers", "annotations that programs make of every text, as tokens, sentences and parts of speech (--opt layers=all takes them)", Short(f.Type))
		return
	case !yes:
		r.skip("layers", "annotations of layers that were not asked for (--opt layers)", Short(f.Type))
		return
	case !ok1 || !ok2:
		r.skip("relations", "relations with an end that is missing or was left out", Short(f.Type))
		return
	}
	label, feature := r.layers.labelOf(f)
	x := format.Relation{Place: f.Place, ID: strconv.Itoa(f.ID), Type: oneLine(label), From: start, To: target}
	x.Attributes = r.attributes(f, feature, relationNames)
	if f.Type == RelationLayer && r.own != nil {
		x.Note = f.Text("note")
	}
	r.set.Relations = append(r.set.Relations, x)
}

// references makes relations of what an annotation points at: the fillers of its
// slots, and other annotations.
func (r *viewReader) references(f *FS) {
	for _, field := range f.Fields {
		if field.Name == "sofa" || field.Name == "next" && r.layers.isLink(f.Type) {
			continue
		}
		if !r.d.isList(field.Value) {
			if field.Kind == Ref {
				r.reference(f, field.Name, field.Ref, nil)
			}
			continue
		}
		for _, item := range r.d.items(field.Value) {
			if item.Kind == Ref {
				r.reference(f, field.Name, item.Ref, nil)
			}
		}
	}
}

// reference makes a relation of one reference; through a link it has the link's
// role, else the feature's name.
func (r *viewReader) reference(f *FS, name string, id int, values annotate.Values) {
	target := r.d.Find(id)
	if target == nil {
		if id != 0 {
			r.skip("references", "references to structures that are not there", Short(f.Type)+"."+name)
		}
		return
	}
	if !r.d.Types.Is(target.Type, Annotation) && target.Get("target").Kind == Ref && values == nil {
		role := name
		values = annotate.Values{}
		for _, g := range target.Fields {
			if raw, ok := r.plain(g.Value); ok && g.Name == "role" {
				if g.Text != "" {
					role = oneLine(g.Text)
				}
			} else if ok {
				values[g.Name] = raw
			}
		}
		r.reference(f, role, target.Get("target").Ref, values)
		return
	}
	to, ok := r.spans[id]
	if _, slot := r.d.Types.Range(target.Type, "target"); !ok && slot && values == nil {
		r.skip("slots", "slots that nothing fills", Short(f.Type)+"."+name)
		return
	}
	if !ok {
		r.skip("references", "references to what was left out or is no annotation", Short(f.Type)+"."+name)
		return
	}
	if len(values) == 0 {
		values = nil
	}
	n := strconv.Itoa(len(r.set.Relations))
	r.set.Relations = append(r.set.Relations, format.Relation{Place: f.Place, ID: "r" + n, Type: name, From: r.spans[f.ID], To: to, Attributes: values})
}

// structure reads what lies at no place of the text: heads of chains, and what is
// said of the whole document.
func (r *viewReader) structure(f *FS) {
	switch {
	case f.Get("first").Kind == Ref:
		r.chain(f)
		return
	case f.Get("target").Kind == Ref, r.d.isListType(f.Type):
		return // a link or list, read where it is used
	}
	yes, program := r.layers.takes(f.Type)
	if !yes || program || r.d.Types.Is(f.Type, SofaType) {
		r.skip("layers", "structures without a place in the text, of layers that are not taken", Short(f.Type))
		return
	}
	values := map[string]json.RawMessage{}
	var names []string
	for _, field := range f.Fields {
		if raw, ok := r.plain(field.Value); ok {
			values[field.Name] = raw
			names = append(names, field.Name)
		} else if field.Kind == Ref && field.Name != "sofa" {
			r.skip("references", "references of structures without a place in the text", Short(f.Type)+"."+field.Name)
		}
	}
	if len(names) == 0 {
		r.field(Short(f.Type), json.RawMessage("true"))
	}
	for _, name := range names {
		key := Short(f.Type) + "." + name
		if len(r.layers.types.All(f.Type)) <= 2 { // sofa and one more
			key = Short(f.Type)
		}
		r.field(key, values[name])
	}
}

// field sets a field of the document; a second value makes a list.
func (r *viewReader) field(name string, raw json.RawMessage) {
	if r.set.Fields == nil {
		r.set.Fields = annotate.Values{}
	}
	old, has := r.set.Fields[name]
	if !has {
		r.set.Fields[name] = raw
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(old, &list) != nil {
		list = []json.RawMessage{old}
	}
	joined := []byte{'['}
	for _, item := range append(list, raw) {
		if len(joined) > 1 {
			joined = append(joined, ',')
		}
		joined = append(joined, item...)
	}
	r.set.Fields[name] = append(joined, ']')
}

// chain says of the spans along a chain that they are the same.
func (r *viewReader) chain(f *FS) {
	var same []string
	seen := map[int]bool{}
	for id := f.Get("first").Ref; id != 0 && !seen[id]; {
		seen[id] = true
		link := r.d.Find(id)
		if link == nil {
			break
		}
		if span, ok := r.spans[id]; ok {
			same = append(same, span)
		} else {
			r.skip("relations", "links of chains that were left out", Short(link.Type))
		}
		id = link.Get("next").Ref
	}
	if len(same) > 1 {
		r.set.Same = append(r.set.Same, same)
	}
}
