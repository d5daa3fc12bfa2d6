package storage

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestSQLTakesValuesByParameters reads the code of this package. Queries are put together
// from names of tables and columns, which the package keeps in its own, unexported words.
// A value, which is what somebody typed or what came in a file, must not be among them: it
// is quoted, or formatted, or an exported field of a record or a query.
func TestSQLTakesValuesByParameters(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range putTogether(file) {
			seen++
			for _, wrong := range valuesIn(q) {
				t.Errorf("%s: %s", set.Position(q[0].Pos()), wrong)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d queries that are put together were found: this test looks at nothing", seen)
	}
}

// TestValuesInSQLAreSeen shows that the test above sees what it is to see.
func TestValuesInSQLAreSeen(t *testing.T) {
	for code, wrong := range map[string]bool{
		`"SELECT " + l.fields() + " FROM " + table + " WHERE id = ?"`:         false,
		`fmt.Sprintf("SELECT 1 FROM %s WHERE x = ?", l.table)`:                false,
		`"SELECT 1 FROM span WHERE note = '" + note + "'"`:                    true,
		`"SELECT 1 FROM span WHERE start = " + strconv.Itoa(start)`:           true,
		`"SELECT 1 FROM article WHERE ref = " + q.Ref`:                        true,
		`fmt.Sprintf("DELETE FROM span WHERE id = %q", id)`:                   true,
		`fmt.Sprintf("SELECT 1 FROM span WHERE start = %d", start)`:           true,
		`fmt.Sprintf("SELECT 1 FROM article WHERE title = '%s'", title)`:      true,
		`"SELECT 1 FROM article WHERE ref IN (" + strings.Join(q.Refs, ", ")`: true,
	} {
		expr, err := parser.ParseExpr(code)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, q := range putTogether(expr) {
			found += len(valuesIn(q))
		}
		if (found > 0) != wrong {
			t.Errorf("%s: %d values found", code, found)
		}
	}
}

var sqlWord = regexp.MustCompile(`(?s)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|CREATE|DROP|PRAGMA|ATTACH|VACUUM) `)

// putTogether are the parts of each query that is not one literal.
func putTogether(in ast.Node) (queries [][]ast.Expr) {
	ast.Inspect(in, func(n ast.Node) bool {
		var parts []ast.Expr
		switch e := n.(type) {
		case *ast.BinaryExpr:
			parts = flatten(e)
		case *ast.CallExpr:
			if called(e) == "fmt.Sprintf" {
				parts = e.Args
			}
		}
		if len(parts) > 1 && sqlWord.MatchString(constantText(parts[0])) {
			queries = append(queries, parts)
			return false
		}
		return true
	})
	return queries
}

func flatten(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return append(flatten(b.X), flatten(b.Y)...)
	}
	return []ast.Expr{e}
}

func constantText(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if s, err := strconv.Unquote(l.Value); err == nil {
			return s
		}
	}
	return ""
}

func called(c *ast.CallExpr) string {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		if of, ok := s.X.(*ast.Ident); ok {
			return of.Name + "." + s.Sel.Name
		}
	}
	return ""
}

// formatted are the verbs of a value; an operand of a pragma is none.
var formatted = regexp.MustCompile(`'%|%[-+ #0-9.]*[qdvxtfgb]`)

// valuesIn says what is wrong with the parts of a query.
func valuesIn(parts []ast.Expr) (wrong []string) {
	pragma := strings.HasPrefix(strings.TrimSpace(constantText(parts[0])), "PRAGMA ")
	for i, part := range parts {
		text := constantText(part)
		if text == "" {
			wrong = append(wrong, foreignParts(part)...)
			continue
		}
		if !pragma && formatted.MatchString(text) {
			wrong = append(wrong, fmt.Sprintf("%q formats a value", text))
		}
		if i+1 < len(parts) && strings.Count(text, "'")%2 == 1 {
			wrong = append(wrong, fmt.Sprintf("after %q a value is quoted", text))
		}
	}
	return wrong
}

// foreignParts are the exported fields and the formatted numbers in an expression.
func foreignParts(e ast.Expr) (wrong []string) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.CallExpr:
			name := called(x)
			if strings.HasPrefix(name, "strconv.") || strings.HasPrefix(name, "fmt.Sprint") && name != "fmt.Sprintf" {
				wrong = append(wrong, name+" makes a value part of the query")
			}
			for _, arg := range x.Args {
				wrong = append(wrong, foreignParts(arg)...)
			}
			return false
		case *ast.SelectorExpr:
			if ast.IsExported(x.Sel.Name) {
				wrong = append(wrong, "the field "+x.Sel.Name+" is part of the query")
			}
		}
		return true
	})
	return wrong
}
