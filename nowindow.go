//go:build nogui

package main

import "lede/app/cli"

// window says that this build has none.
func window(identity, cli.Options, string, bool) error {
	return &cli.UsageError{Text: "this build of Lede has no window, only the commands. “lede --help” lists them."}
}
