package webannotsv

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"lede/annotate/format/cas"
)

// sheet is a CAS as rows in the making.
type sheet struct {
	b         bytes.Buffer
	units     []uint16
	tokens    []place
	sentences []place
	spans     []*span
	relations []*cas.FS
	byFS      map[int]*span
	stacks    [][]*span         // by token
	incoming  map[int][]*cas.FS // by token: relations that end in its spans
	spanCols  []string
	relCols   []string
	layer     string
}

// place is a stretch of the text in UTF-16 code units.
type place struct{ begin, end int }

// span is an annotation with its tokens [first, last] and its id, 0 for none.
type span struct {
	fs          *cas.FS
	first, last int
	id          int
}

// encode spells a CAS, as package cas builds it, as rows.
func encode(d *cas.Document) []byte {
	s := &sheet{byFS: map[int]*span{}, incoming: map[int][]*cas.FS{}, layer: cas.SpanLayer}
	used := map[string]bool{}
	for _, f := range d.FS {
		switch f.Type {
		case cas.SofaType:
			s.units = utf16.Encode([]rune(f.Text("sofaString")))
		case cas.Token:
			s.tokens = append(s.tokens, placeOf(f))
		case cas.Sentence:
			s.sentences = append(s.sentences, placeOf(f))
		case cas.SpanLayer, cas.NamedEntity:
			s.layer = f.Type
			x := &span{fs: f}
			s.spans = append(s.spans, x)
			s.byFS[f.ID] = x
			mark(used, f)
		case cas.RelationLayer:
			s.relations = append(s.relations, f)
			mark(used, f)
		}
	}
	s.columns(d.Types, used)
	s.lay()
	s.header()
	s.body()
	return s.b.Bytes()
}

func placeOf(f *cas.FS) place {
	begin, _ := strconv.Atoi(f.Text("begin"))
	end, _ := strconv.Atoi(f.Text("end"))
	return place{begin, end}
}

func mark(used map[string]bool, f *cas.FS) {
	for _, field := range f.Fields {
		used[f.Type+"|"+field.Name] = true
	}
}

// columns are the features in use, label always, in the order of the type system.
func (s *sheet) columns(types *cas.Types, used map[string]bool) {
	pick := func(layer string) []string {
		var cols []string
		for _, f := range types.All(layer) {
			if f.Name == "label" || f.Name == "value" && layer == cas.NamedEntity || used[layer+"|"+f.Name] && types.Primitive(f.Range) && f.Name != "begin" && f.Name != "end" {
				cols = append(cols, f.Name)
			}
		}
		return cols
	}
	if !types.Has(cas.SpanLayer) {
		s.layer = cas.NamedEntity
	}
	s.spanCols = pick(s.layer)
	if len(s.relations) > 0 {
		s.relCols = pick(cas.RelationLayer)
	}
}

// lay finds the tokens of each span, and gives ids to those that have several or are
// not alone on theirs.
func (s *sheet) lay() {
	s.stacks = make([][]*span, len(s.tokens))
	for _, x := range s.spans {
		p := placeOf(x.fs)
		x.first, _ = slices.BinarySearchFunc(s.tokens, p.begin, func(t place, at int) int { return t.begin - at })
		for x.last = x.first; x.last < len(s.tokens) && s.tokens[x.last].begin < p.end; x.last++ {
			s.stacks[x.last] = append(s.stacks[x.last], x)
		}
		x.last--
	}
	n := 0
	for _, x := range s.spans {
		alone := true
		for t := x.first; t <= x.last && alone; t++ {
			alone = len(s.stacks[t]) == 1
		}
		if !alone || x.last > x.first {
			n++
			x.id = n
		}
	}
	for _, r := range s.relations {
		at := s.byFS[r.Get("Dependent").Ref].first
		s.incoming[at] = append(s.incoming[at], r)
	}
}

func (s *sheet) header() {
	s.b.WriteString("#FORMAT=WebAnno TSV 3.3\n" + spanHead + s.layer + "|" + strings.Join(s.spanCols, "|") + "\n")
	if s.relCols != nil {
		s.b.WriteString(relationHead + cas.RelationLayer + "|" + strings.Join(s.relCols, "|") + "|BT_" + s.layer + "\n")
	}
	s.b.WriteByte('\n')
}

// body writes the sentences, an empty line before each.
func (s *sheet) body() {
	ids := s.ids()
	t := 0
	for _, sentence := range s.sentences {
		s.b.WriteByte('\n')
		for line := range strings.SplitSeq(s.text(sentence), "\n") {
			s.b.WriteString("#Text=" + escapeText(line) + "\n")
		}
		for ; t < len(s.tokens) && s.tokens[t].begin < sentence.end; t++ {
			p := s.tokens[t]
			fmt.Fprintf(&s.b, "%s\t%d-%d\t%s\t", ids[t], p.begin, p.end, escapeValue(s.text(p)))
			s.cells(t, ids)
			s.b.WriteByte('\n')
		}
	}
}

// ids are the names of rows: number of the sentence, number of the token in it.
func (s *sheet) ids() []string {
	ids := make([]string, len(s.tokens))
	t := 0
	for i, sentence := range s.sentences {
		for k := 1; t < len(s.tokens) && s.tokens[t].begin < sentence.end; k++ {
			ids[t] = fmt.Sprintf("%d-%d", i+1, k)
			t++
		}
	}
	return ids
}

func (s *sheet) text(p place) string { return string(utf16.Decode(s.units[p.begin:p.end])) }

// cells writes what is said of a token.
func (s *sheet) cells(t int, ids []string) {
	for _, col := range s.spanCols {
		var values []string
		for _, x := range s.stacks[t] {
			id := ""
			if x.id > 0 {
				id = "[" + strconv.Itoa(x.id) + "]"
			}
			values = append(values, value(x.fs, col)+id)
		}
		s.cell(values)
	}
	if s.relCols == nil {
		return
	}
	relations := s.incoming[t]
	for _, col := range s.relCols {
		var values []string
		for _, r := range relations {
			values = append(values, value(r, col))
		}
		s.cell(values)
	}
	var from []string
	for _, r := range relations {
		a, b := s.byFS[r.Get("Governor").Ref], s.byFS[r.Get("Dependent").Ref]
		end := ids[a.first]
		if a.id > 0 || b.id > 0 {
			end += fmt.Sprintf("[%d_%d]", a.id, b.id)
		}
		from = append(from, end)
	}
	s.cell(from)
}

func (s *sheet) cell(values []string) {
	if values == nil {
		values = []string{"_"}
	}
	s.b.WriteString(strings.Join(values, "|") + "\t")
}

// value is the value of a feature; * is none.
func value(f *cas.FS, feature string) string {
	v := f.Get(feature)
	if v.Kind == cas.Null {
		return "*"
	}
	return escapeValue(v.Text)
}
