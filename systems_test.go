package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOtherSystemsTypeCheck reads the program as it is for the systems that this
// machine is not, the window included, and checks its types. Nothing is compiled, so
// that neither a C compiler for them nor their headers are needed: what is C is
// believed.
func TestOtherSystemsTypeCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the sources of every dependency")
	}
	for _, system := range []string{"darwin/arm64", "windows/amd64"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			typeCheck(t, system)
		})
	}
}

// source is what "go list" says of one package.
type source struct {
	ImportPath, Dir   string
	GoFiles, CgoFiles []string
	ImportMap         map[string]string
	Standard          bool
	Module            *struct{ Main bool }
}

func (s source) own() bool { return s.Module != nil && s.Module.Main }

func typeCheck(t *testing.T, system string) {
	goos, arch, _ := strings.Cut(system, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,GoFiles,CgoFiles,ImportMap,Standard,Module", ".") //nolint:gosec // our own words
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+arch, "CGO_ENABLED=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	files := token.NewFileSet()
	known := map[string]*types.Package{"unsafe": types.Unsafe}
	checked := 0
	for d := json.NewDecoder(strings.NewReader(string(out))); ; { // what is imported comes first
		var s source
		if err := d.Decode(&s); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if s.ImportPath == "unsafe" {
			continue
		}
		var trees []*ast.File
		for _, name := range append(s.GoFiles, s.CgoFiles...) {
			tree, err := parser.ParseFile(files, filepath.Join(s.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			trees = append(trees, tree)
		}
		conf := types.Config{
			Importer: found{known, s.ImportMap}, FakeImportC: true, IgnoreFuncBodies: !s.own(),
			Sizes: types.SizesFor("gc", arch),
			Error: func(err error) {
				if s.own() {
					t.Error(err)
				}
			},
		}
		known[s.ImportPath], _ = conf.Check(s.ImportPath, files, trees, nil) // Error has told
		if s.own() {
			checked++
		}
	}
	if checked < 50 {
		t.Errorf("only %d packages of ours were checked", checked)
	}
}

// found finds the packages that were read before.
type found struct {
	known map[string]*types.Package
	as    map[string]string // what a package calls another, where it calls it otherwise
}

func (f found) Import(path string) (*types.Package, error) {
	if other, ok := f.as[path]; ok {
		path = other
	}
	if p := f.known[path]; p != nil {
		return p, nil
	}
	return nil, errors.New("there is no package " + path)
}
