package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/commands"
	"lede/app/screens/beside"
)

// second is the second article and the room that it shares with the first.
type second struct {
	*beside.Pane
	split *beside.Split
	stale bool // read it anew when everything is on disk
}

func (w *workspace) newSecond() *second {
	s := w.shell
	pane := beside.New(beside.Options{
		Session: w.session, Canvas: s.win.Canvas(), Faces: s.faces, Keys: &besideKeys{s.table.Keyboard(), w},
		Pick: w.pickBeside, Swap: w.swap, Close: func() { w.closeBeside() }, Context: w.besideMenu,
		Zoom: w.zoomBy, SwapKey: s.table.Hint(commands.ViewSwap),
	})
	return &second{Pane: pane, split: beside.NewSplit(w.reader.Object, pane.Object)}
}

// bindBeside makes the commands of the second article.
func (s *shell) bindBeside() {
	s.on(commands.ViewBeside, s.in((*workspace).toggleBeside), s.article)
	s.on(commands.ViewSwap, s.in((*workspace).swap), func() bool { return s.article() && s.work.second.split.IsOpen() })
}

// toggleBeside shows the article that was beside before, or asks for one; if one is
// there, it goes.
func (w *workspace) toggleBeside() {
	switch {
	case w.second.split.IsOpen():
		w.closeBeside()
	case w.second.Doc() != nil:
		w.openBeside(w.second.Doc().Article.ID)
	default:
		w.pickBeside()
	}
}

func (w *workspace) pickBeside() {
	w.findArticle("Open beside: title, id or #number", w.openBeside)
}

func (w *workspace) closeBeside() {
	w.second.split.Open(false)
	w.middle.Refresh()
	w.reader.Focus()
	w.shell.refreshMenu()
	w.shell.probe.say("beside", "ref", "")
}

// openBeside shows an article beside the first: where reading it stopped.
func (w *workspace) openBeside(id annotate.ID) {
	offset := w.shell.o.Settings.Position(w.store.Info().Path, string(id))
	switch was := w.second.Doc(); {
	case id == w.open:
		offset = w.reader.View.ScrollPosition()
	case was != nil && was.Article.ID == id:
		offset = w.second.View.ScrollPosition()
	}
	w.showBeside(id, offset)
	w.reader.Focus()
}

func (w *workspace) showBeside(id annotate.ID, offset int) {
	doc, err := w.session.Look(context.Background(), id)
	if err != nil {
		w.shell.tell(err)
		return
	}
	w.dressBeside()
	if !w.second.split.IsOpen() {
		w.second.split.Open(true)
		w.middle.Refresh()
	}
	w.second.Show(doc, offset)
	w.shell.refreshMenu()
	w.shell.probe.say("beside", "ref", doc.Article.Ref)
}

// dressBeside sets the second text as the first is set.
func (w *workspace) dressBeside() {
	v := w.shell.o.Settings.Settings()
	view := w.second.View
	view.SetZoom(w.zoom)
	view.SetChips(!v.HideLabels)
	view.SetReading(readingOf(v))
	view.SetAllLinks(v.Relations)
	view.SetGranularity(w.session.Granularity())
}

// swap makes the second article the one that is worked on, and the other way round,
// each where it was.
func (w *workspace) swap() {
	if !w.second.split.IsOpen() || w.session.Doc() == nil {
		return
	}
	w.inspector.Commit()
	first, offset := w.here(), w.second.View.ScrollPosition()
	second := w.second.Doc().Article.ID
	w.jumps()
	place := first
	place.Article, place.Offset, place.Span = second, offset, annotate.ID(w.second.View.Chosen())
	if err := w.show(place); err != nil {
		w.shell.tell(err)
		return
	}
	w.showBeside(first.Article, first.Offset)
	w.reader.Focus()
}

// hearBeside keeps the second article in step with a change.
func (w *workspace) hearBeside(c annotate.Change) {
	if w.second.split.IsOpen() {
		w.second.Changed(c)
	}
}

// renewBeside reads the second article anew: somebody else's work is shown, or the
// schema is another one, or a change was taken back out.
func (w *workspace) renewBeside() {
	w.second.stale = false
	if !w.second.split.IsOpen() {
		return // it is read when it is opened
	}
	doc, err := w.session.Look(context.Background(), w.second.Doc().Article.ID)
	switch {
	case errors.Is(err, annotate.ErrNotFound):
		w.closeBeside()
	case err != nil:
		w.shell.tell(err)
	default:
		w.second.Again(doc)
	}
}

// copyFrom is where text is copied from: the second article if the keyboard is
// there, else the first.
func (w *workspace) copyFrom() (*edit.State, annotate.Fragments) {
	if w.second.split.IsOpen() && w.second.HasFocus() {
		return w.second.Doc(), w.second.Marked()
	}
	return w.session.Doc(), w.marked()
}

// besideMenu is the menu of the second text.
func (w *workspace) besideMenu(at fyne.Position) {
	w.second.Focus()
	t := w.shell.table
	var items []*fyne.MenuItem
	for _, id := range []string{commands.EditCopy, commands.EditCite, commands.ViewSwap} {
		if c, ok := t.Command(id); ok && t.Enabled(id) {
			items = append(items, fyne.NewMenuItem(t.Title(c), func() {
				w.second.Focus() // the menu took it
				t.Run(id)
			}))
		}
	}
	items = append(items, fyne.NewMenuItem("Show another article…", w.pickBeside), fyne.NewMenuItem("Close", w.closeBeside))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.shell.win.Canvas(), at)
}

// articleMenu is the menu of an article of the list.
func (w *workspace) articleMenu(id annotate.ID, at fyne.Position) {
	if w.inBin() {
		w.bulkMenu([]annotate.ID{id}, at)
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("",
		fyne.NewMenuItem("Open", func() {
			w.openArticle(id)
			w.reader.Focus()
		}),
		fyne.NewMenuItem("Open beside", func() { w.openBeside(id) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Move to the bin", func() { w.deed(edit.BinArticles(), []annotate.ID{id}) }),
	), w.shell.win.Canvas(), at)
}

// besideKeys lets through, from the second text, what does not act on the first:
// nobody tags what they do not look at.
type besideKeys struct {
	*commands.Keyboard
	w *workspace
}

func (k *besideKeys) foreign(s commands.Shortcut) bool {
	id, ok := k.Resolve(s, true)
	if !ok {
		return false
	}
	for _, part := range []string{"view.", "place.", "help.", "file.", "app.", commands.Palette, commands.GoTo, commands.EditCopy, commands.EditCite} {
		if strings.HasPrefix(id, part) {
			return false
		}
	}
	return true
}

// Key is for the text view.
func (k *besideKeys) Key(e *fyne.KeyEvent, mods fyne.KeyModifier, inText bool) bool {
	if e.Name == fyne.KeyEscape {
		k.w.reader.Focus()
		return true
	}
	if k.foreign(commands.Shortcut{Key: e.Name, Mods: mods}) {
		return true
	}
	return k.Keyboard.Key(e, mods, inText)
}

// Char is for the text view.
func (k *besideKeys) Char(r rune, inText bool) bool {
	if k.foreign(commands.Shortcut{Char: r}) {
		return true
	}
	return k.Keyboard.Char(r, inText)
}
