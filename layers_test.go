package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// listed is what these tests read of one package from "go list".
type listed struct {
	ImportPath                string
	Standard                  bool
	Deps                      []string
	TestImports, XTestImports []string
	Module                    *struct {
		Path, Version, Dir, GoMod string
		Main                      bool
	}
}

// goList runs "go list -json" with env added to the environment.
func goList(t *testing.T, env []string, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Standard,Deps,TestImports,XTestImports,Module"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// layer says what the packages of one part of the tree must not lead to, directly
// or through others. Patterns are import paths; "/..." at the end means the path
// and all below it.
type layer struct {
	packages string
	never    []string
	but      []string // of our own packages, allowed in spite of never
}

// window is everything that needs a screen.
var window = []string{"fyne.io/...", "github.com/go-gl/..."}

// sql is everything that speaks to the project file. The package below
// database/sql is only the interface by which ids can be stored; uuid links it.
var sql = []string{"database/sql", "github.com/mattn/go-sqlite3/..."}

var layers = []layer{
	{packages: "lede/annotate/...", never: join(window, sql, "lede/app/...", "lede/storage/...")},
	{packages: "lede/annotate", never: []string{"lede/..."}, but: []string{"lede/annotate/text"}},
	{packages: "lede/annotate/text/...", never: []string{"lede/..."}},
	{packages: "lede/storage/...", never: join(window, nil, "lede/app/...")},
	{packages: "lede/app/...", never: join(sql, nil, "lede/storage/...")},
	{packages: "lede/app/session/...", never: window},
	{packages: "lede/app/cli/...", never: window},
	{packages: "lede/app/textview/layout/...", never: window},
	{packages: "lede/app/textview/look/...", never: window},
	{packages: "lede/app/figure", never: window},
	{
		packages: "lede/app/textview/...",
		never:    []string{"lede/..."},
		but:      []string{"lede/app/textview/...", "lede/annotate/text", "lede/app/theme", "lede/app/widgets", "lede/assets/..."},
	},
	{packages: "lede/app/widgets/...", never: []string{"lede/annotate", "lede/app/session/...", "lede/app/screens/..."}},
	{packages: "lede/app/theme/...", never: []string{"lede/annotate", "lede/app/session/...", "lede/app/screens/..."}},
	{packages: "lede/assets/...", never: []string{"lede/..."}, but: []string{"lede/assets/..."}},
}

// TestLayers holds the arrows main → app → annotate ← storage over everything
// that is linked in, not only over what a file names in its imports.
func TestLayers(t *testing.T) {
	all := goList(t, nil, "./...")
	for _, l := range layers {
		seen := false
		for _, p := range all {
			if !matches(p.ImportPath, l.packages) {
				continue
			}
			seen = true
			for _, dep := range p.Deps {
				if anyMatches(dep, l.never) && !anyMatches(dep, l.but) {
					t.Errorf("%s leads to %s, which %s must not (ARCHITECTURE.md has the layers)", p.ImportPath, dep, l.packages)
				}
			}
		}
		if !seen {
			t.Errorf("no package is matched by %s: was it renamed? Its rule holds nothing now", l.packages)
		}
	}
}

// TestLayersOfTests: the tests of a package stay in its layer, too, without exception.
// Those of app have the store in memory, which the conformance suite holds equal to the one
// on disk. What needs the real one is tested here, where everything is wired together;
// the end-to-end tests have it in the program that they start.
func TestLayersOfTests(t *testing.T) {
	for _, p := range goList(t, nil, "./...") {
		for _, l := range layers {
			if !matches(p.ImportPath, l.packages) {
				continue
			}
			for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
				if imported != p.ImportPath && anyMatches(imported, l.never) && !anyMatches(imported, l.but) {
					t.Errorf("the tests of %s import %s, which %s must not (ARCHITECTURE.md has the layers)", p.ImportPath, imported, l.packages)
				}
			}
		}
	}
}

// TestLayersCatchAWrongImport: the rules see what they are there to see.
func TestLayersCatchAWrongImport(t *testing.T) {
	for _, c := range []struct{ path, pattern string }{
		{"fyne.io/fyne/v2/canvas", "fyne.io/..."},
		{"lede/storage", "lede/storage/..."},
		{"lede/storage/migrations", "lede/storage/..."},
		{"github.com/mattn/go-sqlite3", "github.com/mattn/go-sqlite3/..."},
		{"lede/annotate", "lede/annotate"},
	} {
		if !matches(c.path, c.pattern) {
			t.Errorf("%s is not matched by %s", c.path, c.pattern)
		}
	}
	for _, c := range []struct{ path, pattern string }{
		{"lede/annotate/text", "lede/annotate"},
		{"lede/appendix", "lede/app/..."},
	} {
		if matches(c.path, c.pattern) {
			t.Errorf("%s is matched by %s", c.path, c.pattern)
		}
	}
}

// TestNoGUIBuildHoldsNoWindow: the build for servers links no graphics at all.
func TestNoGUIBuildHoldsNoWindow(t *testing.T) {
	graphics := append([]string{"github.com/go-text/render/..."}, window...)
	for _, p := range goList(t, nil, "-deps", "-tags", "nogui", ".") {
		if anyMatches(p.ImportPath, graphics) {
			t.Errorf("go build -tags nogui links %s", p.ImportPath)
		}
	}
	found := false
	for _, p := range goList(t, nil, "-deps", ".") {
		found = found || anyMatches(p.ImportPath, window)
	}
	if !found {
		t.Error("the plain build links no window either, so the check above says nothing")
	}
}

// TestTypesettingIsFynes: our shaping and Fyne's must be the same code, or text
// that we measure is not the text that is painted.
func TestTypesettingIsFynes(t *testing.T) {
	const typesetting = "github.com/go-text/typesetting"
	var ours, fyneMod string
	for _, p := range goList(t, nil, "-deps", ".") {
		if p.Module == nil {
			continue
		}
		switch p.Module.Path {
		case typesetting:
			ours = p.Module.Version
		case "fyne.io/fyne/v2":
			fyneMod = p.Module.GoMod
		}
	}
	mod, err := os.ReadFile(fyneMod)
	if err != nil {
		t.Fatalf("reading Fyne's go.mod: %v", err)
	}
	m := regexp.MustCompile(regexp.QuoteMeta(typesetting) + ` (v\S+)`).FindStringSubmatch(string(mod))
	if m == nil {
		t.Fatalf("%s names no version of %s", fyneMod, typesetting)
	}
	if ours != m[1] {
		t.Errorf("go.mod has %s %s, Fyne is built against %s", typesetting, ours, m[1])
	}
}

func matches(path, pattern string) bool {
	if root, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == root || strings.HasPrefix(path, root+"/")
	}
	return path == pattern
}

func anyMatches(path string, patterns []string) bool {
	for _, p := range patterns {
		if matches(path, p) {
			return true
		}
	}
	return false
}

// join puts lists of patterns and single patterns into one list.
func join(a, b []string, more ...string) []string {
	all := append([]string{}, a...)
	all = append(all, b...)
	return append(all, more...)
}
