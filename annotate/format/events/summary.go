package events

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/roles"
)

// Attributes of an event's entity that have their column in the summary; where the
// entity is silent, what its mentions say.
var summed = []struct {
	column string
	names  roles.Names
}{
	{"form", roles.Names{"form"}}, {"issue", roles.Names{"issue"}}, {"size", roles.Names{"size"}},
}

var place = roles.Names{"place"}

// told is what one mention says of its event.
type told struct {
	annotator, ref, source string
	id, trigger            string
	event                  *format.Entity
	cells                  map[string][]string // by column
}

// summaryColumns are those between the event and its mentions, which are lists of what
// the mentions say.
var summaryColumns = []string{"date", "end_date", "place", "form", "issue", "size", "type", "mode", "quad", "context", "actors", "recipients"}

func (s *state) summaryHeader() []string {
	h := append([]string{"annotator", "event_id", "event"}, summaryColumns...)
	h = append(h, "mentions", "mention_id", "triggers", "article_count", "articles", "sources")
	for _, name := range s.others {
		if slices.Contains(h, name) {
			name = "event_" + name
		}
		h = append(h, name)
	}
	return h
}

// prepareSummary finds the further attributes of events' entities, and tells what of
// entities has no column.
func (s *state) prepareSummary(job *format.Job) {
	held := slices.Concat(s.date, endDate, place)
	for _, x := range summed {
		held = append(held, x.names...)
	}
	kinds := map[string]bool{}
	for _, l := range job.Schema.Labels {
		if l.Entity != "" && s.Labels.Has(l.Name) {
			kinds[l.Entity] = true
			for _, a := range job.Schema.EntityAttributes(l.Entity) {
				if !held.Has(a.Name) && !slices.Contains(s.others, a.Name) {
					s.others = append(s.others, a.Name)
				}
			}
		}
	}
	held = append(held, s.others...)
	for _, e := range job.Entities {
		n := len(e.Aliases) + len(e.Attributes)
		if kinds[e.Kind] {
			for name := range e.Attributes {
				if held.Has(name) {
					n--
				}
			}
		}
		job.Lose("entities", "attributes and other names of entities that have no column", n, e.Name)
	}
}

// fitEvents keeps the mentions of events that have an entity, and prepares what they
// tell, as []told.
func (s *state) fitEvents(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	var all []told
	for i := range a.Sets {
		x := roles.NewSet(a, &a.Sets[i])
		var kept []format.Span
		for _, e := range x.Hubs(s.Labels) {
			if e.Entity == nil {
				job.Lose("no_entity", "mentions of events without an entity, which have no row", 1, a.Ref)
				continue
			}
			kept = append(kept, *e)
			all = append(all, s.tell(x, e, job))
		}
		job.Lose("spans", "places of spans that are no mention of an event (actors, recipients and places are there by name)", len(x.Spans)-len(x.Hubs(s.Labels)), a.Ref)
		job.Lose("relations", "relations (actors, recipients and places are there by name)", len(x.Relations), a.Ref)
		job.Lose("fields", "document fields", len(x.Fields), a.Ref)
		roles.LoseSet(x.Set, a.Ref, job)
		fitted.Sets[i].Spans, fitted.Sets[i].Relations = kept, nil
	}
	roles.LoseFacts(a, job, true)
	fitted.Prepared = all
	return &fitted
}

// tell collects what a mention says.
func (s *state) tell(x *roles.Set, e *format.Span, job *format.Job) told {
	names := func(role int) []string {
		var all []string
		fillers, _ := x.Fillers(e, s.Roles[role].Types)
		for _, f := range fillers {
			all = append(all, s.called(x, f, job))
		}
		return all
	}
	date, _ := s.dated(x, e)
	kind := s.kind.Text(e.Attributes)
	t := told{
		annotator: x.Annotator, ref: x.Article.Ref, source: x.Article.Publisher, id: e.ID, event: e.Entity,
		cells: map[string][]string{
			"date": {date}, "end_date": {endDate.Text(e.Attributes)}, "type": {kind}, "mode": s.mode.List(e.Attributes),
			"quad": {quad(kind)}, "context": s.context.List(e.Attributes), "actors": names(0), "recipients": names(1), "place": names(2),
		},
	}
	for _, c := range summed {
		t.cells[c.column] = c.names.List(e.Attributes)
	}
	if !job.NoText {
		t.trigger = x.Text(e)
	}
	return t
}

// called is the entity's name of a filler or, without one, its text.
func (s *state) called(x *roles.Set, f *format.Span, job *format.Job) string {
	switch {
	case f.Entity != nil:
		return f.Entity.Name
	case job.NoText:
		return ""
	}
	return x.Text(f)
}

