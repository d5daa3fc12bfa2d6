package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/screening"
	"lede/app/session"
	"lede/app/textview"
)

// screen is the mode in which articles are sorted into relevant and not.
type screen struct {
	on    bool
	bar   *screening.Bar
	count session.Screened
	known bool // count is of the list as it is
	under bool // it is being counted
	turn  int  // of the counts: only the last one is shown
}

// bindScreening makes the commands of the screening mode.
func (s *shell) bindScreening() {
	s.on(commands.Screen, s.in((*workspace).toggleScreening), s.article)
	for i, id := range []string{commands.ScreenYes, commands.ScreenNo, commands.ScreenUnsure} {
		choice := func() (annotate.Choice, bool) {
			if !s.editable() || !s.work.screen.on {
				return annotate.Choice{}, false
			}
			field, _ := s.work.session.ScreeningField()
			if i >= len(field.Choices) {
				return annotate.Choice{}, false
			}
			return field.Choices[i], true
		}
		s.on(id, s.in(func(w *workspace) {
			if c, ok := choice(); ok {
				w.decide(c)
			}
		}), func() bool { _, ok := choice(); return ok })
	}
	s.on(commands.ScreenBack, s.in((*workspace).screenBack), func() bool { return s.editable() && s.work.screen.on })
}

// toggleScreening begins or ends the mode. It begins at the first article from the
// open one on that nobody has decided on.
func (w *workspace) toggleScreening() {
	c := &w.screen
	c.on = !c.on
	w.shell.refreshMenu()
	if !c.on {
		w.reader.Instead(nil)
		w.reader.Focus()
		w.shell.probe.say("screening", "on", false)
		return
	}
	if c.bar == nil {
		c.bar = screening.New(screening.Options{
			Decide: w.decide, Back: w.screenBack, Leave: w.toggleScreening, Add: w.addScreeningField,
			Key: w.shell.table.Hint(commands.Screen),
		})
	}
	w.inspector.Commit()
	w.countScreened()
	w.showScreening()
	w.reader.Instead(c.bar.Object)
	if _, has := w.session.ScreeningField(); has {
		_, err := w.session.OpenUnscreened(context.Background())
		w.shell.tell(err)
	}
	w.reader.Focus()
	w.shell.probe.say("screening", "on", true)
}

// decide says whether the open article is relevant, and goes on to the next one.
func (w *workspace) decide(c annotate.Choice) {
	defer w.shell.probe.took("screen", time.Now())
	w.inspector.Commit()
	more, err := w.session.Screen(context.Background(), c)
	w.after(more, err, "Every article of the list is screened.")
}

// screenBack takes the last decision back.
func (w *workspace) screenBack() {
	w.inspector.Commit()
	was, err := w.session.ScreenBack(context.Background())
	w.shell.tell(err)
	if !was && err == nil {
		w.remark("Nothing to go back to", "Here you began to screen. “Previous article” ("+w.shell.table.Hint(commands.ArticlePrev)+") opens the one before.")
	}
	w.reader.Focus()
}

func (w *workspace) addScreeningField() {
	w.shell.tell(w.session.AddScreeningField())
	w.reader.Focus()
}

// showScreening brings the bar up to date.
func (w *workspace) showScreening() {
	c := &w.screen
	if !c.on {
		return
	}
	field, has := w.session.ScreeningField()
	value := ""
	if doc := w.session.Doc(); doc != nil {
		value = doc.Set.Fields.String(session.Relevance)
	}
	c.bar.Show(screening.State{
		Field: field, Has: has, Value: value, Off: !w.shell.editable(), Count: c.count, Counts: c.known,
	})
}

// countScreened counts in the background how far the articles of the list are, once
// what is being told of now is written.
func (w *workspace) countScreened() {
	c := &w.screen
	c.turn++
	turn := c.turn
	c.under = true
	w.shell.dispatch(func() {
		if _, has := w.session.ScreeningField(); turn != c.turn || w.shell.work != w || !has || !c.on {
			return
		}
		count := w.session.CountScreened()
		w.shell.aside(func() {
			done, err := count(context.Background())
			w.shell.dispatch(func() {
				if turn != c.turn || w.shell.work != w {
					return
				}
				w.shell.tell(err)
				c.count, c.known, c.under = done, err == nil, false
				w.showScreening()
			})
		})
	})
}

// followScreening keeps the bar in step with what happens.
func (w *workspace) followScreening(e session.Event) {
	if !w.screen.on {
		return
	}
	switch e := e.(type) {
	case session.ArticleOpened:
		w.showScreening()
	case session.Changed:
		if w.recount(e) {
			w.countScreened()
		}
		w.showScreening()
	case session.ListChanged, session.AnnotatorChanged, session.SchemaChanged:
		w.countScreened()
		w.showScreening()
	}
}

// recount follows a decision in the counts; it is true if they are to be made anew.
func (w *workspace) recount(e session.Changed) bool {
	c := &w.screen
	for _, op := range e.Change.Ops {
		if op.Kind != annotate.KindSet {
			continue
		}
		before, after := relevanceOf(op.Before), relevanceOf(op.After)
		if before == after {
			continue
		}
		if e.Origin == session.Remote || w.session.List().Filtered() || !c.known || c.under {
			return true
		}
		for value, by := range map[string]int{before: -1, after: +1} {
			if _, counted := c.count.By[value]; counted {
				c.count.By[value] += by
			}
		}
	}
	return false
}

func relevanceOf(r annotate.Record) string {
	if set, ok := r.(annotate.AnnotationSet); ok {
		return set.Fields.String(session.Relevance)
	}
	return ""
}

// screenKeys is the keyboard of the text: while articles are screened, digits and
// three letters decide, and Backspace goes back.
type screenKeys struct {
	textview.Keyboard
	w *workspace
}

// screenLetters are the second keys of the choices.
var screenLetters = map[fyne.KeyName]string{"Y": session.Relevant, "N": session.NotRelevant, "U": session.Unsure}

// Key is for the text view.
func (k *screenKeys) Key(e *fyne.KeyEvent, mods fyne.KeyModifier, inText bool) bool {
	do := k.meaning(e.Name)
	if do == nil || mods != 0 || !inText {
		return k.Keyboard.Key(e, mods, inText)
	}
	if k.Letter(e) != "" { // a key that is held decides once
		do()
	}
	return true
}

// meaning is what a key does in this mode, nil for nothing.
func (k *screenKeys) meaning(name fyne.KeyName) func() {
	s := k.w.shell
	if !k.w.screen.on || !s.editable() || s.covered() {
		return nil
	}
	if name == fyne.KeyBackspace {
		return k.w.screenBack
	}
	field, _ := k.w.session.ScreeningField()
	for i, c := range field.Choices {
		if len(name) == 1 && int(name[0]) == '1'+i && i < 9 || screenLetters[name] == c.Name {
			return func() { k.w.decide(c) }
		}
	}
	return nil
}
