package settings_test

import (
	"slices"
	"testing"

	"lede/app/settings"
)

func TestFilters(t *testing.T) {
	open := func(dir string) *settings.Store {
		return settings.Open(settings.Options{ConfigDir: dir, StateDir: dir})
	}
	dir := t.TempDir()
	s := open(dir)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.SaveFilter(" To review ", "status:done -tag:seen"))
	must(s.SaveFilter("العربية", "lang:ar"))
	must(s.SaveFilter("mine", "assigned:me"))
	held := s.Filters()
	must(s.SaveFilter("TO REVIEW", "status:done"))
	must(s.RenameFilter("mine", "العربية"))
	want := []settings.Filter{{Name: "TO REVIEW", Query: "status:done"}, {Name: "العربية", Query: "assigned:me"}}
	if got := open(dir).Filters(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if held[0].Query != "assigned:me" || len(held) != 3 {
		t.Errorf("what was read before was changed: %+v", held)
	}
	if f, ok := s.Filter("to review"); !ok || f.Query != "status:done" {
		t.Errorf("%+v %v", f, ok)
	}
	must(s.RenameFilter("nobody", "x"))
	must(s.SaveFilter("to Review", ""))
	must(s.SaveFilter("العربية", ""))
	if got := s.Filters(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"", "  ", "a\nb", "a\u2028b", "@x", `"x"`, string(make([]rune, 70))} {
		if settings.BadFilterName(bad) == "" {
			t.Errorf("%q is a name", bad)
		}
	}
}
