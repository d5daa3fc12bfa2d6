package brat

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// set gathers the lines of the annotation files of one annotator. Lines may
// refer to later ones, so that they are put together at the end.
type set struct {
	r     *reader
	ref   string
	place format.Place
	spans []*span
	byID  map[string]*span

	events    []link // E lines: trigger and roles
	relations []relation
	relByID   map[string]int
	shared    int       // events whose trigger is that of another one, too
	pending   []pending // A, M, N and # lines
	equivs    []equiv
}

type span struct{ format.Span }

type relation struct {
	format.Relation
	id string // in the file
}

// link is an event: its trigger, and what it links to in which roles.
type link struct {
	id, trigger string
	roles       [][2]string // role, target
	at          format.Place
}

type pending struct {
	line   string
	fields []string
	at     format.Place
}

type equiv struct {
	ids []string
	at  format.Place
}

func newSet(r *reader, ref string) *set {
	return &set{r: r, ref: ref, byID: map[string]*span{}, relByID: map[string]int{}}
}

func (s *set) file(src format.Source) error {
	s.place = src.At(0)
	for n, line := range src.Lines() {
		if line.Err != nil {
			return line.Err
		}
		if strings.TrimSpace(line.Text) == "" {
			continue
		}
		if err := s.line(line.Text, src.At(n)); err != nil {
			return err
		}
	}
	return nil
}

const seeRules = "docs/formats/brat.md has the lines that are read."

func (s *set) line(line string, at format.Place) error {
	id, rest, ok := strings.Cut(line, "\t")
	if !ok || id == "" {
		return format.Refuse(at, seeRules, "a line of brat begins with an id and a tab, not %q", start(line))
	}
	body, tail, _ := strings.Cut(rest, "\t")
	fields := strings.Fields(body)
	if len(fields) == 0 {
		return format.Refuse(at, seeRules, "there is nothing behind the id %s", id)
	}
	switch id[0] {
	case 'T':
		return s.textbound(id, fields, tail, strings.Count(rest, "\t") > 0, at)
	case 'R':
		return s.relation(id, fields, at)
	case 'E':
		return s.event(id, fields, at)
	case '*':
		if fields[0] == "Equiv" {
			s.equivs = append(s.equivs, equiv{fields[1:], at})
			return nil
		}
		return s.group(id, fields, at)
	case 'A', 'M', 'N', '#':
		s.pending = append(s.pending, pending{tail, append([]string{id}, fields...), at})
		return nil
	}
	return format.Refuse(at, seeRules, "the id %q begins with none of T, R, E, A, M, N, #, *", start(id))
}

