package format

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Anonymised says what an export hides.
type Anonymised struct {
	Annotators bool     `json:"annotators"`       // they are annotator-1, annotator-2, …
	Labels     []string `json:"labels,omitempty"` // whose words are placeholders, as [ACTOR-1]
	// Everywhere says that the words are hidden also where nobody marked them, in the
	// articles in which they are marked.
	Everywhere bool `json:"everywhere,omitempty"`
	// Placeholders is how many stand in the texts, Unmarked how many of them where
	// nobody marked the words.
	Placeholders int `json:"placeholders"`
	Unmarked     int `json:"unmarked,omitempty"`
}

// masker hides names and words. Nil: nothing is hidden.
type masker struct {
	report *Anonymised
	names  map[string]string // of annotators
	labels map[string]string // that are masked, to what placeholders begin with
	closed map[string]bool   // attributes whose values are no free text

	facts, notes, widened, left int // told when all is done
	example                     string
}

func newMasker(schema *annotate.Schema, people []annotate.Annotator, o *ExportOptions) (*masker, error) {
	if !o.Anonymise && len(o.Mask) == 0 {
		return &masker{}, nil
	}
	if err := labelsKnown(schema, o.Mask); err != nil {
		return nil, err
	}
	m := &masker{report: &Anonymised{Annotators: o.Anonymise, Labels: o.Mask, Everywhere: o.MaskEverywhere}, labels: map[string]string{}}
	for _, name := range o.Mask {
		m.labels[name] = placeholderName(name)
	}
	m.closed = map[string]bool{}
	for _, a := range schema.Attributes {
		m.closed[a.Name] = a.Type != annotate.TextValue
	}
	if o.Anonymise {
		m.names = map[string]string{}
		// In the order in which they came to the project: that of their names would
		// tell something about these.
		sorted := slices.Clone(people)
		slices.SortFunc(sorted, func(a, b annotate.Annotator) int { return strings.Compare(string(a.ID), string(b.ID)) })
		for _, p := range sorted {
			if p.Kind == annotate.Human {
				m.names[p.Name] = fmt.Sprintf("annotator-%d", len(m.names)+1)
			}
		}
	}
	return m, nil
}

// placeholderName is a label in capitals, without what could be taken for markup.
func placeholderName(label string) string {
	return spell(strings.ToUpper(label), func(r rune) bool {
		return !strings.ContainsRune("[]<>&|\\\"' \t\n", r) && !IsLineBreak(r)
	})
}

// people gives annotators their other names, everywhere.
func (m *masker) people(c *choice, people []annotate.Annotator) []annotate.Annotator {
	if m.names == nil {
		return people
	}
	people = slices.Clone(people)
	for i := range people {
		people[i].Name = m.name(people[i].Name)
		people[i].Extra = nil
	}
	slices.SortFunc(people, func(a, b annotate.Annotator) int { return strings.Compare(a.Name, b.Name) })
	if c.names != nil {
		c.names = slices.Clone(c.names)
		for i := range c.names {
			c.names[i] = m.name(c.names[i])
		}
		slices.Sort(c.names)
	}
	return people
}

func (m *masker) name(name string) string {
	if other, ok := m.names[name]; ok {
		return other
	}
	return name
}

func (m *masker) annotators(a *Article) {
	if m.names == nil {
		return
	}
	for i := range a.Sets {
		a.Sets[i].Annotator = m.name(a.Sets[i].Annotator)
	}
	slices.SortStableFunc(a.Sets, func(x, y Set) int { return strings.Compare(x.Annotator, y.Annotator) })
}

// entities are those of the project, or none: their names are what is hidden.
func (m *masker) entities(list []annotate.Entity) []annotate.Entity {
	if len(m.labels) > 0 {
		return nil
	}
	return list
}

// records leaves of an article's records no more than their ids: fields of later
// versions could say anything.
func (m *masker) records(a *Article) {
	if m.report == nil || a.Record == nil {
		return
	}
	a.Record = &annotate.Article{ID: a.Record.ID, Intake: a.Record.Intake, PublishedISO: a.Record.PublishedISO}
	for i := range a.Sets {
		s := &a.Sets[i]
		if s.Record != nil {
			s.Record = &annotate.AnnotationSet{ID: s.Record.ID}
		}
		for k := range s.Spans {
			s.Spans[k].Extra = nil
		}
		for k := range s.Relations {
			s.Relations[k].Extra = nil
		}
	}
}

// hidden is one stretch of text that becomes a placeholder.
type hidden struct {
	old, now text.Range
	words    string // the placeholder
	unmarked bool   // nobody marked it
}

// words replaces the words of masked spans by placeholders and moves all spans along.
// had are all annotation sets of the article: what anybody marked is hidden.
func (m *masker) words(ctx context.Context, a *Article, had []Set) error {
	if len(m.labels) == 0 {
		return nil
	}
	t := a.Index()
	places, quotes, err := m.places(ctx, t, had)
	if err != nil {
		return err
	}
	var b strings.Builder
	at, length := 0, 0 // in the old text, of the new one
	keep := func(to int) {
		b.WriteString(t.Slice(text.Range{Start: at, End: to}))
		length += to - at
		at = to
	}
	for i := range places {
		h := &places[i]
		keep(h.old.Start)
		b.WriteString(h.words)
		n := len([]rune(h.words))
		h.now = text.Range{Start: length, End: length + n}
		length, at = length+n, h.old.End
		if h.unmarked {
			m.report.Unmarked++
		}
	}
	keep(t.Len())
	m.report.Placeholders += len(places)
	a.Text, a.index = b.String(), nil
	a.Hash, a.Length = text.SHA256(a.Text), length
	for _, q := range quotes {
		if n := strings.Count(a.Text, q); n > 0 {
			m.left += n
			m.example = a.Ref
		}
	}
	m.silence(a)
	a.Sets = slices.Clone(a.Sets)
	for i := range a.Sets {
		m.set(&a.Sets[i], places)
	}
	return nil
}

