package app

import (
	"context"
	"testing"
	"time"

	"lede/annotate/annotest"
	"lede/annotate/schema"
	"lede/app/asked"
	"lede/assets/schemas"
)

// other makes a second, empty project.
func (h *harness) other(path string) {
	h.t.Helper()
	raw, _ := schemas.Read(schemas.Default)
	news, err := schema.Parse(schemas.Default, raw)
	if err != nil {
		h.t.Fatal(err)
	}
	store, err := h.projects.Create(context.Background(), path, "ana", news.Records(annotest.NewEnv()))
	if err != nil {
		h.t.Fatal(err)
	}
	h.do(store.Close())
}

// TestTheSystemAsksForAProject does what a double click does on a Mac, before the
// window is there and afterwards.
func TestTheSystemAsksForAProject(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	h.other("/projects/strike.lede")
	h.other("/projects/riots.lede")
	s.asked = &asked.Requests{}
	is := func(path string) {
		t.Helper()
		h.until(path+" is open", func() bool { return s.work != nil && !s.opening && s.work.store.Info().Path == path })
	}

	s.asked.Ask("/projects/strike.lede") // the window is not there yet
	s.hearSystem()
	is("/projects/strike.lede")

	s.asked.Ask("/projects/riots.lede")
	is("/projects/riots.lede")
	if h.said("one project at a time") {
		t.Error("one project was asked for")
	}

	s.asked = &asked.Requests{}
	s.asked.Ask(project)
	s.asked.Ask("/projects/strike.lede")
	s.hearSystem()
	is(project)
	h.until("it says what became of the second", func() bool { return h.said("one project at a time") })

	s.asked.Ask("/projects/gone.lede")
	h.until("it says that there is no such file", func() bool { return h.said("gone") })
	is(project)
}

// TestAskedWhileADialogIsInFront: the dialog belongs to the project behind it.
func TestAskedWhileADialogIsInFront(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	h.other("/projects/strike.lede")
	again := 0
	s.later = func(time.Duration, func()) { again++ }
	s.newProject()
	s.asked = &asked.Requests{}
	s.hearSystem()
	s.asked.Ask("/projects/strike.lede")
	h.settle()
	if path := s.work.store.Info().Path; path != project || again == 0 {
		t.Fatalf("%s is open, and it looks again %d times", path, again)
	}
	s.escape()
	s.openAsked()
	h.until("it is open", func() bool { return s.work.store.Info().Path == "/projects/strike.lede" })
}
