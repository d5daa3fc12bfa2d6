package spacy

import "testing"

// TestIDs: numbers as spaCy's StringStore gives them.
func TestIDs(t *testing.T) {
	for s, want := range map[string]uint64{
		"": 0, "PERSON": 380, "ORG": 383, "X": 101,
		"coffee": 3197928453018144401, "apple": 8566208034543834098,
	} {
		if got := idOf(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
	if len(reserved()) != 181 || idOf("agent") > 1000 || idOf("num") > 1000 {
		t.Error("reserved strings are missing")
	}
}
