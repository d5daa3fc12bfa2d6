package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unguarded are the files whose goroutines need no guard: crash itself, a process of its own
// that reads PDF files, a console that has no articles, and programs that are not Lede.
var unguarded = []string{
	"app/crash/crash.go", "annotate/format/pdf/apart.go", "console_windows.go",
	"annotate/format/formattest/hostile.go", "assets/packaging/smoke/main.go", "app/e2e/framebench/main.go",
}

// TestGoroutinesAreGuarded: a panic on a goroutine without a guard is told by Go's runtime,
// in words that may be an article's.
func TestGoroutinesAreGuarded(t *testing.T) {
	found := 0
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			body, begins := beginning(filepath.Dir(path), n)
			if !begins {
				return true
			}
			found++
			if !guarded(body) && !slices.Contains(unguarded, filepath.ToSlash(path)) {
				t.Errorf("%s: the goroutine does not begin with defer crash.Guard() or, below app, defer annotate.Guard()", files.Position(n.Pos()))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("only %d goroutines were found", found)
	}
}

// beginning is the body of the function with which a goroutine begins, where n begins one:
// a go statement, or Go of a group with a function.
func beginning(folder string, n ast.Node) (body *ast.BlockStmt, begins bool) {
	var call *ast.CallExpr
	switch n := n.(type) {
	case *ast.GoStmt:
		call = n.Call
		if literal, ok := call.Fun.(*ast.FuncLit); ok {
			return literal.Body, true
		}
		return declared(folder, call.Fun), true
	case *ast.CallExpr:
		call = n
	default:
		return nil, false
	}
	if of, ok := call.Fun.(*ast.SelectorExpr); !ok || of.Sel.Name != "Go" || len(call.Args) != 1 {
		return nil, false
	}
	literal, ok := call.Args[0].(*ast.FuncLit)
	if !ok {
		return nil, false
	}
	return literal.Body, true
}

// declared is the body of a function or method of the package in a folder, nil for none; of
// several methods of one name, that of one that is guarded.
func declared(folder string, called ast.Expr) (found *ast.BlockStmt) {
	name := ""
	switch c := called.(type) {
	case *ast.Ident:
		name = c.Name
	case *ast.SelectorExpr:
		name = c.Sel.Name
	}
	paths, _ := filepath.Glob(filepath.Join(folder, "*.go")) // the pattern is sound
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			continue // the compiler says so
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name && !guarded(found) {
				found = f.Body
			}
		}
	}
	return found
}

func guarded(body *ast.BlockStmt) bool {
	if body == nil || len(body.List) == 0 {
		return false
	}
	d, ok := body.List[0].(*ast.DeferStmt)
	if !ok {
		return false
	}
	of, ok := d.Call.Fun.(*ast.SelectorExpr)
	return ok && of.Sel.Name == "Guard"
}
