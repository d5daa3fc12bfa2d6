package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lede/annotate"
	"lede/app/backups"
	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/screens/tidy"
)

// keepDays is how many days of the history a compaction keeps, unless somebody says
// otherwise.
const keepDays = 90

// bindTidy binds the commands that give up what a project keeps.
func (s *shell) bindTidy() {
	may := func() bool { return s.work != nil && !s.work.store.Info().ReadOnly }
	s.on(commands.FileCompact, s.in(func(w *workspace) { w.compactHistory() }), may)
	s.on(commands.FileShrink, s.in(func(w *workspace) { w.shrinkFile() }), may)
	s.on(commands.BinPurge, s.in(func(w *workspace) { w.purgeBin() }), func() bool { return may() && s.work.inBin() && s.work.session.List().Len() > 0 })
}

// tidy opens the sheet.
func (w *workspace) tidy(o tidy.Options) {
	w.inspector.Commit()
	w.session.Flush()
	if w.shell.importing() != nil {
		w.shell.notice(notice{brief: true, title: "An import is running", text: "Wait until it is done, or stop it, and try again."})
		return
	}
	o.Canvas, o.Dispatch, o.Later, o.OnClose = w.shell.win.Canvas(), w.shell.dispatch, w.shell.later, w.shell.focusText
	o.Done = func() {
		w.poll()
		w.articles.Reload()
		w.shell.refreshMenu()
		w.shell.probe.say("tidied", "title", o.Title)
	}
	w.tidying = tidy.Open(o)
}

// shrink shrinks the file, and says by how much.
func (w *workspace) shrink(ctx context.Context, before int64, news func(phase string, done, total int)) (string, error) {
	const kilo = 1 << 10
	err := w.store.Shrink(ctx, func(done, total int64) {
		news("Writing the file anew: "+backups.Size(done)+" of "+backups.Size(total), int(done/kilo), int(total/kilo)+1)
	})
	if err != nil {
		return "", err
	}
	room, err := w.store.Room(ctx)
	if err != nil {
		return "", err
	}
	has, had := backups.Size(room.Size), backups.Size(before)
	if has == had {
		return "The file has " + has + ", as before.", nil
	}
	return "The file has " + has + ", and had " + had + ".", nil
}

// shrinkFile gives back what deleted things left in the file.
func (w *workspace) shrinkFile() {
	w.tidy(tidy.Options{
		Title: "Make the file smaller", Verb: "Write it anew",
		Look: func(ctx context.Context, _ int) (tidy.Said, error) {
			r, err := w.store.Room(ctx)
			return tidy.Said{
				Gone: smaller(r) + " Nothing stays in it of what was removed from the project.",
				Kept: "All that the project holds stays as it is, and its history, too. " + room(r),
			}, err
		},
		Do: func(ctx context.Context, _ int, _ bool, news func(string, int, int)) (string, error) {
			r, err := w.store.Room(ctx)
			if err != nil {
				return "", err
			}
			return w.shrink(ctx, r.Size, news)
		},
	})
}

// smaller says by how much the file would be so.
func smaller(r annotate.Room) string {
	has, then := backups.Size(r.Size), backups.Size(r.After)
	if has == then {
		return "The file has " + has + " and would have hardly less."
	}
	return "The file has " + has + " and would have about " + then + "."
}

// room says what the disk must have.
func room(r annotate.Room) string {
	needs := fmt.Sprintf("While it is written anew, %s must be free on the disk", backups.Size(r.Needed))
	if r.Free < 0 {
		return needs + "."
	}
	return needs + ": " + backups.Size(r.Free) + " are."
}

// compactHistory gives up old changes.
func (w *workspace) compactHistory() {
	before := func(days int) time.Time { return annotate.KeepDays(w.shell.o.Env.Now(), days) }
	w.tidy(tidy.Options{
		Title: "Compact the history", Verb: "Give them up", Days: keepDays,
		Look: func(ctx context.Context, days int) (tidy.Said, error) {
			plan, err := w.store.PlanCompaction(ctx, before(days))
			if errors.Is(err, annotate.ErrNothing) {
				return tidy.Said{Gone: "No change is older than that: there is nothing to give up.", None: true}, nil
			}
			if err != nil {
				return tidy.Said{}, err
			}
			return saidOf(plan), nil
		},
		Do: func(ctx context.Context, days int, _ bool, news func(string, int, int)) (string, error) {
			plan, err := w.store.PlanCompaction(ctx, before(days))
			if err != nil {
				return "", err
			}
			r, err := w.store.Room(ctx)
			if err != nil {
				return "", err
			}
			if _, err := w.store.Compact(ctx, w.shell.o.Settings.Actor(""), int64(plan.Changes), func(done, total int) {
				news("Giving up changes", done, total)
			}); err != nil {
				return "", err
			}
			gone := sheet.Count(plan.Fresh, "change is", "changes are") + " given up. "
			said, err := w.shrink(ctx, r.Size, news)
			if err != nil {
				return gone + "The file was not made smaller, and may still hold what they said: File → Make the file smaller tries again.", err
			}
			return gone + said, nil
		},
	})
}

