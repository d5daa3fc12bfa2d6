package quotes

import (
	"lede/annotate/format"
	"lede/annotate/format/roles"
)

func init() {
	format.Register(&format.Format{
		Name:        "quotes",
		Title:       "Quotes and speakers (CSV)",
		Description: "A table of who said what: one row for each quote and speaker, with cue, form and entities.",
		Extensions:  []string{".csv"},
		Training:    true, Several: true, Standoff: true,
		Options: []format.Option{
			roles.Option("quote", "quote,content,LeftSpeaker,RightSpeaker,Unknown", "labels of quotes"),
			roles.Option("speaker", "speaker,source", "relations from the quote to who says it"),
			roles.Option("cue", "cue", "relations to the words that attribute it"),
			roles.Option("addressee", "addressee", "relations to whom it is said"),
			roles.Option("about", "about", "relations to what it is about"),
			roles.BOM,
		},
		CannotHold: []string{
			"spans that are no quote and no part of one", "relations other than those", "origins of spans", "attributes of speakers and cues",
			"notes, flags and statuses of articles", "the text of the article",
		},
		FitProject: fitProject,
		Fit:        func(a *format.Article, job *format.Job) *format.Article { return job.State.(*roles.Table).Fit(a, job) },
		Write:      newWriter,
		ReadBack: func(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
			return job.State.(*roles.Table).ReadBack(open, want)
		},
	})
}

func fitProject(job *format.Job) {
	names := func(key string) roles.Names { return roles.Parse(job.Settings[key]) }
	t := &roles.Table{
		Hub: "quote", ID: "quote_id", What: "quote", Labels: names("quote").Labels(job.Schema), Entities: roles.NewEntities(job),
		Own: []roles.Column{{Name: "form", Of: func(_ *roles.Set, quote *format.Span) string { return form.Text(quote.Attributes) }}},
		Roles: []roles.Role{
			{Name: "speaker", Types: names("speaker"), Each: true, Named: true},
			{Name: "cue", Types: names("cue")},
			{Name: "addressee", Types: names("addressee"), Named: true},
			{Name: "about", Types: names("about"), Named: true},
		},
	}
	t.Prepare(job, form)
	t.LoseEntities(job)
	job.State = t
}

// form is the attribute that says how a quote is quoted.
var form = roles.Names{"form"}

type writer struct{ *roles.Writer }

func newWriter(out format.Target, job *format.Job) (format.Writer, error) {
	w, err := roles.NewWriter(out, job, job.State.(*roles.Table).Header())
	if err != nil {
		return nil, err
	}
	return writer{w}, nil
}

func (w writer) Write(a *format.Article) error { return w.Rows(a.Prepared.([][]string)) }
