package app

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/widgets/widgettest"
)

// brokenDisk has projects that open and are damaged further in.
type brokenDisk struct {
	annotate.Projects
	schema, list, count, text bool // what cannot be read
	open                      int  // stores that were not closed
}

func (b *brokenDisk) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	s, err := b.Projects.Open(ctx, path, mode)
	if err != nil {
		return nil, err
	}
	b.open++
	return broken{s, b}, nil
}

type broken struct {
	annotate.Store
	disk *brokenDisk
}

func (b broken) or(damaged bool, op string) error {
	if !damaged {
		return nil
	}
	return &annotate.Error{Kind: annotate.ErrDamaged, Op: op, Subject: b.Info().Path, Detail: "the file is damaged."}
}

func (b broken) Close() error {
	b.disk.open--
	return b.Store.Close()
}

func (b broken) Schema(ctx context.Context) (*annotate.Schema, error) {
	if err := b.or(b.disk.schema, "read schema of"); err != nil {
		return nil, err
	}
	return b.Store.Schema(ctx)
}

func (b broken) Articles(ctx context.Context, q annotate.ArticleQuery) ([]annotate.ArticleRow, error) {
	if err := b.or(b.disk.list, "list articles of"); err != nil {
		return nil, err
	}
	return b.Store.Articles(ctx, q)
}

func (b broken) Count(ctx context.Context, q annotate.ArticleQuery) (annotate.ArticleCount, error) {
	if err := b.or(b.disk.count, "count articles of"); err != nil {
		return annotate.ArticleCount{}, err
	}
	return b.Store.Count(ctx, q)
}

func (b broken) Document(ctx context.Context, id annotate.ID) (*annotate.Document, error) {
	if err := b.or(b.disk.text, "read an article of"); err != nil {
		return nil, err
	}
	return b.Store.Document(ctx, id)
}

// reopened opens the project again on a disk that lost something of it.
func (h *harness) reopened(lost brokenDisk) *brokenDisk {
	h.t.Helper()
	h.shell.closeProject()
	h.settle()
	lost.Projects = h.projects
	h.shell.o.Projects = &lost
	h.shell.open(project)
	h.settle()
	return &lost
}

func (h *harness) inSheet(words string) bool {
	s, shown := h.shell.win.Canvas().Overlays().Top().(*sheet.Sheet)
	return shown && says(s.Content, words)
}

// tapNotice presses an offer of the notice.
func (h *harness) tapNotice(words string) {
	h.t.Helper()
	for _, s := range surfaces(h.shell.float) {
		if slices.Equal(widgettest.Words(s), []string{words}) {
			s.Tapped(&fyne.PointEvent{})
			h.settle()
			return
		}
	}
	h.t.Fatalf("no notice offers %q", words)
}

// TestDamagedHalfway: a project that opens, but of which the schema or the list cannot be
// read, is let go and leads where a file leads that does not open.
func TestDamagedHalfway(t *testing.T) {
	for name, lost := range map[string]brokenDisk{
		"schema": {schema: true},
		"list":   {list: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, 2)
			disk := h.reopened(lost)
			if !h.inSheet("“port” is damaged") || !h.inSheet("Salvage") {
				t.Fatal("salvaging is not offered")
			}
			if h.shell.work != nil || disk.open != 0 {
				t.Errorf("the project is still open: %d", disk.open)
			}
			if h.shell.win.Title() != "Lede" {
				t.Errorf("the window is called %q", h.shell.win.Title())
			}
		})
	}
}

// TestListLostWhileItIsRead opens the article that was read last, so that the list is first
// read in the background.
func TestListLostWhileItIsRead(t *testing.T) {
	h := newHarness(t, 2)
	h.do(h.settings.SetLastArticle(project, string(h.articleID("b"))))
	disk := h.reopened(brokenDisk{list: true})
	if !h.inSheet("“port” is damaged") || h.shell.work != nil || disk.open != 0 {
		t.Errorf("the project stays open without a list: %d", disk.open)
	}
}

// TestDamagedInPart: where a part cannot be read the rest stays open, and what to do is
// offered; salvaging closes it first.
func TestDamagedInPart(t *testing.T) {
	for name, lost := range map[string]brokenDisk{
		"count": {count: true},
		"text":  {text: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, 2)
			disk := h.reopened(lost)
			if h.shell.work == nil || h.shell.covered() {
				t.Fatal("the rest of the project cannot be looked at")
			}
			if h.shell.work.session.Doc() == nil && !says(h.shell.work.object, "Choose an article on the left.") {
				t.Error("the window says nothing where the text would be")
			}
			h.tapNotice("Salvage…")
			if !h.inSheet("“port” is damaged") {
				t.Fatal("nothing is offered")
			}
			h.tapWords("Salvage")
			if h.shell.work != nil || disk.open != 0 {
				t.Errorf("it is salvaged while it is open: %d", disk.open)
			}
		})
	}
}
