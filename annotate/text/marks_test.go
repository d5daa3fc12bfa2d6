package text

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		s      string
		pairs  int
		alone  []int
		around bool
	}{
		{"no marks at all", 0, nil, false},
		{"“We will stay,”", 1, nil, true},
		{"“We will stay,” she said", 1, nil, false},
		{"“We will stay", 0, []int{0}, false},
		{"We will stay.”", 0, []int{13}, false},
		{`"We will stay`, 0, []int{0}, false},
		{`"We" and "they"`, 2, nil, false},
		{"«so» „so“ »so« 「so」", 4, nil, true},
		{"„so", 0, []int{0}, false},
		{"“He said “no” and left”", 1, nil, true},
		{"don’t, ’tis the workers’ own", 0, nil, false},
		{"‘We stay,’ she said", 1, nil, false},
		{`a 12" pipe`, 0, nil, false},
		{"“One.\n\n“Two.”", 1, nil, true},
		{"", 0, nil, false},
	} {
		text := New(c.s)
		m := text.Marks([]Range{{0, text.Len()}})
		if m.Pairs != c.pairs || !slices.Equal(m.Alone, c.alone) || m.Around != c.around {
			t.Errorf("%q: %+v, want %d pairs, alone %v, around %v", c.s, m, c.pairs, c.alone, c.around)
		}
	}
}

func TestMarksOfSeveralFragments(t *testing.T) {
	text := New("“We will,” she said, “never stop.”")
	if m := text.Marks([]Range{{0, 10}, {21, 34}}); m.Pairs != 2 || m.Alone != nil || !m.Around {
		t.Errorf("both parts: %+v", m)
	}
	if m := text.Marks([]Range{{0, 9}, {22, 34}}); m.Pairs != 1 || m.Alone != nil {
		t.Errorf("opened in the first part and closed in the second: %+v", m)
	}
	if m := text.Marks([]Range{{1, 10}, {21, 34}}); !slices.Equal(m.Alone, []int{9}) {
		t.Errorf("the first mark left out: %+v", m)
	}
}

func TestMarksOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := New(rapid.StringOfN(rapid.SampledFrom([]rune("a 1\n“”„\"'’‘«»「」.,")), 0, 40, -1).Draw(t, "text"))
		cut := rapid.IntRange(0, text.Len()).Draw(t, "cut")
		for _, o := range text.Marks([]Range{{0, cut}, {cut, text.Len()}}).Alone {
			if o < 0 || o >= text.Len() {
				t.Fatalf("a mark at %d of %d", o, text.Len())
			}
		}
	})
}

func TestCountWords(t *testing.T) {
	text := New("The U.N. can’t agree – again, 3.5 times.")
	if n := text.CountWords(Range{0, text.Len()}, 100); n != 7 {
		t.Errorf("%d words, want 7", n)
	}
	if n := text.CountWords(Range{0, text.Len()}, 3); n != 3 {
		t.Errorf("%d words counted up to 3", n)
	}
	if n := text.CountWords(Range{5, 5}, 100); n != 0 {
		t.Errorf("%d words in nothing", n)
	}
}
