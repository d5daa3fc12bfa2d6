package formattest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// view is what a project holds, as things that can be counted: each is named by all
// that makes it what it is.
type view map[Kind]map[string]*thing

// thing is one, or several that cannot be told apart.
type thing struct {
	n      int
	group  string      // article and annotator
	owners [][2]string // kind and key of what it belongs to
}

func (v view) add(kind Kind, key, group string, owners ...[2]string) {
	if v[kind] == nil {
		v[kind] = map[string]*thing{}
	}
	if v[kind][key] == nil {
		v[kind][key] = &thing{group: group, owners: owners}
	}
	v[kind][key].n++
}

// viewer makes views of projects.
type viewer struct {
	c      *Case
	names  map[string]string // respelled names of an export, nil for none
	people []string          // only their sets, nil for all
	left   int               // sets of others
	schema *annotate.Schema
	known  map[annotate.ID]annotate.Entity
	v      view
}

// name is how the format spells a name.
func (w *viewer) name(kind, name string) string {
	return cmp.Or(w.names[kind+" "+name], name)
}

func (w *viewer) value(raw json.RawMessage) string {
	if w.c.Value != nil {
		return w.c.Value(raw)
	}
	return string(raw)
}

func key(parts ...any) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = fmt.Sprintf("%q", fmt.Sprint(p))
	}
	return strings.Join(words, " ")
}

func (w *viewer) article(d *annotate.Document) {
	body := d.Text.String()
	at := text.SHA256(body)
	if w.c.Text == Blanks {
		at = strings.Join(strings.FieldsFunc(body, blank), "")
	}
	a := d.Article
	own := [2]string{string(Articles), at}
	w.v.add(Articles, at, at)
	w.v.add(Refs, key(at, a.Ref), at, own)
	for name, fact := range map[string]string{"title": a.Title, "source": a.Source, "url": a.URL, "author": a.Author, "published": a.Published, "language": a.Language} {
		if fact != "" {
			w.v.add(Facts, key(at, name, fact), at, own)
		}
	}
	for name, raw := range a.Meta {
		w.v.add(Facts, key(at, "meta", name, w.value(raw)), at, own)
	}
	for _, s := range d.Sets {
		if w.people != nil && !slices.Contains(w.people, s.Annotator.Name) {
			w.left++
			continue
		}
		w.set(d, s, at)
	}
}

func (w *viewer) set(d *annotate.Document, s annotate.SetData, at string) {
	who := s.Annotator.Name
	if w.c.Nobody {
		who = ""
	}
	group, own := key(at, who), [2]string{string(Articles), at}
	word := func(kind Kind, what string) {
		if what != "" {
			w.v.add(kind, key(group, what), group, own)
		}
	}
	if s.Set.Status != annotate.New {
		word(Status, string(s.Set.Status))
	}
	word(Flags, s.Set.Flag)
	word(SetNotes, s.Set.Note)
	word(Reasons, s.Set.Reason)
	for name, raw := range s.Set.Fields {
		w.v.add(Fields, key(group, name, w.value(raw)), group, own)
	}
	for _, x := range s.Set.Accepted {
		word(Accepted, x)
	}
	spans := map[annotate.ID]string{}
	for _, x := range s.Spans {
		spans[x.ID] = w.span(d, x, group, own)
	}
	for _, r := range s.Relations {
		w.relation(r, group, spans)
	}
}

// span adds a span and what belongs to it, and returns its key.
func (w *viewer) span(d *annotate.Document, x annotate.Span, group string, own [2]string) string {
	label, _ := w.schema.Label(x.Label)
	k := key(group, w.name("label", label.Name), w.place(d.Text, x.Fragments))
	w.v.add(Spans, k, group, own)
	mine := [2]string{string(Spans), k}
	w.v.add(IDs, key(k, x.ID), group, mine)
	w.v.add(Origins, key(k, x.Origin), group, mine)
	w.about(k, group, x.Attributes, x.Note, x.Accepted, mine)
	if e, ok := w.known[x.Entity]; ok {
		what := key(e.ID, e.Kind, e.Name)
		if w.c.Entity != nil {
			what = w.c.Entity(string(e.ID), e.Kind, e.Name)
		}
		w.v.add(Entities, key(k, what), group, mine)
	}
	return k
}

func (w *viewer) relation(r annotate.Relation, group string, spans map[annotate.ID]string) {
	t, _ := w.schema.RelationType(r.Type)
	k := key(group, w.name("relation", t.Name), spans[r.From], spans[r.To])
	w.v.add(Relations, k, group, [2]string{string(Spans), spans[r.From]}, [2]string{string(Spans), spans[r.To]})
	mine := [2]string{string(Relations), k}
	w.v.add(IDs, key(k, r.ID), group, mine)
	w.about(k, group, r.Attributes, r.Note, r.Accepted, mine)
}

// about adds what is said of a span or relation.
func (w *viewer) about(k, group string, attributes annotate.Values, note string, accepted []string, mine [2]string) {
	for name, raw := range attributes {
		w.v.add(Attributes, key(k, w.name("attribute", name), w.value(raw)), group, mine)
	}
	if note != "" {
		w.v.add(Notes, key(k, note), group, mine)
	}
	for _, a := range accepted {
		w.v.add(Accepted, key(k, a), group, mine)
	}
}

// place is where fragments lie, as far as the format can say it.
func (w *viewer) place(t *text.Text, fragments annotate.Fragments) string {
	if w.c.Text == Exact {
		return fmt.Sprint(fragments)
	}
	var parts []string
	for _, f := range fragments {
		before, inside := []rune(t.Slice(text.Range{Start: 0, End: f.Start})), []rune(t.Slice(f))
		lead, tail := 0, 0
		for lead < len(inside) && blank(inside[lead]) {
			lead++
		}
		for tail < len(inside)-lead && blank(inside[len(inside)-1-tail]) {
			tail++
		}
		start := len(before) - countBlank(before)
		parts = append(parts, fmt.Sprint(start, start+len(inside)-countBlank(inside), lead, tail))
	}
	return strings.Join(parts, ";")
}

func countBlank(runes []rune) int {
	n := 0
	for _, r := range runes {
		if blank(r) {
			n++
		}
	}
	return n
}

// blank is what token formats cannot hold inside a token.
func blank(r rune) bool { return unicode.IsSpace(r) || format.IsLineBreak(r) }

// difference is what one project has and another has not.
type difference struct {
	all      int      // things that are not in the other
	sure     int      // of these, those whose owners are all there
	examples []string // of the sure ones, or else of all
	groups   map[string]bool
}

// missing compares kind by kind: what of from is not in to.
func missing(from, to view, kind Kind, held bool) difference {
	d := difference{groups: map[string]bool{}}
	var others []string
	for k, x := range from[kind] {
		n := x.n
		if y := to[kind][k]; y != nil && held {
			n -= y.n
		}
		if n <= 0 {
			continue
		}
		d.all += n
		d.groups[x.group] = true
		others = append(others, k)
		if !slices.ContainsFunc(x.owners, func(o [2]string) bool {
			y := to[Kind(o[0])][o[1]]
			return y == nil || y.n < from[Kind(o[0])][o[1]].n
		}) {
			d.sure += n
			d.examples = append(d.examples, k)
		}
	}
	if len(d.examples) == 0 {
		d.examples = others
	}
	slices.Sort(d.examples)
	d.examples = d.examples[:min(3, len(d.examples))]
	return d
}
