package casjson

import (
	"context"
	"encoding/json"
	"iter"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

const hint = "Is it a UIMA CAS JSON file, version 0.4?"

// maxStructures bounds how many feature structures a file may have: each costs
// memory far above its size in the file.
const maxStructures = 2_000_000

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files, err := cas.OpenFiles(src, s, name, ".json")
		if err != nil {
			yield(nil, err)
			return
		}
		defer files.Close()
		for _, left := range files.Left {
			if !yield(left, nil) {
				return
			}
		}
		for _, f := range files.List {
			articles, err := readFile(f, s)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

func readFile(f cas.File, s format.Settings) ([]*format.Article, error) {
	at := f.Src.At(0)
	raw := ""
	for item := range f.Src.JSONItems() {
		switch {
		case item.Err != nil:
			return nil, item.Err
		case raw != "":
			return nil, format.Refuse(item.Place, hint, "a second value follows the first")
		}
		raw = item.Raw
	}
	if raw == "" || raw[0] != '{' {
		return nil, format.Refuse(at, hint, "it is no JSON object")
	}
	d, err := parse(raw, at)
	if err != nil {
		return nil, err
	}
	return d.Articles(cas.Input{Place: at, Ref: f.Ref, Annotator: f.Annotator, Settings: s})
}

// parser turns the JSON of a file into a document.
type parser struct {
	d  *cas.Document
	at format.Place
}

func parse(raw string, at format.Place) (*cas.Document, error) {
	p := &parser{d: &cas.Document{Types: cas.NewTypes()}, at: at}
	found := false
	for key, value := range format.JSONFields(raw) {
		var err error
		switch key {
		case "%TYPES":
			err = p.types(value)
		case "%FEATURE_STRUCTURES":
			found = true
			err = p.structures(value)
		case "%VIEWS":
			err = p.views(value)
		}
		if err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, p.refuse("there are no feature structures (%%FEATURE_STRUCTURES)")
	}
	return p.d, nil
}

func (p *parser) refuse(what string, args ...any) error {
	return format.Refuse(p.at, hint, what, args...)
}

// word is a JSON string, or "" for anything else.
func word(raw string) string {
	if raw == "" || raw[0] != '"' {
		return ""
	}
	return format.JSONString(raw)
}

func (p *parser) types(raw string) error {
	if raw[0] != '{' {
		return p.refuse("%%TYPES is no object")
	}
	for name, def := range format.JSONFields(raw) {
		if def[0] != '{' {
			return p.refuse("the type %q is no object", name)
		}
		super := cas.Top
		var features []cas.Feature
		for key, value := range format.JSONFields(def) {
			if key == "%SUPER_TYPE" {
				super = word(value)
			}
			if strings.HasPrefix(key, "%") || value[0] != '{' {
				continue
			}
			f := cas.Feature{Name: key}
			for k, v := range format.JSONFields(value) {
				switch k {
				case "%RANGE":
					f.Range = word(v)
				case "%ELEMENT_TYPE":
					f.Element = word(v)
				}
			}
			features = append(features, f)
		}
		if len(features) > 5_000 || len(p.d.Types.Own()) > 5_000 {
			return p.refuse("there are more than 5000 types, or features of a type")
		}
		t := p.d.Types.Add(name, super)
		for _, f := range features {
			t.Feature(f)
		}
	}
	return nil
}

// structures reads the structures: a list, or an object with numbers as keys.
func (p *parser) structures(raw string) error {
	n := 0
	one := func(key, item string) error {
		if n++; n > maxStructures {
			return p.refuse("there are more than %d feature structures", maxStructures)
		}
		f, err := p.structure(key, item)
		if err != nil {
			return err
		}
		return p.d.Add(f)
	}
	switch raw[0] {
	case '[':
		for item := range format.JSONElements(raw) {
			if err := one("", item); err != nil {
				return err
			}
		}
	case '{':
		for key, item := range format.JSONFields(raw) {
			if err := one(key, item); err != nil {
				return err
			}
		}
	default:
		return p.refuse("%%FEATURE_STRUCTURES is no list")
	}
	return nil
}

func (p *parser) structure(key, raw string) (*cas.FS, error) {
	if raw[0] != '{' {
		return nil, p.refuse("a feature structure is no object")
	}
	f := &cas.FS{Place: p.at}
	id := key
	for name, value := range format.JSONFields(raw) {
		switch {
		case name == "%ID":
			id = value
		case name == "%TYPE":
			f.Type = word(value)
		case name == "%ELEMENTS":
			f.Elements = p.elements(value)
		case strings.HasPrefix(name, "%") || name == "":
		case name[0] == '@':
			f.Fields = append(f.Fields, cas.Field{Name: name[1:], Value: reference(value)})
		case name[0] == '#' || name[0] == '^':
			f.Fields = append(f.Fields, cas.Field{Name: name[1:], Value: plain(value)})
		default:
			f.Fields = append(f.Fields, cas.Field{Name: name, Value: plain(value)})
		}
	}
	var err error
	if f.ID, err = strconv.Atoi(id); err != nil || f.ID < 1 {
		return nil, p.refuse("a feature structure has no number (%%ID): %s", id)
	}
	if f.Type == "" {
		return nil, p.refuse("feature structure %d has no type", f.ID)
	}
	if f.Type == cas.FSArray || strings.HasSuffix(f.Type, "[]") && !strings.HasPrefix(f.Type, "uima.cas.") {
		for i, v := range f.Elements {
			if v.Kind == cas.Number {
				f.Elements[i] = reference(v.Text)
			}
		}
	}
	return f, nil
}

// reference is a number of a structure; 0 and null are none.
func reference(raw string) cas.Value {
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 {
		return cas.Value{}
	}
	return cas.Value{Kind: cas.Ref, Ref: n}
}

func plain(raw string) cas.Value {
	switch raw[0] {
	case '"':
		// A copy: an id that is kept must not keep the whole file.
		return cas.Value{Kind: cas.Word, Text: strings.Clone(format.JSONString(raw))}
	case 't', 'f':
		return cas.Value{Kind: cas.Truth, Text: raw}
	case '{', '[':
		// No value of a feature in this version: kept as it is written.
		if c, err := format.CanonicalJSON(json.RawMessage(raw)); err == nil {
			return cas.Value{Kind: cas.Word, Text: string(c)}
		}
		return cas.Value{}
	case 'n':
		return cas.Value{}
	}
	return cas.Value{Kind: cas.Number, Text: strings.Clone(raw)}
}

// elements are those of an array; bytes are one text.
func (p *parser) elements(raw string) []cas.Value {
	list := []cas.Value{}
	if raw[0] != '[' {
		if v := plain(raw); v.Kind != cas.Null {
			list = append(list, v)
		}
		return list
	}
	for item := range format.JSONElements(raw) {
		list = append(list, plain(item))
	}
	return list
}

func (p *parser) views(raw string) error {
	if raw[0] != '{' {
		return p.refuse("%%VIEWS is no object")
	}
	for name, def := range format.JSONFields(raw) {
		if def[0] != '{' {
			return p.refuse("the view %q is no object", name)
		}
		v := cas.View{Name: name, All: true}
		for key, value := range format.JSONFields(def) {
			switch {
			case key == "%SOFA":
				v.Sofa = reference(value).Ref
			case key == "%MEMBERS" && value[0] == '[':
				v.All = false
				for item := range format.JSONElements(value) {
					v.Members = append(v.Members, reference(item).Ref)
				}
			}
		}
		p.d.Views = append(p.d.Views, v)
	}
	return nil
}
