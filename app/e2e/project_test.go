package e2e

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// row is a row of a query, by column.
type row map[string]any

// sql asks the project file, by the sqlite3 program.
func (d *desk) sql(query string) []row {
	d.t.Helper()
	rows, err := d.ask(query)
	if err != nil {
		d.t.Fatal(err)
	}
	return rows
}

func (d *desk) ask(query string) ([]row, error) {
	cmd := exec.Command("sqlite3", "-readonly", "-json", "-cmd", ".timeout 5000", d.project, query)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		return nil, fmt.Errorf("sqlite3 %q: %w: %s", query, err, stderr.String())
	}
	if len(out) == 0 {
		return nil, nil
	}
	var rows []row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("sqlite3 %q answered %s: %w", query, out, err)
	}
	return rows, nil
}

// value is the one value that a query finds, as text.
func (d *desk) value(query string) string {
	d.t.Helper()
	rows := d.sql(query)
	if len(rows) != 1 || len(rows[0]) != 1 {
		d.t.Fatalf("sqlite3 %q found %v, not one value", query, rows)
	}
	for _, v := range rows[0] {
		return fmt.Sprint(v)
	}
	return ""
}

// text is the text of an article.
func (d *desk) text(ref string) string {
	d.t.Helper()
	return d.value(fmt.Sprintf("SELECT text FROM v_articles WHERE ref = '%s'", ref))
}

// spans lists the spans of an article, each as a line: annotator, label, fragments
// with their texts as SQLite cuts them, note.
func (d *desk) spans(ref string) []string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf(`SELECT annotator, label, fragments, text, note FROM v_spans WHERE article = '%s'`, ref))
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = line(r["annotator"].(string), r["label"].(string), r["fragments"].(string), r["text"].(string), r["note"].(string))
	}
	slices.Sort(lines)
	return lines
}

func line(annotator, label, fragments, text, note string) string {
	s := fmt.Sprintf("%s: %s %s “%s”", annotator, label, fragments, text)
	if note != "" {
		s += " note: " + note
	}
	return s
}

// span is the line of a span of ana's over phrases of an article, whose offsets
// are counted here: code points before the first place where the phrase stands.
func (d *desk) span(ref, label string, phrases ...string) string {
	d.t.Helper()
	return d.spanBy("ana", ref, label, phrases...)
}

func (d *desk) spanBy(annotator, ref, label string, phrases ...string) string {
	d.t.Helper()
	text := d.text(ref)
	var fragments []string
	for _, phrase := range phrases {
		i := strings.Index(text, phrase)
		if i < 0 {
			d.t.Fatalf("article %s has no “%s”", ref, phrase)
		}
		start := utf8.RuneCountInString(text[:i])
		fragments = append(fragments, fmt.Sprintf("[%d,%d]", start, start+utf8.RuneCountInString(phrase)))
	}
	return line(annotator, label, "["+strings.Join(fragments, ",")+"]", strings.Join(phrases, " "), "")
}

// relations counts an article's relations.
func (d *desk) relations(ref string) int {
	d.t.Helper()
	return len(d.sql(fmt.Sprintf("SELECT id FROM v_relations WHERE article = '%s'", ref)))
}

// until waits until something is so.
func (p *program) until(what string, so func() bool) {
	p.t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("it did not come about that %s. See %s", what, keep(p.t, "not-so", p.picture()))
		}
	}
}

// difference is what became of the spans: "+" what is new, "-" what is no more.
func difference(before, after []string) []string {
	var diff []string
	left := slices.Clone(before)
	for _, s := range after {
		if i := slices.Index(left, s); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		diff = append(diff, "+"+s)
	}
	for _, s := range left {
		diff = append(diff, "-"+s)
	}
	slices.Sort(diff)
	return diff
}

// becomes does something and waits until the spans of an article have changed by
// what is wanted, lines with "+" and "-"; nothing wanted means that nothing may
// change.
func (p *program) becomes(ref string, do func(), want ...string) {
	p.t.Helper()
	before := p.spans(ref)
	do()
	slices.Sort(want)
	long := patience
	if len(want) == 0 {
		long = 1500 * time.Millisecond // what does not happen cannot be waited for
	}
	var got []string
	for end := time.Now().Add(long); ; time.Sleep(30 * time.Millisecond) {
		got = difference(before, p.spans(ref))
		if late := time.Now().After(end); late || (len(want) > 0 && slices.Equal(got, want)) {
			break
		}
	}
	if !slices.Equal(got, want) {
		where := keep(p.t, "unexpected", p.picture())
		p.t.Errorf("the spans of %s changed by\n  %s\nnot by\n  %s\nSee %s", ref, strings.Join(got, "\n  "), strings.Join(want, "\n  "), where)
	}
}
