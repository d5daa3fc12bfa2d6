package plover

import (
	"lede/annotate/format"
	"lede/annotate/format/roles"
	"lede/assets/codes"
)

func init() {
	format.Register(&format.Format{
		Name:        "plover",
		Title:       "PLOVER records (JSON lines)",
		Description: "One JSON object a line for each event with an actor and a date, with the fields and codes of PLOVER.",
		Extensions:  []string{".jsonl"},
		Training:    true, Several: true, Standoff: true,
		Options: []format.Option{
			roles.Option("event", "event", "labels of events"),
			roles.Option("actor", "actor", "relations from the event to who does it"),
			roles.Option("recipient", "recipient", "relations to whom it is done"),
			roles.Option("place", "place", "relations to where it happens"),
			roles.Option("time", "time", "relations to when it happens"),
			roles.Option("type", "type", "attribute: a PLOVER type or a CAMEO code"),
			roles.Option("date", "start_date,event_date,value,date", "attribute: when it happened"),
			{
				Key: "text", Values: []string{"no", "sentence"}, Default: "no", For: format.ForExport,
				Title: "Quote",
				Help:  "sentence: that of the event; needs the rights to the text",
			},
			{
				Key: "future", Values: []string{"rule", "keep"}, Default: "rule", For: format.ForExport,
				Title: "Planned events",
				Help:  "rule: AGREE or CONCEDE, as in the manual",
			},
		},
		CannotHold: []string{
			"events without a type of PLOVER, an actor or a date", "events in general (generic)", "modes and codes that PLOVER does not have",
			"quotes, and spans that are no part of an event", "relations other than actor, recipient, place, time",
			"more than one place of an event", "more than two sectors of an actor", "the intensity of events (event_scale)",
			"notes, flags and statuses of articles",
		},
		FitProject: fitProject, Fit: fit, Write: newWriter, ReadBack: readBack,
	})
}

// Attributes by the names of the news schema.
var (
	modes      = roles.Names{"mode"}
	contexts   = roles.Names{"context"}
	ofArticle  = roles.Names{"contexts"}
	factuality = roles.Names{"factuality"}
	generic    = roles.Names{"generic"}
	endDate    = roles.Names{"end_date"}
	country    = roles.Names{"country"}
	sectors    = roles.Names{"sector"}
	wikidata   = roles.Names{"wikidata"}
	geonames   = roles.Names{"geonames"}
	lat        = roles.Names{"lat"}
	lon        = roles.Names{"lon"}
	admin1     = roles.Names{"admin1"}
	admin2     = roles.Names{"admin2"}
	counts     = []string{"size", "dead", "injured", "arrested"}
)

// state is what fitting and writing share.
type state struct {
	events, actor, recipient, place, time roles.Names
	kind, date                            roles.Names
	entities                              roles.Entities
	rule, sentence                        bool
}

func fitProject(job *format.Job) {
	names := func(key string) roles.Names { return roles.Parse(job.Settings[key]) }
	s := &state{
		events: names("event").Labels(job.Schema), actor: names("actor"), recipient: names("recipient"), place: names("place"), time: names("time"),
		kind: names("type"), date: names("date"), entities: roles.NewEntities(job),
		rule: job.Settings["future"] == "rule", sentence: job.Settings["text"] == "sentence" && !job.NoText,
	}
	held := roles.Names{"country", "sector", "wikidata", "geonames", "lat", "lon", "admin1", "admin2", "start_date", "end_date"}
	for _, e := range job.Entities {
		n := len(e.Aliases)
		for name := range e.Attributes {
			if !held.Has(name) {
				n++
			}
		}
		job.Lose("entities", "attributes and other names of entities that have no field", n, e.Name)
	}
	job.State = s
}

// record is an event as it is written.
type record struct {
	id, date, end          string
	actors, recipients     []party
	kind                   codes.Code
	modes, contexts        []string
	place                  *spot
	event, entity, comment string // event: the text of the trigger
	parts                  []string
	at                     [][2]int // of the parts
	sentence               [2]int
	counts                 [][2]string // name and number, as it is written
	coder                  string
}

// party is an actor or recipient.
type party struct {
	code, sector, text     string
	at                     [][2]int
	entity, name, wikidata string
}

// spot is a place.
type spot struct {
	text                          string
	at                            [][2]int
	entity, name, geonames        string
	lat, lon                      string // numbers as they are written
	district, province, countries string
}

// future are the types of which an event to come is another one, by the manual.
var future = map[string]string{
	"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
}

// named are the types whose mode brings a context of the same name along.
var named = map[string]roles.Names{"COERCE": {"cyber", "misinformation"}}

// auxiliary are the modes that stand for a factuality.
var auxiliary = map[string]string{
	"historical": "historical", "future": "future", "hypothetical": "hypothetical", "negated": "negation",
}
