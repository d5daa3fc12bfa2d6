package casxmi

import (
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// document makes structures of elements, by their types.
func document(elements []*element, types *cas.Types) (*cas.Document, error) {
	g := &guesser{types: types, ids: map[string]*element{}}
	for _, e := range elements {
		if n := e.id(); n > 0 {
			g.ids[strconv.Itoa(n)] = e
		}
	}
	guessed := g.complete(elements)
	d := &cas.Document{Types: g.types, Guessed: guessed}
	for _, e := range elements {
		switch e.typ {
		case "uima.cas.NULL":
			continue
		case "uima.cas.View":
			v := cas.View{}
			v.Sofa, _ = strconv.Atoi(e.attr("sofa"))
			for _, m := range strings.Fields(e.attr("members")) {
				n, err := strconv.Atoi(m)
				if err != nil {
					return nil, format.Refuse(e.place, hint, "a view has a member %q", m)
				}
				v.Members = append(v.Members, n)
			}
			d.Views = append(d.Views, v)
			continue
		}
		f, err := structure(e, g.types)
		if err != nil {
			return nil, err
		}
		if err := d.Add(f); err != nil {
			return nil, err
		}
	}
	for i := range d.Views {
		if sofa := d.Sofa(d.Views[i].Sofa); sofa != nil {
			d.Views[i].Name = sofa.Text("sofaID")
		}
	}
	return d, nil
}

func structure(e *element, types *cas.Types) (*cas.FS, error) {
	f := &cas.FS{Place: e.place, Type: e.typ, ID: e.id()}
	if f.ID == 0 {
		return nil, format.Refuse(e.place, hint, "a structure (%s) has no number (xmi:id)", cas.Short(e.typ))
	}
	for _, a := range e.attrs {
		if a.Name.Space != "" {
			continue
		}
		if types.Is(e.typ, "uima.cas.ArrayBase") && a.Name.Local == "elements" {
			f.Elements = list(a.Value, e.typ)
			continue
		}
		feature, known := types.Range(e.typ, a.Name.Local)
		if e.typ == cas.SofaType {
			feature, known = sofaFeature(a.Name.Local), true
		}
		switch {
		case !known:
			feature.Range = cas.StringRange
		case a.Name.Local == "tail" && types.Is(e.typ, "uima.cas.ListBase"):
			feature.Shared = true // nodes of a list are structures of their own
		}
		f.Fields = append(f.Fields, cas.Field{Name: a.Name.Local, Value: value(a.Value, feature, types)})
	}
	texts := map[string]int{} // feature → its place in Fields
	for _, c := range e.children {
		text := cas.Value{Kind: cas.Word, Text: c.text}
		if types.Is(e.typ, "uima.cas.ArrayBase") && c.name == "elements" {
			f.Elements = append(f.Elements, text)
			continue
		}
		i, has := texts[c.name]
		if !has {
			i = len(f.Fields)
			texts[c.name] = i
			f.Fields = append(f.Fields, cas.Field{Name: c.name, Value: cas.Value{Kind: cas.List}})
		}
		f.Fields[i].List = append(f.Fields[i].List, text)
	}
	if types.Is(e.typ, "uima.cas.ArrayBase") && f.Elements == nil {
		f.Elements = []cas.Value{}
	}
	return f, nil
}

func sofaFeature(name string) cas.Feature {
	if name == "sofaNum" {
		return cas.Feature{Name: name, Range: "uima.cas.Integer"}
	}
	return cas.Feature{Name: name, Range: cas.StringRange}
}

// value reads an attribute by the range of its feature.
func value(s string, f cas.Feature, types *cas.Types) cas.Value {
	switch {
	case f.Range == "uima.cas.Boolean":
		return truth(s)
	case cas.Numeric(f.Range):
		return cas.Value{Kind: cas.Number, Text: s}
	case types.Primitive(f.Range):
		return cas.Value{Kind: cas.Word, Text: s}
	case strings.HasSuffix(f.Range, "[]") || types.Is(f.Range, "uima.cas.ArrayBase") || types.Is(f.Range, "uima.cas.ListBase"):
		if f.Shared {
			return reference(s)
		}
		return cas.Value{Kind: cas.List, List: list(s, f.Range)}
	}
	return reference(s)
}

func truth(s string) cas.Value {
	if s == "true" || s == "1" {
		return cas.Value{Kind: cas.Truth, Text: "true"}
	}
	return cas.Value{Kind: cas.Truth, Text: "false"}
}

func reference(s string) cas.Value {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return cas.Value{}
	}
	return cas.Value{Kind: cas.Ref, Ref: n}
}

