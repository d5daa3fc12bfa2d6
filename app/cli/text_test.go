package cli

import (
	"strings"
	"testing"

	"lede/annotate/format"
)

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		news format.Progress
		want string
	}{
		{format.Progress{Done: 1, Phase: format.Reading}, "reading: 1 article"},
		{format.Progress{Done: 5, Total: 10, Phase: format.Writing}, "writing [" + strings.Repeat("#", 15) + strings.Repeat(" ", 15) + "] 5 of 10"},
		{format.Progress{Done: 12, Total: 10, Phase: format.Checking}, "checking [" + strings.Repeat("#", 30) + "] 12 of 10"},
	} {
		if got := bar(tt.news); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestTable(t *testing.T) {
	var b strings.Builder
	if err := table(&b, [][]string{{"Ünï", "1", "a"}, {"x", "200", ""}}); err != nil {
		t.Fatal(err)
	}
	if want := "Ünï  1    a\nx    200\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestPlural(t *testing.T) {
	for n, want := range []string{"0 entities", "1 entity", "2 entities"} {
		if got := plural(n, "entity"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
