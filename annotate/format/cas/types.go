package cas

import (
	"maps"
	"slices"
	"strings"
)

// Names of types that are in every type system, and of those of DKPro Core that
// INCEpTION expects.
const (
	Top           = "uima.cas.TOP"
	Base          = "uima.cas.AnnotationBase"
	Annotation    = "uima.tcas.Annotation"
	DocAnnotation = "uima.tcas.DocumentAnnotation"
	SofaType      = "uima.cas.Sofa"
	StringRange   = "uima.cas.String"
	StringArray   = "uima.cas.StringArray"
	FSArray       = "uima.cas.FSArray"

	Token       = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
	Sentence    = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
	Metadata    = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
	NamedEntity = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
	InitialView = "_InitialView"
)

// Types is a type system.
type Types struct {
	byName map[string]*Type
	order  []string
}

// Type is a type with the features that it adds to those of its parent.
type Type struct {
	Name, Super, Description string
	Features                 []Feature
}

// Feature is a feature; Element is what a list of feature structures holds. Shared
// says that lists are structures of their own (multipleReferencesAllowed).
type Feature struct {
	Name, Range, Element, Description string
	Shared                            bool
}

// NewTypes is a type system with what every one has.
func NewTypes() *Types {
	t := &Types{byName: map[string]*Type{}}
	t.known(Top, "")
	t.known(SofaType, Top)
	t.known(Base, Top, Feature{Name: "sofa", Range: SofaType})
	t.known(Annotation, Base, Feature{Name: "begin", Range: "uima.cas.Integer"}, Feature{Name: "end", Range: "uima.cas.Integer"})
	t.known(DocAnnotation, Annotation, Feature{Name: "language", Range: StringRange})
	t.known("uima.cas.ArrayBase", Top)
	t.known(FSArray, "uima.cas.ArrayBase")
	for _, k := range []string{"Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double", "String"} {
		t.known("uima.cas."+k+"Array", "uima.cas.ArrayBase")
	}
	t.known("uima.cas.ListBase", Top)
	for _, k := range []string{"FS", "Integer", "Float", "String"} {
		list := "uima.cas." + k + "List"
		head := Feature{Name: "head", Range: "uima.cas." + k}
		if k == "FS" {
			head.Range = Top
		}
		t.known(list, "uima.cas.ListBase")
		t.known("uima.cas.Empty"+k+"List", list)
		t.known("uima.cas.NonEmpty"+k+"List", list, head, Feature{Name: "tail", Range: list})
	}
	t.order = nil
	return t
}

func (t *Types) known(name, super string, features ...Feature) {
	t.byName[name] = &Type{Name: name, Super: super, Features: features}
}

// Add adds a type, or features to one that is there: files may define a type
// twice. It returns the type.
func (t *Types) Add(name, super string) *Type {
	if have := t.byName[name]; have != nil {
		return have
	}
	made := &Type{Name: name, Super: super}
	t.byName[name] = made
	t.order = append(t.order, name)
	return made
}

// Feature adds a feature, unless the type has one of that name.
func (t *Type) Feature(f Feature) {
	for _, have := range t.Features {
		if have.Name == f.Name {
			return
		}
	}
	t.Features = append(t.Features, f)
}

// Own lists the types that were added, in their order.
func (t *Types) Own() []*Type {
	list := make([]*Type, len(t.order))
	for i, name := range t.order {
		list[i] = t.byName[name]
	}
	return list
}

// Clone is a copy to which types can be added.
func (t *Types) Clone() *Types {
	return &Types{byName: maps.Clone(t.byName), order: slices.Clone(t.order)}
}

// Has reports whether the type is defined.
func (t *Types) Has(name string) bool { return t.byName[name] != nil }

// maxParents is how many parents a type may have, one above the other: a file may
// claim that a type is its own.
const maxParents = 200

// Is reports whether a type is super or below it.
func (t *Types) Is(name, super string) bool {
	for range maxParents {
		if name == super {
			return true
		}
		here := t.byName[name]
		if here == nil || here.Super == "" {
			return false
		}
		name = here.Super
	}
	return false
}

// All lists the features of a type, those of its parents first.
func (t *Types) All(name string) []Feature {
	var chain []*Type
	for range maxParents {
		here := t.byName[name]
		if here == nil {
			break
		}
		chain = append(chain, here)
		name = here.Super
	}
	var all []Feature
	for i := len(chain) - 1; i >= 0; i-- {
		all = append(all, chain[i].Features...)
	}
	return all
}

// Range is the range of a feature of a type.
func (t *Types) Range(typ, feature string) (Feature, bool) {
	for range maxParents {
		here := t.byName[typ]
		if here == nil {
			break
		}
		for _, f := range here.Features {
			if f.Name == feature {
				return f, true
			}
		}
		typ = here.Super
	}
	return Feature{}, false
}

// Primitive says whether values of a range are words, numbers or truths: those of
// uima.cas, and types made of String, which list the words allowed.
func (t *Types) Primitive(rng string) bool {
	switch strings.TrimPrefix(rng, "uima.cas.") {
	case "String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double":
		return true
	}
	return t.Is(rng, StringRange)
}

// Numeric says whether values of a range are numbers.
func Numeric(rng string) bool {
	switch rng {
	case "uima.cas.Byte", "uima.cas.Short", "uima.cas.Integer", "uima.cas.Long", "uima.cas.Float", "uima.cas.Double":
		return true
	}
	return false
}

// Short is the last part of a type's name.
func Short(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
