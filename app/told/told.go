package told

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate"
)

// Told is an error as a person reads it.
type Told struct{ Title, Text, Hint string }

// linking is the word with which an operation leads to what it is about. In a title
// nothing follows.
var linking = regexp.MustCompile(` (of|in|into|to|from|for|as)$`)

// Of says an error in words. It is not nil.
func Of(err error) Told {
	t := Told{Title: "That did not work", Text: err.Error()}
	var e *annotate.Error
	named := false // the text begins with a name, which stays as it is
	if errors.As(err, &e) {
		t.Text, t.Hint = e.Detail, e.Hint
		if t.Text == "" {
			bare := *e
			bare.Hint, bare.Op = "", ""
			t.Text = bare.Error()
		} else if e.Subject != "" && !strings.Contains(t.Text, e.Subject) {
			t.Text, named = e.Subject+": "+t.Text, true
		}
		if e.Op != "" {
			t.Title = "Could not " + strings.TrimRight(linking.ReplaceAllString(e.Op, ""), " ")
		}
	}
	switch {
	case errors.Is(err, annotate.ErrReadOnly):
		t.Title = "Nothing was changed"
	case errors.Is(err, annotate.ErrConflict) && e == nil:
		t.Title = "Changed in the meantime"
	case errors.Is(err, annotate.ErrNotFound) && e == nil:
		t.Title, t.Text = "Not there any more", "What this is about was removed in the meantime."
	}
	if named {
		t.Text = stop(strings.TrimSpace(t.Text))
	} else {
		t.Text = Sentence(t.Text)
	}
	return t
}

// Line is an error as the command line says it: all of it in one sentence.
func Line(err error) string {
	var e *annotate.Error
	var refused *annotate.InvalidError
	switch {
	case errors.As(err, &e):
	case errors.Is(err, annotate.ErrConflict):
		return "the project was changed by someone else at the same moment; nothing was written. Try again."
	case errors.As(err, &refused):
		return "this would leave the project broken, so nothing was written: " + err.Error() + "."
	}
	return err.Error()
}

// Sentence gives words a capital and a full stop.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	s = stop(s)
	if first := strings.SplitN(s, " ", 2)[0]; !strings.ContainsAny(first, "/\\.") {
		initial, size := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(initial)) + s[size:]
	}
	return s
}

// stop gives words a full stop.
func stop(s string) string {
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?…”") {
		s += "."
	}
	return s
}
