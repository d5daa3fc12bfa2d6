package storage

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// children are what the test binary does when a test starts it again as another
// program: under another user, without room, to be killed.
var children = map[string]func() error{}

// childTask names the task of a child.
const childTask = "LEDE_TEST_CHILD"

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := children[task](); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	if !isSet("rapid.checks") {
		_ = flag.Set("rapid.checks", "50") // each has a file of its own, synced at every step
	}
	os.Exit(m.Run())
}

func isSet(name string) (set bool) {
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}
