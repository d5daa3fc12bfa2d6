package schema

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// change is the sheet in which something that is in use is changed: what is to be
// done, what that would do and to how many, and only then the doing. Where nothing
// is annotated by what is changed, and there is nothing to choose, it is done at
// once and no sheet is seen.
type change struct {
	e     *Editor
	title string
	meant string // what the button says
	rows  func(c *change) []fyne.CanvasObject
	steps func() ([]migrate.Step, string) // without steps: what is still to be chosen
	words func(*migrate.Plan) []string    // instead of the plan's sentences; may be nil
	done  func()                          // after it was written; may be nil
	high  float32                         // room for what would happen; 0 = a little

	sheet  *sheet.Sheet
	work   sheet.Work
	said   *fyne.Container
	bar    *widgets.Words
	button *widgets.ActionButton
	now    *session.SchemaChange
	shown  bool
	busy   bool // it is too late to cancel
	focus  fyne.Focusable
}

const (
	changeWidth float32 = 560
	changeRoom          = changeWidth - 48
	saidHeight  float32 = 116
)

// patience is how long the project is read before a sheet says so.
const patience = 250 * time.Millisecond

// straight does steps between which there is nothing to choose. The steps are held
// against the schema first: what is wrong with them is the error.
func (e *Editor) straight(title, meant string, steps ...migrate.Step) error {
	if e.readOnly() {
		return nil
	}
	if _, err := migrate.After(e.schema(), e.o.Session.Env(), steps...); err != nil {
		return err
	}
	c := &change{e: e, title: title, meant: meant, steps: func() ([]migrate.Step, string) { return steps, "" }}
	c.make()
	c.e.o.Later(patience, func() {
		if c.work.Busy() && !c.busy {
			c.show()
		}
	})
	c.preview()
	return nil
}

// ask shows a sheet in which something is to be chosen.
func (e *Editor) ask(c *change) {
	if e.readOnly() {
		return
	}
	c.e = e
	c.make()
	c.show()
	c.preview()
}

func (c *change) make() {
	c.work.Dispatch = c.e.o.Dispatch
	c.sheet = sheet.New(c.e.o.Canvas, nil)
	c.sheet.Room.Width = changeWidth
	c.sheet.OnCancel, c.sheet.OnDone = c.cancel, c.apply
	c.said = container.NewStack()
	c.bar = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	c.button = widgets.NewActionButton(c.meant, c.apply)
	c.button.Set(c.meant, false)
	c.lay()
}

// lay puts the sheet together; its rows may be others than before.
func (c *change) lay() {
	parts := []fyne.CanvasObject{sheet.NewTitle(c.title)}
	if c.rows != nil {
		parts = append(parts, c.rows(c)...)
	}
	parts = append(parts, c.said, widgets.NewStretch(10, 0, c.bar,
		widgets.NewBorderedButton("Cancel", c.cancel), c.button.Surface))
	c.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12, parts...))
	if c.shown {
		c.sheet.Refresh()
	}
}

func (c *change) show() {
	if c.shown {
		return
	}
	c.shown = true
	focus := c.focus
	if focus == nil {
		focus = c.button.Surface
	}
	c.sheet.Open(focus)
}

// again lays the sheet out for what is chosen now and reads what that would do.
func (c *change) again() {
	c.lay()
	c.preview()
}

// preview reads what would happen.
func (c *change) preview() {
	c.work.Stop()
	c.now = nil
	c.button.Set(c.meant, false)
	steps, missing := c.steps()
	if len(steps) == 0 {
		c.tell(theme.Hairline, []string{missing})
		return
	}
	next, err := c.e.o.Session.ChangeSchema(steps...)
	if err != nil {
		c.failed(err)
		return
	}
	c.bar.SetText("Reading the project …")
	sheet.Start(&c.work,
		func(ctx context.Context, tell func(sheet.Progress)) (*migrate.Plan, error) {
			return next.Preview(ctx, func(n int) { tell(sheet.Progress{Done: n}) })
		},
		func(p sheet.Progress) {
			c.bar.SetText("Reading the project … " + sheet.Count(p.Done, "article", "articles"))
		},
		func(plan *migrate.Plan, err error) {
			c.bar.SetText("")
			if err != nil {
				c.failed(err)
				return
			}
			c.now = next
			c.previewed(plan)
		})
}

// previewed shows what would happen, or does it where nothing is touched by it.
func (c *change) previewed(plan *migrate.Plan) {
	t := plan.Touched
	touched := t.Articles+t.Entities+t.InBin+t.Values+t.Spans+t.Relations > 0
	if !touched && c.rows == nil {
		c.apply()
		return
	}
	stroke := theme.Hairline
	if t.DeletedSpans+t.DeletedRelations+t.DeletedValues > 0 {
		stroke = theme.Warning
	}
	said := plan.Sentences
	if c.words != nil {
		said = c.words(plan)
	} else if !touched {
		said = append(said, "Nothing is annotated with it.")
	}
	c.tell(stroke, said)
	c.bar.SetText("One step: Undo takes it back.")
	c.button.Set(c.meant, !plan.Empty())
	c.show()
	c.sheet.Refresh()
}

// tell puts sentences into the box.
func (c *change) tell(stroke theme.Name, said []string) {
	var lines []fyne.CanvasObject
	for _, s := range said {
		lines = append(lines, widgets.NewParagraph(s, theme.TextSize, changeRoom-44, theme.Text))
	}
	inside := container.NewVScroll(widgets.NewColumn(6, lines...))
	inside.SetMinSize(fyne.NewSize(0, max(saidHeight, c.high)))
	c.said.Objects = []fyne.CanvasObject{sheet.NewBox(stroke, inside)}
	c.said.Refresh()
	if c.shown {
		c.sheet.Refresh()
	}
}

func (c *change) failed(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	c.tell(theme.Danger, []string{sheet.Sentence(err)})
	c.show()
}

// apply writes what was previewed.
func (c *change) apply() {
	if c.now == nil || c.busy {
		return
	}
	c.busy = true
	c.button.Set(c.meant, false)
	c.bar.SetText("Writing …")
	now := c.now
	sheet.Start(&c.work,
		func(ctx context.Context, _ func(sheet.Progress)) (struct{}, error) { return struct{}{}, now.Write(ctx) },
		func(sheet.Progress) {},
		func(_ struct{}, err error) {
			c.busy = false
			c.wrote(err)
		})
}

func (c *change) wrote(err error) {
	if errors.Is(err, annotate.ErrConflict) { // somebody else wrote meanwhile
		c.show()
		c.preview()
		return
	}
	if err == nil {
		err = c.e.o.Session.WroteSchema(context.Background(), c.now)
	}
	if err != nil {
		c.bar.SetText("")
		c.failed(err)
		return
	}
	if c.done != nil {
		c.done()
	}
	c.close()
	c.e.count()
}

// cancel gives up what was not written yet.
func (c *change) cancel() {
	if !c.busy {
		c.close()
	}
}

func (c *change) close() {
	c.work.Stop()
	if c.shown {
		c.sheet.Close()
		c.e.o.Canvas.Focus(c.e.list)
	}
	c.e.soon() // a name that was typed and not given is as it was
}
