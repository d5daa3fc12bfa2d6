package bioc

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

// The parts of a document, as both forms of the format have them.
type (
	document struct {
		ID          word         `xml:"id" json:"id"`
		Infons      infonList    `xml:"infon" json:"infons"`
		Passages    []passage    `xml:"passage" json:"passages"`
		Annotations []annotation `xml:"annotation" json:"annotations"`
		Relations   []relation   `xml:"relation" json:"relations"`
	}
	passage struct {
		Infons      infonList    `xml:"infon" json:"infons"`
		Offset      number       `xml:"offset" json:"offset"`
		Text        *string      `xml:"text" json:"text"`
		Sentences   []sentence   `xml:"sentence" json:"sentences"`
		Annotations []annotation `xml:"annotation" json:"annotations"`
		Relations   []relation   `xml:"relation" json:"relations"`
	}
	sentence struct {
		Infons      infonList    `xml:"infon" json:"infons"`
		Offset      number       `xml:"offset" json:"offset"`
		Text        string       `xml:"text" json:"text"`
		Annotations []annotation `xml:"annotation" json:"annotations"`
		Relations   []relation   `xml:"relation" json:"relations"`
	}
	annotation struct {
		ID        word       `xml:"id,attr" json:"id"`
		Infons    infonList  `xml:"infon" json:"infons"`
		Locations []location `xml:"location" json:"locations"`
		Text      *string    `xml:"text" json:"text"`
	}
	location struct {
		Offset number `xml:"offset,attr" json:"offset"`
		Length number `xml:"length,attr" json:"length"`
	}
	relation struct {
		ID     word      `xml:"id,attr" json:"id"`
		Infons infonList `xml:"infon" json:"infons"`
		Nodes  []node    `xml:"node" json:"nodes"`
	}
	node struct {
		Ref  word   `xml:"refid,attr" json:"refid"`
		Role string `xml:"role,attr" json:"role"`
	}
	infon struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
		raw   string // the value as JSON, where it is no text
	}
	infonList []infon
	number    string // a whole number as it is written
	word      string // a text, or a number as it is written
)

// MarshalJSON writes an object.
func (list infonList) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, x := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(format.AppendString(b, x.Key), ':')
		b = format.AppendString(b, x.Value)
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads an object, whatever its values are.
func (list *infonList) UnmarshalJSON(raw []byte) error {
	if raw[0] != '{' {
		return errors.New("infons must be an object")
	}
	for key, value := range format.JSONFields(string(raw)) {
		x := infon{Key: key}
		if value[0] == '"' {
			x.Value = format.JSONString(value)
		} else {
			x.raw = value
		}
		*list = append(*list, x)
	}
	return nil
}

// MarshalJSON writes a number.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// UnmarshalJSON reads a number, in quotes or without.
func (n *number) UnmarshalJSON(raw []byte) error {
	*n = number(strings.Trim(string(raw), `"`))
	return nil
}

// UnmarshalJSON reads a text or a number.
func (w *word) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		*w = word(format.JSONString(string(raw)))
		return nil
	}
	*w = word(raw)
	return nil
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// values are the infons by name. Those of Lede's own files are any values; those of
// others are texts, whatever they look like.
func values(list []infon, ours bool) features.Features {
	f := features.Features{}
	for _, i := range list {
		switch {
		case ours:
			f[i.Key] = features.Value(i.Value)
		case i.raw != "" && i.raw[0] != '"':
			if parsed, err := format.CanonicalJSON([]byte(i.raw)); err == nil {
				f[i.Key] = parsed
			}
		default:
			f[i.Key] = features.Text(i.Value)
		}
	}
	return f
}

// infons are a type, whose it is, and values in the order of their names.
func infons(kind, annotator string, f features.Features) infonList {
	list := infonList{{Key: typeInfon, Value: kind}, {Key: annotatorInfon, Value: annotator}}
	return append(list, infonsOf(f)...)
}

func infonsOf(f features.Features) infonList {
	list := infonList{}
	for _, k := range slices.Sorted(maps.Keys(f)) {
		list = append(list, infon{Key: k, Value: features.Word(f[k])})
	}
	return list
}

// build is an article as a document of one passage.
func build(a *format.Article) document {
	f := features.OfArticle(a)
	if sets := features.OfSets(a.Sets); sets != nil {
		f[features.Sets] = sets
	}
	if restore, ok := a.Prepared.(string); ok {
		f[controlInfon] = features.Text(restore)
	}
	p := passage{Infons: infonList{}, Offset: "0", Text: &a.Text, Sentences: []sentence{}, Annotations: []annotation{}, Relations: []relation{}}
	taken := map[word]bool{}
	for i := range a.Sets {
		set := &a.Sets[i]
		ids := map[string]word{}
		for k := range set.Spans {
			s := &set.Spans[k]
			ids[s.ID] = free(taken, s.ID)
			p.Annotations = append(p.Annotations, buildAnnotation(a, set, s, ids[s.ID]))
		}
		for k := range set.Relations {
			r := &set.Relations[k]
			id := free(taken, r.ID)
			p.Relations = append(p.Relations, relation{
				ID: id, Infons: infons(r.Type, set.Annotator, besideID(features.OfRelation(r, names), id, r.ID)),
				Nodes: []node{{ids[r.From], "from"}, {ids[r.To], "to"}},
			})
		}
	}
	return document{ID: word(a.Ref), Infons: infonsOf(f), Passages: []passage{p}, Annotations: []annotation{}, Relations: []relation{}}
}

// besideID leaves the id out of the values if the file has it as its own.
func besideID(f features.Features, id word, own string) features.Features {
	if string(id) == own {
		delete(f, features.ID)
	}
	return f
}

// free is an id that nothing in the document has yet, made of one of Lede's.
func free(taken map[word]bool, own string) word {
	safe, _ := features.XMLSafe(own)
	id := word(safe)
	if id == "" {
		id = "a"
	}
	for taken[id] {
		id += "'"
	}
	taken[id] = true
	return id
}

func buildAnnotation(a *format.Article, set *format.Set, s *format.Span, id word) annotation {
	whole := s.Fragments[0]
	whole.End = s.Fragments[len(s.Fragments)-1].End
	// bioc's validator wants the text from the first place to the last, gaps included.
	quote := a.Index().Slice(whole)
	x := annotation{ID: id, Infons: infons(s.Label, set.Annotator, besideID(features.OfSpan(s, names), id, s.ID)), Text: &quote}
	for _, r := range s.Fragments {
		x.Locations = append(x.Locations, location{number(strconv.Itoa(r.Start)), number(strconv.Itoa(r.End - r.Start))})
	}
	return x
}
