package formattest

import (
	"flag"
	"maps"
	"strconv"
	"testing"
)

// ConformUnits runs the suite on a format for each unit of --opt unit but the article:
// what was written in pieces is read as articles again. It takes a fifth of the drawn
// projects for each, as the suite on whole articles tries the rest.
func ConformUnits(t *testing.T, name string, c Case) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	all := checks.Value.String()
	n, err := strconv.Atoi(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := checks.Value.Set(strconv.Itoa(max(1, n/5))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Value.Set(all) })
	for _, unit := range []string{"paragraph", "sentence", "window:7"} {
		t.Run(unit, func(t *testing.T) {
			one := c
			one.written = true
			one.Options = maps.Clone(c.Options)
			if one.Options == nil {
				one.Options = map[string]string{}
			}
			one.Options["unit"] = unit
			Conform(t, name, one)
		})
	}
}
