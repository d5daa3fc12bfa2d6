package refiqda

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/text"
)

// builder makes the annotation sets of one article.
type builder struct {
	p         *project
	a         *format.Article
	inclusive bool
	title     string         // as Lede wrote it
	sets      map[string]int // by annotator
	ends      map[string]end // spans by the GUIDs of selections and codings
	values    []valueCoding
	length    int
}

// end is where a link can lead: a span of a set.
type end struct{ set, span int }

// valueCoding is a coding with a value of an attribute.
type valueCoding struct {
	code      *code
	selection string
	set       int
	place     text.Range
}

func (b *builder) set(who string) int {
	i, ok := b.sets[who]
	if !ok {
		i = len(b.a.Sets)
		b.sets[who] = i
		b.a.Sets = append(b.a.Sets, format.Set{Place: b.a.Place, Annotator: who, LocalIDs: true})
	}
	return i
}

func (b *builder) user(guids ...string) string {
	for _, g := range guids {
		if name, ok := b.p.users[plain(g)]; ok {
			return name
		}
	}
	return ""
}

var pieceName = regexp.MustCompile(`^part (\d+) of (\d+) of ([0-9a-f-]{36})$`)

func (b *builder) selections(list []selection) {
	b.length = b.a.Index().Len()
	for i := range list {
		s := &list[i]
		place, ok := b.place(s)
		if !ok {
			continue
		}
		if len(s.Codings) == 0 {
			b.a.Skip("selections", "marked pieces without a code, left out", 1, b.a.Title+": "+s.Description)
			continue
		}
		for k := range s.Codings {
			b.coding(s, &s.Codings[k], place)
		}
	}
	for _, v := range b.values {
		b.value(v)
	}
}

// place is the range of a selection; none, if it is empty or outside the text.
func (b *builder) place(s *selection) (text.Range, bool) {
	start, err1 := strconv.Atoi(strings.TrimSpace(s.Start))
	stop, err2 := strconv.Atoi(strings.TrimSpace(s.End))
	if b.inclusive {
		stop++
	}
	if err1 != nil || err2 != nil || start < 0 || stop > b.length || start >= stop {
		b.a.Skip("selections", "marked pieces that are empty or outside their text, left out", 1, b.a.Title+": "+s.Start+"–"+s.End)
		return text.Range{}, false
	}
	return text.Range{Start: start, End: stop}, true
}

// coding makes a span, adds a piece to one, or notes a value of an attribute.
func (b *builder) coding(s *selection, c *coding, place text.Range) {
	meant := b.p.codes[plain(c.Code.Target)]
	if meant == nil {
		b.a.Skip("codings", "codings with a code that the project does not have, left out", 1, b.a.Title)
		return
	}
	set := b.set(b.user(c.CreatingUser, s.CreatingUser, s.ModifyingUser))
	if meant.attribute != "" {
		b.values = append(b.values, valueCoding{meant, plain(s.GUID), set, place})
		return
	}
	if m := pieceName.FindStringSubmatch(s.Name); m != nil && m[1] != "1" {
		if first, ok := b.ends[m[3]+" "+meant.label]; ok && first.set == set {
			span := &b.a.Sets[set].Spans[first.span]
			span.Fragments = append(span.Fragments, place)
			b.ends[plain(s.GUID)+" "+meant.label] = first
			return
		}
	}
	x := format.Span{Place: b.a.Place, ID: strconv.Itoa(len(b.a.Sets[set].Spans) + 1), Label: meant.label, Fragments: []text.Range{place}, Note: unspell(s.Description)}
	b.notes(&x, append(slices.Clone(c.Notes), s.Notes...))
	at := end{set, len(b.a.Sets[set].Spans)}
	b.a.Sets[set].Spans = append(b.a.Sets[set].Spans, x)
	id := plain(s.GUID)
	b.ends[id+" "+meant.label] = at
	b.ends[plain(c.GUID)] = at
	if _, taken := b.ends[id]; !taken {
		b.ends[id] = at
	}
}