func saidOf(plan annotate.Compaction) tidy.Said {
	gone := "Given up: " + plan.Sentence() + "."
	if plan.Fresh < plan.Changes {
		gone = fmt.Sprintf("Given up: %s. With those of earlier compactions it is %s.", sheet.Count(plan.Fresh, "change", "changes"), plan.Sentence())
	}
	they := "They can no longer be undone, brought back or looked at, nor what the project was before them. They take about "
	if plan.Fresh == 1 {
		they = "It can no longer be undone, brought back or looked at, nor what the project was before it. It takes about "
	}
	kept := "Kept: all articles and annotations as they are, annotators, entities, the schema and the bin. "
	if plan.Kept > 0 {
		kept += sheet.Count(plan.Kept, "later change stays, too, and can", "later changes stay, too, and can") + " be undone. "
	}
	return tidy.Said{
		Gone: gone + " " + they + backups.Size(plan.Bytes) + ".",
		Kept: kept + "This cannot be undone: a snapshot is made before, which has the whole history for as long as it is kept.",
	}
}

// purgeBin removes the selected articles in the bin for good, or all that the list shows
// of it.
func (w *workspace) purgeBin() {
	ids, err := w.binned()
	if err != nil {
		w.shell.tell(err)
		return
	}
	w.purge(ids)
}

func (w *workspace) purge(ids []annotate.ID) {
	path := w.store.Info().Path
	o := tidy.Options{
		Title: "Delete " + sheet.Count(len(ids), "article", "articles") + " for good", Verb: "Delete for good",
		Look: func(ctx context.Context, _ int) (tidy.Said, error) {
			plan, err := w.store.PlanPurge(ctx, ids)
			if err != nil {
				return tidy.Said{}, err
			}
			kept, err := w.shell.backupsOf(ctx, path)
			return saidOfPurge(plan, len(kept)), err
		},
		Do: func(ctx context.Context, _ int, also bool, news func(string, int, int)) (string, error) {
			return w.purgeNow(ctx, path, ids, also, news)
		},
	}
	if w.shell.o.Backups != nil {
		o.Also = "Remove the backups that Lede keeps of this project, too"
	}
	w.tidy(o)
}

// backupsOf lists the backups of a project.
func (s *shell) backupsOf(ctx context.Context, path string) ([]backups.Backup, error) {
	if s.o.Backups == nil {
		return nil, nil
	}
	return s.o.Backups.List(ctx, path)
}

func saidOfPurge(plan annotate.Purge, kept int) tidy.Said {
	them, texts := "them", "with their texts"
	if plan.Articles == 1 {
		them, texts = "it", "with its text"
	}
	gone := "Gone for good: " + sheet.Count(plan.Articles, "article", "articles") + " " + texts
	switch {
	case plan.Relations > 0:
		gone += ", " + sheet.Count(plan.Spans, "span", "spans") + " and " + sheet.Count(plan.Relations, "relation", "relations")
	case plan.Spans > 0:
		gone += " and " + sheet.Count(plan.Spans, "span", "spans")
	}
	s := tidy.Said{
		Gone: gone + ". " + sheet.Count(plan.Changes, "change", "changes") + " about " + them + " cannot be undone any more. This cannot be undone, and no snapshot is made before.",
		Kept: "Entities that were named in " + them + " stay.",
	}
	if plan.Changes == 0 {
		s.Gone = gone + ". This cannot be undone, and no snapshot is made before."
	}
	if plan.Shared > 0 {
		s.Kept += " " + sheet.Count(plan.Shared, "text stays, too", "texts stay, too") + ", as another article has the same."
	}
	if s.Also = kept > 0; s.Also {
		s.Kept += " The project has " + sheet.Count(kept, "backup", "backups") + ", which may still hold " + them + "."
	}
	return s
}

func (w *workspace) purgeNow(ctx context.Context, path string, ids []annotate.ID, also bool, news func(string, int, int)) (string, error) {
	r, err := w.store.Room(ctx)
	if err != nil {
		return "", err
	}
	news("Removing what is in them", 0, 0)
	if _, err := w.store.Purge(ctx, w.shell.o.Settings.Actor(""), ids); err != nil {
		return "", err
	}
	gone := sheet.Count(len(ids), "article is", "articles are") + " gone for good. "
	said, err := w.shrink(ctx, r.Size, news)
	if err != nil {
		return gone + "The file was not written anew, and may still hold what they said: File → Make the file smaller tries again.", err
	}
	gone += said
	if also {
		removed, left, err := w.shell.o.Backups.Forget(ctx, path)
		gone += " " + sheet.Count(len(removed), "backup is", "backups are") + " removed."
		if len(left) > 0 {
			gone += " " + sheet.Count(len(left), "copy made by hand stays", "copies made by hand stay") + " beside the project."
		}
		return gone, err
	}
	return gone, nil
}
