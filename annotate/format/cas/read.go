package cas

import (
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// Input is a file and what is known of it beside its content.
type Input struct {
	Place          format.Place
	Ref, Annotator string // made of its path
	Settings       format.Settings
	// Lede says that Lede's layers are its own although no layer of the article says so;
	// Names are the names that its export respelled (Files.Names).
	Lede  bool
	Names map[string]string
}

// Articles are the articles of a document: one for each text. Views with one text
// are the work of several annotators on one article, called like the views.
func (d *Document) Articles(in Input) ([]*format.Article, error) {
	if d.Types == nil {
		d.Types = NewTypes()
	}
	var list []*format.Article
	textless := 0
	for i, v := range d.views() {
		sofa := d.Sofa(v.Sofa)
		if sofa == nil || sofa.Get("sofaString").Kind != Word {
			textless++
			continue
		}
		r := &viewReader{
			d: d, in: in, view: v, layers: newLayers(d.Types, in.Settings), left: map[[2]string]*omission{},
			spans: map[int]string{}, a: &format.Article{Place: in.Place, Ref: in.Ref, RefFromName: true, Text: sofa.Text("sofaString")},
		}
		set := r.read()
		if set.Annotator == "" {
			set.Annotator = in.Annotator
		}
		home := r.a
		for _, other := range list {
			if other.Text == r.a.Text {
				home = other
			}
		}
		switch {
		case home != r.a && set.Blank():
			r.tell(home)
			continue // another reading of the text by which nothing is said
		case home != r.a:
			if set.Annotator == in.Annotator {
				set.Annotator = v.Name
			}
		case i > 0 && r.a.RefFromName && v.Name != InitialView:
			r.a.Ref += "#" + v.Name
		}
		home.Sets = append(home.Sets, set)
		r.tell(home)
		if home == r.a {
			list = append(list, home)
		}
	}
	if len(list) == 0 {
		return nil, format.Refuse(in.Place, "Lede reads analyses of texts.", "no view of this analysis has a text")
	}
	if d.Guessed > 0 {
		list[0].Skip("typesystem", "structures of types that no TypeSystem.xml beside the file defines: their yes/no values are texts", d.Guessed, in.Place.String())
	}
	if textless > 0 {
		list[0].Skip("views", "views without a text of their own (pictures, sounds, or texts that lie elsewhere)", textless, in.Place.String())
	}
	return list, nil
}

// views are those of the file, or one for each text if it lists none.
func (d *Document) views() []View {
	if len(d.Views) > 0 {
		return d.Views
	}
	var made []View
	for _, f := range d.FS {
		if f.Type == SofaType {
			made = append(made, View{Name: f.Text("sofaID"), Sofa: f.ID, All: true})
		}
	}
	return made
}

// viewReader reads what is said in one view.
type viewReader struct {
	d      *Document
	in     Input
	view   View
	layers *layers
	a      *format.Article
	set    format.Set
	own    *ownArticle    // what Lede wrote about the article, or nil
	spans  map[int]string // number of a structure → id of its span
	split  map[string]int // parts of one span → its place in set.Spans
	left   map[[2]string]*omission
	order  [][2]string // keys of left
}

// omission is something that was left out.
type omission struct {
	count   int
	example string
}

// skip counts something that is left out.
func (r *viewReader) skip(kind, what, example string) {
	key := [2]string{kind, what}
	if r.left[key] == nil {
		r.left[key] = &omission{example: example}
		r.order = append(r.order, key)
	}
	r.left[key].count++
}

// tell hands what was left out to the article.
func (r *viewReader) tell(a *format.Article) {
	for _, key := range r.order {
		a.Skip(key[0], key[1], r.left[key].count, r.left[key].example)
	}
}

func (r *viewReader) read() format.Set {
	r.set = format.Set{Place: r.in.Place, LocalIDs: true}
	r.split = map[string]int{}
	members := r.members()
	for _, f := range members {
		switch {
		case f.Type == ArticleLayer && f.Get(ownFeature).Kind == Word:
			r.ownArticle(f)
		case r.d.Types.Is(f.Type, DocAnnotation):
			r.metadata(f)
		}
	}
	if r.own == nil && r.in.Lede {
		r.own = ownOf(r.in.Names)
	}
	var relations, hosts []*FS
	for _, f := range members {
		switch {
		case !r.d.Types.Is(f.Type, Annotation):
		case f.Type == ArticleLayer && r.own != nil, r.d.Types.Is(f.Type, DocAnnotation):
		case r.isRelation(f):
			relations = append(relations, f)
		case r.span(f):
			hosts = append(hosts, f)
		}
	}
	for _, f := range relations {
		r.relation(f)
	}
	for _, f := range hosts {
		r.references(f)
	}
	for _, f := range members {
		if !r.d.Types.Is(f.Type, Annotation) {
			r.structure(f)
		}
	}
	return r.set
}

func (r *viewReader) isRelation(f *FS) bool {
	_, _, ok := r.layers.endsOf(f.Type)
	return ok
}

// members are the structures of the view, and counts annotations that are in none:
// those that were deleted in some tools.
func (r *viewReader) members() []*FS {
	var list []*FS
	in := map[int]bool{}
	for _, id := range r.view.Members {
		if f := r.d.Find(id); f != nil && !in[id] && f.Type != SofaType {
			in[id] = true
			list = append(list, f)
		}
	}
	for _, f := range r.d.FS {
		if in[f.ID] || f.Get("sofa").Ref != r.view.Sofa || !r.d.Types.Is(f.Type, Annotation) {
			continue
		}
		if r.view.All {
			list = append(list, f)
		} else if yes, _ := r.layers.takes(f.Type); yes {
			r.skip("unindexed", "annotations that belong to no view: in UIMA they count as deleted", Short(f.Type))
		}
	}
	return list
}

// metadata takes the language; titles there are names of files, as INCEpTION
// writes them.
func (r *viewReader) metadata(f *FS) {
	if lang := f.Text("language"); lang != "" && lang != "x-unspecified" && r.a.Language == "" && r.own == nil {
		r.a.Language = lang
	}
}

// span makes a span of an annotation, and says whether it did.
func (r *viewReader) span(f *FS) bool {
	yes, program := r.layers.takes(f.Type)
	begin, ok1 := number0(f.Get("begin"))
	end, ok2 := number0(f.Get("end"))
	switch {
	case !yes && program && r.own != nil:
		return false // Lede's own: they are made of the text
	case !yes && program:
		r.skip("layers", "annotations that programs make of every text, as tokens, sentences and parts of speech (--opt layers=all takes them)", Short(f.Type))
		return false
	case !yes:
		r.skip("layers", "annotations of layers that were not asked for (--opt layers)", Short(f.Type))
		return false
	case !ok1 || !ok2:
		r.skip("places", "annotations without a place in the text", Short(f.Type))
		return false
	case begin == end:
		r.skip("empty", "annotations of no text: they begin where they end", Short(f.Type))
		return false
	}
	label, feature := r.layers.labelOf(f)
	s := format.Span{
		Place: f.Place, ID: strconv.Itoa(f.ID), Label: oneLine(label), Fragments: []text.Range{{Start: begin, End: end}},
	}
	if part := f.Text("split"); f.Type == SpanLayer && part != "" && r.own != nil {
		if k, has := r.split[part]; has {
			r.set.Spans[k].Fragments = append(r.set.Spans[k].Fragments, s.Fragments...)
			r.spans[f.ID] = r.set.Spans[k].ID
			return false
		}
		r.split[part] = len(r.set.Spans)
	}
	s.Attributes = r.attributes(f, feature, spanNames)
	r.entity(f, &s)
	r.spans[f.ID] = s.ID
	r.set.Spans = append(r.set.Spans, s)
	return true
}

func number0(v Value) (int, bool) {
	n, err := strconv.Atoi(v.Text)
	return n, err == nil && v.Kind == Number
}

// oneLine makes a label of a value: one that is no line cannot be one.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, s)
}

