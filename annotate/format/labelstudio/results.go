package labelstudio

import (
	"encoding/json"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

// results are the results of an entry being read.
type results struct {
	*task
	set    *format.Set
	origin string           // of a model's spans
	spans  map[string][]int // by region: places in set.Spans
	to     string           // the object whose regions are read, "" = not known yet
}

// results reads the results of an entry: first the regions, then what is said of them.
func (t *task) results(o *jsonobject.Object, set *format.Set, origin string) {
	rs := &results{task: t, set: set, origin: origin, spans: map[string][]int{}}
	var others []*jsonobject.Object
	for raw := range o.List("result") {
		r := t.Inner(raw)
		if typ, _ := r.Peek("type"); strings.HasSuffix(typ, `labels"`) {
			rs.region(r)
			t.Adopt(r)
		} else {
			others = append(others, r)
		}
	}
	rs.join()
	for _, r := range others {
		if r.Text("type") == "relation" {
			rs.relation(r)
		} else {
			rs.other(r)
		}
		t.Adopt(r)
	}
}

// foreign reports whether a result is of another object than the text.
func (rs *results) foreign(r *jsonobject.Object) bool {
	to := r.Text("to_name")
	if rs.config != nil {
		if key, ok := rs.config.texts[to]; ok {
			return key != rs.key
		}
	}
	if rs.to == "" {
		rs.to = to
	}
	return to != rs.to
}

// region reads a region with labels.
func (rs *results) region(r *jsonobject.Object) {
	raw, ok := r.Take("value")
	if !ok || raw[0] != '{' {
		r.Fail("a region has no value")
		return
	}
	value := rs.Inner(raw)
	start, _ := value.Peek("start")
	_, whole := strconv.Atoi(start)
	switch typ := r.Text("type"); {
	case typ == "hypertextlabels" || typ == "labels" && strings.HasPrefix(start, `"`):
		rs.a.Skip("hypertext", "regions of web pages (HyperText), which count in the page's code, left out", 1, rs.At().String())
	case typ != "labels" || whole != nil || rs.foreign(r):
		rs.a.Skip("regions", "regions of pictures, sound or other objects than the text, left out", 1, rs.At().String())
	default:
		rs.place(r.Text("id"), value, r)
	}
}

// place makes a span of each label of a region. r is nil in JSON-MIN.
func (rs *results) place(id string, value, r *jsonobject.Object) {
	start, ok1 := value.Int("start")
	end, ok2 := value.Int("end")
	labels := value.Texts("labels")
	if len(labels) == 0 || !ok1 || !ok2 {
		rs.a.Skip("unlabelled", "regions without a label or a place, left out", 1, rs.At().String())
		rs.Adopt(value)
		return
	}
	s := format.Span{Place: rs.At(), ID: id, Fragments: []text.Range{{Start: start, End: end}}, Origin: rs.origin}
	if raw, ok := value.Peek("text"); ok && raw[0] == '"' {
		s.Text, s.HasText = rs.quote(value.Text("text"))
	}
	if r != nil {
		if s.Origin == "" && r.Text("origin") == annotate.OriginManual {
			s.Origin = annotate.OriginManual
		}
		note, x := rs.meta(r)
		s.Note, s.Attributes, s.Entity, s.Accepted = note, x.attributes, x.entity, x.accepted
		if x.origin != "" {
			s.Origin = x.origin
		}
	}
	rs.Adopt(value)
	for _, l := range labels {
		s.Label = l
		if s.Label == "" {
			continue
		}
		if _, taken := rs.spans[id]; taken {
			s.ID = ""
		}
		rs.set.Spans = append(rs.set.Spans, s)
		if id != "" {
			rs.spans[id] = append(rs.spans[id], len(rs.set.Spans)-1)
		}
	}
}

// quote is Label Studio's copy of a region's text, in which line ends are "\n" in two
// characters. Where the article has these itself, nobody can tell.
func (rs *results) quote(s string) (string, bool) {
	if !strings.Contains(s, `\n`) {
		return s, true
	}
	return strings.ReplaceAll(s, `\n`, "\n"), !strings.Contains(rs.a.Text, `\n`)
}

// meta takes the note on a region or relation, and our extras.
func (rs *results) meta(r *jsonobject.Object) (note string, x extras) {
	raw, ok := r.Take("meta")
	if !ok || raw[0] != '{' {
		return "", x
	}
	meta := rs.Inner(raw)
	if raw, ok := meta.Peek("text"); ok && raw[0] == '"' {
		note = meta.Text("text")
	} else {
		note = strings.Join(meta.Texts("text"), "\n")
	}
	if raw, ok := meta.Take(ledeControl); ok && raw[0] == '{' {
		extra := rs.Inner(raw)
		x.origin, x.attributes, x.accepted = extra.Text("origin"), extra.Values("attributes"), extra.Texts("accepted")
		if raw, ok := extra.Take("entity"); ok && raw[0] == '{' {
			e := rs.Inner(raw)
			x.entity = &format.Entity{ID: e.Text("id"), Kind: e.Text("kind"), Name: e.Text("name")}
			rs.Adopt(e)
		}
		rs.Adopt(extra)
	}
	if rest := meta.Rest(nil); len(rest) > 0 {
		x.attributes = x.attributes.With("meta", object(rest))
	}
	rs.Adopt(meta)
	return note, x
}

func object(v annotate.Values) json.RawMessage {
	var o jsonobject.Out
	o.Values(v)
	return json.RawMessage(o)
}

// join puts the regions X, X#2, X#3 together again, as one split span.
func (rs *results) join() {
	gone := map[int]bool{}
	for i := range rs.set.Spans {
		s := rs.set.Spans[i]
		m := part.FindStringSubmatch(s.ID)
		if m == nil || len(rs.spans[m[1]]) != 1 || len(rs.spans[s.ID]) != 1 {
			continue
		}
		first := &rs.set.Spans[rs.spans[m[1]][0]]
		if first.Label != s.Label || s.Note != "" || len(s.Attributes) > 0 || gone[rs.spans[m[1]][0]] {
			continue
		}
		first.Fragments = append(first.Fragments, s.Fragments...)
		first.HasText = first.HasText && s.HasText
		first.Text += " " + s.Text
		gone[i] = true
		rs.spans[s.ID] = rs.spans[m[1]]
	}
	if len(gone) == 0 {
		return
	}
	spans, now := rs.set.Spans, map[int]int{}
	rs.set.Spans = nil
	for i, s := range spans {
		if !gone[i] {
			now[i] = len(rs.set.Spans)
			rs.set.Spans = append(rs.set.Spans, s)
		}
	}
	for id, places := range rs.spans {
		moved := make([]int, len(places))
		for k, i := range places {
			moved[k] = now[i]
		}
		rs.spans[id] = moved
	}
}

// relation reads a link between two regions.
func (rs *results) relation(r *jsonobject.Object) {
	from, to := rs.spans[r.Text("from_id")], rs.spans[r.Text("to_id")]
	if len(from) == 0 || len(to) == 0 {
		rs.a.Skip("relations", "relations with an end that is no region of the text, left out", 1, rs.At().String())
		return
	}
	types := r.Texts("labels")
	if len(types) == 0 {
		types = []string{"relation"}
	}
	direction := r.Text("direction")
	link := format.Relation{Place: rs.At(), ID: r.Text("id"), From: rs.set.Spans[from[0]].ID, To: rs.set.Spans[to[0]].ID}
	note, x := rs.meta(r)
	link.Note, link.Attributes, link.Accepted = note, x.attributes, x.accepted
	add := func(r format.Relation) {
		rs.set.Relations = append(rs.set.Relations, r)
		link.ID = "" // only one can have it
	}
	for _, t := range types {
		if link.Type = t; t == "" {
			link.Type = "relation"
		}
		if direction != "left" {
			add(link)
		}
		if direction == "left" || direction == "bi" {
			back := link
			back.From, back.To = link.To, link.From
			add(back)
		}
	}
}

// other reads what is said of a region or of the article.
func (rs *results) other(r *jsonobject.Object) {
	typ, from := rs.typeOf(r), r.Text("from_name")
	raw, ok := r.Take("value")
	if !ok || raw[0] != '{' {
		r.Fail("a result (%s) has no value", from)
		return
	}
	value := rs.Inner(raw)
	defer rs.Adopt(value)
	if spans, ok := rs.spans[r.Text("id")]; ok {
		for _, i := range spans {
			s := &rs.set.Spans[i]
			s.Attributes = s.Attributes.With(from, rs.value(from, typ, value))
		}
		return
	}
	if value.Has("start") || value.Has("x") || value.Has("points") || rs.foreign(r) {
		rs.a.Skip("results", "answers about regions that are not there, or about other objects than the text, left out", 1, rs.At().String())
		return
	}
	rs.field(from, typ, value)
}

// typeOf is the type of a result, which was looked at before.
func (rs *results) typeOf(r *jsonobject.Object) string {
	for _, key := range []string{"choices", "taxonomy", "number", "rating", "datetime"} {
		if raw, ok := r.Peek("value"); ok && raw[0] == '{' && rs.Inner(raw).Has(key) {
			return key
		}
	}
	return "text"
}
