package schemas

import (
	"slices"
	"strings"
	"testing"
)

// TestNames: what is offered is what is there.
func TestNames(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	for _, e := range entries {
		there = append(there, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	offered := Names()
	if offered[0] != Default {
		t.Errorf("%s is offered first, not %s", offered[0], Default)
	}
	slices.Sort(offered)
	if !slices.Equal(there, offered) {
		t.Errorf("there are %v, and %v are offered", there, offered)
	}
	for _, name := range offered {
		if raw, ok := Read(name); !ok || len(raw) == 0 {
			t.Errorf("%s cannot be read", name)
		}
	}
	if _, ok := Read("../doc"); ok {
		t.Error("a name that is not offered was read")
	}
}
