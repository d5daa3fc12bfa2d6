package entity

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for words, want := range map[string]bool{
		"Ilse Brandvik": true, "Brandvik": true, "the Port Authority": true, "The Port Authority": true, "Port of Varno": true,
		"the mayor": false, "The mayor": false, "She": false, "her": false, "Mayor": true, "Dockers on strike": false, "他": true,
		"北京": true, "نقابة": true, "1984": false, "…": false, "": false, "von der Leyen": true, "IBM": true, "They": false,
	} {
		if got := LooksLikeName(words); got != want {
			t.Errorf("%q is a name: %v", words, got)
		}
	}
	for words, want := range map[string]bool{"she": true, "The mayor": true, "the Port Authority": false, "walked out": false, "This strike": true, "": false} {
		if got := RefersBack(words); got != want {
			t.Errorf("%q refers back: %v", words, got)
		}
	}
	for _, c := range []struct{ mentions, want string }{
		{"She|the mayor of Varno|Ilse\nBrandvik|Brandvik", "Ilse Brandvik"},
		{"she|the mayor", "the mayor"},
		{"Ilse Brandvik, who " + strings.Repeat("went on ", 10) + "|Brandvik", "Brandvik"},
		{"Ilse Brandvik, who " + strings.Repeat("went on ", 10), "Ilse Brandvik, who " + strings.TrimSpace(strings.Repeat("went on ", 10))},
		{"", ""},
	} {
		if got := NameOf(strings.Split(c.mentions, "|")); got != c.want {
			t.Errorf("of %q it is called %q, want %q", c.mentions, got, c.want)
		}
	}
}
