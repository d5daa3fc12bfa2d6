package cli

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
)

// Built says what a program was built from. All is empty where that is not known, as
// of sources without git.
type Built struct {
	Commit  string // the whole hash
	Day     string // of the commit, in UTC: 2026-11-23
	Changed bool   // sources had been changed since
}

// String is a line for people: “commit 0a1b2c3d4e5f of 2026-11-23”; "" if it is not known.
func (b Built) String() string {
	if b.Commit == "" {
		return ""
	}
	line := "commit " + b.Commit[:min(12, len(b.Commit))]
	if b.Day != "" {
		line += " of " + b.Day
	}
	if b.Changed {
		line += ", with changes"
	}
	return line
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON, licences bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say which version this is, and on whose work it stands",
		Long: `Version says which version of Lede this is and from which commit it was built, what a
report of a fault needs. --licences prints the licence of Lede and those of all that it
is made of. Lede asks nobody whether there is a newer version.`,
		Args: takes(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case licences && asJSON:
				return misuse(cmd, "--licences prints texts, and goes without --json")
			case licences:
				_, err := fmt.Fprintln(a.Stdout, strings.TrimSpace(a.Licences))
				return err
			case asJSON:
				return a.versionAsJSON()
			}
			if err := a.say("lede %s", a.Version); err != nil {
				return err
			}
			if line := a.Built.String(); line != "" {
				if err := a.say("%s", line); err != nil {
					return err
				}
			}
			return a.say("%s, %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	cmd.Flags().BoolVar(&licences, "licences", false, "print the licences of Lede and of what it is made of")
	return cmd
}

func (a *app) versionAsJSON() error {
	return a.asJSON(struct {
		Version string `json:"version"`
		Commit  string `json:"commit"`
		Date    string `json:"date"`
		Changed bool   `json:"changed"`
		Go      string `json:"go"`
		System  string `json:"system"`
	}{a.Version, a.Built.Commit, a.Built.Day, a.Built.Changed, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
}
