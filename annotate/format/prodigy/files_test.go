package prodigy_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
)

// load reads a file into a new project and tells what that holds, a line an article.
func load(t *testing.T, content string) (told string, notes []format.Note, err error) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.jsonl")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	store := annotest.NewMemory(annotest.NewEnv())
	r, err := format.Import(ctx, store, []string{path}, format.ImportOptions{
		Format: "prodigy", Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 1),
	})
	if err != nil {
		return "", nil, err
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for d, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(d.Text.String() + ":")
		for _, s := range d.Sets {
			at := map[annotate.ID]string{}
			for _, x := range s.Spans {
				l, _ := schema.Label(x.Label)
				at[x.ID] = l.Name + "=" + d.Text.Quote(x.Fragments)
				b.WriteString(" " + at[x.ID])
			}
			for _, x := range s.Relations {
				rt, _ := schema.RelationType(x.Type)
				b.WriteString(" " + at[x.From] + "-" + rt.Name + "-" + at[x.To])
			}
		}
		b.WriteString("\n")
	}
	return b.String(), r.Notes, nil
}

// TestFilesMadeByHand: what a script wrote, without our meta, tokens, ids or hashes.
func TestFilesMadeByHand(t *testing.T) {
	const tokens = `"tokens":[{"text":"Ana","start":0,"end":3,"id":0},{"text":"met","start":4,"end":7,"id":1},{"text":"Ben","start":8,"end":11,"id":2}],`
	for name, c := range map[string]struct{ content, want, note string }{
		"text alone":         {`{"text":"Ana"}`, "Ana:\n", ""},
		"no tokens":          {`{"text":"Ana 👍 Ben","spans":[{"start":6,"end":9,"label":"PER"}]}`, "Ana 👍 Ben: PER=Ben\n", ""},
		"by tokens":          {`{"text":"Ana met Ben",` + tokens + `"spans":[{"token_start":0,"token_end":0,"label":"PER"},{"token_start":1,"token_end":2,"label":"act"}]}`, "Ana met Ben: PER=Ana act=met Ben\n", ""},
		"by missing tokens":  {`{"text":"Ana","spans":[{"token_start":0,"token_end":0,"label":"PER"}]}`, "Ana:\n", "do not say where they are"},
		"tokens beyond":      {`{"text":"Ana met Ben",` + tokens + `"spans":[{"token_start":0,"token_end":7,"label":"PER"}]}`, "Ana met Ben:\n", "do not say where they are"},
		"no label":           {`{"text":"Ana","spans":[{"start":0,"end":3}]}`, "Ana:\n", "without a label"},
		"heads by number":    {`{"text":"Ana met Ben",` + tokens + `"spans":[{"start":0,"end":3,"label":"PER"},{"start":8,"end":11,"label":"PER"}],"relations":[{"head":2,"child":0,"label":"met"}]}`, "Ana met Ben: PER=Ana PER=Ben PER=Ben-met-PER=Ana\n", ""},
		"heads of no span":   {`{"text":"Ana met Ben",` + tokens + `"relations":[{"head":2,"child":0,"label":"met"}]}`, "Ana met Ben:\n", "no spans with a label"},
		"tokens of no place": {`{"text":"Ana","tokens":[{"text":"Ana"}],"spans":[{"start":0,"end":3,"label":"PER"}]}`, "Ana: PER=Ana\n", ""},
		"parts": {
			`{"text":"Ana. ","meta":{"id":"n","part":1,"start":0,"end":5,"length":9},"spans":[{"start":0,"end":3,"label":"PER"}],"_input_hash":1,"answer":"accept"}` + "\n" +
				`{"text":"Ben.","meta":{"id":"n","part":2,"start":5,"end":9,"length":9},"spans":[{"start":0,"end":3,"label":"PER"}],"_input_hash":2,"answer":"accept"}`,
			"Ana. Ben.: PER=Ana PER=Ben\n", "hashes",
		},
		"a part is missing": {
			`{"text":"Ana. ","meta":{"id":"n","part":1,"start":0,"end":5,"length":9}}` + "\n" + `{"text":"Cem","meta":{"id":"m"}}`, "Ana. :\nCem:\n", "of which others are missing",
		},
		"parts of unknown length": {`{"text":"Ana. ","meta":{"id":"n","part":1,"start":0}}` + "\n" + `{"text":"Ben.","meta":{"id":"n","part":2,"start":5}}`, "Ana. :\nBen.:\n", ""},
	} {
		told, notes, err := load(t, c.content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := ""
		for _, n := range notes {
			said += n.What + "\n"
		}
		if told != c.want || c.note != "" && !strings.Contains(said, c.note) {
			t.Errorf("%s: it is read as\n%s, not as\n%s, and told is %q", name, told, c.want, said)
		}
	}
}

func TestRefusals(t *testing.T) {
	for content, want := range map[string]string{
		`{"text":"Ana","spans":[{"start":"0","end":3,"label":"PER"}]}`: `"start" must be a whole number`,
		`{"text":"Ana","spans":{"start":0}}`:                           `"spans" must be a list`,
		`{"text":["Ana"]}`:                                             `"text" must be a text`,
		`{"text":"Ana","spans":[{"start":0,"end":9,"label":"PER"}]}`:   "x.jsonl:1",
		`{"text":"Ana","spans":["PER"]}`:                               "x.jsonl:1",
	} {
		if _, _, err := load(t, content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: it says %v, not %q", content, err, want)
		}
	}
}
