package reader

import "testing"

func TestMissingCharactersAreNamedByScript(t *testing.T) {
	for s, want := range map[string]string{
		"":              "",
		"한국":            "Hangul characters in this article have no font here.",
		"北京カナ":          "Chinese and Japanese characters in this article have no font here.",
		"한ꡏ\U0001FAE0":  "Hangul, Phags-pa and emoji characters in this article have no font here.",
		"한北カ\U00012000": "Hangul, Chinese and other characters in this article have no font here.",
		"\U00100000":    "Special characters in this article have no font here.",
	} {
		if got := missingWords([]rune(s)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
