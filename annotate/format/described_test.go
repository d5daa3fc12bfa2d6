package format_test

import (
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

func TestWhatFilesSayOfLabelsIsMade(t *testing.T) {
	store := newStore(t)
	described := &annotate.Schema{
		Labels: []annotate.Label{
			{Name: "PER", Title: "Person", Color: "#FF0000", Hotkey: "p", Description: "People."},
			{Name: "PERSON-NAME", Color: "red", Hotkey: "p", Parent: "PER"},
			{Name: "not\none"},
		},
		RelationTypes: []annotate.RelationType{{Name: "knows", Title: "Knows", From: []annotate.ID{"PER"}, To: []annotate.ID{"ORG"}}, {Name: ""}},
		Attributes: []annotate.Attribute{
			{Scope: annotate.SpanScope, Name: "mood", Type: annotate.OneOf, Choices: []annotate.Choice{{Name: "good"}}, Labels: []annotate.ID{"PER"}},
			{Scope: annotate.SpanScope, Name: "mood", Type: annotate.TextValue},
			{Scope: annotate.DocumentScope, Name: "mood", Title: "Mood of the text", Type: annotate.TextValue},
		},
	}
	articles := func(yield func(*format.Article, error) bool) {
		a := &format.Article{Ref: "a", Text: "Ana", Sets: []format.Set{{Spans: []format.Span{{Label: "PER", Fragments: []text.Range{{Start: 0, End: 3}}}}}}}
		_ = yield(format.Describe(format.Place{File: "x"}, described), nil) && yield(a, nil)
	}
	r, err := format.ImportArticles(ctx, store, "x", articles, importOptions(1))
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Created; !slices.Equal(c.Labels, []string{"PER", "PERSON-NAME", "ORG"}) || !slices.Equal(c.RelationTypes, []string{"knows"}) || !slices.Equal(c.Attributes, []string{"mood", "mood"}) {
		t.Errorf("created %+v", c)
	}
	s, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	per, _ := s.LabelNamed("PER")
	org, _ := s.LabelNamed("ORG")
	name, _ := s.LabelNamed("PERSON-NAME")
	if per.Title != "Person" || per.Color != "#ff0000" || per.ColorDark != per.InDark() || per.Hotkey != "p" || per.Description != "People." {
		t.Errorf("%+v", per)
	}
	if name.Parent != per.ID || name.Hotkey == "p" || name.Color == "red" || name.Title != "PERSON-NAME" {
		t.Errorf("%+v", name)
	}
	knows, _ := s.RelationTypeNamed("knows")
	if knows.Title != "Knows" || !slices.Equal(knows.From, []annotate.ID{per.ID}) || !slices.Equal(knows.To, []annotate.ID{org.ID}) {
		t.Errorf("%+v", knows)
	}
	if a := s.Attributes; len(a) != 2 || a[0].Type != annotate.OneOf || a[0].Labels[0] != per.ID || a[1].Title != "Mood of the text" || a[1].Scope != annotate.DocumentScope {
		t.Errorf("%+v", a)
	}
	// What the project has stays as it is, and the same file changes nothing.
	described.Labels[0].Color = "#00ff00"
	if r, err = format.ImportArticles(ctx, store, "x", articles, importOptions(2)); err != nil || r.Change != "" {
		t.Errorf("%+v %v", r, err)
	}
}