// entity takes what an annotation says of whom it means.
func (r *viewReader) entity(f *FS, s *format.Span) {
	switch {
	case f.Type == SpanLayer && r.own != nil:
		if f.Get("entity").Kind == Word || f.Get("entity_name").Kind == Word {
			s.Entity = &format.Entity{ID: f.Text("entity"), Name: f.Text("entity_name"), Kind: f.Text("entity_kind")}
		}
		s.Note = f.Text("note")
	case f.Type == NamedEntity && f.Text("identifier") != "":
		s.Entity = &format.Entity{ID: f.Text("identifier"), Name: r.quote(f), NoKind: true}
	}
}

// quote is the text of an annotation, for a name.
func (r *viewReader) quote(f *FS) string {
	begin, _ := number0(f.Get("begin"))
	end, _ := number0(f.Get("end"))
	t := r.a.Index()
	a, ok1 := t.RuneOfUTF16(begin)
	b, ok2 := t.RuneOfUTF16(end)
	if !ok1 || !ok2 || a >= b {
		return f.Text("identifier")
	}
	return strings.Join(strings.Fields(t.Slice(text.Range{Start: a, End: b})), " ")
}

// attributes are the plain values of an annotation but for its label.
func (r *viewReader) attributes(f *FS, label string, taken map[string]bool) annotate.Values {
	var values annotate.Values
	own := r.own != nil && (f.Type == SpanLayer || f.Type == RelationLayer)
	for _, field := range f.Fields {
		name := field.Name
		if name == "begin" || name == "end" || name == "sofa" || name == label || own && taken[name] ||
			f.Type == NamedEntity && name == "identifier" {
			continue
		}
		raw, ok := r.plain(field.Value)
		if rng, _ := r.d.Types.Range(f.Type, name); !ok || field.Kind == List && len(field.List) == 0 && !strings.HasPrefix(rng.Range, "uima.cas.String") {
			continue // an empty slot says nothing
		}
		if own {
			name, raw = r.own.attribute(f.Type == RelationLayer, name, field.Value, raw)
		}
		if values == nil {
			values = annotate.Values{}
		}
		values[name] = raw
	}
	return values
}
