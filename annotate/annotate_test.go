package annotate_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/text"
)

func TestNormalizeKeepsTheSameCharacters(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var ranges []text.Range
		covered := map[int]bool{}
		for range rapid.IntRange(0, 8).Draw(rt, "n") {
			r := text.Range{Start: rapid.IntRange(0, 40).Draw(rt, "start"), End: rapid.IntRange(0, 40).Draw(rt, "end")}
			ranges = append(ranges, r)
			for i := r.Start; i < r.End; i++ {
				covered[i] = true
			}
		}
		before := slices.Clone(ranges)
		f := annotate.Normalize(ranges)
		if !slices.Equal(before, ranges) {
			rt.Fatal("the argument was changed")
		}
		for _, r := range f {
			for i := r.Start; i < r.End; i++ {
				if !covered[i] {
					rt.Fatalf("%d is new", i)
				}
				delete(covered, i)
			}
		}
		if len(covered) > 0 {
			rt.Fatalf("lost %v", covered)
		}
		if len(f) > 0 {
			if err := annotate.ValidateFragments(f, 41); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func TestUnknownFieldsSurvive(t *testing.T) {
	raw := json.RawMessage(`{"id":"s1","set":"t","label":"l","fragments":[[0,4]],"origin":"manual","colour":{"a":1.50},"zeal":[true]}`)
	r, err := annotate.DecodeRecord(annotate.KindSpan, 1, raw)
	if err != nil {
		t.Fatal(err)
	}
	back, err := annotate.EncodeRecord(r)
	if err != nil || string(back) != string(raw) {
		t.Errorf("got %s, %v\nwant %s", back, err, raw)
	}
}

func TestEveryKindGoesThroughTheCodec(t *testing.T) {
	for _, kind := range annotate.Kinds {
		r, err := annotate.DecodeRecord(kind, annotate.CodecVersion, json.RawMessage(`{"id":"x","later":1}`))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if r.RecordKind() != kind || r.RecordID() != "x" {
			t.Errorf("%s became %s %s", kind, r.RecordKind(), r.RecordID())
		}
		raw, err := annotate.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := annotate.DecodeRecord(kind, annotate.CodecVersion, raw)
		if err != nil || !annotate.SameRecord(r, again) {
			t.Errorf("%s: %s, %v", kind, raw, err)
		}
	}
	if _, err := annotate.DecodeRecord("hologram", 1, json.RawMessage(`{}`)); !errors.Is(err, annotate.ErrNewer) {
		t.Errorf("unknown kind: %v", err)
	}
	if _, err := annotate.DecodeRecord(annotate.KindSpan, annotate.CodecVersion+1, json.RawMessage(`{}`)); !errors.Is(err, annotate.ErrNewer) {
		t.Errorf("newer codec: %v", err)
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var c annotate.Clock
		for range 50 {
			now := time.UnixMilli(rapid.Int64Range(0, 1<<40).Draw(rt, "now"))
			next := c.Tick(now)
			if next <= c {
				rt.Fatalf("%d after %d", next, c)
			}
			if next.Time().Before(now) {
				rt.Fatalf("%v is before the machine's clock %v", next.Time(), now)
			}
			c = next
		}
	})
}

func TestValidateFragments(t *testing.T) {
	for _, bad := range []annotate.Fragments{
		nil,
		{{Start: 3, End: 3}},
		{{Start: 4, End: 3}},
		{{Start: -1, End: 3}},
		{{Start: 0, End: 11}},
		{{Start: 0, End: 3}, {Start: 3, End: 5}},
		{{Start: 4, End: 6}, {Start: 0, End: 2}},
		{{Start: 0, End: 4}, {Start: 2, End: 6}},
	} {
		if annotate.ValidateFragments(bad, 10) == nil {
			t.Errorf("%v passed", bad)
		}
	}
	if err := annotate.ValidateFragments(annotate.Fragments{{Start: 0, End: 3}, {Start: 4, End: 10}}, 10); err != nil {
		t.Error(err)
	}
}
