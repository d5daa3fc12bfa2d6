package cli

import (
	"errors"
	"strings"
	"testing"

	"lede/annotate"
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

// TestUnbroken: nothing that is filled in breaks a line or a column, and what breaks
// none stays as it is.
func TestUnbroken(t *testing.T) {
	for in, want := range map[string]string{
		"a1": "a1", "two  blanks": "two  blanks", " edge ": " edge ", "\u00a0x": "\u00a0x", "שלום\u200f": "שלום\u200f", "👩🏽\u200d🚒": "👩🏽\u200d🚒",
		"a\nb": "a b", "a \r\n\t b": "a b", "\na\t": "a", "a\x1b[31mb": "a [31mb", "a\x00b\u0085c\u2028d\u2029e\vf\x7fg": "a b c d e f g", "\n": "",
	} {
		if got := unbroken(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	var out, news strings.Builder
	a := &app{Options: Options{Stdout: &out, Stderr: &news}}
	const want = "1\ta b of c d: e f\n"
	args := []any{1, "a\nb", annotate.ID("c\td"), errors.New("e\nf")}
	if err := a.say("%d\t%s of %s: %s", args...); err != nil || out.String() != want {
		t.Errorf("said %q, %v", out.String(), err)
	}
	if a.note("%d\t%s of %s: %s", args...); news.String() != want {
		t.Errorf("noted %q", news.String())
	}
	out.Reset()
	if err := table(&out, [][]string{{"a\nb", "1"}, {"abcd", "2\n3"}}); err != nil || out.String() != "a b   1\nabcd  2 3\n" {
		t.Errorf("the table is %q, %v", out.String(), err)
	}
}

func TestPlural(t *testing.T) {
	for n, want := range []string{"0 entities", "1 entity", "2 entities"} {
		if got := plural(n, "entity"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
