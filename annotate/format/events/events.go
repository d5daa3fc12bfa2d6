package events

import (
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/roles"
	"lede/assets/codes"
)

func init() {
	format.Register(&format.Format{
		Name:        "events",
		Title:       "Events (CSV)",
		Description: "A table of who did what to whom: one row for each mention of an event, actor and recipient, or one for each event.",
		Extensions:  []string{".csv"},
		Training:    true, Several: true, Standoff: true,
		Options: []format.Option{
			{
				Key: "unit", Values: []string{mention, entity}, Default: mention, For: format.ForExport, Title: "A row for each",
				Help: "mention × actor × recipient, or event entity",
			},
			roles.Option("event", "event,protest", "labels of events"),
			roles.Option("actor", "actor,actor1", "relations from the event to who does it"),
			roles.Option("recipient", "recipient,actor2,target", "relations to whom it is done"),
			roles.Option("place", "place", "relations to where it happens"),
			roles.Option("time", "time", "relations to when it happens"),
			roles.Option("type", "type,event_type,kind", "attribute: what kind of event"),
			roles.Option("mode", "mode,sub_event_type,subtype", "attribute: how it is done"),
			roles.Option("context", "context", "attribute: what it belongs to"),
			roles.Option("date", "start_date,event_date,value,date", "attribute: when it happened"),
			roles.BOM,
		},
		CannotHold: []string{
			"spans that are no event and no part of one", "relations other than those", "origins of spans",
			"notes, flags and statuses of articles", "the text of the article", "with unit=event: events without an entity",
		},
		FitProject: fitProject, Fit: fit, Write: newWriter, ReadBack: readBack,
	})
}

// The values of the option unit.
const (
	mention = "mention"
	entity  = "event"
)

// Attributes that have their columns whatever the options say.
var (
	endDate = roles.Names{"end_date"}
	country = roles.Names{"country"}
	sector  = roles.Names{"sector", "inter"}
	lat     = roles.Names{"lat"}
	lon     = roles.Names{"lon"}
)

// state is what fitting, writing and reading back share.
type state struct {
	*roles.Table
	kind, mode, context, date roles.Names
	byEvent, noText           bool
	others                    []string // unit=event: further attributes of events' entities
}

func stateOf(job *format.Job) *state { return job.State.(*state) }

func fitProject(job *format.Job) {
	names := func(key string) roles.Names { return roles.Parse(job.Settings[key]) }
	s := &state{
		kind: names("type"), mode: names("mode"), context: names("context"), date: names("date"),
		byEvent: job.Settings["unit"] == entity, noText: job.NoText,
	}
	who := []roles.About{{Name: "country", Attribute: country}, {Name: "sector", Attribute: sector}}
	s.Table = &roles.Table{
		Hub: "trigger", ID: "mention_id", What: "event", Entity: "event", Labels: names("event").Labels(job.Schema), Entities: roles.NewEntities(job),
		Own: []roles.Column{
			{Name: "date", Of: func(x *roles.Set, e *format.Span) string { date, _ := s.dated(x, e); return date }},
			{Name: "date_from", Of: func(x *roles.Set, e *format.Span) string { _, from := s.dated(x, e); return from }},
			{Name: "end_date", Of: func(_ *roles.Set, e *format.Span) string { return s.Entities.Text(e, endDate) }},
			{Name: "type", Of: func(_ *roles.Set, e *format.Span) string { return s.kind.Text(e.Attributes) }},
			{Name: "mode", Of: func(_ *roles.Set, e *format.Span) string { return s.mode.Text(e.Attributes) }},
			{Name: "quad", Of: func(_ *roles.Set, e *format.Span) string { return quad(s.kind.Text(e.Attributes)) }},
			{Name: "context", Of: func(_ *roles.Set, e *format.Span) string { return s.context.Text(e.Attributes) }},
		},
		Roles: []roles.Role{
			{Name: "actor", Types: names("actor"), Each: true, Named: true, About: who},
			{Name: "recipient", Types: names("recipient"), Each: true, Named: true, About: who},
			{Name: "place", Types: names("place"), Named: true, About: []roles.About{
				{Name: "country", Attribute: country}, {Name: "lat", Attribute: lat}, {Name: "lon", Attribute: lon},
			}},
			{Name: "time", Types: names("time"), About: []roles.About{{Name: "date", Attribute: s.date}}},
		},
	}
	s.Prepare(job, s.kind, s.mode, s.context, s.date, endDate)
	if s.byEvent {
		s.prepareSummary(job)
	} else {
		s.LoseEntities(job, s.date, endDate)
	}
	job.State = s
}

// dated is when an event happened, and who says so: the event itself, a time that it
// is linked to, its entity, or the day of the article.
func (s *state) dated(x *roles.Set, e *format.Span) (date, from string) {
	if date = s.date.Text(e.Attributes); date != "" {
		return date, "event"
	}
	times, _ := x.Fillers(e, s.Roles[3].Types)
	for _, t := range times {
		if date = s.date.Text(t.Attributes); date != "" {
			return date, "time"
		}
	}
	if known := s.Entities.Of(e); known != nil {
		if date = s.date.Text(known.Attributes); date != "" {
			return date, "entity"
		}
	}
	if x.Article.PublishedISO != "" {
		return x.Article.PublishedISO, "article"
	}
	return "", ""
}

// quad is the quad category of a PLOVER type or CAMEO code: 1 verbal cooperation, 2
// material cooperation, 3 verbal conflict, 4 material conflict.
func quad(kind string) string {
	if c, ok := codes.Type(kind); ok {
		return strconv.Itoa(c.Quad)
	}
	return ""
}

func fit(a *format.Article, job *format.Job) *format.Article {
	s := stateOf(job)
	if s.byEvent {
		return s.fitEvents(a, job)
	}
	return s.Fit(a, job)
}

func newWriter(out format.Target, job *format.Job) (format.Writer, error) {
	s := stateOf(job)
	if s.byEvent {
		return s.newSummary(out, job)
	}
	w, err := roles.NewWriter(out, job, s.Header())
	if err != nil {
		return nil, err
	}
	return writer{w}, nil
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	s := stateOf(job)
	if s.byEvent {
		return s.readBackEvents(open, want)
	}
	return s.ReadBack(open, want)
}

type writer struct{ *roles.Writer }

func (w writer) Write(a *format.Article) error { return w.Rows(a.Prepared.([][]string)) }
