package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/screens/undo"
	"lede/app/session"
	"lede/app/settings"
	"lede/assets/sample"
)

func (s *shell) nextUndo() (session.Step, bool) {
	if s.work == nil || s.work.asOf != nil {
		return session.Step{}, false
	}
	return s.work.session.NextUndo()
}

func (s *shell) nextRedo() (session.Step, bool) {
	if s.work == nil || s.work.asOf != nil {
		return session.Step{}, false
	}
	return s.work.session.NextRedo()
}

// undo takes the newest step back and shows what it changed. Steps over many
// records ask first.
func (w *workspace) undo() { w.steps.Do(false) }

func (w *workspace) redo() { w.steps.Do(true) }

// undoing offers to take back what a notice tells of, and nothing else.
func (w *workspace) undoing(c annotate.Change) offer {
	return offer{"Undo", func() { w.steps.Named(c) }}
}

// stepsBack are the steps that are taken back in sight of the article.
func (w *workspace) stepsBack() *undo.Undo {
	name := func(redo bool) string {
		if redo {
			return "Redo"
		}
		return "Undo"
	}
	return &undo.Undo{
		Session: w.session, Canvas: w.shell.win.Canvas(), Dispatch: w.shell.dispatch,
		Fail: func(err error) { w.shell.tell(err) },
		Ask: func(step session.Step, redo bool, yes func()) {
			w.shell.ask(name(redo)+" “"+step.Title+"”?", step.Asks, name(redo), yes)
		},
		Done: func(step session.Step, redo, _ bool) {
			w.reader.Reveal()
			w.reader.Focus()
			w.shell.probe.say(strings.ToLower(name(redo)), "title", step.Title)
		},
	}
}

// copyText copies the selected text, or that of the chosen span.
func (w *workspace) copyText() {
	doc, at := w.copyFrom()
	if doc == nil {
		return
	}
	words := doc.Text.Quote(at)
	if words != "" {
		w.shell.app.Clipboard().SetContent(words)
	}
}

func (w *workspace) selectAll() {
	if w.second.split.IsOpen() && w.second.HasFocus() {
		w.second.SelectAll()
		return
	}
	if w.articles.HasFocus() {
		w.articles.SelectAll()
		return
	}
	if doc := w.session.Doc(); doc != nil {
		w.session.Select(doc.Text.Trim(text.Range{End: doc.Text.Len()}))
		w.reader.Focus()
	}
}

// giveLabel labels the selection or the chosen span; with neither it arms the
// label.
func (w *workspace) giveLabel(label annotate.ID) {
	defer w.shell.probe.took("label", time.Now())
	done, err := w.session.Label(label)
	w.shell.tell(err)
	if !done && err == nil {
		w.session.Arm(label)
	}
}

func (w *workspace) repeatLabel() {
	label := w.session.LastLabel()
	if label == "" && w.unlabelled() {
		return
	}
	if label == "" {
		w.remark("Repeat the last label", "No label was given yet. Select some words, then press a label’s key.")
		return
	}
	done, err := w.session.Label(label)
	w.shell.tell(err)
	if !done {
		w.remark("Repeat the last label", "Select some words, or choose a span, then press the key again.")
	}
}

// addPart adds the selection to the chosen span.
func (w *workspace) addPart() error {
	s := w.session
	if s.Chosen() == "" || s.Selection().Empty() {
		w.remark("A span of several parts", "Choose a span, then select more text: the selection is added to that span.")
		return nil
	}
	return s.AddFragment(text.Range{})
}

// dropPart removes the fragment at the caret, or the last one, of a span that has
// several.
func (w *workspace) dropPart() error {
	span, ok := w.session.Doc().Span(w.session.Chosen())
	if !ok || len(span.Fragments) < 2 {
		w.remark("The span has only one part", "Press Delete to delete it.")
		return nil
	}
	caret := w.reader.View.Caret()
	at := slices.IndexFunc(span.Fragments, func(r text.Range) bool { return r.Start <= caret && caret <= r.End })
	if at < 0 {
		at = len(span.Fragments) - 1
	}
	return w.session.RemoveFragment(span.ID, at)
}