// summary writes a row for each event and annotator when all mentions are known.
type summary struct {
	*roles.Writer
	s     *state
	order map[string]int // of events, by their first mention
	rows  map[[2]string][]told
}

func (s *state) newSummary(out format.Target, job *format.Job) (format.Writer, error) {
	w, err := roles.NewWriter(out, job, s.summaryHeader())
	if err != nil {
		return nil, err
	}
	return &summary{w, s, map[string]int{}, map[[2]string][]told{}}, nil
}

func (w *summary) Write(a *format.Article) error {
	for _, t := range a.Prepared.([]told) {
		if _, known := w.order[t.event.ID]; !known {
			w.order[t.event.ID] = len(w.order)
		}
		key := [2]string{t.event.ID, t.annotator}
		w.rows[key] = append(w.rows[key], t)
	}
	return nil
}

// Close writes the rows, events in the order of their first mention.
func (w *summary) Close() error {
	var keys [][2]string
	for key := range w.rows {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(w.order[a[0]], w.order[b[0]]), cmp.Compare(a[1], b[1]))
	})
	var err error
	for _, key := range keys {
		if err == nil {
			err = w.Rows([][]string{w.s.sum(w.rows[key])})
		}
	}
	if closing := w.Writer.Close(); err == nil {
		err = closing
	}
	return err
}

// sum is the row of an event: what its entity says and, where that is silent, the
// different things that its mentions say.
func (s *state) sum(all []told) []string {
	collect := func(of func(told) []string) []string {
		var values []string
		for _, t := range all {
			values = append(values, of(t)...)
		}
		return values
	}
	first := all[0]
	known := s.Entities[first.event.ID]
	row := []string{first.annotator, first.event.ID, first.event.Name}
	own := map[string]roles.Names{"date": s.date, "end_date": endDate, "place": place}
	for _, c := range summed {
		own[c.column] = c.names
	}
	for _, column := range summaryColumns {
		cell := ""
		if names := own[column]; names != nil && known != nil {
			cell = roles.Join(names.List(known.Attributes))
		}
		if cell == "" {
			cell = roles.Join(roles.Distinct(collect(func(t told) []string { return t.cells[column] })))
		}
		row = append(row, cell)
	}
	refs := roles.Distinct(collect(func(t told) []string { return []string{t.ref} }))
	row = append(row, strconv.Itoa(len(all)),
		roles.Join(collect(func(t told) []string { return []string{t.id} })),
		roles.Join(collect(func(t told) []string { return []string{t.trigger} })),
		strconv.Itoa(len(refs)), roles.Join(refs),
		roles.Join(roles.Distinct(collect(func(t told) []string { return []string{t.source} }))))
	for _, name := range s.others {
		cell := ""
		if known != nil {
			cell = roles.Value(known.Attributes, name)
		}
		row = append(row, cell)
	}
	return row
}

// readBackEvents compares how often each trigger stands in the rows of an annotator
// with the project, and in which articles.
func (s *state) readBackEvents(open format.OpenFunc, want *format.Expectations) error {
	rows, err := roles.Open(open, s.summaryHeader())
	if err != nil {
		return err
	}
	defer rows.Close()
	type mention struct{ annotator, text string }
	count, at := map[mention]int{}, format.Place{File: "the rows"}
	for {
		row, place, err := rows.Next()
		if err != nil {
			return err
		}
		if row == nil {
			break
		}
		triggers, ids, refs := roles.Split(row["triggers"]), roles.Split(row["mention_id"]), roles.Split(row["articles"])
		if row["mentions"] != strconv.Itoa(len(ids)) || row["article_count"] != strconv.Itoa(len(refs)) || len(ids) == 0 {
			return format.Mismatch(place, "it counts %s mentions in %s articles, and lists %d and %d", row["mentions"], row["article_count"], len(ids), len(refs))
		}
		for i := range ids {
			text := ""
			if len(triggers) == len(ids) {
				text = triggers[i]
			}
			count[mention{row["annotator"], text}]++
		}
	}
	for {
		expected, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		for _, span := range expected.Spans {
			count[mention{expected.Annotator, s.written(span)}]--
		}
	}
	for m, n := range count {
		if n != 0 {
			return format.Mismatch(at, "%q of %q stands there %d times more often than in the project", m.text, m.annotator, n)
		}
	}
	return nil
}

// written is the trigger of a mention as it should stand in a row.
func (s *state) written(span format.ExpectedSpan) string {
	if s.noText {
		return ""
	}
	return strings.Join(span.Quotes, " ")
}
