package edit_test

import (
	"errors"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/rules"
)

func TestAcceptIsKeptWithWhatItIsAbout(t *testing.T) {
	s, e, ids := related(t)
	r := link(t, s, e, "speaker", ids["quote"], ids["actor"])
	about := map[string]rules.Warning{
		"span":     {Rule: "max_words", Span: ids["event"], Text: "Too long."},
		"again":    {Rule: "min_words", Span: ids["event"], Text: "Too short."},
		"relation": {Rule: "relation_ends", Field: "speaker", Span: ids["quote"], Relation: r, Text: "Wrong end."},
		"field":    {Rule: "required", Field: "genre", Text: "Genre is missing."},
	}
	accept := func(name string, on bool) error {
		t.Helper()
		c, err := e.Accept(s, about[name], on)
		if err == nil {
			s.Apply(c)
		}
		return err
	}
	for _, name := range []string{"span", "again", "relation", "field"} {
		if err := accept(name, true); err != nil {
			t.Fatal(name, err)
		}
	}
	span, _ := s.Span(ids["event"])
	relation, _ := s.Relation(r)
	if !slices.Equal(span.Accepted, []string{"max_words", "min_words"}) || !slices.Equal(relation.Accepted, []string{"relation_ends:speaker"}) ||
		!slices.Equal(s.Set.Accepted, []string{"required:genre"}) {
		t.Errorf("accepted: %v, %v, %v", span.Accepted, relation.Accepted, s.Set.Accepted)
	}
	if err := accept("span", true); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("accepted twice: %v", err)
	}
	c, err := e.Accept(s, about["span"], false)
	if err != nil || c.Title != "Warn again: “Too long.”" {
		t.Fatalf("%q %v", c.Title, err)
	}
	s.Apply(c)
	if span, _ = s.Span(ids["event"]); !slices.Equal(span.Accepted, []string{"min_words"}) {
		t.Errorf("after one was taken back: %v", span.Accepted)
	}
	s.Apply(e.Undo(c))
	if span, _ = s.Span(ids["event"]); !slices.Equal(span.Accepted, []string{"max_words", "min_words"}) {
		t.Errorf("after the undo: %v", span.Accepted)
	}
	if _, err := e.Accept(s, rules.Warning{Rule: "x", Span: "gone"}, true); !errors.Is(err, annotate.ErrNotFound) {
		t.Errorf("of a span that is gone: %v", err)
	}
}

func TestAnotherLabelIsWarnedOfAnew(t *testing.T) {
	s, e, ids := related(t)
	c, err := e.Accept(s, rules.Warning{Rule: "max_words", Span: ids["event"]}, true)
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if c, err = e.Retag(s, []annotate.ID{ids["event"]}, "actor"); err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if span, _ := s.Span(ids["event"]); span.Accepted != nil {
		t.Errorf("an actor has %v accepted", span.Accepted)
	}
}

func TestDataIsACopy(t *testing.T) {
	s, e, ids := related(t)
	link(t, s, e, "about", ids["quote"], ids["event"])
	link(t, s, e, "speaker", ids["quote"], ids["actor"])
	data := s.Data()
	c, err := e.Delete(s, []annotate.ID{ids["quote"]})
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(c)
	if len(data.Spans) != 4 || len(data.Relations) != 2 || len(s.Data().Relations) != 0 {
		t.Errorf("%d spans, relations %v", len(data.Spans), data.Relations)
	}
	if !slices.IsSortedFunc(data.Spans, s.Compare) {
		t.Error("the spans are not in order")
	}
}
