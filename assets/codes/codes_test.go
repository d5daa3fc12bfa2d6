package codes_test

import (
	"slices"
	"testing"

	"lede/assets/codes"
)

// known says that each code stands once in its list and belongs to something.
func known(t *testing.T, all []codes.Code, want map[string]int) {
	t.Helper()
	got, seen := map[string]int{}, map[codes.Code]bool{}
	for _, c := range all {
		got[c.List]++
		key := codes.Code{List: c.List, Code: c.Code, Of: c.Of}
		if seen[key] || c.Code == "" || c.Title == "" {
			t.Errorf("%+v is there twice, or has no code or title", c)
		}
		seen[key] = true
		if c.Of != "" && !slices.ContainsFunc(all, func(o codes.Code) bool { return o.List == codes.Types && o.Code == c.Of }) {
			t.Errorf("%s %q belongs to %q, which is no type", c.List, c.Code, c.Of)
		}
	}
	for list, n := range want {
		if got[list] != n {
			t.Errorf("%d codes in the list %s, not %d", got[list], list, n)
		}
		delete(got, list)
	}
	if len(got) > 0 {
		t.Errorf("lists nobody knows: %v", got)
	}
}

func TestPlover(t *testing.T) {
	known(t, codes.Plover(), map[string]int{
		codes.Types: 16, codes.Modes: 67, codes.Auxiliary: 4, codes.Contexts: 37, codes.Sectors: 25, codes.Countries: 8,
	})
	quads := map[int][]string{}
	var need []string
	for _, c := range codes.Of(codes.Plover(), codes.Types) {
		quads[c.Quad] = append(quads[c.Quad], c.Code)
		if c.Recipient {
			need = append(need, c.Code)
		}
	}
	for quad, want := range map[int][]string{
		1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
		2: {"COOPERATE", "AID", "RETREAT"},
		3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
		4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
	} {
		if !slices.Equal(quads[quad], want) {
			t.Errorf("quad %d is %v, not %v", quad, quads[quad], want)
		}
	}
	if len(quads) != 4 || !slices.Equal(need, []string{"COOPERATE", "AID", "SANCTION"}) {
		t.Errorf("quads %v; a recipient need %v", quads, need)
	}
	for _, m := range codes.Of(codes.Plover(), codes.Modes) {
		if m.Of == "" {
			t.Errorf("mode %s is of no type", m.Code)
		}
		if got, ok := codes.Mode(m.Of, m.Code); !ok || got != m {
			t.Errorf("mode %s of %s is not found", m.Code, m.Of)
		}
	}
	if _, ok := codes.Mode("AID", "strike"); ok {
		t.Error("AID has no modes")
	}
	if _, ok := codes.Mode("AID", "negation"); !ok {
		t.Error("auxiliary modes go with all types")
	}
}

func TestACLED(t *testing.T) {
	known(t, codes.ACLED(), map[string]int{
		codes.Types: 6, codes.SubTypes: 25, codes.Inter: 8, codes.TimeSpread: 3, codes.GeoSpread: 3,
	})
}

// TestCAMEO holds every root, and that what is longer says otherwise than what is
// shorter: rows without a use would only be mistaken for one.
func TestCAMEO(t *testing.T) {
	roots := 0
	for i, c := range codes.CAMEO() {
		if i > 0 && c.CAMEO <= codes.CAMEO()[i-1].CAMEO {
			t.Errorf("%s does not follow %s", c.CAMEO, codes.CAMEO()[i-1].CAMEO)
		}
		kind, ok := codes.Type(c.CAMEO)
		if ok != (c.PLOVER != "") || kind.Code != c.PLOVER || c.Title == "" {
			t.Errorf("%s becomes %q (%v), not %q", c.CAMEO, kind.Code, ok, c.PLOVER)
		}
		if len(c.CAMEO) == 2 {
			roots++
			continue
		}
		for _, shorter := range codes.CAMEO()[:i] {
			if shorter.CAMEO == c.CAMEO[:len(c.CAMEO)-1] && shorter.PLOVER == c.PLOVER {
				t.Errorf("%s says the same as %s", c.CAMEO, shorter.CAMEO)
			}
		}
	}
	if roots != 20 {
		t.Errorf("%d roots, not 20", roots)
	}
	for code, want := range map[string]string{
		"PROTEST": "PROTEST", "01": "", "022": "", "0311": "AGREE", "08": "", "080": "CONCEDE", "0811": "CONCEDE", "0813": "RETREAT",
		"0872": "RETREAT", "1423": "PROTEST", "112": "ACCUSE", "163": "COERCE", "1621": "SANCTION", "1712": "ASSAULT", "192": "COERCE",
		"190": "ASSAULT", "2041": "ASSAULT", "21": "", "1": "", "14111": "", "+14": "", "protest": "", "other": "", "": "",
	} {
		if got, ok := codes.Type(code); got.Code != want || ok != (want != "") {
			t.Errorf("%q becomes %q, not %q", code, got.Code, want)
		}
	}
}
