package undo

import (
	"context"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Undo takes steps back on one screen. All its methods belong to the window's
// goroutine.
type Undo struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func())                                   // brings results back; nil = fyne.Do
	Takes    func(session.Step) bool                        // whether a step can be taken back here; nil = all
	Ask      func(step session.Step, redo bool, yes func()) // puts the question of the step; nil = none is put
	Begin    func()                                         // before anything else; may be nil
	Done     func(step session.Step, redo, large bool)      // it is shown; may be nil
	Fail     func(error)                                    // it could not be done
	work     sheet.Work
	waiting  []bool // what was asked for meanwhile: take back, or (true) bring back
}

// Next is the step that would be taken back, or with redo brought back; ok is false if
// there is none for this screen.
func (u *Undo) Next(redo bool) (step session.Step, ok bool) {
	if redo {
		step, ok = u.Session.NextRedo()
	} else {
		step, ok = u.Session.NextUndo()
	}
	return step, ok && (u.Takes == nil || u.Takes(step))
}

// Busy says whether a large step is being written. What is asked for meanwhile is done
// after it.
func (u *Undo) Busy() bool { return u.work.Busy() }

// End waits until a step that is being written has let go of the project.
func (u *Undo) End() { u.work.End() }

// Do takes the next step back, or with redo brings it back.
func (u *Undo) Do(redo bool) {
	if u.Busy() {
		u.waiting = append(u.waiting, redo)
		return
	}
	if u.Begin != nil {
		u.Begin()
	}
	if step, ok := u.Next(redo); ok {
		u.ask(step, redo, func() { u.do(step, redo) })
	}
}

// Named takes back the step that a notice offers to, and no other one: if it is not the
// last one any more, it says so.
func (u *Undo) Named(c annotate.Change) {
	if u.Busy() {
		return
	}
	if u.Begin != nil {
		u.Begin()
	}
	step := u.Session.StepOf(c)
	u.ask(step, false, func() { u.caughtUp(func() { u.do(step, false) }) })
}

// ask puts the question of a step, if it has one. What is done after it sees first what
// other programs did while it stood there.
func (u *Undo) ask(step session.Step, redo bool, do func()) {
	if step.Asks == "" || u.Ask == nil {
		do()
		return
	}
	u.Ask(step, redo, func() { u.caughtUp(do) })
}

// caughtUp does something once the session knows what other programs have done.
func (u *Undo) caughtUp(do func()) {
	if err := u.Session.Poll(context.Background()); err != nil {
		u.Fail(err)
		return
	}
	do()
}

// Old takes one change back, however old, in which nothing is in the way, or with redo
// brings it back.
func (u *Undo) Old(c annotate.Change, redo bool) {
	if u.Busy() {
		return
	}
	if u.Begin != nil {
		u.Begin()
	}
	step := u.Session.StepOf(c)
	u.ask(step, redo, func() {
		r, err := u.Session.TakeBack(context.Background(), c.ID, redo)
		u.begun(r, err, step, redo)
	})
}

func (u *Undo) do(step session.Step, redo bool) {
	r, err := u.Session.Reverse(context.Background(), step.ID, redo)
	u.begun(r, err, step, redo)
}

// begun goes on with a step that was begun.
func (u *Undo) begun(r *session.Reversal, err error, step session.Step, redo bool) {
	switch {
	case err != nil:
		u.Fail(err)
	case r.Light():
		u.reversed(r, nil, step, redo)
	default:
		u.wait(r, step, redo)
	}
}

func (u *Undo) reversed(r *session.Reversal, err error, step session.Step, redo bool) {
	if err := u.Session.Reversed(context.Background(), r, err); err != nil {
		u.Fail(err)
		return
	}
	if u.Done != nil {
		u.Done(step, redo, !r.Light())
	}
}

// wait writes a large step. A sheet keeps the hands off meanwhile.
func (u *Undo) wait(r *session.Reversal, step session.Step, redo bool) {
	busy := sheet.New(u.Canvas, widgets.NewPadded(widgets.Even(28, 22), widgets.NewLine("Writing …", theme.TextSize, theme.Dim)))
	busy.OnCancel = func() {} // it is one transaction
	busy.Clear = true
	busy.Open(nil)
	u.work.Dispatch = u.Dispatch
	sheet.Start(&u.work,
		func(ctx context.Context, _ func(sheet.Progress)) (struct{}, error) { return struct{}{}, r.Write(ctx) },
		func(sheet.Progress) {},
		func(_ struct{}, err error) {
			busy.Close()
			u.reversed(r, err, step, redo)
			for len(u.waiting) > 0 && !u.Busy() {
				next := u.waiting[0]
				u.waiting = u.waiting[1:]
				u.Do(next)
			}
		})
}

// Title is what a button says of a step: as much of its title as a line has room for.
func Title(verb string, step session.Step) string { return verb + ": " + text.Brief(step.Title, 44) }