func (w *workspace) nextGranularity() {
	next := map[text.Granularity]text.Granularity{text.Word: text.Character, text.Character: text.Sentence, text.Sentence: text.Word}
	w.snap(next[w.session.Granularity()])
}

// doneNext marks the article as done and opens the next one.
func (w *workspace) doneNext() {
	w.inspector.Commit()
	more, err := w.session.DoneAndNext(context.Background())
	end := "All articles are done."
	if w.session.List().Filtered() {
		end = "That was the last article of the list."
	}
	w.after(more, err, end)
}

func (w *workspace) next(back bool) {
	defer w.shell.probe.took("next", time.Now())
	w.inspector.Commit()
	more, err := w.session.Next(context.Background(), back)
	end := "This is the last article of the list."
	if back {
		end = "This is the first article of the list."
	}
	w.after(more, err, end)
}

func (w *workspace) after(more bool, err error, end string) {
	w.reader.Focus()
	switch {
	case err != nil:
		w.shell.tell(err)
	case more:
		w.shell.hideNotice()
	case w.session.List().Filtered():
		w.shell.notice(notice{brief: true, title: end, offers: []offer{{"Clear the filter", w.articles.ClearFilter}}})
	default:
		w.shell.notice(notice{brief: true, title: end})
	}
}

// askSkip asks why the article is skipped.
func (s *shell) askSkip() {
	if s.work == nil || s.work.session.Doc() == nil {
		return
	}
	w := s.work
	s.prompt(prompt{
		title: "Skip this article", text: "Why is it not relevant? The reason is kept with your annotations.",
		was: w.session.Doc().Set.Reason, yes: "Skip",
		do: func(reason string) { s.tell(w.session.SetStatus(annotate.Skipped, reason)) },
	})
}

// Annotators.

func (w *workspace) annotateAs(name string) {
	w.inspector.Commit()
	if err := w.session.Annotate(context.Background(), name); err != nil {
		w.shell.tell(err)
		return
	}
	w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.Annotator = w.session.Annotator().Name }))
	w.reader.Focus()
	w.shell.probe.say("annotator", "name", w.session.Annotator().Name)
}

func (w *workspace) lookAt(name string) {
	w.inspector.Commit()
	w.shell.tell(w.session.Show(context.Background(), name))
	w.articles.Reload()
	w.reader.Focus()
}

// mine goes back from another's work to the own.
func (w *workspace) mine() { w.lookAt(w.session.Annotator().Name) }

func (w *workspace) addAnnotator() {
	w.shell.prompt(prompt{
		title: "Annotate as someone else",
		text:  "Annotations are kept apart by name. The same name goes on with the same annotations.",
		yes:   "Continue", check: nameProblem, do: w.annotateAs,
	})
}

// nameProblem says what is wrong with a name for an annotator, "" for nothing.
func nameProblem(name string) string {
	switch {
	case name == "":
		return "Please write a name."
	case strings.EqualFold(name, annotate.GoldName), strings.EqualFold(name, annotate.AllName):
		return fmt.Sprintf("“%s” is reserved. Please choose another name.", name)
	}
	return ""
}

// offerName says, at the first start, under which name annotations are made.
func (w *workspace) offerName() {
	v := w.shell.o.Settings.Settings()
	if v.Annotator != "" || w.session.ReadOnly() != "" {
		return
	}
	name := w.session.Annotator().Name
	keep := func(name string) {
		w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.Annotator = name }))
		w.reader.Offer("")
		w.reader.Focus()
	}
	w.reader.Offer(fmt.Sprintf("Your annotations are signed “%s”.", name),
		reader.Offer{Title: "Change the name…", Do: func() {
			w.shell.prompt(prompt{
				title: "Your name", text: "Under which name do you annotate?", was: name, yes: "Use this name",
				check: nameProblem, do: w.signAs,
			})
		}},
		reader.Offer{Title: "Keep it", Do: func() { keep(name) }})
}