func start(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// textbound reads "label 0 5;10 15".
func (s *set) textbound(id string, fields []string, tail string, hasText bool, at format.Place) error {
	x := &span{format.Span{Place: at, Label: s.r.name("label", fields[0]), Text: tail, HasText: hasText && tail != ""}}
	x.ID = id // of the file; replaced at the end
	for _, pair := range strings.Split(strings.Join(fields[1:], " "), ";") {
		ends := strings.Fields(pair)
		if len(ends) != 2 {
			return format.Refuse(at, seeRules, "the offsets of %s are not START END", id)
		}
		from, err1 := strconv.Atoi(ends[0])
		to, err2 := strconv.Atoi(ends[1])
		if err1 != nil || err2 != nil || from < 0 {
			return format.Refuse(at, seeRules, "the offsets of %s are no whole numbers: %q", id, pair)
		}
		x.Fragments = append(x.Fragments, text.Range{Start: from, End: to})
	}
	if s.byID[id] != nil {
		return format.Refuse(at, "Give each line its own id.", "the id %s occurs twice", id)
	}
	s.byID[id] = x
	s.spans = append(s.spans, x)
	return nil
}

// relation reads "type Arg1:T1 Arg2:T2".
func (s *set) relation(id string, fields []string, at format.Place) error {
	if len(fields) != 3 {
		return format.Refuse(at, seeRules, "the relation %s has not two ends", id)
	}
	_, from, ok1 := strings.Cut(fields[1], ":")
	_, to, ok2 := strings.Cut(fields[2], ":")
	if !ok1 || !ok2 {
		return format.Refuse(at, seeRules, "the ends of %s are not Arg1:ID Arg2:ID", id)
	}
	s.relByID[id] = len(s.relations)
	s.relations = append(s.relations, relation{format.Relation{Place: at, Type: s.r.name("relation", fields[0]), From: from, To: to}, id})
	return nil
}

// group reads "Alias T1 T2 T3", a relation in no direction among several: it becomes one
// from each to the next.
func (s *set) group(id string, fields []string, at format.Place) error {
	if strings.Contains(strings.Join(fields[1:], ""), ":") {
		return s.relation(id, fields, at)
	}
	if len(fields) < 3 {
		return format.Refuse(at, seeRules, "the relation %s has not two ends", id)
	}
	for i := 2; i < len(fields); i++ {
		s.relations = append(s.relations, relation{format.Relation{Place: at, Type: s.r.name("relation", fields[0]), From: fields[i-1], To: fields[i]}, ""})
	}
	return nil
}

// event reads "type:T3 role:T4 role2:E5".
func (s *set) event(id string, fields []string, at format.Place) error {
	e := link{id: id, at: at}
	for i, f := range fields {
		role, target, ok := strings.Cut(f, ":")
		if !ok || role == "" || target == "" {
			return format.Refuse(at, seeRules, "%q in the event %s is not ROLE:ID", f, id)
		}
		if i == 0 {
			e.trigger = target
			continue
		}
		e.roles = append(e.roles, [2]string{role, target})
	}
	s.events = append(s.events, e)
	return nil
}

// finish puts the lines together.
func (s *set) finish() (format.Set, error) {
	triggers := map[string]string{}
	if err := s.triggers(triggers); err != nil {
		return format.Set{}, err
	}
	for _, e := range s.events {
		s.addEvent(e, triggers)
	}
	for i := range s.relations {
		r := &s.relations[i]
		r.From, r.To = through(triggers, r.From), through(triggers, r.To)
	}
	out := format.Set{Place: s.place}
	for _, q := range s.equivs {
		same, err := s.equiv(q, triggers)
		if err != nil {
			return format.Set{}, err
		}
		if len(same) > 1 {
			out.Same = append(out.Same, same)
		}
	}
	for _, p := range s.pending {
		if err := s.addPending(p, triggers); err != nil {
			return format.Set{}, err
		}
	}
	for _, r := range s.relations {
		out.Relations = append(out.Relations, r.Relation)
	}
	for _, x := range s.spans {
		out.Spans = append(out.Spans, x.Span)
	}
	// T1 and R1 are names inside one file, no ids to keep: the engine makes new
	// ones, and needs these only to find the ends of relations.
	out.LocalIDs = true
	return out, nil
}

// triggers finds the span of each event. Events that share a trigger get a span each:
// on one, nobody could tell whose roles and attributes are whose.
func (s *set) triggers(of map[string]string) error {
	taken := map[string]bool{}
	for i := range s.events {
		e := &s.events[i]
		x := s.byID[e.trigger]
		if x == nil {
			return format.Refuse(e.at, seeRules, "the trigger %s of the event %s is not there", e.trigger, e.id)
		}
		if _, twice := of[e.id]; twice || s.byID[e.id] != nil {
			return format.Refuse(e.at, "Give each line its own id.", "the id %s occurs twice", e.id)
		}
		if taken[e.trigger] {
			own := *x
			own.ID, own.Place = e.id, e.at
			s.byID[e.id] = &own
			s.spans = append(s.spans, &own)
			e.trigger = e.id
			s.shared++
		}
		taken[e.trigger] = true
		of[e.id] = e.trigger
	}
	return nil
}

// through follows an event to its trigger.
func through(triggers map[string]string, id string) string {
	if t, ok := triggers[id]; ok {
		return t
	}
	return id
}

// addEvent turns the roles of an event into relations from its trigger. Repeated
// roles are numbered in brat: Theme, Theme2.
func (s *set) addEvent(e link, triggers map[string]string) {
	for _, role := range e.roles {
		kind := strings.TrimRight(role[0], "0123456789")
		if kind == "" {
			kind = role[0]
		}
		s.relations = append(s.relations, relation{format.Relation{Place: e.at, Type: s.r.name("relation", kind), From: e.trigger, To: through(triggers, role[1])}, ""})
	}
}

// equiv is the spans of an Equiv line; of an event, its trigger.
func (s *set) equiv(q equiv, triggers map[string]string) ([]string, error) {
	same := make([]string, len(q.ids))
	for i, id := range q.ids {
		same[i] = through(triggers, id)
		if s.byID[same[i]] == nil {
			return nil, format.Refuse(q.at, seeRules, "the span %s is not there", id)
		}
	}
	return same, nil
}

// addPending reads what is said of a span, event or relation.
func (s *set) addPending(p pending, triggers map[string]string) error {
	id, kind := p.fields[0], p.fields[1]
	if len(p.fields) < 3 {
		return format.Refuse(p.at, seeRules, "%s does not say what it is about", id)
	}
	target := through(triggers, p.fields[2])
	x, r := s.byID[target], (*format.Relation)(nil)
	if i, ok := s.relByID[target]; ok {
		r = &s.relations[i].Relation
	}
	if x == nil && r == nil {
		return format.Refuse(p.at, seeRules, "%s is about %s, which is not there", id, p.fields[2])
	}
	attributes, note := (*annotate.Values)(nil), (*string)(nil)
	if x != nil {
		attributes, note = &x.Attributes, &x.Note
	} else {
		attributes, note = &r.Attributes, &r.Note
	}
	switch id[0] {
	case 'A', 'M':
		value := json.RawMessage("true")
		if len(p.fields) > 3 {
			value = format.AppendString(nil, strings.Join(p.fields[3:], " "))
		}
		addAttribute(attributes, kind, value)
	case 'N':
		if x != nil && len(p.fields) > 3 {
			x.Entity = &format.Entity{ID: strings.TrimPrefix(p.fields[3], entityBase+":"), Name: p.line, NoKind: true}
		}
	case '#':
		switch {
		case kind == attributesComment:
			return addObject(attributes, p)
		case kind == entityComment && x != nil:
			return x.entity(p)
		case kind == noteComment:
			var values annotate.Values
			err := addObject(&values, p)
			*note = values.String("note")
			return err
		}
		if *note != "" {
			*note += "\n"
		}
		*note += p.line
	}
	return nil
}

// entity reads what our own export says of an entity where an N line cannot.
func (x *span) entity(p pending) error {
	var values annotate.Values
	if err := addObject(&values, p); err != nil {
		return err
	}
	x.Entity = &format.Entity{ID: values.String("id"), Kind: values.String("kind"), Name: values.String("name")}
	return nil
}

// addAttribute sets an attribute; one that is there already becomes a list.
func addAttribute(v *annotate.Values, name string, value json.RawMessage) {
	if *v == nil {
		*v = annotate.Values{}
	}
	old, has := (*v)[name]
	if !has {
		(*v)[name] = value
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(old, &list) != nil {
		list = []json.RawMessage{old}
	}
	list = append(list, value)
	joined := []byte{'['}
	for i, item := range list {
		if i > 0 {
			joined = append(joined, ',')
		}
		joined = append(joined, item...)
	}
	(*v)[name] = append(joined, ']')
}

func addObject(v *annotate.Values, p pending) error {
	if at, what := format.CheckJSON(p.line); at >= 0 {
		return format.Refuse(p.at, "Mend the file.", "byte %d of the attributes: %s", at, what)
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal([]byte(p.line), &values); err != nil {
		return format.Refuse(p.at, "Mend the file.", "the attributes are no JSON object")
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		canonical, err := format.CanonicalJSON(values[name])
		if err != nil {
			return format.Refuse(p.at, "Mend the file.", "the attribute %q is no JSON", name)
		}
		addAttribute(v, name, canonical)
	}
	return nil
}
