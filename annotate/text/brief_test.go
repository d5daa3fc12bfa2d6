package text

import "testing"

func TestBrief(t *testing.T) {
	for _, c := range []struct {
		s    string
		most int
		want string
	}{
		{"", 5, ""},
		{" Dockers \n walk ", 12, "Dockers walk"},
		{"Dockers walk out", 12, "Dockers walk…"},
		{"Dockers walk out", 10, "Dockers…"},
		{"Dockers, walk out", 9, "Dockers…"},
		{"Donaudampfschiff fährt", 8, "Donaudam…"},
		{"港口谈判破裂", 4, "港口谈判…"},
	} {
		if got := Brief(c.s, c.most); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.s, c.most, got, c.want)
		}
	}
}

// Words that are put in marks bring none of their own.
func TestBare(t *testing.T) {
	for s, want := range map[string]string{
		"“We stay,”": "We stay,", "“We stay": "We stay", `"no"`: "no", "«Nous restons»": "Nous restons", "„Nein“": "Nein",
		"We stay": "We stay", `"Che" Guevara`: `"Che" Guevara`, "“Yes,” he said, “no”": "“Yes,” he said, “no”", "“”": "“”", "": "",
	} {
		if got := Bare(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}
