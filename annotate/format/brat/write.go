package brat

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

type writer struct {
	t    format.Target
	job  *format.Job
	s    *state
	line []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	w := &writer{t: t, job: job, s: job.State.(*state)}
	folders := append([]string{""}, slices.Sorted(maps.Values(w.s.folders))...)
	// brat looks for its configuration in the document's folder and above; tools
	// that look in the folder only find it there as well.
	for _, dir := range folders {
		if err := w.file(path.Join(dir, "annotation.conf"), w.annotationConf()); err != nil {
			return nil, err
		}
		if err := w.file(path.Join(dir, "visual.conf"), w.visualConf()); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *writer) Close() error { return nil }

func (w *writer) file(name, content string) error {
	f, err := w.t.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(f, content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

func (w *writer) annotationConf() string {
	var b strings.Builder
	b.WriteString("[entities]\n")
	for _, l := range w.job.Schema.Labels {
		b.WriteString(w.s.labels[l.Name] + "\n")
	}
	b.WriteString("\n[relations]\n")
	for _, t := range w.job.Schema.RelationTypes {
		b.WriteString(w.s.types[t.Name] + "\tArg1:<ANY>, Arg2:<ANY>\n")
	}
	if len(w.job.Entities) > 0 {
		b.WriteString("Equiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive\n")
	}
	b.WriteString("<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n")
	b.WriteString("\n[events]\n\n[attributes]\n")
	for _, name := range w.s.order {
		b.WriteString(name + "\tArg:<ANY>")
		if v := w.s.choices[name].values; v != nil {
			b.WriteString(", Value:" + strings.Join(v, "|"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (w *writer) visualConf() string {
	var b strings.Builder
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r == '|' || format.IsLineBreak(r) {
				return ' '
			}
			return r
		}, s)
	}
	b.WriteString("[labels]\n")
	for _, l := range w.job.Schema.Labels {
		b.WriteString(w.s.labels[l.Name] + " | " + clean(l.Title) + "\n")
	}
	for _, t := range w.job.Schema.RelationTypes {
		b.WriteString(w.s.types[t.Name] + " | " + clean(t.Title) + "\n")
	}
	b.WriteString("\n[drawing]\n")
	for _, l := range w.job.Schema.Labels {
		if color(l.Color) {
			b.WriteString(w.s.labels[l.Name] + "\tbgColor:" + l.Color + "\n")
		}
	}
	return b.String()
}

func color(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	_, err := strconv.ParseUint(s[1:], 16, 32)
	return err == nil
}

func (w *writer) Write(a *format.Article) error {
	for i := range a.Sets {
		name := path.Join(w.s.folders[a.Sets[i].Annotator], a.Name)
		if err := w.text(name, a); err != nil {
			return err
		}
		w.line = w.line[:0]
		w.set(a, &a.Sets[i])
		if err := w.file(name+".ann", string(w.line)); err != nil {
			return err
		}
	}
	return nil
}

// text writes NAME.txt, or NAME.json with what stands for a text that may not be
// shared.
func (w *writer) text(name string, a *format.Article) error {
	if !w.job.NoText {
		return w.file(name+".txt", a.Text)
	}
	b := append([]byte(`{"id":`), format.AppendString(nil, a.Ref)...)
	b = append(b, fmt.Sprintf(`,"sha256":"%s","length":%d}`+"\n", a.Hash, a.Length)...)
	return w.file(name+".json", string(b))
}

func (w *writer) set(a *format.Article, set *format.Set) {
	ids := make(map[string]string, len(set.Spans))
	for i := range set.Spans {
		s := &set.Spans[i]
		id := "T" + strconv.Itoa(i+1)
		ids[s.ID] = id
		w.line = fmt.Appendf(w.line, "%s\t%s ", id, s.Label)
		for k, f := range s.Fragments {
			if k > 0 {
				w.line = append(w.line, ';')
			}
			w.line = fmt.Appendf(w.line, "%d %d", f.Start, f.End)
		}
		w.line = append(w.line, '\t')
		if !w.job.NoText {
			w.line = append(w.line, a.Index().Quote(s.Fragments)...)
		}
		w.line = append(w.line, '\n')
	}
	relations := make([]string, len(set.Relations))
	for i, r := range set.Relations {
		relations[i] = "R" + strconv.Itoa(i+1)
		w.line = fmt.Appendf(w.line, "%s\t%s Arg1:%s Arg2:%s\n", relations[i], r.Type, ids[r.From], ids[r.To])
	}
	w.equivs(set, ids)
	w.attributes(set, ids)
	w.entities(set, ids)
	w.comments(set, ids, relations)
}

// equivs writes an Equiv line for each entity at which several spans point.
func (w *writer) equivs(set *format.Set, ids map[string]string) {
	spans := map[string][]string{}
	var order []string
	for _, s := range set.Spans {
		if s.Entity == nil {
			continue
		}
		if spans[s.Entity.ID] == nil {
			order = append(order, s.Entity.ID)
		}
		spans[s.Entity.ID] = append(spans[s.Entity.ID], ids[s.ID])
	}
	for _, e := range order {
		if len(spans[e]) > 1 {
			w.line = fmt.Appendf(w.line, "*\tEquiv %s\n", strings.Join(spans[e], " "))
		}
	}
}

// attributes writes the A lines: choices and booleans that are true.
func (w *writer) attributes(set *format.Set, ids map[string]string) {
	n := 0
	for _, s := range set.Spans {
		for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
			value, ok := w.s.shown(name, s.Attributes[name])
			if !ok {
				continue
			}
			n++
			w.line = fmt.Appendf(w.line, "A%d\t%s %s", n, name, ids[s.ID])
			if value != "" {
				w.line = append(append(w.line, ' '), value...)
			}
			w.line = append(w.line, '\n')
		}
	}
}

// plain reports whether an N line says all of a span's entity: its kind is then the
// label.
func (w *writer) plain(s *format.Span) bool {
	e := s.Entity
	return !unfit(e.ID) && e.Kind == w.s.named[s.Label] && strings.IndexFunc(e.Name, format.IsLineBreak) < 0
}

// entities writes the N lines.
func (w *writer) entities(set *format.Set, ids map[string]string) {
	n := 0
	for _, s := range set.Spans {
		if s.Entity == nil || unfit(s.Entity.ID) {
			continue
		}
		n++
		w.line = fmt.Appendf(w.line, "N%d\tReference %s %s:%s\t%s\n", n, ids[s.ID], entityBase, s.Entity.ID, oneLine(s.Entity.Name))
	}
}

// comments writes notes, and the attributes that have no A line.
func (w *writer) comments(set *format.Set, ids map[string]string, relations []string) {
	n := 0
	comment := func(kind, target, content string) {
		n++
		w.line = fmt.Appendf(w.line, "#%d\t%s %s\t%s\n", n, kind, target, content)
	}
	note := func(target, content string) {
		if content != "" {
			comment(notesComment, target, oneLine(content))
		}
		if oneLine(content) != content {
			comment(noteComment, target, object(annotate.Values{"note": annotate.StringValue(content)}))
		}
	}
	for _, s := range set.Spans {
		rest := annotate.Values{}
		for name, raw := range s.Attributes {
			if _, shown := w.s.shown(name, raw); !shown {
				rest[name] = raw
			}
		}
		if len(rest) > 0 {
			comment(attributesComment, ids[s.ID], object(rest))
		}
		if e := s.Entity; e != nil && !w.plain(&s) {
			comment(entityComment, ids[s.ID], object(annotate.Values{
				"id": annotate.StringValue(e.ID), "kind": annotate.StringValue(e.Kind), "name": annotate.StringValue(e.Name),
			}))
		}
		note(ids[s.ID], s.Note)
	}
	for i, r := range set.Relations {
		if len(r.Attributes) > 0 {
			comment(attributesComment, relations[i], object(r.Attributes))
		}
		note(relations[i], r.Note)
	}
}

// object is values as JSON on one line, sorted by key, with every character
// escaped that brat takes for a line end.
func object(values annotate.Values) string {
	b := []byte{'{'}
	for i, k := range slices.Sorted(maps.Keys(values)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(format.AppendString(b, k), ':')
		raw, err := format.CanonicalJSON(values[k])
		if err != nil {
			raw = json.RawMessage("null") // cannot be: the Store holds JSON only
		}
		b = append(b, raw...)
	}
	return strings.ReplaceAll(string(append(b, '}')), "\u0085", `\u0085`)
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if format.IsLineBreak(r) {
			return ' '
		}
		return r
	}, s)
}
