package chat_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/chat"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/jsonl"
)

func TestConforms(t *testing.T) {
	formattest.Conform(t, "chat", formattest.Case{Plain: true, Lost: map[string]formattest.Kind{"few": ""}})
}

func filled(t *testing.T, lines string) annotate.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	s := annotest.NewMemory(annotest.NewEnv())
	if _, err := format.Import(context.Background(), s, []string{path}, format.ImportOptions{Format: "jsonl", Actor: "t", Env: annotest.NewEnvAt(annotest.Start, 7)}); err != nil {
		t.Fatal(err)
	}
	return s
}

const article = `{"id":"n/1","text":"Ana said Ana would go.","annotator":"ana","status":"done","spans":[` +
	`{"id":"a","label":"actor","start":9,"end":12,"attributes":{"kind":"person"}},{"id":"q","label":"quote","start":9,"end":21}],` +
	`"relations":[{"id":"1","type":"speaker","from":"q","to":"a"}]}` + "\n"

func TestWriting(t *testing.T) {
	s := filled(t, article)
	var out strings.Builder
	m, err := format.Export(context.Background(), s, format.ExportOptions{Format: "chat", Stdout: &out, Version: "1", Options: map[string]string{"instruction": "Find."}})
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Messages []struct{ Role, Content string }
	}
	if err := json.Unmarshal([]byte(out.String()), &c); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Find.\n\nLabels:\n- actor\n- quote", "Ana said Ana would go.",
		`{"spans":[{"id":1,"label":"quote","text":"Ana would go"},{"id":2,"label":"actor","text":"Ana","occurrence":2,"attributes":{"kind":"person"}}],"relations":[{"type":"speaker","from":1,"to":2}]}`,
	}
	for i, w := range want {
		if !strings.HasPrefix(c.Messages[i].Content, w) {
			t.Errorf("%s\n got %s\nwant %s", c.Messages[i].Role, c.Messages[i].Content, w)
		}
	}
	if !strings.Contains(c.Messages[0].Content, "Types of relations:\n- speaker") {
		t.Error(c.Messages[0].Content)
	}
	if n := few(m.Losses); n != 9 {
		t.Errorf("%d are said to be missing", n)
	}
	plan, err := format.MakePlan(context.Background(), s, format.ExportOptions{Format: "chat"})
	if err != nil || few(plan.Losses) != 9 {
		t.Errorf("%v %+v", err, plan)
	}
	ten := ""
	for i := range 11 {
		ten += strings.NewReplacer("n/1", "n/"+string(rune('a'+i)), "Ana said", string(rune('A'+i))+"na said", `"id":"a",`, "", `"id":"q",`, "").Replace(article[:strings.Index(article, `,"relations"`)] + "}\n")
	}
	if plan, err = format.MakePlan(context.Background(), filled(t, ten), format.ExportOptions{Format: "chat"}); err != nil || few(plan.Losses) != 0 {
		t.Errorf("%v %+v", err, plan.Losses)
	}
}

// few is how many conversations are said to be missing; a note of none is a fault.
func few(losses []format.Note) int {
	for _, l := range losses {
		if l.Kind == "few" {
			if l.Count == 0 {
				return -1
			}
			return l.Count
		}
	}
	return 0
}
