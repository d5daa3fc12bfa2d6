package doccano

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

// row is a line of a file being read. set(who) is made when something is said.
type row struct {
	*reader
	*jsonobject.Object
	a     *format.Article
	who   string // of the file, "" for nobody
	index *text.Text
}

// row reads a line.
func (r *reader) row(item format.JSONItem, who string) (*format.Article, error) {
	o := jsonobject.Parse(item.Raw, item.Place, help)
	if o.Err() != nil {
		return nil, o.Err()
	}
	key := r.settings["text-column"]
	body, ok := o.Take(key)
	switch {
	case !ok:
		return format.LeftOut(item.Place, "no_text", "rows without a text, left out", 1, item.Place.String()), nil
	case body[0] != '"':
		o.Fail("%q must be a text", key)
		return nil, o.Err()
	}
	w := &row{reader: r, Object: o, who: who, a: &format.Article{Place: item.Place, Text: format.JSONString(body)}}
	if raw, ok := o.Peek("id"); ok {
		// A number is that of doccano's data base: another project has the same.
		w.a.RefFromName = raw[0] != '"'
		w.a.Ref = o.Text("id")
	}
	w.a.Piece = o.TakePiece()
	w.content()
	o.Drop()
	o.TakeFacts(w.a)
	if raw, ok := o.Peek("meta"); ok && raw[0] == '{' {
		w.a.Meta = o.Values("meta")
	}
	w.a.Meta = o.Rest(w.a.Meta)
	return w.a, o.Err()
}

// content takes everything that annotators say.
func (w *row) content() {
	keys := []string{"label", "labels"}
	if named := w.settings["label-column"]; named != "" {
		keys = []string{named}
	}
	for _, key := range append(keys, "entities", "annotations") {
		if raw, ok := w.Peek(key); !ok {
			continue
		} else if k := kindOf(raw); k != other || raw[0] == '[' && key != "annotations" {
			w.Take(key)
			w.column(raw, k)
		} else if raw[0] != '[' && raw[0] != '{' {
			w.Take(key)
			w.column("["+raw+"]", words) // a number, true or false
		}
	}
	if raw, ok := w.Peek("cats"); ok && (kindOf(raw) == words || kindOf(raw) == nothing) {
		w.Take("cats")
		w.column(raw, words)
	}
	if raw, ok := w.Peek("relations"); ok && raw[0] == '[' {
		w.Take("relations")
		w.relations(raw)
	}
	w.comments()
}

// set is the set of the file's annotator, or of a user of an old export.
func (w *row) set(user string) *format.Set {
	who := w.who
	if who == "" && user != "" {
		who = "user-" + user
	}
	for i := range w.a.Sets {
		if w.a.Sets[i].Annotator == who {
			return &w.a.Sets[i]
		}
	}
	w.a.Sets = append(w.a.Sets, format.Set{Place: w.At(), Annotator: who, LocalIDs: true})
	return &w.a.Sets[len(w.a.Sets)-1]
}

// column takes spans or classes.
func (w *row) column(raw string, k kind) {
	if raw[0] == '"' {
		raw = "[" + raw + "]"
	}
	classes := map[string][]string{} // by user
	class := func(user, name string) { classes[user] = append(classes[user], name) }
	w.set("") // also of a row in which nobody found anything
	for item := range format.JSONElements(raw) {
		switch {
		case item[0] == '[':
			w.spanList(item)
		case item[0] == '{' && k == classObjects:
			o := w.Inner(item)
			user := o.Text("user")
			class(user, w.name(o.Text("label")+o.Text("text")))
			w.Adopt(o)
		case item[0] == '{':
			w.spanObject(item)
		case item[0] == '"':
			class("", format.JSONString(item))
		case item != "null":
			class("", item)
		}
	}
	for _, user := range slices.Sorted(maps.Keys(classes)) {
		s := w.set(user)
		for name, value := range format.FieldsOf(classes[user], w.schema) {
			s.Fields = s.Fields.With(name, value)
		}
	}
}

// name is the name of a label, where an old export has its id.
func (w *row) name(label string) string {
	if n, ok := w.names[label]; ok {
		return n
	}
	return label
}

func (w *row) spanList(raw string) {
	var parts []string
	for p := range format.JSONElements(raw) {
		parts = append(parts, p)
	}
	if len(parts) != 3 {
		w.Fail("a span must be [start, end, label], not %s", jsonobject.Brief(raw))
		return
	}
	start, err1 := strconv.Atoi(parts[0])
	end, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil {
		w.Fail("a span must be [start, end, label] with whole numbers, not %s", jsonobject.Brief(raw))
		return
	}
	label := parts[2]
	if label[0] == '"' {
		label = format.JSONString(label)
	}
	w.span(w.set(""), format.Span{Label: label, Fragments: []text.Range{{Start: start, End: end}}})
}

func (w *row) spanObject(raw string) {
	o := w.Inner(raw)
	id, label := o.Text("id"), o.Text("label")
	start, ok1 := o.Int("start_offset")
	end, ok2 := o.Int("end_offset")
	user := o.Text("user")
	if !ok1 || !ok2 {
		o.Fail("a span (%s) has no start_offset and end_offset", label)
	}
	w.Adopt(o)
	w.span(w.set(user), format.Span{ID: id, Label: w.name(label), Fragments: []text.Range{{Start: start, End: end}}})
}

// span adds a span, unless doccano itself would not take it.
func (w *row) span(set *format.Set, s format.Span) {
	f := &s.Fragments[0]
	if s.Label == "" || f.Start < 0 || f.Start >= f.End {
		w.a.Skip("bad_spans", "spans that are empty, reversed or have no label, left out as doccano does", 1, w.At().String())
		return
	}
	if w.settings["offsets"] == "utf-16" {
		if w.index == nil {
			w.index = text.New(w.a.Text)
		}
		start, ok1 := w.index.RuneOfUTF16(f.Start)
		end, ok2 := w.index.RuneOfUTF16(f.End)
		if !ok1 || !ok2 {
			w.Fail("span %d–%d (%s) is outside the text, or inside a character of it", f.Start, f.End, s.Label)
			return
		}
		*f = text.Range{Start: start, End: end}
	}
	s.Place = w.At()
	set.Spans = append(set.Spans, s)
}

// relations takes {"from_id","to_id","type"}: ends are ids of spans of the row.
func (w *row) relations(raw string) {
	ids := map[string]bool{}
	set := w.set("")
	for _, s := range set.Spans {
		ids[s.ID] = true
	}
	for item := range format.JSONElements(raw) {
		o := w.Inner(item)
		r := format.Relation{Place: w.At(), ID: o.Text("id"), From: o.Text("from_id"), To: o.Text("to_id"), Type: o.Text("type")}
		w.Adopt(o)
		if r.Type == "" || !ids[r.From] || !ids[r.To] {
			w.a.Skip("bad_relations", "relations without a type, or with an end that is no span of their row, left out", 1, w.At().String())
			continue
		}
		set.Relations = append(set.Relations, r)
	}
}

// comments takes what people wrote below the article in doccano: a note.
func (w *row) comments() {
	raw, ok := w.Peek("Comments")
	if !ok || raw[0] != '[' {
		return
	}
	w.Take("Comments")
	var lines []string
	for item := range format.JSONElements(raw) {
		switch item[0] {
		case '"':
			lines = append(lines, format.JSONString(item))
		case '{':
			o := w.Inner(item)
			lines = append(lines, o.Text("comment"))
			w.Adopt(o)
		}
	}
	if len(lines) > 0 {
		w.set("").Note = strings.Join(lines, "\n")
	}
}
