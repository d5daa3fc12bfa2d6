package labelstudio

import (
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

// task is a task being read.
type task struct {
	*reader
	*jsonobject.Object
	a   *format.Article
	key string // of the data, that holds the text
}

// whole reads the entries of a task.
func (t *task) whole(data *jsonobject.Object) {
	var named string
	if raw, ok := data.Peek("annotator"); ok && raw[0] == '"' {
		named = data.Text("annotator")
	}
	for _, key := range []string{"annotations", "completions"} {
		for raw := range t.List(key) {
			t.entry(t.Inner(raw), named)
		}
	}
	if t.settings["predictions"] == "no" {
		n := 0
		for range t.List("predictions") {
			n++
		}
		t.a.Skip("predictions", "predictions, left out (--opt predictions=no)", n, t.At().String())
		return
	}
	for raw := range t.List("predictions") {
		t.prediction(t.Inner(raw))
	}
}

// entry reads an annotation: what one annotator says. named is whom the data names.
func (t *task) entry(o *jsonobject.Object, named string) {
	if o.Bool("was_cancelled") || o.Bool("skipped") {
		t.a.Skip("cancelled", "annotations that were cancelled (their task was skipped), left out", 1, t.At().String())
		t.Adopt(o)
		return
	}
	set := format.Set{Place: t.At(), Status: annotate.Done, Annotator: named}
	if who := person(o, "completed_by"); who != "" {
		set.Annotator = who
	}
	if o.Bool("ground_truth") && !t.has(annotate.GoldName) {
		set.Annotator = annotate.GoldName
	}
	t.results(o, &set, "")
	t.Adopt(o)
	t.a.Sets = append(t.a.Sets, set)
}

func (t *task) has(annotator string) bool {
	for _, s := range t.a.Sets {
		if strings.EqualFold(s.Annotator, annotator) {
			return true
		}
	}
	return false
}

// person is who made an entry: an address, or the number of a user.
func person(o *jsonobject.Object, key string) string {
	raw, ok := o.Take(key)
	switch {
	case !ok:
		return ""
	case raw[0] == '"':
		return format.JSONString(raw)
	case raw[0] == '{':
		user := o.Inner(raw)
		if address := user.Text("email"); address != "" {
			return address
		}
		raw = user.Text("id")
	}
	if raw == "" {
		return ""
	}
	return "user-" + raw
}

// prediction reads what a model says.
func (t *task) prediction(o *jsonobject.Object) {
	model := strings.TrimSpace(o.Text("model_version"))
	if model == "" {
		model = "model"
	}
	if _, ok := o.Take("score"); ok {
		t.a.Skip("scores", "scores of predictions, which have no place", 1, t.At().String())
	}
	set := format.Set{Place: t.At(), Annotator: model, Status: annotate.Done}
	t.results(o, &set, "model:"+model)
	t.Adopt(o)
	t.a.Sets = append(t.a.Sets, set)
}

// min reads a row of JSON-MIN: results by control, with the data beside them.
func (t *task) min() {
	set := format.Set{Place: t.At(), Status: annotate.Done, Annotator: person(t.Object, "annotator")}
	for _, key := range []string{"annotation_id", "created_at", "updated_at", "lead_time"} {
		t.Take(key)
	}
	rs := &results{task: t, set: &set}
	said := false
	for _, key := range t.Keys() {
		raw, ok := t.Peek(key)
		if !ok {
			continue
		}
		if raw[0] == '{' {
			if value := t.Inner(raw); value.Has("choices") && value.Only("choices") {
				t.Take(key)
				rs.field(key, "choices", value)
				said = true
			}
			continue
		}
		if raw[0] != '[' || !regions(raw) {
			continue
		}
		t.Take(key)
		said = true
		for region := range format.JSONElements(raw) {
			rs.place("", t.Inner(region), nil)
		}
	}
	if said || set.Annotator != "" {
		t.a.Sets = append(t.a.Sets, set)
	}
}

// regions reports whether a list begins with a region of a text.
func regions(raw string) bool {
	for first := range format.JSONElements(raw) {
		if first[0] != '{' {
			return false
		}
		o := jsonobject.Parse(first, format.Place{}, "")
		return o.Has("start") && o.Has("end") && (o.Has("labels") || o.Has("hypertextlabels"))
	}
	return false
}
