package app

import (
	"context"
	"os"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/welcome"
)

// showWelcome shows the welcome screen in place of a project.
func (s *shell) showWelcome() {
	t := s.table
	o := welcome.Options{
		Version: s.o.Version, Now: s.o.Env.Now(),
		NewKey: t.Hint(commands.FileNew), OpenKey: t.Hint(commands.FileOpen),
		SheetKey: t.Hint(commands.HelpShortcuts), PaletteKey: t.Hint(commands.Palette),
		Sample: s.openSample, New: s.newProject, Open: s.openOrImport, OpenPath: s.open,
		Forget: func(path string) {
			s.remember(s.o.Settings.ForgetRecent(path))
			s.showWelcome()
		},
	}
	const most = 6
	for i, r := range s.o.Settings.Recent() {
		if i == most {
			break
		}
		o.Recent = append(o.Recent, welcome.Recent{Path: r.Path, Title: r.Title, When: r.When})
	}
	screen := welcome.New(o)
	s.win.SetTitle("Lede")
	s.show("welcome", screen.Object)
	s.win.Canvas().Focus(screen.First)
	s.aside(func() { s.measure(screen, o.Recent) })
	s.probe.say("ready", "path", "")
}

// measure finds out how far the recent projects are.
func (s *shell) measure(screen *welcome.Screen, recent []welcome.Recent) {
	for _, r := range recent {
		p, ok := s.progress(r.Path)
		if ok {
			s.dispatch(func() { screen.Tell(r.Path, p) })
		}
	}
}

func (s *shell) progress(path string) (welcome.Progress, bool) {
	if _, err := os.Stat(path); err != nil {
		return welcome.Progress{Missing: true}, true
	}
	ctx := context.Background()
	store, err := s.o.Projects.Open(ctx, path, annotate.ModeRead)
	if err != nil {
		return welcome.Progress{}, false // opening it will say why
	}
	defer func() { _ = store.Close() }() // it was only read
	q := annotate.ArticleQuery{}
	people, err := store.Annotators(ctx)
	if err != nil {
		return welcome.Progress{}, false
	}
	name := s.o.Settings.Annotator("", "")
	for _, a := range people {
		if a.Name == name {
			q.Annotator = a.ID
		}
	}
	count, err := store.Count(ctx, q)
	if err != nil {
		return welcome.Progress{}, false
	}
	return welcome.Progress{Done: count.Status[annotate.Done] + count.Status[annotate.Skipped], Total: count.Total}, true
}
