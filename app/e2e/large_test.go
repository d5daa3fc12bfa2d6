package e2e

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/annotest/corpus"
)

// largeDesk is a desk with a generated project: 20,000 short articles, or with LEDE_LONG
// the 100,000 of 2 KB with 15 spans each of the benchmarks.
func largeDesk(t *testing.T) (*desk, *corpus.Corpus, int) {
	t.Helper()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	began, n := time.Now(), 20_000
	c := corpus.New(annotest.NewEnvAt(annotest.Start, 1))
	c.Bytes, c.Spans = 500, 3
	if os.Getenv("LEDE_LONG") != "" {
		n, c.Bytes, c.Spans = 100_000, 2<<10, 15
	}
	c.Statuses = []annotate.Status{annotate.Done, annotate.Done, annotate.InProgress, annotate.New}
	schema, lines := filepath.Join(d.home, "schema.yaml"), filepath.Join(d.home, "news.jsonl")
	write(t, schema, "labels:\n  - {name: actor, hotkey: \"1\"}\n  - {name: event, hotkey: \"2\"}\n  - {name: quote, hotkey: \"3\"}\nrelations: [speaker]\n")
	writeCorpus(t, lines, c, n)
	d.cli("new", d.project, "--schema", schema, "--actor", "lede")
	d.cli("import", d.project, lines, "--actor", "lede")
	if err := os.Remove(lines); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles generated and imported in %v", n, time.Since(began))
	return d, c, n
}

