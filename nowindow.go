//go:build nogui

package main

import "lede/app/cli"

// drawing has no emoji: the font, and what paints it, belong to the window.
func drawing() cli.Drawing { return cli.Drawing{} }

// window says that this build has none.
func window(identity, cli.Options, string, bool) error {
	return &cli.UsageError{Text: "this build of Lede has no window, only the commands. “lede --help” lists them."}
}
