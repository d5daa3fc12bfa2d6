package format

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/annotate/text"
)

// corefNames are the names, in small letters alone, by which relation types say
// that two spans are the same.
var corefNames = []string{
	"coref", "coreference", "corefers", "coreferswith", "coreferent", "corefchain", "identity", "ident", "identical", "same", "sameas", "equiv", "equivalent",
}

// identity tells the relation types that say that two spans are the same.
type identity func(relationType string) bool

// identityOf is what the option coreference says: none, a list of names, or auto:
// the usual names. Then a relation type of that name in the project's schema is
// meant, and a format that holds everything as Lede has it is left as it is.
func identityOf(setting string, f *Format, schema *annotate.Schema) identity {
	switch setting {
	case "none":
		return func(string) bool { return false }
	case "auto", "":
		if f == nil || !f.Training {
			return func(string) bool { return false }
		}
		defined := map[string]bool{}
		for _, t := range schema.RelationTypes {
			defined[t.Name] = true
		}
		return func(name string) bool { return !defined[name] && slices.Contains(corefNames, letters(name)) }
	}
	names := strings.Split(setting, ",")
	return func(name string) bool { return slices.Contains(names, name) }
}

// letters are those of a name, small.
func letters(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, name))
}

// unite gives the spans of a set that a file says are the same one entity, and
// leaves out the relations that say so.
func (im *importer) unite(s *Set, fragments []annotate.Fragments, t *text.Text) {
	at := make(map[string]int, len(s.Spans))
	for i := range s.Spans {
		at[s.Spans[i].ID] = i
	}
	g := make(groups, len(s.Spans))
	for i := range g {
		g[i] = i
	}
	for _, same := range s.Same {
		for _, id := range same[1:] {
			g.join(at[same[0]], at[id])
		}
	}
	im.uniteRelated(s, at, g)
	members := map[int][]int{}
	var order []int
	for i := range g {
		root := g.root(i)
		if len(members[root]) == 0 {
			order = append(order, root)
		}
		members[root] = append(members[root], i)
	}
	for _, root := range order {
		if len(members[root]) > 1 {
			im.uniteSpans(s, members[root], fragments, t)
		}
	}
}

// uniteRelated joins the spans that relations say are the same.
func (im *importer) uniteRelated(s *Set, at map[string]int, g groups) {
	var kept []Relation
	for _, r := range s.Relations {
		from, ok1 := at[r.From]
		to, ok2 := at[r.To]
		if !im.same(r.Type) || !ok1 || !ok2 {
			kept = append(kept, r)
			continue
		}
		g.join(from, to)
		im.notes.add("coreference", "relations that say that two spans are the same, taken as entities (--opt coreference=none keeps them)", 1, r.Type)
		if r.Note != "" || len(r.Attributes) > 0 {
			im.notes.add("coreference", "notes and attributes of such relations, left out", 1, r.Place.String())
		}
	}
	s.Relations = kept
}

// uniteSpans gives spans one entity: the one that some of them have, else a new one
// after their names.
func (im *importer) uniteSpans(s *Set, members []int, fragments []annotate.Fragments, t *text.Text) {
	var shared *Entity
	var mentions, names, others []string
	for _, i := range members {
		if shared == nil {
			shared = s.Spans[i].Entity
		}
		words := s.Spans[i].Text
		if t != nil {
			words = t.Quote(fragments[i])
		}
		mentions = append(mentions, words)
		if said, name := nameSaid(s.Spans[i]); said && name {
			names = append(names, words)
		} else if !said {
			others = append(others, words)
		}
	}
	if shared == nil {
		first := s.Spans[members[0]]
		called := cmp.Or(entity.NameOf(names), entity.NameOf(others), entity.NameOf(mentions), first.Label+" "+first.ID)
		shared = im.newEntity(first.Label, called)
	}
	for _, i := range members {
		if s.Spans[i].Entity == nil {
			s.Spans[i].Entity = shared
		}
	}
}

// newEntity makes an entity for spans of a label, or, where the option same-names
// says so, finds the one that is called so.
func (im *importer) newEntity(label, name string) *Entity {
	kind := im.kindOf(label)
	id, known := im.entityNamed[[2]string{kind, name}]
	if !known || !im.sameNames {
		made := annotate.Entity{ID: im.o.Env.NewID(), Kind: kind, Name: name}
		id = made.ID
		im.knowEntity(made)
		im.ops = append(im.ops, annotate.Create(made))
		im.report.Created.Entities = append(im.report.Created.Entities, name)
	}
	return &Entity{ID: string(id), Kind: kind, Name: name}
}

// kindOf is the kind of entity that spans of a label stand for.
func (im *importer) kindOf(label string) string {
	if l, ok := im.schema.LabelNamed(label); ok {
		return l.EntityKind()
	}
	return label
}

// nameSaid says whether the words of a span are a name, if a codebook's attribute says
// so: mention=name, type=NAM and the like.
func nameSaid(s Span) (said, name bool) {
	for _, attribute := range []string{"mention", "mention_type", "type", "Mention", "Type"} {
		switch letters(s.Attributes.String(attribute)) {
		case "name", "named", "nam", "proper", "prop":
			return true, true
		case "nominal", "nom", "pronoun", "pro", "pronominal", "common", "description":
			return true, false
		}
	}
	return false, false
}

// groups are sets of numbers that are one: each points towards the first of its set.
type groups []int

func (g groups) root(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

func (g groups) join(a, b int) {
	a, b = g.root(a), g.root(b)
	g[max(a, b)] = min(a, b)
}
