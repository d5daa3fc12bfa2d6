package cli

import (
	"log/slog"

	"lede/app/crash"
	"lede/app/settings"
)

// tellCrash says, once, that Lede ended by a fault and where the report of it is.
func (a *app) tellCrash() {
	report, unseen := crash.Unseen(a.Settings.StateDir(), a.Settings.State().CrashToldCLI)
	if !unseen {
		return
	}
	if err := a.Settings.ChangeState(func(st *settings.State) { st.CrashToldCLI = report.Name() }); err != nil {
		slog.Warn("settings", "error", err)
	}
	a.note("lede: Lede ended unexpectedly on %s, through a fault in it. Nothing that was saved is lost. The report of it, without words of articles, is %s",
		report.When.Format("2 January 2006 at 15:04"), report.Path)
}