// places are the stretches that are hidden, in order, disjoint; quotes are the
// different words in them. The same entity, or else the same words, get one number
// in an article.
func (m *masker) places(ctx context.Context, t *text.Text, sets []Set) (places []hidden, quotes []string, err error) {
	numbers := map[[2]string]int{} // by label and identity
	count := map[string]int{}      // by label
	called := map[string]string{}  // what stands for words
	for _, s := range sets {
		for _, x := range s.Spans {
			name, masked := m.labels[x.Label]
			if !masked {
				continue
			}
			quote := t.Quote(x.Fragments)
			who := strings.ToLower(quote)
			if x.Entity != nil {
				who = "\x00" + x.Entity.ID
			}
			n := numbers[[2]string{x.Label, who}]
			if n == 0 {
				count[x.Label]++
				n = count[x.Label]
				numbers[[2]string{x.Label, who}] = n
			}
			for _, f := range x.Fragments {
				h := hidden{old: f, words: fmt.Sprintf("[%s-%d]", name, n)}
				places = append(places, h)
				if q := t.Slice(f); called[q] == "" && strings.TrimSpace(q) != "" {
					called[q] = h.words
					quotes = append(quotes, q)
				}
			}
		}
	}
	places = merged(places)
	others, err := m.others(ctx, t, places, quotes, called)
	return merged(append(places, others...)), quotes, err
}

// silence takes out what may name somebody beside the text.
func (m *masker) silence(a *Article) {
	for _, f := range []*string{&a.Title, &a.URL, &a.Author} {
		if *f != "" {
			m.facts++
			*f = ""
		}
	}
	keep := annotate.Values(nil)
	if v, has := a.Meta[SplitKey]; has {
		keep = annotate.Values{SplitKey: v}
	}
	m.facts += len(a.Meta) - len(keep)
	a.Meta = keep
}

// set moves the spans of a set.
func (m *masker) set(s *Set, places []hidden) {
	m.drop(&s.Note, &s.Flag, &s.Reason)
	s.Fields = m.values(s.Fields)
	s.Spans = slices.Clone(s.Spans)
	for i := range s.Spans {
		x := &s.Spans[i]
		var moved []text.Range
		wider := false
		for _, f := range x.Fragments {
			r, w := move(f, places)
			moved, wider = append(moved, r), wider || w
		}
		x.Fragments = annotate.Normalize(moved)
		if wider {
			m.widened++
		}
		m.drop(&x.Note)
		x.Attributes = m.values(x.Attributes)
		if x.Entity != nil {
			name := "entity-" + text.SHA256(x.Entity.ID)[:12]
			x.Entity = &Entity{ID: name, Kind: x.Entity.Kind, Name: name, NoKind: x.Entity.NoKind}
		}
	}
	s.Relations = slices.Clone(s.Relations)
	for i := range s.Relations {
		m.drop(&s.Relations[i].Note)
		s.Relations[i].Attributes = m.values(s.Relations[i].Attributes)
	}
	SortSpans(s.Spans)
}

// drop takes what somebody has written freely away.
func (m *masker) drop(written ...*string) {
	for _, s := range written {
		if *s != "" {
			m.notes++
			*s = ""
		}
	}
}

// values are those that are no free text.
func (m *masker) values(v annotate.Values) annotate.Values {
	var kept annotate.Values
	for name, raw := range v {
		if !m.closed[name] {
			m.notes++
			continue
		}
		if kept == nil {
			kept = annotate.Values{}
		}
		kept[name] = raw
	}
	return kept
}

// move is where a range of the old text lies in the new one. An end inside a
// placeholder goes to the placeholder's end: wider says so.
func move(r text.Range, places []hidden) (moved text.Range, wider bool) {
	// The first place that ends behind the offset, and those before it.
	find := func(o int) int {
		i, _ := slices.BinarySearchFunc(places, o, func(h hidden, o int) int {
			if h.old.End <= o {
				return -1
			}
			return 1
		})
		return i
	}
	shift := func(i int) int { // of what stands between places i-1 and i
		if i == 0 {
			return 0
		}
		return places[i-1].now.End - places[i-1].old.End
	}
	i := find(r.Start)
	moved.Start = r.Start + shift(i)
	if i < len(places) && places[i].old.Start < r.Start {
		moved.Start, wider = places[i].now.Start, true
	} else if i < len(places) && places[i].old.Start == r.Start {
		moved.Start = places[i].now.Start
	}
	k := find(r.End - 1) // the last character that is in the range
	switch {
	case k < len(places) && places[k].old.Start < r.End:
		moved.End, wider = places[k].now.End, wider || places[k].old.End > r.End
	default:
		moved.End = r.End + shift(k)
	}
	return moved, wider
}

// tell says what hiding has cost.
func (m *masker) tell(j *Job) {
	if len(m.labels) == 0 {
		return
	}
	j.Lose("masked_facts", "titles, addresses, authors and other facts left out, because they may name what is hidden", m.facts, "")
	j.Lose("masked_notes", "notes, flags, reasons and attributes of free text left out, because they may name what is hidden", m.notes, "")
	j.Lose("masked_ends", "spans that began or ended inside hidden words: they cover the whole placeholder", m.widened, "")
	j.Lose("masked_left", "places where hidden words stand in the text without such a label: they are still there", m.left, m.example)
}
