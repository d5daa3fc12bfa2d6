package cas

import (
	"slices"
	"strings"

	"lede/annotate/format"
)

// The layers that Lede writes. Names below webanno.custom are those that INCEpTION
// gives to layers that people make.
const (
	SpanLayer     = "webanno.custom.Span"
	RelationLayer = "webanno.custom.SpanRelation"
	ArticleLayer  = "webanno.custom.Article"
)

// ImportOptions are the options of everything that is read as a CAS.
func ImportOptions() []format.Option {
	return []format.Option{
		{
			Key: "label", Values: []string{"auto", "layer", "feature:"}, Default: "auto", For: format.ForImport,
			Help: "what becomes the label: layer, the layer's name; feature:NAME, the value of that feature; auto: of features label or value, or of the only one, else the layer's name",
		},
		{
			Key: "layers", Default: "auto", For: format.ForImport, Names: true,
			Help: "the layers to take (A,B), by their whole or short names; auto: all but what programs make of every text, as tokens, sentences, parts of speech, syntax; all",
		},
		{
			Key: "annotators", Values: []string{"auto", "folders", "none"}, Default: "auto", For: format.ForImport,
			Help: "folders: the first folder of a path is the annotator; auto: if the folders hold the same documents; INCEpTION's own folders annotation and curation are known",
		},
	}
}

// technical are the beginnings of types that programs make of every text, or that
// describe the file.
var technical = []string{
	"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
	"de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.",
	"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.",
	"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.",
	"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.PennTree",
	"de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
	"de.tudarmstadt.ukp.dkpro.core.api.transform.type.",
	"de.tudarmstadt.ukp.dkpro.core.api.xml.type.",
	"de.tudarmstadt.ukp.clarin.webanno.api.type.",
	"de.tudarmstadt.ukp.inception.",
	"org.dkpro.core.api.xml.type.",
	"org.dkpro.core.api.pdf.type.",
}

// layers says which types are taken, and what becomes their label.
type layers struct {
	types *Types
	names []string // that were asked for; nil = auto
	all   bool
	label string            // option
	memo  map[string]string // type → its label feature
}

func newLayers(t *Types, s format.Settings) *layers {
	l := &layers{types: t, label: s["label"], memo: map[string]string{}}
	switch v := s["layers"]; v {
	case "", "auto":
	case "all":
		l.all = true
	default:
		for name := range strings.SplitSeq(v, ",") {
			l.names = append(l.names, strings.TrimSpace(name))
		}
	}
	return l
}

// takes says whether annotations of a type are asked for; program says that it is
// something that programs make of every text.
func (l *layers) takes(name string) (yes, program bool) {
	program = slices.ContainsFunc(technical, func(p string) bool { return strings.HasPrefix(name, p) }) || l.types.Is(name, DocAnnotation)
	switch {
	case l.all:
		return !l.types.Is(name, DocAnnotation), program
	case l.names != nil:
		return slices.Contains(l.names, name) || slices.Contains(l.names, Short(name)), program
	}
	return !program, program
}

// plain is a feature that has a value of its own.
func (l *layers) plain(f Feature) bool {
	return f.Name != "begin" && f.Name != "end" && l.types.Primitive(f.Range)
}

// labelFeature is the feature whose value is the label, "" if the layer's name is.
func (l *layers) labelFeature(typ string) string {
	name, asked := strings.CutPrefix(l.label, "feature:")
	switch {
	case asked:
		return name
	case l.label == "layer":
		return ""
	}
	if f, known := l.memo[typ]; known {
		return f
	}
	var words []string
	for _, f := range l.types.All(typ) {
		if l.plain(f) && !Numeric(f.Range) && f.Range != "uima.cas.Boolean" {
			words = append(words, f.Name)
		}
	}
	found := ""
	switch {
	case slices.Contains(words, "label"):
		found = "label"
	case slices.Contains(words, "value"):
		found = "value"
	case len(words) == 1:
		found = words[0]
	}
	l.memo[typ] = found
	return found
}

// labelOf is the label of an annotation, and the feature that it was taken from.
func (l *layers) labelOf(f *FS) (label, feature string) {
	feature = l.labelFeature(f.Type)
	if feature != "" {
		if v := f.Get(feature); v.Kind == Word && v.Text != "" {
			return v.Text, feature
		}
	}
	short := Short(f.Type)
	if base := strings.TrimSuffix(short, "Link"); base != "" && l.isLink(f.Type) {
		short = base
	}
	return short, feature
}

// isLink says whether a type is the link of a chain.
func (l *layers) isLink(typ string) bool {
	_, next := l.types.Range(typ, "next")
	_, kind := l.types.Range(typ, "referenceType")
	return next || kind && strings.HasSuffix(typ, "Link")
}

// ends are the names that the two ends of a relation go by: from, to.
var ends = [][2]string{{"Governor", "Dependent"}, {"source", "target"}, {"Source", "Target"}, {"from", "to"}, {"arg1", "arg2"}, {"Arg1", "Arg2"}}

// endsOf are the features that hold the ends of a relation layer; ok is false for
// every other type.
func (l *layers) endsOf(typ string) (from, to string, ok bool) {
	for _, pair := range ends {
		a, ok1 := l.types.Range(typ, pair[0])
		b, ok2 := l.types.Range(typ, pair[1])
		if ok1 && ok2 && l.points(a) && l.points(b) {
			return pair[0], pair[1], true
		}
	}
	return "", "", false
}

// points says whether a feature points at one other structure.
func (l *layers) points(f Feature) bool {
	return !l.types.Primitive(f.Range) && !strings.HasSuffix(f.Range, "[]") && !l.types.Is(f.Range, "uima.cas.ArrayBase") && !l.types.Is(f.Range, "uima.cas.ListBase")
}
