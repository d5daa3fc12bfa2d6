package main_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"lede/app/told"
)

// TestErrorOfSQLite: “Copy details” has the codes of a real error of SQLite, which app
// knows by their names alone, and none of its words.
func TestErrorOfSQLite(t *testing.T) {
	const secret = "Rosebud"
	err := fmt.Errorf("%s: %w", secret, sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrFsync})
	details := told.Details("1.2.3", err)
	if !strings.Contains(details, "Code=10 ExtendedCode=1034") {
		t.Errorf("SQLite's codes are not in\n%s", details)
	}
	if strings.Contains(details, secret) || strings.Contains(details, "disk I/O error") {
		t.Errorf("words are in\n%s", details)
	}
}
