package plover

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/roles"
	"lede/annotate/text"
	"lede/assets/codes"
)

// fit keeps events that PLOVER can hold, with who and where, and tells the job of all
// else. The records wait for the writer, as []record.
func fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	var records []record
	for i := range a.Sets {
		f := &fitting{state: job.State.(*state), x: roles.NewSet(a, &a.Sets[i]), job: job, used: map[*format.Span]bool{}, relations: map[*format.Relation]bool{}}
		for _, e := range f.x.Hubs(f.events) {
			if r, ok := f.record(e); ok {
				records, f.any = append(records, r), true
			}
		}
		fitted.Sets[i].Spans, fitted.Sets[i].Relations = f.kept()
		f.lose()
	}
	roles.LoseFacts(&format.Article{Ref: a.Ref, Author: a.Author, Meta: a.Meta}, job, false)
	fitted.Prepared = records
	return &fitted
}

// fitting is the fitting of one annotation set.
type fitting struct {
	*state
	x         *roles.Set
	job       *format.Job
	used      map[*format.Span]bool
	relations map[*format.Relation]bool
	any       bool // there is a record
}

func (f *fitting) tell(kind, what string, n int) { f.job.Lose(kind, what, n, f.x.Article.Ref) }

// record makes the record of an event; false if PLOVER has no place for it.
func (f *fitting) record(e *format.Span) (record, bool) {
	kind, known := codes.Type(f.kind.Text(e.Attributes))
	actors, links := f.x.Fillers(e, f.actor)
	date := f.dated(e)
	for _, missing := range []struct {
		is         bool
		kind, what string
	}{
		{!known, "no_type", "events without a type of PLOVER"},
		{generic.Text(e.Attributes) == "true", "generic", "events that are no particular event"},
		{len(actors) == 0, "no_actor", "events without an actor, which PLOVER requires"},
		{date == "", "no_date", "events without a date, which PLOVER requires"},
	} {
		if missing.is {
			f.tell(missing.kind, missing.what, 1)
			return record{}, false
		}
	}
	if len(date) < len("2026-03-04") {
		f.tell("dates", "dates without a day, written as they are", 1)
	}
	r := record{
		id: e.ID, date: date, end: f.entities.Text(e, endDate), kind: kind, coder: f.x.Annotator, comment: e.Note,
		parts: parts(f.x, e, f.job), at: places(e.Fragments), sentence: sentence(f.x.Article.Index(), e),
	}
	if e.Entity != nil {
		r.entity = e.Entity.ID
	}
	if f.sentence {
		r.event = f.x.Article.Index().Slice(text.Range{Start: r.sentence[0], End: r.sentence[1]})
	}
	f.how(e, &r)
	recipients, more := f.x.Fillers(e, f.recipient)
	f.use(e, append(links, more...))
	for _, p := range actors {
		r.actors = append(r.actors, f.party(p))
	}
	for _, p := range recipients {
		r.recipients = append(r.recipients, f.party(p))
	}
	f.where(e, &r)
	for _, name := range counts {
		if n := e.Attributes.String(name); n != "" && isNumber(e.Attributes[name]) {
			r.counts = append(r.counts, [2]string{name, n})
		}
	}
	return r, true
}

// use notes what a record holds.
func (f *fitting) use(e *format.Span, links []*format.Relation) {
	f.used[e] = true
	for _, l := range links {
		f.relations[l] = true
	}
}

// how gives a record its modes and contexts, and its type by the manual's rules.
func (f *fitting) how(e *format.Span, r *record) {
	fact := factuality.Text(e.Attributes)
	aux := auxiliary[fact]
	if becomes := future[r.kind.Code]; aux == "future" && becomes != "" && f.rule {
		r.kind, _ = codes.Type(becomes)
		aux = ""
		f.tell("future", "planned events, written as AGREE or CONCEDE as the manual rules", 1)
	}
	for _, m := range modes.List(e.Attributes) {
		if _, ok := codes.Mode(r.kind.Code, m); !ok {
			f.tell("codes", "modes that PLOVER does not have with the event's type", 1)
			continue
		}
		r.modes = append(r.modes, m)
		if named[r.kind.Code].Has(m) {
			r.contexts = append(r.contexts, m)
		}
	}
	switch {
	case aux != "":
		r.modes = append(r.modes, aux)
	case fact != "" && fact != "actual" && auxiliary[fact] == "":
		f.tell("codes", "factualities that PLOVER does not have", 1)
	}
	for _, c := range append(contexts.List(e.Attributes), ofArticle.List(f.x.Fields)...) {
		if !isCode(codes.Contexts, c) {
			f.tell("codes", "contexts that PLOVER does not have", 1)
			continue
		}
		r.contexts = append(r.contexts, c)
	}
	r.modes, r.contexts = roles.Distinct(r.modes), roles.Distinct(r.contexts)
}

func isCode(list, code string) bool {
	return slices.ContainsFunc(codes.Plover(), func(c codes.Code) bool { return c.List == list && c.Code == code })
}

// party describes an actor or recipient.
func (f *fitting) party(s *format.Span) party {
	f.used[s] = true
	p := party{code: f.entities.Text(s, country), at: places(s.Fragments), text: f.text(s)}
	v, name := f.entities.Attribute(s, sectors)
	var known []string
	for _, c := range v.Strings(name) {
		if isCode(codes.Sectors, c) {
			known = append(known, c)
		} else {
			f.tell("codes", "sectors that PLOVER does not have", 1)
		}
	}
	if len(known) > 2 {
		f.tell("sectors", "sectors beyond the two of an actor", len(known)-2)
		known = known[:2]
	}
	p.sector = strings.Join(known, "")
	if s.Entity != nil {
		p.entity, p.name = s.Entity.ID, s.Entity.Name
		if e := f.entities.Of(s); e != nil {
			p.wikidata = wikidata.Text(e.Attributes)
		}
	}
	return p
}

