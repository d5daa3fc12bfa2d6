package cli_test

import (
	"testing"

	"lede/app/cli"
)

func TestBuiltSaysWhatIsKnown(t *testing.T) {
	for _, c := range []struct {
		built cli.Built
		want  string
	}{
		{cli.Built{}, ""},
		{cli.Built{Changed: true}, ""},
		{cli.Built{Commit: "0a1b2c3"}, "commit 0a1b2c3"},
		{cli.Built{Commit: "0a1b2c3d4e5f60718293", Day: "2026-11-23"}, "commit 0a1b2c3d4e5f of 2026-11-23"},
		{cli.Built{Commit: "0a1b2c3d4e5f", Day: "2026-11-23", Changed: true}, "commit 0a1b2c3d4e5f of 2026-11-23, with changes"},
	} {
		if got := c.built.String(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.built, got, c.want)
		}
	}
}
