package app

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/widgets"
)

// What is done to several articles that are selected in the list: each is one step of
// undo, and the window goes on meanwhile.

// bulkMenu offers what can be done to articles.
func (w *workspace) bulkMenu(ids []annotate.ID, at fyne.Position) {
	n := sheet.Count(len(ids), "article", "articles")
	status := func(s annotate.Status, title string) *fyne.MenuItem {
		return fyne.NewMenuItem(title, func() { w.mark(s, "", ids) })
	}
	skip := fyne.NewMenuItem("Skip…", func() {
		w.shell.prompt(prompt{
			title: "Skip " + n, text: "Why are they not relevant? The reason is kept with your annotations.", yes: "Skip",
			do: func(reason string) { w.mark(annotate.Skipped, reason, ids) },
		})
	})
	items := []*fyne.MenuItem{
		status(annotate.Done, "Mark as done"), status(annotate.InProgress, "Mark as in progress"), status(annotate.New, "Mark as new"), skip,
		fyne.NewMenuItemSeparator(),
		w.listItem("Add tags…", "Tag "+n, "Tags, with commas between them. A filter finds them: tag:round1.", "Tag", ids, func(names []string) edit.Deed { return edit.TagArticles(names, nil) }),
		w.listItem("Take off tags…", "Take tags off "+n, "Tags, with commas between them.", "Take off", ids, func(names []string) edit.Deed { return edit.TagArticles(nil, names) }),
		w.listItem("Assign to…", "Assign "+n, "Names of annotators, with commas between them; me is you. assigned:me finds one's own.", "Assign", ids, func(names []string) edit.Deed { return edit.AssignArticles(w.meant(names), nil) }),
		w.listItem("Take from…", "Take "+n+" from annotators", "Names of annotators, with commas between them.", "Take", ids, func(names []string) edit.Deed { return edit.AssignArticles(nil, w.meant(names)) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Detect the language", func() { w.deed(edit.DetectLanguages(), ids) }),
		fyne.NewMenuItem("Export these…", func() { w.shell.exportOf(ids) }),
		fyne.NewMenuItem("Move to the bin", func() { w.deed(edit.BinArticles(), ids) }),
	}
	if w.inBin() {
		items = []*fyne.MenuItem{
			fyne.NewMenuItem("Restore from the bin", func() { w.deed(edit.RestoreArticles(), ids) }),
			fyne.NewMenuItem("Delete for good…", func() { w.purge(ids) }),
		}
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), w.shell.win.Canvas(), at)
}

// showActions offers what can be done to the selected articles, or says how to select
// some.
func (w *workspace) showActions() {
	w.showLeft(true)
	if len(w.articles.Selected()) == 0 {
		w.articles.FocusList()
		w.remark("No articles are selected", "Click on further ones in the list with Shift held, or press "+w.shell.table.Hint(commands.EditSelectAll)+" there for all of them.")
		return
	}
	w.articles.ShowActions()
}

// inBin says whether the list shows articles in the bin: nothing can be done to them
// but to take them out.
func (w *workspace) inBin() bool {
	term := filter.Top(w.session.List().Passing(), annotate.FilterIn)
	return term != nil && len(term.Values) == 1 && term.Values[0].Text == "bin"
}

// restoreFromBin takes the selected articles out of the bin, or all that the list shows
// of it.
func (w *workspace) restoreFromBin() {
	ids, err := w.binned()
	if err != nil {
		w.shell.tell(err)
		return
	}
	w.deed(edit.RestoreArticles(), ids)
}

// binned are the articles that are selected of the bin, or all that the list shows of it.
func (w *workspace) binned() ([]annotate.ID, error) {
	ids := w.articles.Selected()
	if len(ids) > 0 {
		return ids, nil
	}
	rows, err := w.store.Articles(context.Background(), annotate.ArticleQuery{
		Annotator: w.session.Annotator().ID, Filter: w.session.List().Passing(),
	})
	for _, row := range rows {
		ids = append(ids, row.Article.ID)
	}
	return ids, err
}

// showBin lists the articles in the bin.
func (w *workspace) showBin() {
	w.articles.Pass(filter.Term(annotate.FilterIn, "bin"))
	w.articles.FocusList()
	w.shell.notice(notice{brief: true, title: "Articles in the bin", text: "Restore from the bin, in the menu Article, brings them back; a click with the right button one of them.", offers: []offer{{"Leave the bin", w.articles.ClearFilter}}})
}

// listItem asks for names with commas and does something with them.
func (w *workspace) listItem(title, head, text, yes string, ids []annotate.ID, deed func([]string) edit.Deed) *fyne.MenuItem {
	return fyne.NewMenuItem(title, func() {
		w.shell.prompt(prompt{
			title: head, text: text, yes: yes,
			check: func(s string) string {
				if len(annotate.Listed(s)) == 0 {
					return "Please write at least one name."
				}
				return ""
			},
			do: func(s string) { w.deed(deed(annotate.Listed(s)), ids) },
		})
	})
}

// meant are annotators by name, with that of who is at work in the place of “me”.
func (w *workspace) meant(names []string) []string {
	return annotate.Meant(names, w.session.Annotator().Name)
}

func (w *workspace) mark(status annotate.Status, reason string, ids []annotate.ID) {
	w.inspector.Commit()
	w.write(w.session.Mark(status, reason, ids))
}

func (w *workspace) deed(deed edit.Deed, ids []annotate.ID) {
	w.inspector.Commit()
	w.write(w.session.Deed(deed, ids))
}

// write writes a step off the window's goroutine and tells how it went.
func (w *workspace) write(step *session.DeedStep, err error) {
	if err != nil {
		w.shell.tell(err)
		return
	}
	w.bulk.Dispatch = w.shell.dispatch
	sheet.Start(&w.bulk, func(ctx context.Context, tell func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, step.Write(ctx, func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) })
	}, func(p sheet.Progress) {
		if p.Total > slowDeed {
			w.shell.notice(notice{
				title:  fmt.Sprintf("%d of %s …", p.Done, sheet.Count(p.Total, "article", "articles")),
				offers: []offer{{"Cancel", w.bulk.Cancel}},
			})
		}
	}, func(_ struct{}, err error) { w.wrote(step, err) })
}

// slowDeed is from how many articles on it is told how far a step is.
const slowDeed = 2000

func (w *workspace) wrote(step *session.DeedStep, err error) {
	if !w.shell.holds(w) {
		return
	}
	switch {
	case errors.Is(err, annotate.ErrNothing):
		w.shell.notice(notice{brief: true, title: "Nothing changes: that is how they are already."})
	case errors.Is(err, context.Canceled):
		w.shell.notice(notice{brief: true, title: "Nothing was changed."})
	case err != nil:
		w.shell.tell(err)
	default:
		w.shell.tell(w.session.WroteDeed(context.Background(), step))
		w.articles.Reload()
		w.shell.refreshMenu()
		w.shell.notice(notice{brief: true, title: step.Change().Sentence() + ".", offers: []offer{w.undoing(step.Change())}})
		w.shell.probe.say("deed", "title", step.Change().Title)
	}
}
