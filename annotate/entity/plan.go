package entity

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
)

// Plan is what taking an authority list in would do.
type Plan struct {
	Ops     []annotate.Op
	Added   int
	Changed int
	Same    int      // entities that the list has nothing new of
	Notes   []string // sentences
}

// Change is the plan as one change, ErrNothing if it does nothing.
func (p *Plan) Change(l *List, env annotate.Env, actor string) (annotate.Change, error) {
	if len(p.Ops) == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	return annotate.Change{
		ID: env.NewID(), Actor: actor, Cause: annotate.CauseImport,
		Title: "Take in the entities of " + l.File, Ops: p.Ops,
	}, nil
}

// codes are attributes that name one thing for everybody: entities that differ in one
// are different, whatever they are called.
var codes = []string{"wikidata", "geonames"}

// Take works out how a list is taken into a project. A row means the entity with its
// id; else the one of its kind with its Wikidata or GeoNames code; else the one of its
// kind and name, if just one is called that and no code or earlier row says otherwise;
// else it is a new entity. What a cell says takes the place of what was there; aliases are
// added, and the name that a row replaces becomes one. An empty cell changes nothing.
// kind is that of rows that name none; "" refuses them.
func Take(l *List, project []annotate.Entity, schema *annotate.Schema, kind string, newID func() annotate.ID) (*Plan, error) {
	t := &taker{
		list: l, kind: kind, newID: newID, plan: &Plan{}, schema: schema, odd: map[string]int{}, offered: map[string][]annotate.Attribute{},
		byID: make(map[annotate.ID]*subject, len(project)), byName: make(map[[2]string][]*subject, len(project)), byCode: map[[3]string]*subject{},
	}
	for i := range project {
		t.know(&subject{before: &project[i], after: project[i]})
	}
	for _, r := range l.rows { // no other row shall take by its name whom one means by its id
		if s := t.byID[annotate.ID(r.id)]; s != nil && r.id != "" {
			s.claimed = true
		}
	}
	for _, r := range l.rows {
		if err := t.row(r); err != nil {
			return nil, err
		}
	}
	t.finish()
	return t.plan, nil
}

// subject is an entity as it was and as it becomes.
type subject struct {
	before  *annotate.Entity // nil = new
	after   annotate.Entity
	line    int  // of the list, 0 = none yet
	claimed bool // a row of the list means it by its id
}

// taker takes one list in.
type taker struct {
	list    *List
	kind    string
	newID   func() annotate.ID
	plan    *Plan
	schema  *annotate.Schema
	byID    map[annotate.ID]*subject
	byName  map[[2]string][]*subject // kind and name
	byCode  map[[3]string]*subject   // kind, attribute and value
	offered map[string][]annotate.Attribute
	met     []*subject     // by the list, in its order
	odd     map[string]int // remarks, and how often
}

func (t *taker) know(s *subject) {
	e := &s.after
	t.byID[e.ID] = s
	called := [2]string{e.Kind, e.Name}
	t.byName[called] = append(t.byName[called], s)
	for _, code := range codes {
		if value := cellOf(e.Attributes[code]); value != "" {
			t.byCode[[3]string{e.Kind, code, value}] = s
		}
	}
}

// row takes one row in.
func (t *taker) row(r row) error {
	s, kind := t.byID[annotate.ID(r.id)], r.kind
	if s == nil || r.id == "" {
		if kind == "" {
			kind = t.kind
		}
		if kind == "" {
			return t.list.refuse(r.line, "Say so in a column “kind”, or name one kind for all (--kind).", "%q has no kind", r.name)
		}
		if s = t.called(kind, r); s != nil && r.id != "" {
			s.claimed = true
		}
	}
	fresh := s == nil
	if fresh {
		if r.name == "" {
			return t.list.refuse(r.line, "Give it a name.", "there is no entity %s, and the row has no name for a new one", r.id)
		}
		s = &subject{after: annotate.Entity{ID: annotate.ID(r.id), Kind: kind, Name: r.name}, claimed: r.id != ""}
		if r.id == "" {
			s.after.ID = t.newID()
		}
	}
	if s.line == 0 {
		s.line = r.line
		t.met = append(t.met, s)
	} else {
		t.odd["the list has several lines for one entity, which were put together"]++
	}
	t.fill(s, r)
	if fresh {
		t.know(s)
	}
	return nil
}

