package find

import (
	"context"
	"strings"
	"testing"
	"time"

	"lede/annotate/text"
)

// A search of one long line can be called off: at a match, even if it takes a look at
// the whole rest of the line, and where nothing matches.
func TestPatternsInLongLinesCanBeCalledOff(t *testing.T) {
	line := text.New(strings.Repeat("no end of work ", 1<<16))
	at := time.Now()
	m, err := Compile(Query{Text: "o(?:.*qqq)?", Regexp: true}) // all of it would take minutes
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	found := 0
	for range m.In(ctx, line) {
		if found++; found == 3 {
			cancel()
		}
	}
	if found != 3 {
		t.Errorf("%d places after the end", found)
	}
	found = 0
	for range m.In(context.Background(), line) {
		if found++; found == 3 {
			break
		}
	}
	if spent := time.Since(at); spent > 20*time.Second {
		t.Errorf("it went on for %v", spent)
	}

	for _, c := range []struct {
		of   int // calls of Err that say nothing
		most int
	}{{0, often}, {2, 3 * often}} {
		r := &runes{ctx: &ending{Context: context.Background(), calls: c.of}, left: line.String()}
		if m.re.MatchReader(r) != true || r.read > often {
			t.Errorf("a match at the start takes %d code points", r.read)
		}
		none, err := Compile(Query{Text: `(\w+\s){3}qqq`, Regexp: true})
		if err != nil {
			t.Fatal(err)
		}
		r = &runes{ctx: &ending{Context: context.Background(), calls: c.of}, left: line.String()}
		if none.re.MatchReader(r) || r.read > c.most {
			t.Errorf("called off, %d code points are read, %d at most", r.read, c.most)
		}
	}
}

// ending is a context that ends after some looks at it.
type ending struct {
	context.Context
	calls int
}

func (e *ending) Err() error {
	if e.calls--; e.calls < 0 {
		return context.Canceled
	}
	return nil
}
