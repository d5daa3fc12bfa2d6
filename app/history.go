package app

import (
	"context"
	"errors"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/commands"
	"lede/app/screens/history"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

// past is what the window knows of the history.
type past struct {
	panel *history.Panel
	asks  sheet.Work // whether something is in the way of an undo
}

func (w *workspace) newPast() *past {
	s := w.shell
	p := &past{}
	p.asks.Dispatch = s.dispatch
	p.panel = history.New(history.Options{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Later: s.later, Aside: s.aside, Now: s.o.Env.Now, Tell: s.tell,
		Focus: func() { w.reader.Focus() }, Go: w.goToChange, TakeBack: w.takeBack, LookBack: s.lookBack,
		Resized: func() { w.object.Refresh() },
		Listed:  func(n int) { s.probe.say("history", "changes", n) },
	})
	return p
}

func (s *shell) bindHistory() {
	s.on(commands.ViewHistory, s.in(func(w *workspace) {
		switch p := w.past.panel; {
		case p.Shown() && p.HasFocus():
			p.Close()
		default:
			w.inspector.Commit()
			p.Open()
		}
	}), s.project)
}

// hearHistory keeps the list of changes in step.
func (w *workspace) hearHistory(e session.Event) {
	switch e := e.(type) {
	case session.ArticleOpened:
		w.past.panel.Changed(true)
	case session.SavedChanged:
		if e.Pending == 0 {
			w.past.panel.Changed(false)
		}
	case session.Changed:
		if e.Origin != session.Local {
			w.past.panel.Changed(false)
		}
	}
}

// endHistory gives up what is under way.
func (w *workspace) endHistory() {
	w.past.panel.End()
	w.past.asks.End()
}

// goToChange shows where a change was made.
func (w *workspace) goToChange(c annotate.PastRow) {
	const few = 1000 // records: of a larger change there is no one place
	w.inspector.Commit()
	switch {
	case c.Article != "" && c.Touches <= few:
		found, err := w.store.History(context.Background(), annotate.HistoryQuery{IDs: []annotate.ID{c.ID}})
		if err == nil && len(found) == 1 {
			err = w.session.LookAt(context.Background(), found[0])
		}
		w.shell.tell(err)
		if err == nil {
			w.reader.Reveal()
			w.shell.probe.say("change", "title", c.Title)
		}
	case c.Article != "":
		w.openArticle(c.Article)
	case c.Articles > 1:
		w.remark("This change is about "+sheet.Count(c.Articles, "article", "articles"), c.Sentence()+".")
	default:
		w.remark("This change is about the project as a whole", c.Sentence()+".")
	}
	w.past.panel.Focus()
}

// takeBack takes one change back, however old, if nothing later depends on it, or with
// redo brings it back.
func (w *workspace) takeBack(c annotate.PastRow, redo bool) {
	w.inspector.Commit()
	w.session.Flush()
	store := w.store
	sheet.Start(&w.past.asks, func(ctx context.Context, _ func(sheet.Progress)) (struct{}, error) {
		if redo {
			return struct{}{}, nil
		}
		_, err := edit.CanTakeBack(ctx, store, c.ID)
		return struct{}{}, err
	}, func(sheet.Progress) {}, func(_ struct{}, err error) {
		if blocked := (*edit.BlockedError)(nil); errors.As(err, &blocked) {
			t := told.Of(err)
			w.shell.probe.say("error", "title", t.Title, "text", t.Text)
			w.shell.notice(notice{
				icon: widgets.IconLock, color: theme.Warning, title: "Something depends on this change", text: t.Text, hint: t.Hint,
				offers: []offer{{"Go to that change", func() { w.past.panel.GoTo(blocked.By) }}},
			})
			return
		}
		if errors.Is(err, annotate.ErrNothing) {
			w.remark("Nothing was changed", told.Of(err).Text)
			return
		}
		if err != nil {
			w.shell.tell(err)
			return
		}
		w.steps.Old(c.Change, redo)
	})
}
