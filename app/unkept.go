package app

import (
	"log/slog"
	"strings"

	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

// tellSettings says what was wrong with the files of settings and state.
func (s *shell) tellSettings() {
	if wrong := s.o.Settings.Warnings(); len(wrong) > 0 {
		s.notice(notice{
			icon: widgets.IconWarn, color: theme.Warning, title: "Your settings could not be read",
			text: told.Sentence(strings.Join(wrong, ". ")),
			hint: "Lede goes on with the settings it comes with. Projects have nothing to do with it.",
		})
		s.probe.say("error", "title", "Your settings could not be read")
	}
}

// remember hears whether a setting, or where somebody left off, was written. That it was not
// is said once: it holds until the window is closed.
func (s *shell) remember(err error) {
	if err == nil {
		return
	}
	slog.Warn("settings", "error", err)
	if s.unkept || len(s.o.Settings.Warnings()) > 0 {
		return
	}
	s.unkept = true
	s.notice(notice{
		icon: widgets.IconWarn, color: theme.Warning, title: "Settings cannot be kept", text: told.Sentence(err.Error()),
		hint: "What you choose holds until Lede is closed. What you do in projects is saved as always.",
	})
	s.probe.say("error", "title", "Settings cannot be kept")
}
