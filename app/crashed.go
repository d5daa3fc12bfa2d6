package app

import (
	"path/filepath"

	"lede/app/crash"
	"lede/app/settings"
	"lede/app/theme"
	"lede/app/widgets"
)

// tellCrash says, once, that the program ended by a fault the last time, and where the
// report of it is.
func (s *shell) tellCrash() {
	report, unseen := crash.Unseen(s.o.Settings.StateDir(), s.o.Settings.State().CrashTold)
	if !unseen {
		return
	}
	s.remember(s.o.Settings.ChangeState(func(st *settings.State) { st.CrashTold = report.Name() }))
	s.notice(notice{
		icon: widgets.IconWarn, color: theme.Warning, title: "Lede ended unexpectedly last time",
		text: "That was on " + report.When.Format("2 January 2006 at 15:04") + ", through a fault in Lede. Nothing that was saved is lost.",
		hint: "A report of it, without words of your articles, is on this computer. Nothing sends it: pass it on if you want the fault mended. " + report.Path,
		offers: []offer{
			{"Copy details", func() {
				text, err := report.Text()
				if err != nil {
					s.tell(err)
					return
				}
				s.app.Clipboard().SetContent(text)
			}},
			{"Show in folder", func() { s.showFolder(filepath.Dir(report.Path)) }},
		},
	})
	s.probe.say("crashed", "path", report.Path)
}
