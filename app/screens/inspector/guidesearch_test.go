package inspector

import (
	"strings"
	"testing"

	"lede/annotate"
)

func TestSearchingTheCodebook(t *testing.T) {
	schema := &annotate.Schema{
		Labels: []annotate.Label{
			{ID: "e", Name: "event", Title: "Event", Description: "What happened.", Guideline: "Mark the *trigger*.\n\n- Not the whole **sentence**."},
			{ID: "q", Name: "quote", Guideline: "Mark the whole sentence that was said."},
		},
		Attributes: []annotate.Attribute{{
			Scope: annotate.SpanScope, Labels: []annotate.ID{"e"}, Name: "mode", Title: "Mode", Description: "How it was done.",
			Type: annotate.OneOf, Choices: []annotate.Choice{{Name: "hunger", Title: "Hunger strike"}},
		}},
		RelationTypes: []annotate.RelationType{{Name: "speaker", From: []annotate.ID{"q"}, Description: "Who said it."}},
	}
	for _, c := range []struct{ query, want string }{
		{"SENTENCE whole", "q:Mark the whole sentence that was said. e:Not the whole sentence."},
		{"trigger", "e:Mark the trigger."},
		{"how done", "e/Mode:Mode: How it was done."},
		{"hunger", "e/Mode:Hunger strike"},
		{"who said", "q:Mark the whole sentence that was said. q/speaker:Who said it."},
		{"quote", "q:quote"},
		{"elsewhere", ""},
	} {
		var got []string
		for _, p := range search(codebook(schema), c.query, "q") {
			where := string(p.label)
			if p.where != "" {
				where += "/" + p.where
			}
			got = append(got, where+":"+p.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q finds %q, want %q", c.query, strings.Join(got, " "), c.want)
		}
	}
}

func TestAroundShowsWhatWasLookedFor(t *testing.T) {
	long := strings.Repeat("before it ", 30) + "the Trigger stands" + strings.Repeat(" after it", 30)
	got := around(long, "trigger")
	if !strings.Contains(got, "Trigger") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len([]rune(got)) > 170 {
		t.Errorf("%q", got)
	}
	if got := around("short", "x"); got != "short" {
		t.Errorf("%q", got)
	}
}
