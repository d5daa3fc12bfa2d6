package annotate

import "testing"

func TestRolesHaveKeys(t *testing.T) {
	for name, c := range map[string]struct {
		hotkeys []string
		want    string
	}{
		"by their place":                  {[]string{"", "", ""}, "123"},
		"their own":                       {[]string{"3", "", ""}, "321"},
		"one that another has as its own": {[]string{"5", "5", ""}, "523"},
		"beyond the ninth none":           {make([]string, 11), "123456789--"},
		"the ninth free one":              {[]string{"", "1", "", "", "", "", "", "", "", ""}, "213456789-"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &Schema{RelationTypes: []RelationType{{ID: "other", From: []ID{"quote"}}}}
			for i, k := range c.hotkeys {
				s.RelationTypes = append(s.RelationTypes, RelationType{ID: ID(rune('a' + i)), From: []ID{"event"}, Hotkey: k})
			}
			got := ""
			for _, r := range s.Roles("event") {
				if r.Key == "" {
					r.Key = "-"
				}
				got += r.Key
			}
			if got != c.want {
				t.Errorf("keys are %s, want %s", got, c.want)
			}
		})
	}
}

func TestLabelsTo(t *testing.T) {
	s := &Schema{Labels: []Label{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	if got := s.LabelsTo(RelationType{To: []ID{"c", "a"}}); len(got) != 2 || got[0].ID != "a" || got[1].ID != "c" {
		t.Errorf("labels are %v", got)
	}
	if got := s.LabelsTo(RelationType{}); len(got) != 3 {
		t.Errorf("without a limit they are %v", got)
	}
}