// notes adds what notes say of a span.
func (b *builder) notes(x *format.Span, refs []ref) {
	for _, r := range refs {
		n, ok := b.p.notes[plain(r.Target)]
		if !ok {
			continue
		}
		if f, ok := ours(n); ok {
			note, id := x.Note, x.ID
			features.ToSpan(x, f)
			x.Note, x.ID = note, id // these have places of their own
			continue
		}
		x.Note = strings.TrimPrefix(x.Note+"\n"+n.text, "\n")
	}
}

// ours are the values of a note that only Lede understands.
func ours(n note) (features.Features, bool) {
	if n.name != ledeNote || !json.Valid([]byte(n.text)) || !strings.HasPrefix(n.text, "{") {
		return nil, false
	}
	if _, bad := format.CheckJSON(n.text); bad != "" {
		return nil, false
	}
	return features.Parse(n.text)
}

// value gives a span the value of an attribute: the span of its selection, else one
// of the same place, else a new one.
func (b *builder) value(v valueCoding) {
	raw, list := valueOf(v.code.value)
	at, ok := b.ends[v.selection+" "+v.code.label]
	spans := b.a.Sets[v.set].Spans
	if !ok || at.set != v.set {
		i := slices.IndexFunc(spans, func(s format.Span) bool {
			return s.Label == v.code.label && len(s.Fragments) == 1 && s.Fragments[0] == v.place
		})
		if i < 0 {
			i = len(spans)
			spans = append(spans, format.Span{Place: b.a.Place, ID: strconv.Itoa(i + 1), Label: v.code.label, Fragments: []text.Range{v.place}})
			b.a.Sets[v.set].Spans = spans
		}
		at = end{v.set, i}
	}
	s := &spans[at.span]
	if s.Attributes == nil {
		s.Attributes = annotate.Values{}
	}
	old, has := s.Attributes[v.code.attribute]
	switch {
	case list && has && old[0] == '[':
		if !slices.Contains(slices.Collect(format.JSONElements(string(old))), string(raw)) {
			s.Attributes[v.code.attribute] = slices.Concat(old[:len(old)-1], []byte(","), raw, []byte("]"))
		}
	case list:
		s.Attributes[v.code.attribute] = slices.Concat([]byte("["), raw, []byte("]"))
	case has && string(old) != string(raw):
		b.a.Skip("values", "further values of an attribute that has one already, left out", 1, v.code.attribute+": "+v.code.value)
	default:
		s.Attributes[v.code.attribute] = raw
	}
}

// documentCodes takes the codings of the source as a whole as fields, and its notes.
func (b *builder) documentCodes(src *textSource) {
	classes := map[int][]string{}
	for _, c := range src.Codings {
		if meant := b.p.codes[plain(c.Code.Target)]; meant != nil {
			set := b.set(b.user(c.CreatingUser, src.CreatingUser))
			classes[set] = append(classes[set], meant.label)
		}
	}
	for set, list := range classes {
		b.a.Sets[set].Fields = format.FieldsOf(list, b.p.src.Schema)
	}
	for _, r := range src.Notes {
		n, ok := b.p.notes[plain(r.Target)]
		if !ok {
			continue
		}
		set := &b.a.Sets[b.set(b.p.noteUser[plain(r.Target)])]
		set.Note = strings.TrimPrefix(set.Note+"\n"+n.text, "\n")
	}
}

// links makes relations of the links that lead from one span of the article to
// another of the same set.
func (b *builder) links() {
	for _, from := range slices.Sorted(maps.Keys(b.ends)) {
		for _, l := range b.p.links[from] {
			to, ok := b.ends[plain(l.Target)]
			at := b.ends[from]
			if !ok || to.set != at.set || l.used {
				continue
			}
			l.used = true
			set := &b.a.Sets[at.set]
			r := format.Relation{
				Place: b.a.Place, Type: cmp.Or(strings.TrimSpace(l.Name), "link"), From: set.Spans[at.span].ID, To: set.Spans[to.span].ID,
			}
			for _, x := range l.Notes {
				if n, ok := b.p.notes[plain(x.Target)]; ok {
					if f, ok := ours(n); ok {
						said := r.Note
						features.ToRelation(&r, f)
						r.Note = said
					} else {
						r.Note = n.text
					}
				}
			}
			set.Relations = append(set.Relations, r)
		}
	}
}
