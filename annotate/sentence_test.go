package annotate

import "testing"

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		change Change
		want   string
	}{
		{Change{Title: "Tag “the minister” as Actor"}, "Tagged “the minister” as Actor"},
		{Change{Title: "Undo Tag “🦊” as Actor", Undoes: "x"}, "Took back: tagged “🦊” as Actor"},
		{Change{Title: "Redo Mark as done", Redoes: "x"}, "Brought back: marked as done"},
		{Change{Title: "Note on “Berlin”"}, "Wrote a note on “Berlin”"},
		{Change{Title: "Undo Note on the article", Undoes: "x"}, "Took back: wrote a note on the article"},
		{Change{Title: "New entity “Tag”"}, "Made the new entity “Tag”"},
		{Change{Title: "Undo ÄNDERUNG", Undoes: "x"}, "Took back: ÄNDERUNG"}, // a program of another language
		{Change{Title: "Undo"}, "Undo"},
		{Change{Title: ""}, ""},
		{Change{Title: "Undo ", Undoes: "x"}, "Took back: "},
		{Change{Title: "Skip"}, "Skipped"},
	} {
		if got := c.change.Sentence(); got != c.want {
			t.Errorf("%q: %q, want %q", c.change.Title, got, c.want)
		}
	}
}
