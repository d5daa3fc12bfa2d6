package cas

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

func itoa(n int) string { return strconv.Itoa(n) }

// builder makes the CAS of one article and annotator.
type builder struct {
	s    *State
	job  *format.Job
	a    *format.Article
	set  *format.Set
	d    *Document
	all  []int // members
	h    hints
	span map[string]int // id of a span → number of its first part
}

// Build makes the CAS of an article as one annotator has it.
func (s *State) Build(a *format.Article, set *format.Set, job *format.Job) *Document {
	b := &builder{
		s: s, job: job, a: a, set: set, d: &Document{}, span: map[string]int{},
		h: hints{Names: map[annotate.Scope]map[string]string{}, Kinds: map[annotate.Scope]map[string]string{}},
	}
	b.sofa()
	b.metadata()
	if !s.Builtin && !s.Rows {
		b.article()
	}
	b.tokens()
	b.spans()
	b.relations()
	if s.XML {
		b.h.Words = b.d.clean()
	}
	if !s.Builtin && !s.Rows {
		b.hints()
	}
	b.d.Views = []View{{Name: InitialView, Sofa: 1, Members: b.all}}
	b.d.Types = s.Types()
	return b.d
}

// put adds a structure and makes it a member of the view.
func (b *builder) put(typ string, fields ...Field) *FS {
	f := &FS{ID: len(b.d.FS) + 1, Type: typ, Fields: fields}
	b.d.FS = append(b.d.FS, f)
	b.all = append(b.all, f.ID)
	return f
}

// at are the fields of everything with a place in the text.
func (b *builder) at(r text.Range) []Field {
	t := b.a.Index()
	return []Field{{"sofa", ref(1)}, {"begin", number(t.UTF16Of(r.Start))}, {"end", number(t.UTF16Of(r.End))}}
}

// say adds a text, unless there is none.
func (f *FS) say(name, value string) {
	if value != "" {
		f.Fields = append(f.Fields, Field{name, word(value)})
	}
}

func (b *builder) sofa() {
	b.put(SofaType, Field{"sofaNum", number(1)}, Field{"sofaID", word(InitialView)}, Field{"mimeType", word("text")}, Field{"sofaString", word(b.a.Text)})
	b.all = nil // the text is no member
}

func (b *builder) metadata() {
	f := b.put(Metadata, b.at(text.Range{End: b.a.Index().Len()})...)
	f.say("language", cmp.Or(b.a.Language, "x-unspecified"))
	f.say("documentTitle", cmp.Or(b.a.Title, b.a.Ref))
	f.say("documentId", b.a.Ref)
	f.say("documentUri", b.a.URL)
}

// article writes what is known of the whole article.
func (b *builder) article() {
	f := b.put(ArticleLayer, b.at(text.Range{})...)
	a, s := b.a, b.set
	for _, x := range [][2]string{
		{"ref", a.Ref},
		{"title", a.Title},
		{"source", a.Publisher},
		{"url", a.URL},
		{"author", a.Author},
		{"published", a.Published},
		{"language", a.Language},
		{"annotator", s.Annotator},
		{"status", string(s.Status)},
		{"flag", s.Flag},
		{"note", s.Note},
		{"reason", s.Reason},
	} {
		f.say(x[0], x[1])
	}
	if len(a.Meta) > 0 {
		f.say("meta", object(a.Meta))
	}
	b.values(f, annotate.DocumentScope, s.Fields, kinds([]annotate.Values{s.Fields}))
}

// hints adds to the article's layer what its types cannot say, when all is known.
func (b *builder) hints() {
	raw, err := json.Marshal(b.h) // maps by sorted keys
	if err != nil {
		raw = []byte("{}") // cannot be: it holds words only
	}
	for _, f := range b.d.FS {
		if f.Type == ArticleLayer {
			f.say(ownFeature, escapeForbidden(string(raw)))
			return
		}
	}
}

