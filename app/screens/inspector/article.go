package inspector

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/form"
	"lede/app/theme"
	"lede/app/widgets"
)

// articleTab is the status, the fields, the flag, the note and the facts of the article.
type articleTab struct {
	p      *Panel
	status *widgets.Segments
	reason *widgets.Words
	flag   *widgets.Field
	note   *widgets.Field
	form   *form.Form // of what the schema asks about the article
	facts  *factsBox

	warnings *warningsBox
}

func newArticleTab(p *Panel) *articleTab {
	t := &articleTab{p: p, form: form.New(), warnings: newWarningsBox(p)}
	t.status = widgets.NewSegments("new", "in progress", "done", "skipped")
	t.status.OnChosen = t.setStatus
	t.reason = widgets.NewParagraph("", theme.SmallSize, inner, theme.Dim)
	t.flag = widgets.NewNote("Ask the lead something…", 2)
	t.flag.OnCommit = func(s string) { p.o.Tell(p.o.Session.SetFlag(s)) }
	t.note = widgets.NewNote("Add a note on the article…", 3)
	t.note.OnCommit = func(s string) { p.o.Tell(p.o.Session.SetNote(s)) }
	t.facts = newFactsBox(p)
	return t
}

func (t *articleTab) opened() {
	t.form.Forget()
	t.facts.forget()
	if doc := t.p.o.Session.Doc(); doc != nil {
		t.flag.Put(doc.Set.Flag)
		t.note.Put(doc.Set.Note)
	}
}

func (t *articleTab) commit() {
	if t.p.o.Session.Doc() != nil {
		t.form.Commit()
		t.flag.Commit()
		t.note.Commit()
		t.facts.commit()
	}
}

func (t *articleTab) setStatus(i int) {
	status := annotate.Statuses[i]
	if status == annotate.Skipped {
		t.p.show() // the switch follows when a reason was given
		t.p.o.SkipReason()
		return
	}
	t.p.o.Tell(t.p.o.Session.SetStatus(status, ""))
	t.p.show()
	t.p.after()
}

func (t *articleTab) build() fyne.CanvasObject {
	doc := t.p.o.Session.Doc()
	t.status.Choose(slices.Index(annotate.Statuses, doc.Status()))
	t.reason.Text = ""
	status := []fyne.CanvasObject{widgets.NewRow(0, t.status.Container)}
	if doc.Set.Reason != "" {
		t.reason.Text = "Skipped because: " + doc.Set.Reason
		status = append(status, t.reason)
	}
	for _, f := range []*widgets.Field{t.flag, t.note} {
		if t.p.o.Session.ReadOnly() != "" {
			f.Disable()
		} else {
			f.Enable()
		}
	}
	t.follow()
	parts := []fyne.CanvasObject{section("Status", 6, status...)}
	if fields := t.fields(); fields != nil {
		parts = append(parts, fields)
	}
	return widgets.NewColumn(18, append(parts,
		t.warnings.of(""),
		section("Flag", 0, t.flag),
		section("Note", 0, t.note),
		t.facts.build(doc.Article),
	)...)
}

// follow shows what the session has, after an undo for instance, unless somebody
// is typing.
func (t *articleTab) follow() {
	set := t.p.o.Session.Doc().Set
	focused := t.p.o.Canvas.Focused()
	if focused != fyne.Focusable(t.flag) {
		t.flag.Put(set.Flag)
	}
	if focused != fyne.Focusable(t.note) {
		t.note.Put(set.Note)
	}
}