// where gives a record its place: the first of those that the event is linked to.
func (f *fitting) where(e *format.Span, r *record) {
	at, links := f.x.Fillers(e, f.place)
	if len(at) == 0 {
		return
	}
	f.tell("places", "places of an event beyond its first", len(at)-1)
	for _, l := range links {
		if l.To == at[0].ID {
			f.relations[l] = true
		}
	}
	f.used[at[0]] = true
	s := &spot{text: f.text(at[0]), at: places(at[0].Fragments)}
	r.place = s
	if at[0].Entity == nil {
		return
	}
	s.entity, s.name = at[0].Entity.ID, at[0].Entity.Name
	if known := f.entities.Of(at[0]); known != nil {
		v := known.Attributes
		s.geonames, s.district, s.province, s.countries = geonames.Text(v), admin2.Text(v), admin1.Text(v), country.Text(v)
		s.lat, s.lon = number(v, lat), number(v, lon)
	}
}

// number is a number as it is written, "" if it is none.
func number(v annotate.Values, n roles.Names) string {
	if name, ok := n.Of(v); ok && isNumber(v[name]) {
		return string(v[name])
	}
	return ""
}

func isNumber(raw json.RawMessage) bool {
	return len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') && json.Valid(raw)
}

// dated is when an event happened: by itself, by a time that it is linked to, by its
// entity, or the day of the article.
func (f *fitting) dated(e *format.Span) string {
	if d := f.date.Text(e.Attributes); d != "" {
		return d
	}
	times, links := f.x.Fillers(e, f.time)
	for _, t := range times {
		if d := f.date.Text(t.Attributes); d != "" {
			for _, l := range links {
				f.relations[l] = f.relations[l] || l.To == t.ID
			}
			return d
		}
	}
	if known := f.entities.Of(e); known != nil {
		if d := f.date.Text(known.Attributes); d != "" {
			return d
		}
	}
	return f.x.Article.PublishedISO
}

func (f *fitting) text(s *format.Span) string {
	if f.job.NoText {
		return ""
	}
	return f.x.Text(s)
}

// parts are the texts of a trigger, one for each fragment; none without the text.
func parts(x *roles.Set, e *format.Span, job *format.Job) []string {
	var texts []string
	for _, r := range e.Fragments {
		if !job.NoText {
			texts = append(texts, x.Article.Index().Slice(r))
		}
	}
	return texts
}

func places(fragments []text.Range) [][2]int {
	at := make([][2]int, len(fragments))
	for i, f := range fragments {
		at[i] = [2]int{f.Start, f.End}
	}
	return at
}

// sentence is from the start of the sentence in which a span begins to the end of that
// in which it ends, without the blanks around.
func sentence(t *text.Text, s *format.Span) [2]int {
	first, last := s.Fragments[0].Start, s.Fragments[len(s.Fragments)-1].End
	r := t.Trim(text.Range{Start: t.Sentence(first).Start, End: t.Sentence(last - 1).End})
	return [2]int{r.Start, r.End}
}

// kept are the spans and relations of which records hold something.
func (f *fitting) kept() (spans []format.Span, relations []format.Relation) {
	for i := range f.x.Spans {
		if f.used[&f.x.Spans[i]] {
			spans = append(spans, f.x.Spans[i])
		}
	}
	for i := range f.x.Relations {
		if f.relations[&f.x.Relations[i]] {
			relations = append(relations, f.x.Relations[i])
		}
	}
	return spans, relations
}

// held are the attributes of events that a record holds.
var held = roles.Names{"mode", "context", "factuality", "generic", "end_date", "size", "dead", "injured", "arrested"}

// lose tells what of the set stands in no record.
func (f *fitting) lose() {
	for i := range f.x.Spans {
		s := &f.x.Spans[i]
		switch {
		case !f.used[s] && !f.events.Has(s.Label):
			f.tell("spans", "spans that are no event and no actor, recipient or place of one", 1)
		case f.used[s] && f.events.Has(s.Label):
			f.tell("attributes", "attributes of events that have no field", without(s, slices.Concat(held, f.kind, f.date)))
		case f.used[s]:
			f.tell("attributes", "attributes of actors and places that have no field", without(s, roles.Names{"country", "sector"}))
			if s.Note != "" {
				f.tell("notes", "notes on spans other than events", 1)
			}
		}
	}
	for i := range f.x.Relations {
		if r := &f.x.Relations[i]; !f.relations[r] {
			f.tell("relations", "relations other than actor, recipient, place and time", 1)
		} else {
			f.tell("attributes", "attributes of relations", len(r.Attributes))
		}
	}
	n := len(f.x.Fields)
	if _, ok := ofArticle.Of(f.x.Fields); ok && f.any {
		n-- // its records have them
	}
	f.tell("fields", "document fields (contexts are in the records, if there are any)", n)
	roles.LoseSet(f.x.Set, f.x.Article.Ref, f.job)
}

func without(s *format.Span, names roles.Names) int {
	n := 0
	for name := range s.Attributes {
		if !names.Has(name) {
			n++
		}
	}
	return n
}

// pairs writes places as JSON.
func pairs(at [][2]int) string {
	var b strings.Builder
	for i, p := range at {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("[" + strconv.Itoa(p[0]) + "," + strconv.Itoa(p[1]) + "]")
	}
	return "[" + b.String() + "]"
}
