package inspector

import (
	"fmt"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/articles"
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
	return t
}

func (t *articleTab) opened() {
	t.form.Forget()
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
		t.facts(doc.Article),
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

func (t *articleTab) facts(a annotate.Article) fyne.CanvasObject {
	facts := [][2]string{
		{"Source", a.Source},
		{"Author", a.Author},
		{"Published", articles.Date(a, false)},
		{"Language", a.Language},
		{"Address", a.URL},
		{"Ref", a.Ref},
		{"Length", fmt.Sprintf("%d characters", a.Length)},
	}
	for _, key := range slices.Sorted(maps.Keys(a.Meta)) {
		facts = append(facts, [2]string{key, a.Meta.String(key)})
	}
	var rows []fyne.CanvasObject
	for _, f := range facts {
		if f[1] == "" {
			continue
		}
		w := widgets.NewParagraph(f[1], theme.TextSize, inner-84, theme.Text)
		w.Lines, w.Elastic = 3, true
		name := widgets.NewAtLeast(fyne.NewSize(84, 0), widgets.NewElastic(f[0], theme.TextSize, theme.Dim))
		rows = append(rows, widgets.NewStretch(0, 1, name, w))
	}
	return section("Facts", 7, rows...)
}
