package app

import (
	"lede/app/commands"
	"lede/app/figure/emoji"
	"lede/app/screens/schema"
	"lede/app/textview/layout"
	"lede/app/textview/typeface"
)

// bindSchema binds the commands of the schema.
func (s *shell) bindSchema() {
	s.on(commands.SchemaEdit, s.in((*workspace).editSchema), s.project)
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
		OnClose: func() {
			s.schema = nil
			s.focusText()
		},
	})
	s.probe.say("schema")
}

// schemaChanged tells the screen of the schema, if it is open.
func (s *shell) schemaChanged() {
	if s.schema != nil {
		s.schema.Changed()
	}
}

// inSchema does commands while the screen of the schema is in front.
func (s *shell) inSchema(id string) bool {
	if s.schema == nil || s.win.Canvas().Overlays().Top() != s.schema.Sheet {
		return false
	}
	switch id {
	case commands.EditUndo:
		s.schema.Undo()
	case commands.EditRedo:
		s.schema.Redo()
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
