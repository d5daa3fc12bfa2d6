package main

import (
	_ "embed"
	"runtime/debug"
	"strings"

	"lede/app/cli"
	"lede/assets/licences"
)

//go:embed LICENSE
var licence string

//go:embed THIRD_PARTY.md
var thirdParty string

// licencesText is what goes with every copy of the program: its own licence, what
// it is made of, and the licences of that.
func licencesText() string {
	return strings.TrimSpace(licence) + "\n\n" + strings.TrimSpace(thirdParty) + "\n\n" + licences.Texts()
}

// built reads what Go itself notes when it builds from a git repository.
func built() cli.Built {
	var b cli.Built
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Day, _, _ = strings.Cut(s.Value, "T") // RFC 3339 in UTC
		case "vcs.modified":
			b.Changed = s.Value == "true"
		}
	}
	return b
}