// object is values as JSON, by sorted keys.
func object(values annotate.Values) string {
	out := []byte{'{'}
	for i, k := range sortedKeys(values) {
		if i > 0 {
			out = append(out, ',')
		}
		raw, err := format.CanonicalJSON(values[k])
		if err != nil {
			raw = json.RawMessage("null") // cannot be: the Store holds JSON only
		}
		out = append(append(format.AppendString(out, k), ':'), raw...)
	}
	return string(append(out, '}'))
}

func sortedKeys(values annotate.Values) []string {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// values writes attributes as features.
func (b *builder) values(f *FS, scope annotate.Scope, values annotate.Values, kinds map[string]string) {
	for _, name := range sortedKeys(values) {
		feature := b.s.Feature(b.job, scope, name)
		kind := kinds[name]
		if b.s.Rows {
			kind = kindOf(values[name]) // there is no place to say what kind it is
		}
		v, kind := encode(values[name], kind, b.s.features[scope].lists[feature])
		f.Fields = append(f.Fields, Field{feature, v})
		if feature != name {
			note(b.h.Names, scope, feature, name)
		}
		if kind != "" {
			note(b.h.Kinds, scope, feature, kind)
		}
	}
}

func note(in map[annotate.Scope]map[string]string, scope annotate.Scope, key, value string) {
	if in[scope] == nil {
		in[scope] = map[string]string{}
	}
	in[scope][key] = value
}

// tokens writes sentences and tokens: INCEpTION shows nothing without them.
func (b *builder) tokens() {
	var fragments []text.Range
	for _, s := range b.set.Spans {
		fragments = append(fragments, s.Fragments...)
	}
	segments := Segments
	if b.s.Rows {
		segments = Rows
	}
	sentences, tokens := segments(b.a.Index(), fragments)
	for _, r := range sentences {
		b.put(Sentence, b.at(r)...)
	}
	for _, r := range tokens {
		b.put(Token, b.at(r)...)
	}
}

// spans writes an annotation for each part of each span.
func (b *builder) spans() {
	var all []annotate.Values
	for _, s := range b.set.Spans {
		all = append(all, s.Attributes)
	}
	kinds := kinds(all)
	split := 0
	for _, s := range b.set.Spans {
		part := ""
		if len(s.Fragments) > 1 && !b.s.Builtin {
			split++
			part = itoa(split)
		}
		for i, r := range s.Fragments {
			f := b.annotation(&s, r, kinds)
			if part != "" {
				f.say("split", part)
			}
			if i == 0 {
				b.span[s.ID] = f.ID
			}
		}
	}
}

func (b *builder) annotation(s *format.Span, r text.Range, kinds map[string]string) *FS {
	if b.s.Builtin {
		f := b.put(NamedEntity, append(b.at(r), Field{"value", word(s.Label)})...)
		if s.Entity != nil {
			f.say("identifier", s.Entity.ID)
		}
		return f
	}
	f := b.put(SpanLayer, append(b.at(r), Field{"label", word(s.Label)})...)
	b.values(f, annotate.SpanScope, s.Attributes, kinds)
	if s.Entity != nil {
		f.Fields = append(f.Fields, Field{"entity", word(s.Entity.ID)})
		f.say("entity_name", s.Entity.Name)
		f.say("entity_kind", s.Entity.Kind)
	}
	f.say("note", s.Note)
	return f
}

// relations writes relations at the place of their second end, as INCEpTION does.
func (b *builder) relations() {
	var all []annotate.Values
	for _, r := range b.set.Relations {
		all = append(all, r.Attributes)
	}
	kinds := kinds(all)
	for _, r := range b.set.Relations {
		to := b.d.FS[b.span[r.To]-1]
		f := b.put(RelationLayer, slices.Clone(to.Fields[:3])...)
		f.Fields = append(f.Fields, Field{"Dependent", ref(b.span[r.To])}, Field{"Governor", ref(b.span[r.From])}, Field{"label", word(r.Type)})
		b.values(f, annotate.RelationScope, r.Attributes, kinds)
		f.say("note", r.Note)
	}
}
