//go:build !nogui

package main

import (
	"context"
	"log"
	"os"
	"runtime"

	"lede/annotate"
	"lede/app"
	"lede/app/backups"
	"lede/app/cli"
	"lede/app/figure/emoji"
)

// window opens the window and returns when it is closed.
func window(who identity, o cli.Options, path string, sample bool) error {
	if !screen() {
		return &annotate.Error{
			Detail: "the window cannot open, for there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).",
			Hint:   "“lede --help” lists the commands, which need none.",
		}
	}
	log.SetOutput(&graphics{to: log.Writer()})
	keeper := backups.NewKeeper(backups.Options{
		Projects: o.Projects, Now: o.Env.Now, Policy: func() backups.Policy { return backups.PolicyOf(o.Settings) },
	})
	return app.Run(app.Options{
		ID: who.Details.ID, Name: who.Details.Name, Version: who.Details.Version,
		Built: o.Built.String(), Licences: o.Licences,
		Projects: keeper, Backups: keeper, Settings: o.Settings, Env: o.Env, Path: path, Sample: sample,
		MakeSample: func(ctx context.Context) (string, error) { return cli.MakeSample(ctx, o) },
	})
}

// drawing is what the window shows beside the bundled fonts.
func drawing() cli.Drawing { return cli.Drawing{Fonts: emoji.Add, Emoji: emoji.Draw} }

// screen says whether there may be a screen: the systems with X11 or Wayland say
// so in the environment, the others always have one.
func screen() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}
