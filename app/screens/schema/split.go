package schema

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// splitting is what is chosen in the sheet that splits a label: by the value of an
// attribute, where each value goes; by words, which go where.
type splitting struct {
	a      *labels
	label  annotate.Label
	by     int // 0 = words, else one of lists
	lists  []annotate.Attribute
	where  map[string]string // by value: "" = stays, "=" and a title = a new label, else a label's id
	take   bool
	words  string
	title  string // of the label for words
	others target
}

// split gives some spans of a label other labels.
func (a *labels) split(l annotate.Label) {
	s := &splitting{a: a, label: l, where: map[string]string{}, others: a.others(l.ID)}
	for _, t := range a.e.schema().AttributesOf(annotate.SpanScope, l.ID) {
		if t.Type == annotate.OneOf {
			s.lists = append(s.lists, t)
		}
	}
	s.by = min(1, len(s.lists))
	a.e.ask(&change{title: "Split " + l.Called(), meant: "Split", rows: s.rows, steps: s.steps})
}

func (s *splitting) rows(c *change) []fyne.CanvasObject {
	titles := []string{"their words"}
	for _, t := range s.lists {
		titles = append(titles, "the value of "+titleOr(t.Title, t.Name))
	}
	by := sheet.NewChoice(c.sheet, titles, s.by, func(i int) {
		s.by = i
		c.again()
		c.e.o.Canvas.Focus(c.focus)
	})
	c.focus = by
	rows := []fyne.CanvasObject{sheet.NewRow("Tell apart by", by)}
	if s.by == 0 {
		return append(rows, s.wordRows(c)...)
	}
	t := s.lists[s.by-1]
	var values []fyne.CanvasObject
	for _, v := range t.Choices {
		values = append(values, s.valueRow(c, v))
	}
	list := container.NewVScroll(widgets.NewPadded(widgets.Pad{Right: 14}, widgets.NewColumn(6, values...)))
	list.SetMinSize(fyne.NewSize(0, min(220, 34*float32(len(values)))))
	taken := widgets.NewCheck("take the value away from spans that get another label", s.take, func(on bool) {
		s.take = on
		c.preview()
	})
	each := widgets.NewLink("A new label for each value", func() {
		for _, v := range t.Choices {
			s.where[v.Name] = "=" + titleOr(v.Title, v.Name)
		}
		c.again()
	})
	return append(rows, list, widgets.NewRow(8, widgets.NewPadded(widgets.Pad{Left: -6}, taken.Surface), nil, each))
}

// valueRow is where spans with a value go.
func (s *splitting) valueRow(c *change, v annotate.Choice) fyne.CanvasObject {
	title := titleOr(v.Title, v.Name)
	titles, ids := []string{"stay " + s.label.Called(), "become a new label, " + title}, []string{"", "=" + title}
	for i, t := range s.others.titles {
		titles, ids = append(titles, "become "+t), append(ids, string(s.others.ids[i]))
	}
	field := sheet.NewChoice(c.sheet, titles, max(0, slices.Index(ids, s.where[v.Name])), func(i int) {
		s.where[v.Name] = ids[i]
		c.preview()
	})
	return sheet.NewRow(title, field)
}

func (s *splitting) wordRows(c *change) []fyne.CanvasObject {
	words := widgets.NewField("a regular expression, as (?i)ministry|minister")
	words.Put(s.words)
	words.OnCommit = func(typed string) { s.words = strings.TrimSpace(typed); c.preview() }
	words.OnEnter = c.apply
	title := widgets.NewField("a label that is there, or a new one")
	title.Put(s.title)
	title.OnCommit = func(typed string) { s.title = strings.Join(strings.Fields(typed), " "); c.preview() }
	title.OnEnter = c.apply
	return []fyne.CanvasObject{
		sheet.NewRow("Spans with", words), sheet.NewRow("Become", title),
		widgets.NewElastic("The expression is looked for anywhere in the words of a span.", theme.SmallSize, theme.Dim),
	}
}

func (s *splitting) steps() ([]migrate.Step, string) {
	step := migrate.SplitLabel{Label: s.label.ID}
	if s.by == 0 {
		if s.words == "" || s.title == "" {
			return nil, "Say which words are looked for, and which label the spans get that hold them."
		}
		step.Parts = []migrate.Part{{Words: s.words, Label: s.named(s.title)}}
		return []migrate.Step{step}, ""
	}
	t := s.lists[s.by-1]
	step.Attribute, step.Clear = t.Name, s.take
	for _, v := range t.Choices {
		switch to := s.where[v.Name]; {
		case to == "":
		case strings.HasPrefix(to, "="):
			step.Parts = append(step.Parts, migrate.Part{Values: []string{v.Name}, Label: s.named(to[1:])})
		default:
			step.Parts = append(step.Parts, migrate.Part{Values: []string{v.Name}, Label: annotate.Label{ID: annotate.ID(to)}})
		}
	}
	if len(step.Parts) == 0 {
		return nil, fmt.Sprintf("Choose for each value what its spans become. Those of no value stay %s.", s.label.Called())
	}
	return []migrate.Step{step}, ""
}

// named is the label with a title or name that somebody typed, or a new one.
func (s *splitting) named(title string) annotate.Label {
	for _, l := range s.a.e.schema().Labels {
		if strings.EqualFold(l.Called(), title) || l.Name == title {
			return annotate.Label{ID: l.ID}
		}
	}
	return newLabel(title)
}
