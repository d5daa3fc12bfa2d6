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
)

const help = "docs/formats/prodigy.md has the keys."

// joined reads articles, also such of which the tasks are pieces.
func joined(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return format.JoinPieces(read(ctx, src, s))
}

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
	t := &reading{Object: o, a: a, set: &set, at: map[place]string{}}
	t.words()
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

// classes takes accepted options, and the label of a yes-or-no question.
func (t *reading) classes(schema *annotate.Schema) {
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
func (t *reading) facts() {
	if raw, ok := t.Peek("meta"); ok && raw[0] == '{' {
		t.Take("meta")
		meta := t.Inner(raw)
		if id, ok := meta.Peek("id"); ok && (id[0] == '"' || id[0] >= '0' && id[0] <= '9') {
			t.a.Ref, t.a.RefFromName = meta.Text("id"), id[0] != '"'
		}
		t.piece(meta)
		meta.TakeFacts(t.a)
		if raw, ok := meta.Peek("meta"); ok && raw[0] == '{' {
			t.a.Meta = meta.Values("meta")
		}
		t.a.Meta = meta.Rest(t.a.Meta)
		t.Adopt(meta)
	}
	if t.a.Piece != nil {
		t.dropHashes()
	}
	t.Drop()
	t.a.Meta = t.Rest(t.a.Meta)
}

// piece takes which part of an article a task is. Where nobody says how long the article
// is, the parts cannot be put together.
func (t *reading) piece(meta *jsonobject.Object) {
	if _, ok := meta.Peek("part"); !ok || t.a.Ref == "" {
		return
	}
	p := &format.Piece{Of: t.a.Ref}
	known := true
	for key, n := range map[string]*int{"start": &p.Start, "end": &p.End, "length": &p.Length} {
		raw, ok := meta.Peek(key)
		i, err := strconv.Atoi(raw)
		*n, known = i, known && ok && err == nil
	}
	part := meta.Text("part")
	if !known {
		t.a.Ref += "#" + part
		return
	}
	for _, key := range []string{"start", "end", "length"} {
		meta.Take(key)
	}
	t.a.Ref, t.a.Piece = p.Ref(), p
}

// dropHashes leaves out what Prodigy says of the task that is a part of an article.
func (t *reading) dropHashes() {
	n := 0
	for _, key := range ofTask {
		if _, ok := t.Take(key); ok {
			n++
		}
	}
	t.a.Skip("hashes", "hashes and times that Prodigy gave to parts of articles, left out", n, t.At().String())
}
