package annotate_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lede/annotate"
)

// TestProjectNames says which names are refused, why, and what is offered instead.
func TestProjectNames(t *testing.T) {
	for base, want := range map[string]struct{ why, instead string }{
		"CON":               {"“CON” for a device", "“CON-1”"},
		"NUL.lede":          {"“NUL” for a device", "“NUL-1.lede”"},
		"com1.LEDE":         {"“com1” for a device", "“com1-1.LEDE”"},
		"Lpt².lede":         {"“Lpt²” for a device", "“Lpt²-1.lede”"},
		"aux.2026.lede":     {"“aux” for a device", "“aux-1.2026.lede”"},
		"prn .old.lede":     {"“prn” for a device", "“prn-1 .old.lede”"},
		"CONOUT$.lede":      {"“CONOUT$” for a device", "“CONOUT$-1.lede”"},
		"strike..lede":      {"ends in a dot", "“strike.lede”"},
		"strike .lede":      {"ends in a space", "“strike.lede”"},
		"strike. ":          {"ends in a space", "“strike”"},
		"CON. .lede":        {"ends in a space", "“CON-1.lede”"},
		"a<b.lede":          {"character “<”", "“a_b.lede”"},
		"12:30.lede":        {"character “:”", "“12_30.lede”"},
		`a\b.lede`:          {`character “\”`, "“a_b.lede”"},
		"a/b.lede":          {"character “/”", "“a_b.lede”"},
		"who?.lede":         {"character “?”", "“who_.lede”"},
		"a\nb.lede":         {"line break", "“a_b.lede”"},
		"a\x1bb.lede":       {"cannot be seen", "“a_b.lede”"},
		"caf\xe9.lede":      {"bytes that are no characters", "“caf_.lede”"},
		".lede":             {"no name", "give the project a name"},
		"":                  {"no name", "give the project a name"},
		"..":                {"no name", "give the project a name"},
		"Council 2026.lede": {}, "新聞.lede": {}, "console.lede": {}, "COM10.lede": {}, "com.lede": {}, "Nullen.lede": {}, "strike": {},
		" strike.lede": {}, "v1.2.lede": {}, "a.lede.lede": {}, ".hidden.lede": {}, "NUL-1.lede": {}, "it's 100 % ours & [new].lede": {},
	} {
		err := annotate.CheckProjectName("new", base)
		if want.why == "" {
			if err != nil {
				t.Errorf("%q is refused: %v", base, err)
			}
			continue
		}
		var told *annotate.Error
		if !errors.As(err, &told) || !errors.Is(err, annotate.ErrInvalid) {
			t.Errorf("%q: %v, want it refused", base, err)
			continue
		}
		if !strings.Contains(told.Detail, want.why) || !strings.Contains(told.Hint, want.instead) || told.Op != "new" || !utf8.ValidString(err.Error()) {
			t.Errorf("%q: %s, want %q and %q", base, err, want.why, want.instead)
		}
	}
}

// TestPortableNames: what is offered is never refused, and what is allowed stays.
func TestPortableNames(t *testing.T) {
	piece := rapid.SampledFrom([]string{"con", "COM", "1", "¹", "lpt9", "NUL", ".", " ", "a", "ü", "長", ":", "/", `\`, "\n", "\x00", "\xff", "$", ".lede", "-"})
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "name"), "")
		offered := annotate.PortableName(name)
		if err := annotate.CheckProjectName("", offered+annotate.ProjectEnding); err != nil {
			t.Fatalf("%q is offered for %q: %v", offered, name, err)
		}
		if annotate.CheckProjectName("", name+annotate.ProjectEnding) == nil && offered != name {
			t.Fatalf("%q is allowed and became %q", name, offered)
		}
	})
}
