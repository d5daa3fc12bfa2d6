package rows

import "fmt"

// wrong is what is wrong with a cell, for a sentence that says where.
func wrong(what string, args ...any) error { return fmt.Errorf(what, args...) }

// brief is a cell for a message.
func brief(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
