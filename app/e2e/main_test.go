package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lede is the path of the program under test.
var lede string

// cache holds what may be shared by every run of the program: the index of the
// system's fonts, which takes a second to make.
var cache string

func TestMain(m *testing.M) {
	if os.Getenv("LEDE_E2E") != "1" {
		fmt.Println("The end-to-end tests are left out: they start a virtual screen. \"make e2e\" runs them (it sets LEDE_E2E=1).")
		os.Exit(0)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if missing := missingTools(); missing != "" {
		fmt.Printf("The end-to-end tests need %s. \"make e2e\" installs what is missing.\n", missing)
		return 1
	}
	dir, err := os.MkdirTemp("", "lede-e2e-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	cache = filepath.Join(dir, "cache")
	lede = os.Getenv("LEDE_BIN")
	if lede == "" {
		lede = filepath.Join(dir, "lede")
		if err := build(lede, "lede"); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	if lede, err = filepath.Abs(lede); err != nil {
		fmt.Println(err)
		return 1
	}
	return m.Run()
}

// build compiles a package of this module.
func build(out, pkg string) error {
	cmd := exec.Command("go", "build", "-o", out, pkg)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, said)
	}
	return nil
}

func missingTools() string {
	var missing []string
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "sqlite3", "stdbuf", "strace"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing = append(missing, tool)
		}
	}
	if compiler() == "" {
		missing = append(missing, "cc")
	}
	return strings.Join(missing, ", ")
}

// compiler is the C compiler of this machine, "" for none.
func compiler() string {
	for _, name := range []string{"cc", "gcc", "clang"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