// list reads the values of an array that stand in one attribute, parted by blanks.
func list(s, rng string) []cas.Value {
	values := []cas.Value{}
	kind := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(rng, "uima.cas."), "Array"), "List"), "[]")
	if kind == "Byte" {
		return append(values, cas.Value{Kind: cas.Word, Text: s}) // in hexadecimal
	}
	for item := range strings.FieldsSeq(s) {
		switch kind {
		case "Boolean":
			values = append(values, truth(item))
		case "Integer", "Short", "Long", "Float", "Double":
			values = append(values, cas.Value{Kind: cas.Number, Text: item})
		case "String":
			values = append(values, cas.Value{Kind: cas.Word, Text: item})
		default:
			values = append(values, reference(item))
		}
	}
	return values
}

// guesser defines types that no type system does, by what stands in the file.
type guesser struct {
	types *cas.Types
	ids   map[string]*element
}

// pointers are features that point at other structures, in all tools.
var pointers = map[string]bool{
	"sofa": true, "Governor": true, "Dependent": true, "source": true, "target": true, "Source": true, "Target": true, "from": true, "to": true,
	"first": true, "next": true,
}

// complete adds the types that are missing, and counts structures of them.
func (g *guesser) complete(elements []*element) int {
	missing := map[string]bool{}
	count := 0
	for _, e := range elements {
		if e.typ == "uima.cas.NULL" || e.typ == "uima.cas.View" || g.types.Has(e.typ) && !missing[e.typ] {
			continue
		}
		if len(missing) == 0 {
			g.types = g.types.Clone() // others read by the same type system
		}
		missing[e.typ] = true
		count++
		g.define(e)
	}
	return count
}

// define learns a type from one of its structures.
func (g *guesser) define(e *element) {
	super := cas.Top
	switch {
	case strings.HasSuffix(e.typ, ".DocumentMetaData"):
		super = cas.DocAnnotation
	case e.attr("begin") != "" && e.attr("end") != "":
		super = cas.Annotation
	case e.attr("sofa") != "":
		super = cas.Base
	}
	t := g.types.Add(e.typ, super)
	for _, a := range e.attrs {
		if name := a.Name.Local; a.Name.Space == "" && name != "begin" && name != "end" && name != "sofa" {
			t.Feature(cas.Feature{Name: name, Range: g.rangeOf(name, a.Value)})
		}
	}
	for _, c := range e.children {
		t.Feature(cas.Feature{Name: c.name, Range: cas.StringArray})
	}
}

// rangeOf guesses what an attribute holds: numbers of links with a target are slots.
func (g *guesser) rangeOf(name, value string) string {
	if pointers[name] && g.ids[value] != nil {
		return cas.Annotation
	}
	if name == "value" || name == "label" {
		return cas.StringRange
	}
	items := strings.Fields(value)
	for _, item := range items {
		link := g.ids[item]
		switch {
		case link != nil && link.attr("target") != "" && link.attr("begin") == "":
		case number(value):
			return "uima.cas.Double" // written as it stands, whatever number it is
		default:
			return cas.StringRange
		}
	}
	if len(items) > 0 {
		return cas.FSArray
	}
	return cas.StringRange
}

// number says whether a value is one: its feature cannot be the label then.
func number(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
