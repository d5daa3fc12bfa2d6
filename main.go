// Lede marks up news articles: actors, events, quotes or labels of your own.
//
// This package only wires things together: it reads who it is from FyneApp.toml,
// hands the projects of package storage to the window (package app) or to the
// command line (package app/cli), and turns the result into an exit code.
package main

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/BurntSushi/toml"

	"lede/annotate"
	_ "lede/annotate/format/all"
	"lede/app/cli"
	"lede/app/crash"
	"lede/app/settings"
	"lede/storage"
)

//go:embed FyneApp.toml
var fyneApp string

// identity is what FyneApp.toml says of the program.
type identity struct {
	Details struct{ Name, ID, Version string }
}

func main() {
	leave, end := output()
	code := run(os.Args[1:], leave)
	end(code)
	os.Exit(code)
}

// run does what the arguments say and returns the exit code. leave is called before
// the window opens.
func run(args []string, leave func()) int {
	defer crash.Guard()
	annotate.Guard = crash.Guard
	var who identity
	if _, err := toml.Decode(fyneApp, &who); err != nil {
		panic(fmt.Sprintf("FyneApp.toml: %v", err)) // it is embedded; this is a broken build
	}
	ctx, restore := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer restore()

	chosen := settings.Open(settings.Options{})
	for _, w := range chosen.Warnings() {
		fmt.Fprintln(os.Stderr, "lede:", w)
	}
	slog.SetDefault(chosen.Logger())
	if err := crash.Watch(chosen.StateDir(), who.Details.Version); err != nil {
		slog.Warn("crash reports cannot be kept", "cause", err)
	}

	env := annotate.Env{Now: time.Now, NewID: annotate.NewID}
	o := cli.Options{
		Version: who.Details.Version, Built: built(), Licences: licencesText(),
		Settings: chosen, Env: env,
		Projects: storage.New(storage.Options{Env: env, InstallID: chosen.InstallID()}),
		Drawing:  drawing(),
		Stdin:    os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
	}
	o.Window = func(_ context.Context, path string, sample bool) error {
		restore() // Ctrl+C ends the window, which loses nothing that was saved
		leave()
		return window(who, o, path, sample)
	}
	return cli.Run(ctx, o, args)
}
