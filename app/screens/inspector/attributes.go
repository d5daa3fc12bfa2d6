package inspector

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/dates"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// fields are the rows of the form of some spans, and what fills it in at once.
func (p *Panel) fields(spans ...annotate.Span) []fyne.CanvasObject {
	var ids []string
	for _, span := range spans {
		ids = append(ids, string(span.ID))
	}
	if of := strings.Join(ids, " "); of != p.formOf {
		p.form.Commit()
		p.form.Forget()
		p.formOf = of
	}
	rows := p.form.Fill(p.formOptions(spans))
	if len(rows) > 0 && p.o.Session.ReadOnly() == "" {
		rows = append(rows, p.fillers())
	}
	return rows
}

// fillers are the ways to fill the form in by one key.
func (p *Panel) fillers() fyne.CanvasObject {
	lead := func(title, command string) fyne.CanvasObject {
		inside := []fyne.CanvasObject{widgets.NewLine(title, theme.SmallSize, theme.Accent)}
		if key := p.o.Key(command); key != "" {
			inside = append(inside, widgets.NewKeyCap(key))
		}
		s := widgets.NewSurface(widgets.NewRow(5, inside...), func() { p.o.Run(command) })
		s.Pad, s.Radius = widgets.Even(4, 3), 4
		return s
	}
	return widgets.NewPadded(widgets.Pad{Left: -4, Top: 2}, widgets.NewRow(6, lead("Fill in", commands.SpanFill), lead("Same as before", commands.SpanSame)))
}

func (p *Panel) formOptions(spans []annotate.Span) form.Options {
	s := p.o.Session
	ids := make([]annotate.ID, len(spans))
	for i, span := range spans {
		ids[i] = span.ID
	}
	label, _ := s.Schema().Label(spans[0].Label)
	o := form.Options{
		Canvas: p.o.Canvas, Width: inner, Column: formColumn,
		Attributes: p.shared(spans), Things: things(spans), Editable: s.ReadOnly() == "",
		Set: func(name string, alter func(annotate.Values) json.RawMessage) {
			p.o.Tell(s.AlterAttribute(ids, name, alter))
		},
		Show: p.show, Leave: p.o.Focus, Place: p.placeOf, Reveal: p.reveal,
		Recent: s.Recent, Published: s.Doc().Article.PublishedISO,
		Dates: func() []form.Proposal { return p.datesAt(spans) },
		Of:    reader.LabelTitle(label),
	}
	if sameLabel(spans) {
		o.Kept = s.Kept(label.ID)
		o.Keep = func(name string, value json.RawMessage) { s.Keep(label.ID, name, value) }
	}
	return o
}

// chosenSpans are the chosen spans in text order.
func (p *Panel) chosenSpans() []annotate.Span {
	var spans []annotate.Span
	for _, id := range p.o.Session.ChosenAll() {
		if span, ok := p.o.Session.Doc().Span(id); ok {
			spans = append(spans, span)
		}
	}
	return spans
}

// things are the values of spans, those that several have alike once: thousands may
// be chosen.
func things(spans []annotate.Span) []annotate.Values {
	var all []annotate.Values
	seen := map[string]bool{}
	for _, span := range spans {
		raw, err := json.Marshal(span.Attributes)
		if key := string(raw); err != nil || !seen[key] {
			seen[key] = true
			all = append(all, span.Attributes)
		}
	}
	return all
}

func sameLabel(spans []annotate.Span) bool {
	for _, span := range spans {
		if span.Label != spans[0].Label {
			return false
		}
	}
	return true
}

// shared are the attributes that all spans may have.
func (p *Panel) shared(spans []annotate.Span) []annotate.Attribute {
	schema := p.o.Session.Schema()
	all := schema.AttributesOf(annotate.SpanScope, spans[0].Label)
	for _, span := range spans[1:] {
		has := map[annotate.ID]bool{}
		for _, a := range schema.AttributesOf(annotate.SpanScope, span.Label) {
			has[a.ID] = true
		}
		var both []annotate.Attribute
		for _, a := range all {
			if has[a.ID] {
				both = append(both, a)
			}
		}
		all = both
	}
	return all
}

// datesAt are the dates that spans may mean: those of their own words, those of the
// spans that they are related to, and the day of publication.
func (p *Panel) datesAt(spans []annotate.Span) []form.Proposal {
	s := p.o.Session
	doc := s.Doc()
	published := doc.Article.PublishedISO
	var all []form.Proposal
	propose := func(words string, own bool) {
		for _, period := range dates.Propose(words, published) {
			all = append(all, form.Proposal{Period: period, Own: own})
		}
	}
	for _, span := range spans {
		propose(doc.Text.Quote(span.Fragments), true)
	}
	for _, span := range spans {
		for _, r := range doc.RelationsOf(span.ID) {
			end := r.To
			if end == span.ID {
				end = r.From
			}
			other, _ := doc.Span(end)
			words := doc.Text.Quote(other.Fragments)
			for _, a := range s.Schema().AttributesOf(annotate.SpanScope, other.Label) {
				if v := other.Attributes.String(a.Name); a.Type == annotate.DateValue && dates.Valid(v) {
					all = append(all, form.Proposal{Period: dates.Period{From: v, To: v, Words: text.Brief(words, 44)}})
				}
			}
			propose(words, false)
		}
	}
	if published != "" {
		all = append(all, form.Proposal{Period: dates.Period{From: published, To: published, Words: "published"}})
	}
	return all
}

// FillIn gives the keyboard to the field of the chosen spans that is needed most. It
// says whether there is one.
func (p *Panel) FillIn() bool {
	if _, ok := p.chosenSpan(); !ok {
		return false
	}
	p.wanted = tabSpan
	p.show()
	return p.form.Begin()
}

// KeptChanged shows which values are kept for the next spans.
func (p *Panel) KeptChanged() { p.soon() }
