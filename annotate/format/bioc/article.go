package bioc

import (
	"cmp"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

// article is a document with its annotations, sorted by annotator.
func article(x *item, u unit) (*format.Article, error) {
	l := layOut(&x.doc, u)
	if l.fault != "" {
		return nil, format.Refuse(x.at, hint, "document %s: %s", x.doc.ID, l.fault)
	}
	b := &builder{item: x, l: l, a: &format.Article{Place: x.at, Ref: string(x.doc.ID), Text: l.text}, sets: map[string]int{}, spans: map[word]owner{}}
	for _, f := range l.annotations {
		if err := b.span(f); err != nil {
			return nil, err
		}
	}
	for i := range l.relations {
		b.relation(&l.relations[i])
	}
	return b.a, b.facts()
}

// owner is the set and the id of the span that an annotation became.
type owner struct {
	set  int
	span string
}

type builder struct {
	*item
	l     *layout
	a     *format.Article
	sets  map[string]int // annotator → index of the set
	spans map[word]owner
}

// set is the annotator's, made when it is needed.
func (b *builder) set(who string) int {
	i, ok := b.sets[who]
	if !ok {
		i = len(b.a.Sets)
		b.sets[who] = i
		b.a.Sets = append(b.a.Sets, format.Set{Place: b.at, Annotator: who, LocalIDs: !b.ours})
	}
	return i
}

// known takes type and annotator, which are texts in files of Lede, too.
func (b *builder) known(list infonList) (kind, who string, f features.Features) {
	var rest infonList
	for _, i := range list {
		switch i.Key {
		case typeInfon:
			kind = cmp.Or(i.Value, i.raw)
		case annotatorInfon:
			who = cmp.Or(i.Value, i.raw)
		default:
			rest = append(rest, i)
		}
	}
	return kind, who, values(rest, b.ours)
}

func (b *builder) span(x found) error {
	kind, who, f := b.known(x.Infons)
	s := format.Span{Place: b.at, Label: cmp.Or(kind, "annotation")}
	ranges, ok := b.l.places(x)
	if !ok {
		return format.Refuse(b.at, "Are the offsets counted from the start of the document?", "the annotation %s of document %s (%s) lies outside its text", x.ID, b.doc.ID, s.Label)
	}
	if len(ranges) == 0 {
		b.a.Skip("empty", "annotations of no characters, left out", 1, string(b.doc.ID+": "+x.ID))
		return nil
	}
	s.Fragments = ranges
	if x.Text != nil && *x.Text != "" && len(ranges) == 1 && flat(b.a.Index().Slice(ranges[0])) != flat(*x.Text) {
		s.Text, s.HasText = *x.Text, true // the import says what does not agree
	}
	features.ToSpan(&s, f)
	if s.ID == "" {
		s.ID = string(x.ID)
	}
	i := b.set(who)
	if _, twice := b.spans[x.ID]; twice || x.ID == "" {
		s.ID = "" // nothing can lead to it
	} else {
		b.spans[x.ID] = owner{i, s.ID}
	}
	b.a.Sets[i].Spans = append(b.a.Sets[i].Spans, s)
	return nil
}

// relation makes one of the first two nodes, and one each of the first and a further
// one.
func (b *builder) relation(x *relation) {
	kind, _, f := b.known(x.Infons)
	if len(x.Nodes) < 2 {
		b.a.Skip("relations", "relations with fewer than two ends, left out", 1, string(b.doc.ID+": "+x.ID))
		return
	}
	from, ok := b.spans[x.Nodes[0].Ref]
	for k, n := range x.Nodes[1:] {
		to, has := b.spans[n.Ref]
		if !ok || !has || from.set != to.set {
			b.a.Skip("relations", "relations between other things than two annotations of one annotator, left out", 1, string(b.doc.ID+": "+x.ID))
			continue
		}
		r := format.Relation{Place: b.at, Type: cmp.Or(kind, n.Role, "relation"), From: from.span, To: to.span}
		if k == 0 {
			features.ToRelation(&r, f)
			if r.ID == "" && b.ours {
				r.ID = string(x.ID)
			}
		} else {
			b.a.Skip("relations", "further ends of relations, taken as relations of their own", 1, string(b.doc.ID+": "+x.ID))
		}
		set := &b.a.Sets[from.set]
		set.Relations = append(set.Relations, r)
	}
}

// facts takes the infons of the document; those of passages and sentences have no
// place in Lede.
func (b *builder) facts() error {
	f := values(b.doc.Infons, b.ours)
	if raw, ok := f[features.Sets]; ok && b.ours {
		sets, err := features.ToSets(b.a.Sets, raw, b.at)
		if err != nil {
			return err
		}
		b.a.Sets = sets
		delete(f, features.Sets)
	}
	if _, ok := f[controlInfon]; ok && b.ours {
		b.a.Text = features.XMLRestored(b.a.Text, f.String(controlInfon))
		delete(f, controlInfon)
	}
	features.ToArticle(b.a, f)
	for _, p := range b.doc.Passages {
		b.a.Skip("infons", "infons of passages, left out", len(p.Infons), string(b.doc.ID))
		for _, s := range p.Sentences {
			b.a.Skip("infons", "infons of sentences, left out", len(s.Infons), string(b.doc.ID))
		}
	}
	return nil
}
