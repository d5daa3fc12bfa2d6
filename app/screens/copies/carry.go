package copies

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/drift"
	"lede/annotate/duplicates"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// plan is what would be carried from a base to its copies.
type plan struct {
	from    annotate.Article
	carried []*duplicates.Carried
	rows    []at // copy -1: the head of one copy; else a proposal
	current int
}

func (p *plan) count() int {
	if p == nil {
		return 0
	}
	return len(p.rows)
}

func (p *plan) made() int {
	n := 0
	if p != nil {
		for _, c := range p.carried {
			made, _, _ := c.Counts()
			n += made
		}
	}
	return n
}

func (p *plan) step(by int) {
	if p != nil {
		p.current = max(0, min(p.current+by, len(p.rows)-1))
	}
}

// propose works out what becomes of the spans of the base in each copy.
func (s *Sheet) propose(cluster duplicates.Cluster) {
	base := cluster[s.baseOf(s.rows[s.current].cluster)].Article
	who, schema, store := s.o.Session.Shown(), s.o.Session.Schema(), s.o.Session.Store()
	var to []annotate.ID
	for _, c := range cluster {
		if c.Article.ID != base.ID {
			to = append(to, c.Article.ID)
		}
	}
	sheet.Start(&s.side, func(ctx context.Context, _ func(sheet.Progress)) (*plan, error) {
		p := &plan{from: base}
		source, err := store.Document(ctx, base.ID)
		if err != nil {
			return nil, err
		}
		for doc, err := range store.Documents(ctx, annotate.DocumentQuery{Annotators: []annotate.ID{who.ID}, Articles: to}) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return nil, err
			}
			p.carried = append(p.carried, duplicates.Propose(source, doc, schema, who))
		}
		for i, c := range p.carried {
			p.rows = append(p.rows, at{i, -1})
			for k := range c.Proposals {
				p.rows = append(p.rows, at{i, k})
			}
		}
		return p, nil
	}, func(sheet.Progress) {}, func(p *plan, err error) {
		if err != nil {
			s.say(sheet.Sentence(err), theme.Danger)
			return
		}
		s.plan = p
		s.showPlan(who.Name)
	})
}

func (s *Sheet) showPlan(who string) {
	p := s.plan
	if len(p.carried) > 0 && len(p.carried[0].Proposals) == 0 {
		s.right.Objects = []fyne.CanvasObject{widgets.NewPadded(widgets.Even(24, 20), widgets.NewColumn(6,
			widgets.NewLine(who+" has no spans in “"+titleOf(p.from)+"”.", theme.TextSize, theme.Text),
			widgets.NewLine("Compare with the copy that was annotated, then they can be carried over.", theme.TextSize, theme.Dim)))}
	} else {
		head := widgets.NewElastic("From “"+titleOf(p.from)+"”, as the work of "+who, theme.TextSize, theme.Dim)
		s.right.Objects = []fyne.CanvasObject{container.NewBorder(widgets.NewPadded(widgets.Pad{Left: indent, Top: 12, Right: indent, Bottom: 8}, head), nil, nil, nil, s.spans)}
		s.spans.Top()
	}
	s.right.Refresh()
	s.tellPlan()
	s.offer()
}

// tellPlan says how many spans are made and how many are not.
func (s *Sheet) tellPlan() {
	there, lost := 0, 0
	for _, c := range s.plan.carried {
		_, t, l := c.Counts()
		there, lost = there+t, lost+l
	}
	words := sheet.Count(s.plan.made(), "span to make", "spans to make")
	if there > 0 {
		words += " · " + sheet.Number(there) + " there already"
	}
	if lost > 0 {
		words += " · " + sheet.Number(lost) + " not found"
	}
	s.say(words, theme.Dim)
}

// fates says in words what becomes of a span.
var fates = map[duplicates.Fate]string{
	drift.Same: "same place", drift.Moved: "moved", drift.Lost: "its words are not there",
	drift.Unsure: "its words stand in several places", duplicates.There: "there already",
}

// spanLine is what a row of the plan shows.
func (s *Sheet) spanLine(i int) content {
	row := s.plan.rows[i]
	c := s.plan.carried[row.cluster]
	chosen := i == s.plan.current
	if row.copy < 0 {
		made, _, _ := c.Counts()
		name := titleOf(c.Copy)
		if c.Copy.Source != "" {
			name = c.Copy.Source + " · " + name
		}
		return content{title: name, note: sheet.Number(made) + " of " + sheet.Count(len(c.Proposals), "span", "spans"), head: true, box: true, on: made > 0, chosen: chosen}
	}
	p := c.Proposals[row.copy]
	can := p.Fate == drift.Same || p.Fate == drift.Moved
	label, _ := s.o.Session.Schema().Label(p.Span.Label)
	mark := reader.MarkOf(label)
	return content{title: oneLine(p.Text), note: reader.LabelTitle(label) + " · " + fates[p.Fate], box: true, on: p.Makes(), off: !can, mark: &mark, chosen: chosen, dim: !p.Makes()}
}

// tickRow ticks the span of a row, or lets it go; at the head of a copy all of them.
func (s *Sheet) tickRow(i int) {
	if s.plan == nil || i < 0 || i >= len(s.plan.rows) || s.writing {
		return
	}
	s.plan.current = i
	s.o.Canvas.Focus(s.spans)
	row := s.plan.rows[i]
	c := s.plan.carried[row.cluster]
	if row.copy >= 0 {
		c.Proposals[row.copy].Skip = !c.Proposals[row.copy].Skip
	} else {
		made, _, _ := c.Counts()
		for k := range c.Proposals {
			c.Proposals[k].Skip = made > 0
		}
	}
	s.tellPlan()
	s.spans.Refresh()
	s.offer()
}

// carry makes what is ticked, as one change.
func (s *Sheet) carry() {
	if s.plan.made() == 0 || s.writing || s.work.Busy() {
		return
	}
	step, err := s.o.Session.Carry(s.plan.from, s.plan.carried)
	if err != nil {
		s.say(sheet.Sentence(err), theme.Danger)
		return
	}
	s.writing = true
	s.offer()
	sheet.Start(&s.work, func(ctx context.Context, _ func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, step.Write(ctx)
	}, func(sheet.Progress) {}, func(_ struct{}, err error) {
		s.writing = false
		s.carried(step, err)
	})
}

func (s *Sheet) carried(step *session.CarryStep, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		s.say("Nothing was carried over.", theme.Warning)
		s.offer()
	case err != nil:
		s.say("Nothing was carried over. "+sheet.Sentence(err), theme.Danger)
		s.offer()
	default:
		s.sheet.Close()
		s.o.Tell(s.o.Session.WroteCarry(ctx(), step))
		s.o.Carried(step)
	}
}

// oneLine is a text without line breaks.
func oneLine(s string) string {
	const longest = 300 // code points: more is in no line
	r := []rune(s)
	for i, c := range r[:min(len(r), longest)] {
		if c == '\n' || c == '\t' || c == '\u2028' || c == '\u2029' {
			r[i] = ' '
		}
	}
	return string(r[:min(len(r), longest)])
}
