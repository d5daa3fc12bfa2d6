package app

import (
	"context"
	"errors"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/articles"
	"lede/app/screens/opener"
	"lede/app/session"
)

// trail is where somebody has been in a project.
type trail struct {
	session.Places
	title   string        // of the open article
	visited []annotate.ID // articles that were opened, the latest first
	going   bool          // back or forward: no jump of its own
}

// bindPlaces makes the commands that lead to an article or a place.
func (s *shell) bindPlaces() {
	s.on(commands.GoTo, s.in((*workspace).goTo), s.project)
	s.on(commands.PlaceBack, s.in(func(w *workspace) { w.walk(true) }), func() bool {
		_, ok := s.nextPlace(true)
		return ok
	})
	s.on(commands.PlaceForward, s.in(func(w *workspace) { w.walk(false) }), func() bool {
		_, ok := s.nextPlace(false)
		return ok
	})
}

func (s *shell) nextPlace(back bool) (session.Place, bool) {
	if s.work == nil {
		return session.Place{}, false
	}
	if back {
		return s.work.trail.NextBack(s.work.here())
	}
	return s.work.trail.NextForward(s.work.here())
}

// placeTitles says in the menu where Back and Forward lead.
func (s *shell) placeTitles() {
	for id, back := range map[string]bool{commands.PlaceBack: true, commands.PlaceForward: false} {
		title := ""
		if place, ok := s.nextPlace(back); ok {
			title = map[bool]string{true: "Back", false: "Forward"}[back] + " to “" + text.Brief(place.Title, 32) + "”"
		}
		s.table.SetTitle(id, title)
	}
}

// here is the place that shows now.
func (w *workspace) here() session.Place {
	return session.Place{
		Article: w.open, Title: w.trail.title, Offset: w.reader.View.ScrollPosition(),
		Span: annotate.ID(w.reader.View.Chosen()),
	}
}

// jumps hears, before it happens, that the text goes to a place far away.
func (w *workspace) jumps() {
	if w.open != "" && !w.trail.going {
		w.trail.Leave(w.here())
		w.shell.refreshMenu()
	}
}

// arrives hears, while the old text is still in sight, that an article is to be
// shown.
func (w *workspace) arrives() {
	doc := w.session.Doc()
	if doc == nil {
		return
	}
	id := doc.Article.ID
	if id != w.open {
		w.jumps()
	}
	w.trail.title = articles.TitleOf(doc.Article)
	const most = 40
	w.trail.visited = slices.DeleteFunc(w.trail.visited, func(v annotate.ID) bool { return v == id })
	w.trail.visited = slices.Insert(w.trail.visited, 0, id)
	w.trail.visited = w.trail.visited[:min(len(w.trail.visited), most)]
}

// walk goes back, or forward again. Places in articles that are gone are passed.
func (w *workspace) walk(back bool) {
	go1 := w.trail.Forward
	if back {
		go1 = w.trail.Back
	}
	w.inspector.Commit()
	for {
		place, ok := go1(w.here())
		if !ok {
			return
		}
		err := w.show(place)
		if errors.Is(err, annotate.ErrNotFound) {
			w.trail.Forget(place.Article)
			continue
		}
		w.shell.tell(err)
		w.reader.Focus()
		w.shell.refreshMenu()
		w.shell.probe.say("place", "offset", place.Offset)
		return
	}
}

// show brings a place back as it was left.
func (w *workspace) show(place session.Place) error {
	w.trail.going = true
	defer func() { w.trail.going = false }()
	if place.Article != w.open {
		if err := w.session.Open(context.Background(), place.Article); err != nil {
			return err
		}
	}
	w.reader.View.ScrollTo(place.Offset)
	if _, there := w.session.Doc().Span(place.Span); there || place.Span == "" {
		w.session.Choose(place.Span)
	}
	return nil
}

// jumpTo shows a range of an article, and chooses the span or, where that is not
// on screen, selects the range.
func (w *workspace) jumpTo(article, span annotate.ID, at text.Range) {
	w.inspector.Commit()
	if article != w.open {
		if err := w.session.Open(context.Background(), article); err != nil {
			w.shell.tell(err)
			return
		}
		w.trail.going = true // the place that was left is remembered already
		defer func() { w.trail.going = false }()
	}
	if _, there := w.session.Doc().Span(span); there {
		w.session.Choose(span)
	} else {
		w.session.Select(at)
	}
	w.reader.View.Reveal(at)
	w.reader.Focus()
}

// goTo asks for an article and opens it.
func (w *workspace) goTo() {
	w.findArticle("Go to an article: title, id or #number", func(id annotate.ID) {
		w.openArticle(id)
		w.reader.Focus()
	})
}

// findArticle asks for an article.
func (w *workspace) findArticle(hint string, pick func(annotate.ID)) {
	w.session.Flush() // the dots must show what is on screen
	opener.Open(opener.Options{
		Canvas: w.shell.win.Canvas(), Store: w.store, Annotator: w.session.Shown().ID, Hint: hint,
		Here: w.open, Recent: slices.Clone(w.trail.visited),
		Dispatch: w.shell.dispatch, Aside: w.shell.aside, Tell: w.shell.tell, Pick: pick, Gone: w.reader.Focus,
	})
}
