package reader

import "testing"

func TestMissingCharactersAreNamedByScript(t *testing.T) {
	for s, want := range map[string]string{
		"":              "",
		"한국":            "This article uses Hangul characters that no font here can show.",
		"北京カナ":          "This article uses Chinese and Japanese characters that no font here can show.",
		"한ꡏ\U0001FAE0":  "This article uses Hangul, Phags-pa and emoji characters that no font here can show.",
		"한北カ\U00012000": "This article uses Hangul, Chinese and other characters that no font here can show.",
		"\U00100000":    "This article uses special characters that no font here can show.",
	} {
		if got := missingWords([]rune(s)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