// called is the entity that a row means by a code or by its kind and name, nil for
// none.
func (t *taker) called(kind string, r row) *subject {
	for i, cell := range r.cells {
		if s := t.byCode[[3]string{kind, t.list.Attributes[i], cell}]; s != nil && !(r.id != "" && s.claimed) {
			return s
		}
	}
	var fits []*subject
	for _, s := range t.byName[[2]string{kind, r.name}] {
		if !(r.id != "" && s.claimed) && !t.contradicts(r, s) {
			fits = append(fits, s)
		}
	}
	if len(fits) > 1 { // those of whom the row says nothing new, first those that no row has met
		slices.SortStableFunc(fits, func(a, b *subject) int { return min(a.line, 1) - min(b.line, 1) })
		fits = slices.DeleteFunc(fits, func(s *subject) bool { return !t.agrees(r, s) })
		if len(fits) == 0 {
			t.odd[fmt.Sprintf("several entities are called “%s”; the list made another one", r.name)]++
		}
	}
	if len(fits) == 0 {
		return nil
	}
	return fits[0]
}

// agrees says whether an entity has all that a row says of it.
func (t *taker) agrees(r row, s *subject) bool {
	for i, cell := range r.cells {
		if cell != "" && cell != cellOf(s.after.Attributes[t.list.Attributes[i]]) {
			return false
		}
	}
	return true
}

// contradicts says whether a row has another code than an entity; or anything else of
// which an earlier row said otherwise.
func (t *taker) contradicts(r row, s *subject) bool {
	for i, cell := range r.cells {
		name := t.list.Attributes[i]
		now := cellOf(s.after.Attributes[name])
		if cell != "" && now != "" && now != cell && (s.line > 0 || slices.Contains(codes, name)) {
			return true
		}
	}
	return false
}

// fill gives an entity what a row says of it.
func (t *taker) fill(s *subject, r row) {
	e := &s.after
	if r.kind != "" {
		e.Kind = r.kind
	}
	aliases := slices.Clone(e.Aliases)
	if r.name != "" && r.name != e.Name {
		aliases = append(aliases, e.Name)
		e.Name = r.name
	}
	for _, alias := range r.aliases {
		if !slices.Contains(aliases, alias) {
			aliases = append(aliases, alias)
		}
	}
	e.Aliases = slices.DeleteFunc(aliases, func(a string) bool { return a == e.Name })
	attributes := maps.Clone(e.Attributes)
	for i, cell := range r.cells {
		name := t.list.Attributes[i]
		if cell == "" || cell == cellOf(e.Attributes[name]) {
			continue
		}
		if attributes == nil {
			attributes = annotate.Values{}
		}
		attributes[name] = t.value(e.Kind, name, cell)
	}
	e.Attributes = attributes
}

// finish makes the ops and the remarks.
func (t *taker) finish() {
	kinds := t.schema.EntityKinds()
	for _, s := range t.met {
		switch {
		case s.before == nil:
			t.plan.Added++
			t.plan.Ops = append(t.plan.Ops, annotate.Create(s.after))
		case annotate.SameRecord(*s.before, s.after):
			t.plan.Same++
		default:
			t.plan.Changed++
			t.plan.Ops = append(t.plan.Ops, annotate.Update(*s.before, s.after))
		}
		if len(kinds) > 0 && !slices.Contains(kinds, s.after.Kind) {
			t.odd[fmt.Sprintf("no label of the schema stands for entities of the kind “%s”", s.after.Kind)]++
		}
	}
	for _, what := range slices.Sorted(maps.Keys(t.odd)) {
		note := what + "."
		if n := t.odd[what]; n > 1 {
			note = fmt.Sprintf("%s (%d times).", what, n)
		}
		t.plan.Notes = append(t.plan.Notes, note)
	}
}

// value is a cell as a value of an attribute: of its type, if the schema has it. What
// does not fit is kept as text, and told.
func (t *taker) value(kind, name, cell string) json.RawMessage {
	offered, known := t.offered[kind]
	if !known {
		offered = t.schema.EntityAttributes(kind)
		t.offered[kind] = offered
	}
	of := annotate.TextValue
	if i := slices.IndexFunc(offered, func(a annotate.Attribute) bool { return a.Name == name }); i >= 0 {
		of = offered[i].Type
	} else if name == "lat" || name == "lon" {
		of = annotate.NumberValue
	}
	switch of {
	case annotate.NumberValue:
		if _, err := strconv.ParseFloat(cell, 64); err == nil && json.Valid([]byte(cell)) {
			return json.RawMessage(cell)
		}
		t.odd[fmt.Sprintf("“%s” is to be a number, and some cells hold none; they were kept as text", name)]++
	case annotate.BooleanValue:
		switch strings.ToLower(cell) {
		case "true", "yes", "1":
			return json.RawMessage("true")
		case "false", "no", "0":
			return json.RawMessage("false")
		}
		t.odd[fmt.Sprintf("“%s” is to be true or false, and some cells are neither; they were kept as text", name)]++
	case annotate.ManyOf:
		raw := []byte{'['}
		for i, item := range splitBars(cell) {
			if i > 0 {
				raw = append(raw, ',')
			}
			raw = append(raw, annotate.StringValue(item)...)
		}
		return append(raw, ']')
	default: // text
	}
	return annotate.StringValue(cell)
}
