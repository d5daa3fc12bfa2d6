package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	file "lede/annotate/schema"
	"lede/app/commands"
	"lede/app/figure/emoji"
	"lede/app/screens/schema"
	"lede/app/screens/sheet"
	"lede/app/textview/layout"
	"lede/app/textview/typeface"
	"lede/app/theme"
	"lede/app/widgets"
)

// bindSchema binds the commands of the schema.
func (s *shell) bindSchema() {
	s.on(commands.SchemaEdit, s.in((*workspace).editSchema), s.project)
	s.on(commands.SchemaApply, s.in(func(w *workspace) {
		w.editSchema()
		s.schema.Apply()
	}), func() bool { return s.work != nil && s.work.session.SchemaReadOnly() == "" })
	s.on(commands.SchemaExport, s.exportSchema, s.project)
}

// editSchema opens the screen in which the schema is edited.
func (w *workspace) editSchema() {
	s := w.shell
	w.inspector.Commit()
	f := s.faces
	s.schema = schema.Open(schema.Options{
		Session: w.session, Canvas: s.win.Canvas(),
		Fonts: &layout.Bundle{Sans: f.Chain(typeface.Sans), SansBold: f.Chain(typeface.SansBold), Serif: f.Chain(typeface.Serif), SerifBold: f.Chain(typeface.SerifBold)},
		Emoji: emoji.Draw, KeyOwner: s.keyOwner, Soon: s.dispatch, Dispatch: s.dispatch, Later: s.later,
		Export: s.exportSchema, ChooseFile: s.askFile,
		OnClose: func() {
			s.schema = nil
			s.focusText()
		},
	})
	s.probe.say("schema")
}

// exportSchema asks for a file and writes the schema into it.
func (s *shell) exportSchema() {
	s.work.session.Flush()
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if w == nil {
			s.tell(err)
			return
		}
		path := w.URI().Path()
		if err := s.writeSchema(w); err != nil {
			s.tell(fmt.Errorf("the schema could not be written to %s: %w", path, err))
			return
		}
		s.probe.say("schema exported", "path", path)
		if s.schema != nil { // a notice would lie below it
			s.schema.Say("Saved " + sheet.Short(path))
			return
		}
		s.notice(notice{icon: widgets.IconCheck, color: theme.Success, title: "Saved", text: sheet.Short(path)})
	}, s.win)
	name := filepath.Base(s.work.store.Info().Path)
	d.SetFileName(strings.TrimSuffix(name, filepath.Ext(name)) + "-schema.yaml")
	s.showFiles(d, s.place())
}

func (s *shell) writeSchema(w fyne.URIWriteCloser) error {
	now, err := s.work.store.Schema(context.Background())
	var raw []byte
	if err == nil {
		raw, err = file.Of(now).Write()
	}
	if err == nil {
		_, err = w.Write(raw)
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	return err
}

// schemaChanged tells the screen of the schema, if it is open.
func (s *shell) schemaChanged() {
	if s.schema != nil {
		s.schema.Changed()
	}
}

// inSchema does commands while the screen of the schema is in front.
func (s *shell) inSchema(id string) bool {
	if s.schema == nil {
		return false
	}
	front := s.win.Canvas().Overlays().Top() == s.schema.Sheet
	if !front && !s.schema.Writing() {
		return false
	}
	switch {
	case id == commands.EditUndo:
		s.schema.Undo()
	case id == commands.EditRedo:
		s.schema.Redo()
	case !front:
		return false
	case id == commands.ArticleNext:
		s.schema.Turn(1)
	case id == commands.ArticlePrev:
		s.schema.Turn(-1)
	case id == commands.Find, id == commands.Search:
		s.schema.Find()
	default:
		return false
	}
	return true
}

// keyOwner is the command that a label's key is taken from, "" if it has it to
// itself.
func (s *shell) keyOwner(key string) string {
	for _, c := range s.table.FixedWith(key) {
		return c.Title
	}
	return ""
}
