package app

import (
	"lede/annotate"
	"lede/app/settings"
	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

// pickFont asks for a font file for what no bundled font can show, and takes it.
func (s *shell) pickFont(done func()) {
	s.askFile([]string{".ttf", ".otf", ".ttc", ".otc", ".TTF", ".OTF", ".TTC"}, func(path string) { s.takeFont(path, done) })
}

// takeFont uses a font file from now on, "" none. One that cannot be used changes
// nothing.
func (s *shell) takeFont(path string, done func()) {
	if err := s.faces.UseFile(path); err != nil {
		s.tell(&annotate.Error{Kind: annotate.ErrInvalid, Op: "use the font file", Detail: told.Sentence(err.Error())})
		return
	}
	s.remember(s.o.Settings.Change(func(v *settings.Settings) { v.FontFile = path }))
	s.fontsChanged()
	if done != nil {
		done()
	}
	s.probe.say("font", "path", path)
}

// fontWrong is a sentence about why the font file cannot be used, "" if it can.
func (s *shell) fontWrong() string {
	if err := s.faces.CheckFile(); err != nil {
		return told.Sentence(err.Error())
	}
	return ""
}

// fontsChanged draws everything anew.
func (s *shell) fontsChanged() {
	theme.Set(s.app, themeMode(s.o.Settings.Settings().Theme)) // every widget asks for its fonts again
	if s.work != nil {
		s.work.reader.FontsChanged()
	}
}

// offerFont is what the line about missing characters offers.
func (s *shell) offerFont() {
	s.pickFont(func() {
		s.notice(notice{icon: widgets.IconCheck, color: theme.Success, title: "The font is in use", text: "Preferences has it, under Other scripts.", brief: true})
		s.focusText()
	})
}
