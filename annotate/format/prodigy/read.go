package prodigy

import (
	"context"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

const help = "docs/formats/prodigy.md has the keys."

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		for item := range src.JSONItems() {
			err := item.Err
			if err == nil {
				err = ctx.Err()
			}
			var a *format.Article
			if err == nil {
				a, err = parse(item, src.Schema)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// parse reads a task.
func parse(item format.JSONItem, schema *annotate.Schema) (*format.Article, error) {
	o := jsonobject.Parse(item.Raw, item.Place, help)
	if o.Err() != nil {
		return nil, o.Err()
	}
	body, ok := o.Take("text")
	if !ok {
		return format.LeftOut(item.Place, "no_text", "tasks without a text, left out", 1, item.Place.String()), nil
	}
	a := &format.Article{Place: item.Place}
	if body[0] != '"' {
		o.Fail(`"text" must be a text`)
		return nil, o.Err()
	}
	a.Text = format.JSONString(body)
	set := format.Set{Place: item.Place, Annotator: annotator(o), LocalIDs: true}
	answered := answer(o, &set)
	o.Take("tokens") // they follow from the text
	t := &task{Object: o, a: a, set: &set, at: map[place]string{}}
	for raw := range o.List("spans") {
		t.span(raw)
	}
	for raw := range o.List("relations") {
		t.relation(raw)
	}
	t.classes(schema)
	t.facts()
	if answered || !set.Blank() || set.Annotator != "" {
		a.Sets = []format.Set{set}
	}
	return a, o.Err()
}

// unnamed is a session that is called after the time at which it began.
var unnamed = regexp.MustCompile(`\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$`)

// annotator is who worked in the session: what stands behind the dataset's name.
func annotator(o *jsonobject.Object) string {
	who := ""
	for _, key := range []string{"_session_id", "_annotator_id"} {
		if raw, ok := o.Peek(key); o.Has(key) && (!ok || raw[0] == '"') {
			if name := o.Text(key); name != "" {
				who = name
			}
		}
	}
	if name, own := strings.CutPrefix(who, session); own {
		return name
	}
	if unnamed.MatchString(who) {
		return ""
	}
	return strings.TrimSpace(who[strings.LastIndexByte(who, '-')+1:])
}

// answer takes the decision.
func answer(o *jsonobject.Object, set *format.Set) bool {
	raw, ok := o.Peek("answer")
	if !ok || raw[0] != '"' {
		return false
	}
	switch o.Text("answer") {
	case "accept":
		set.Status = annotate.Done
	case "reject":
		set.Status, set.Reason = annotate.Skipped, "rejected in Prodigy"
	case "ignore":
		set.Status, set.Reason = annotate.Skipped, "ignored in Prodigy"
	}
	return true
}

// place tells spans apart, to which relations point.
type place struct {
	start, end int
	label      string
}

type task struct {
	*jsonobject.Object
	a   *format.Article
	set *format.Set
	at  map[place]string // ids
}

func (t *task) place(raw string) (p place, ok bool) {
	o := t.Inner(raw)
	var ok1, ok2 bool
	p.start, ok1 = o.Int("start")
	p.end, ok2 = o.Int("end")
	p.label = o.Text("label")
	t.Adopt(o)
	return p, ok1 && ok2 && p.label != ""
}

func (t *task) span(raw string) {
	p, ok := t.place(raw)
	if !ok {
		t.a.Skip("unlabelled", "spans without a label or a place, left out", 1, t.At().String())
		return
	}
	id := strconv.Itoa(len(t.set.Spans))
	if _, taken := t.at[p]; !taken {
		t.at[p] = id
	}
	t.set.Spans = append(t.set.Spans, format.Span{Place: t.At(), ID: id, Label: p.label, Fragments: []text.Range{{Start: p.start, End: p.end}}})
}

func (t *task) relation(raw string) {
	o := t.Inner(raw)
	r := format.Relation{Place: t.At(), Type: o.Text("label")}
	for key, end := range map[string]*string{"head_span": &r.From, "child_span": &r.To} {
		if raw, ok := o.Take(key); ok && raw[0] == '{' {
			if p, ok := t.place(raw); ok {
				*end = t.at[p]
			}
		}
	}
	t.Adopt(o)
	if r.Type == "" || r.From == "" || r.To == "" {
		t.a.Skip("relations", "relations between words that are no spans with a label, left out", 1, t.At().String())
		return
	}
	t.set.Relations = append(t.set.Relations, r)
}

// classes takes accepted options, and the label of a yes-or-no question.
func (t *task) classes(schema *annotate.Schema) {
	classes := t.Texts("accept")
	t.Take("options")
	if raw, ok := t.Peek("label"); ok && raw[0] == '"' && t.set.Status == annotate.Done {
		classes = append(classes, t.Text("label"))
	}
	for name, raw := range format.FieldsOf(classes, schema) {
		t.set.Fields = t.set.Fields.With(name, raw)
	}
}

// facts takes meta and everything else.
func (t *task) facts() {
	if raw, ok := t.Peek("meta"); ok && raw[0] == '{' {
		t.Take("meta")
		meta := t.Inner(raw)
		if id, ok := meta.Peek("id"); ok && (id[0] == '"' || id[0] >= '0' && id[0] <= '9') {
			t.a.Ref, t.a.RefFromName = meta.Text("id"), id[0] != '"'
		}
		if _, ok := meta.Peek("part"); ok && t.a.Ref != "" {
			t.a.Ref += "#" + meta.Text("part")
		}
		meta.TakeFacts(t.a)
		if raw, ok := meta.Peek("meta"); ok && raw[0] == '{' {
			t.a.Meta = meta.Values("meta")
		}
		t.a.Meta = meta.Rest(t.a.Meta)
		t.Adopt(meta)
	}
	t.Drop()
	t.a.Meta = t.Rest(t.a.Meta)
}