// signAs takes another name for the person at the machine, for good.
func (w *workspace) signAs(name string) {
	s := w.shell
	if err := w.session.SignAs(context.Background(), name, sample.Actor); err != nil {
		s.tell(err)
		return
	}
	s.remember(s.o.Settings.Change(func(v *settings.Settings) { v.Actor, v.Annotator = name, name }))
	s.reopen()
}

// View.

var zooms = []float32{0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3}

func (w *workspace) zoomBy(steps int) {
	i := slices.IndexFunc(zooms, func(z float32) bool { return z >= w.zoom-0.01 })
	if i < 0 {
		i = len(zooms) - 1
	}
	w.setZoom(zooms[max(0, min(i+steps, len(zooms)-1))])
}

func (w *workspace) setZoom(z float32) {
	w.zoom = z
	w.reader.View.SetZoom(z)
	w.second.View.SetZoom(z)
	w.status.ShowZoom(z)
	w.reader.Focus()
	w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.Zoom = float64(z) }))
}

func (w *workspace) toggleChips() {
	hide := !w.shell.o.Settings.Settings().HideLabels
	w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.HideLabels = hide }))
	w.reader.View.SetChips(!hide)
	w.second.View.SetChips(!hide)
	w.shell.refreshMenu()
}

func (w *workspace) showLeft(on bool)  { w.showSide(w.left, on) }
func (w *workspace) showRight(on bool) { w.showSide(w.right, on) }

func (w *workspace) showSide(side *fyne.Container, on bool) {
	if side.Visible() == on {
		return
	}
	if on {
		side.Show()
	} else {
		side.Hide()
		w.reader.Focus()
	}
	w.middle.Refresh()
	w.shell.refreshMenu()
}

// nextPart moves the keyboard between the list, the text and the inspector, past
// what is out of sight.
func (w *workspace) nextPart(by int) {
	right := func() bool { return w.right.Visible() && w.right.Position().X < w.middle.Size().Width }
	type part struct {
		shown, has func() bool
		focus      func()
	}
	parts := []part{
		{func() bool { return w.left.Visible() && w.left.Position().X >= 0 }, w.articles.HasFocus, w.articles.FocusList},
		{func() bool { return true }, w.reader.Focused, w.reader.Focus},
		{w.second.split.IsOpen, w.second.HasFocus, w.second.Focus},
		{w.warned.panel.Shown, w.warned.panel.HasFocus, w.warned.panel.Focus},
		{right, w.inspector.HasFocus, w.inspector.FocusFirst},
	}
	at := max(0, slices.IndexFunc(parts, func(p part) bool { return p.has() }))
	for range parts {
		at = (at + by + len(parts)) % len(parts)
		if p := parts[at]; p.shown() {
			if p.focus(); p.has() {
				return
			}
		}
	}
}

// submenus fills the menus within menus: recent projects, what selections snap to.
func (s *shell) submenus() {
	var recent []*fyne.MenuItem
	for _, r := range s.o.Settings.Recent() {
		recent = append(recent, fyne.NewMenuItem(r.Title+"   "+sheet.Short(filepath.Dir(r.Path)), func() {
			if !s.covered() {
				s.open(r.Path)
			}
		}))
	}
	s.table.SetChildren(commands.FileRecent, fyne.NewMenu("", recent...))
	var snaps []*fyne.MenuItem
	for _, g := range []text.Granularity{text.Word, text.Character, text.Sentence} {
		item := fyne.NewMenuItem("Words", s.in(func(w *workspace) { w.snap(g) }))
		item.Label = strings.ToUpper(reader.SnapName(g)[:1]) + reader.SnapName(g)[1:]
		item.Checked = s.work != nil && s.work.session.Granularity() == g
		item.Disabled = s.work == nil
		snaps = append(snaps, item)
	}
	s.table.SetChildren(commands.Granularity, fyne.NewMenu("", snaps...))
}