// writeCorpus writes articles as jsonl, with what its lines need.
func writeCorpus(t *testing.T, path string, c *corpus.Corpus, n int) {
	t.Helper()
	type span struct {
		ID    annotate.ID `json:"id"`
		Label string      `json:"label"`
		Start int         `json:"start"`
		End   int         `json:"end"`
	}
	type relation struct {
		Type string      `json:"type"`
		From annotate.ID `json:"from"`
		To   annotate.ID `json:"to"`
	}
	type line struct {
		ID        string          `json:"id"`
		Title     string          `json:"title"`
		Source    string          `json:"source"`
		Author    string          `json:"author"`
		Published string          `json:"published"`
		Language  string          `json:"language"`
		Text      string          `json:"text"`
		Annotator string          `json:"annotator"`
		Status    annotate.Status `json:"status"`
		Spans     []span          `json:"spans"`
		Relations []relation      `json:"relations"`
	}
	names := map[annotate.ID]string{}
	for _, r := range c.Records() {
		switch r := r.(type) {
		case annotate.Label:
			names[r.ID] = r.Name
		case annotate.RelationType:
			names[r.ID] = r.Name
		}
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // after an error; else it is closed already
	out := bufio.NewWriter(file)
	for i := range n {
		item := c.Article(i)
		a, set := item.Article, item.Sets[0]
		l := line{
			ID: a.Ref, Title: a.Title, Source: a.Source, Author: a.Author, Published: a.Published, Language: a.Language,
			Text: item.Text, Annotator: set.Annotator.Name, Status: set.Set.Status,
		}
		for _, s := range set.Spans {
			at := s.Fragments.Extent()
			l.Spans = append(l.Spans, span{s.ID, names[s.Label], at.Start, at.End})
		}
		for _, r := range set.Relations {
			l.Relations = append(l.Relations, relation{names[r.Type], r.From, r.To})
		}
		if err := json.NewEncoder(out).Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestLargeProject does a day's work on a large project in the real window: open, filter,
// find, search, tag, undo, mark many, close and open again.
func TestLargeProject(t *testing.T) {
	t.Parallel()
	d, c, n := largeDesk(t)
	total := fmt.Sprintf("%d,000", n/1000)
	began := time.Now()
	p := d.open()
	t.Logf("open after %v", time.Since(began))
	p.see(small.within("left"), total, 1)
	far := fmt.Sprintf("news-%07d", n-1)
	spans := func() string { return d.value(fmt.Sprintf("SELECT count(*) FROM v_spans WHERE article = '%s'", far)) }
	first, _, _ := strings.Cut(d.value("SELECT title FROM article ORDER BY ord LIMIT 1"), " ")
	before := spans()
	p.scene(t, "filter, and select all that passes", func(p *program) {
		p.filtered("status:done published:2022-03", func() { p.vanished(plain.within("left"), first) })
		passing := d.value(`SELECT count(*) FROM article a JOIN annotation_set s ON s.article = a.id
			WHERE s.status = 'done' AND a.published_iso BETWEEN '2022-03' AND '2022-04'`)
		p.see(plain.within("left"), withComma(passing)+" selected", 1)
	})
	p.scene(t, "find the last article", func(p *program) {
		mark := p.mark()
		p.key("ctrl+k")
		p.typed("ref:" + far)
		p.key("Return")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == far })
	})
	d.indexed(10 * time.Minute)
	p.scene(t, "search all texts for seven words of the last but one", func(p *program) {
		p.key("ctrl+shift+f")
		mark := p.mark()
		p.typed(`"` + plainWords(c.Article(n-2).Text, 7) + `"`)
		p.waitFor("searched", mark, func(h happening) bool { return h.Total == 1 })
		p.key("Return", "Return")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == fmt.Sprintf("news-%07d", n-2) })
		p.key("ctrl+k")
		p.key("Return")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == far })
	})
	p.scene(t, "tag a word and take it back", func(p *program) {
		mark := p.mark()
		p.key("ctrl+shift+Right", "3")
		p.saved(mark)
		if now := spans(); now == before {
			p.t.Errorf("the article has %s spans as before", now)
		}
		mark = p.mark()
		p.key("ctrl+z")
		p.saved(mark)
		if now := spans(); now != before {
			p.t.Errorf("the article has %s spans, not %s", now, before)
		}
	})
	p.scene(t, "mark a thousand articles at once", func(p *program) {
		p.filtered("ref:news-0000*", func() { p.see(plain.within("left"), first, 1) })
		p.see(plain.within("left"), "1,000 selected", 1)
		p.click(p.see(plain.within("left"), "Actions", 1).middle(), 1)
		mark := p.mark()
		p.click(p.still(plain, "Mark as in progress").middle(), 1)
		p.waitFor("deed", mark, func(happening) bool { return true })
	})
	p.quit()
	began = time.Now()
	p = d.open()
	t.Logf("open again after %v", time.Since(began))
	p.see(small.within("left"), total, 1)
	p.quit()
	if marked := d.value(`SELECT count(*) FROM article a JOIN annotation_set s ON s.article = a.id
		WHERE a.ref LIKE 'news-0000%' AND s.status = 'in_progress'`); marked != "1000" {
		t.Errorf("%s articles are in progress, not 1000", marked)
	}
}

// filtered writes a filter and selects all that passes it, once the list shows it.
func (p *program) filtered(typed string, listed func()) {
	p.t.Helper()
	p.key("ctrl+k", "ctrl+a", "BackSpace")
	p.typed(typed)
	listed()
	p.key("Down", "ctrl+a")
}

// withComma is a count of less than a million as the window shows it.
func withComma(n string) string {
	if len(n) > 3 {
		return n[:len(n)-3] + "," + n[len(n)-3:]
	}
	return n
}

// indexed waits until the index of words, which is made while the window works, has all
// articles.
func (d *desk) indexed(most time.Duration) {
	d.t.Helper()
	began := time.Now()
	for d.value("SELECT count(*) FROM article WHERE doc IS NULL") != "0" {
		if time.Since(began) > most {
			d.t.Fatalf("the index of words was not made in %v", most)
		}
		time.Sleep(time.Second)
	}
	d.t.Logf("the index of words was there %v later", time.Since(began))
}

// plainWords are the last so many words in a row, in the filler of an article, that a
// keyboard can type.
func plainWords(text string, n int) string {
	var last string
	var row []string
	for word := range strings.FieldsSeq(text) {
		row = append(row, word)
		if strings.ContainsFunc(word, func(r rune) bool { return r < 'A' || r > 'z' }) {
			row = nil
		}
		if len(row) == n {
			last, row = strings.Join(row, " "), nil
		}
	}
	return last
}
