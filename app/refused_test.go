package app

import (
	"context"
	"testing"

	"lede/annotate"
)

// full is a project on a disk without room.
type full struct{ annotate.Store }

func (full) Apply(context.Context, annotate.Change) (annotate.Change, error) {
	return annotate.Change{}, &annotate.Error{Kind: annotate.ErrFull, Detail: "the disk is full."}
}

type fullDisk struct{ annotate.Projects }

func (f fullDisk) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	s, err := f.Projects.Open(ctx, path, mode)
	return full{s}, err
}

// TestUnsavedStepsGoWithTheirProject: what is offered about steps that could not be saved
// is offered while their project is open, and not on the welcome screen.
func TestUnsavedStepsGoWithTheirProject(t *testing.T) {
	h := newHarness(t, 1)
	h.shell.closeProject()
	h.shell.o.Projects = fullDisk{h.projects}
	h.shell.open(project)
	h.settle()
	s := h.shell.work.session
	s.Select(h.at("Dockers"))
	_, err := s.Label(s.Schema().Labels[0].ID)
	h.do(err)
	h.settle()
	if !says(h.shell.float, "Could not save") || !says(h.shell.float, "Try again") {
		t.Fatal("it is not said that the step was not saved")
	}
	h.shell.closeProject()
	h.settle()
	if says(h.shell.float, "Try again") {
		t.Error("a closed project offers to save its steps")
	}
}
