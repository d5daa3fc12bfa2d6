package annotate

import "strings"

// Sentence says what was done, as a list of changes tells it: “Tagged “Berlin” as
// Place”. The title of a change says what is to be done: “Tag “Berlin” as Place”.
func (c Change) Sentence() string {
	switch {
	case c.Replaced != nil:
		return "Here the history begins: " + c.Replaced.Sentence() + " were given up"
	case c.Undoes != "" || c.Cause == CauseUndo:
		return "Took back: " + lower(told(strings.TrimPrefix(c.Title, "Undo ")))
	case c.Redoes != "" || c.Cause == CauseRedo:
		return "Brought back: " + lower(told(strings.TrimPrefix(c.Title, "Redo ")))
	}
	return told(c.Title)
}

// told turns the first word of a title, if it is a verb that titles begin with, into
// the past. Other titles are told as they are.
func told(title string) string {
	verb, rest, _ := strings.Cut(title, " ")
	did, known := verbs[verb]
	switch {
	case !known:
		return title
	case rest == "":
		return did
	}
	return did + " " + rest
}

// lower begins a sentence with a small letter, unless it begins with a name.
func lower(sentence string) string {
	verb, _, _ := strings.Cut(sentence, " ")
	for _, did := range verbs {
		if verb == did || strings.HasPrefix(did, verb+" ") {
			return strings.ToLower(sentence[:1]) + sentence[1:]
		}
	}
	return sentence
}

// verbs are those with which titles begin.
var verbs = map[string]string{
	"Accept": "Accepted", "Add": "Added", "Apply": "Applied", "Assign": "Assigned", "Carry": "Carried", "Change": "Changed", "Choose": "Chose",
	"Clear": "Cleared", "Compact": "Compacted", "Copy": "Copied", "Create": "Created", "Decide": "Decided", "Delete": "Deleted", "Draw": "Drew", "Edit": "Edited",
	"Fill": "Filled", "Flag": "Flagged", "Give": "Gave", "Import": "Imported", "Join": "Joined", "Label": "Labelled",
	"Link": "Linked", "Make": "Made", "Mark": "Marked", "Merge": "Merged", "Move": "Moved", "New": "Made the new",
	"Note": "Wrote a note", "Other": "Changed the other",
	"Paste": "Pasted", "Point": "Pointed", "Purge": "Purged", "Put": "Put", "Remove": "Removed", "Rename": "Renamed", "Replace": "Replaced",
	"Restore": "Restored", "Retag": "Retagged", "Retype": "Retyped", "Reverse": "Reversed", "Sample": "Sampled",
	"Screen": "Screened", "Set": "Set", "Skip": "Skipped", "Sort": "Sorted", "Split": "Split", "Swap": "Swapped",
	"Tag": "Tagged", "Take": "Took", "Turn": "Turned", "Unlink": "Unlinked", "Warn": "Warned",
}
