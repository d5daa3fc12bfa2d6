package labelstudio

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"lede/annotate/format"
)

// The shapes that encoding/json, which neither reader nor writer use, makes of tasks.
type (
	readTask struct {
		Data struct {
			ID, Text, Annotator string
			Piece               *struct {
				Of                 string
				Start, End, Length int
			}
		}
		Annotations, Predictions []readEntry
	}
	readEntry struct {
		Model  string `json:"model_version"`
		Result []readResult
	}
	readResult struct {
		ID, Type string
		Control  string `json:"from_name"`
		From     string `json:"from_id"`
		To       string `json:"to_id"`
		Value    struct {
			Start, End int
			Text       json.RawMessage
			Labels     []string
		}
	}
)

// part of the data being read back.
type partRead struct {
	name string
	dec  *json.Decoder
	n    int // tasks read
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	if job.Folder || job.Settings["part"] == "config" {
		if err := readBackConfig(open, job); err != nil {
			return err
		}
	}
	parts := map[string]*partRead{}
	for split, name := range files(job) {
		in, err := open(name)
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		p := &partRead{name: name, dec: json.NewDecoder(in)}
		if t, err := p.dec.Token(); err != nil || t != json.Delim('[') {
			return format.Mismatch(p.at(), "it is no list")
		}
		parts[split] = p
	}
	if len(parts) == 0 {
		return nil
	}
	if err := compareAll(parts, want); err != nil {
		return err
	}
	for _, p := range parts {
		if t, err := p.dec.Token(); err != nil || t != json.Delim(']') {
			return format.Mismatch(p.at(), "there are more tasks than articles, or the list does not end")
		}
	}
	return nil
}

// readBackConfig sees that the configuration is XML with our text.
func readBackConfig(open format.OpenFunc, job *format.Job) error {
	name := configFile
	if !job.Folder {
		name = ""
	}
	in, err := open(name)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	var view struct {
		XMLName xml.Name `xml:"View"`
		Labels  []struct {
			Value string `xml:"value,attr"`
		} `xml:"Labels>Label"`
	}
	if err := xml.NewDecoder(in).Decode(&view); err != nil {
		return format.Mismatch(format.Place{File: name}, "%s", err)
	}
	s := job.State.(*state)
	for i, l := range job.Schema.Labels {
		if i >= len(view.Labels) || view.Labels[i].Value != s.labels[l.Name] {
			return format.Mismatch(format.Place{File: name}, "label %s is not there", l.Name)
		}
	}
	return nil
}

func (p *partRead) at() format.Place { return format.Place{File: p.name + " task", Line: p.n} }

// compareAll compares the tasks of each article with the sets that they should hold.
func compareAll(parts map[string]*partRead, want *format.Expectations) error {
	next, err := want.Next()
	for err == nil {
		sets := []*format.Expected{next}
		for {
			if next, err = want.Next(); err != nil || next.Ref != sets[0].Ref || next.Split != sets[0].Split {
				break
			}
			sets = append(sets, next)
		}
		if err := parts[sets[0].Split].compare(sets); err != nil {
			return err
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// compare compares the next article. Sets that say nothing have no entry.
func (p *partRead) compare(sets []*format.Expected) error {
	ref := sets[0].Ref
	var whole format.PieceText
	got := map[string][]format.ReadSpan{}
	for more := true; more; {
		t, err := p.task(ref)
		if err != nil {
			return err
		}
		start, runes := 0, []rune(t.Data.Text)
		if more = t.Data.Piece != nil && t.Data.Piece.End < t.Data.Piece.Length; t.Data.Piece != nil {
			start = t.Data.Piece.Start
		}
		if !whole.Add(start, runes) || t.Data.Piece != nil && t.Data.Piece.End != start+len(runes) {
			return format.Mismatch(p.at(), "the piece of article %s does not begin where the one before it ends", ref)
		}
		for _, e := range append(t.Annotations, t.Predictions...) {
			spans, err := e.read(p.at(), runes)
			if err != nil {
				return err
			}
			who := e.who(t)
			if !slices.ContainsFunc(sets, func(x *format.Expected) bool { return x.Annotator == who }) {
				return format.Mismatch(p.at(), "it has an entry of %q, who has none in the project", who)
			}
			got[who] = append(got[who], spans...)
		}
	}
	if whole.Hash() != sets[0].Hash {
		return format.Mismatch(p.at(), "the text of article %s is another one", ref)
	}
	for _, expected := range sets {
		if err := expected.Compare(p.at(), got[expected.Annotator]); err != nil {
			return err
		}
	}
	return nil
}

// task is the next task, which is of the article.
func (p *partRead) task(ref string) (*readTask, error) {
	if !p.dec.More() {
		return nil, format.Mismatch(p.at(), "article %s is not there", ref)
	}
	p.n++
	t := &readTask{}
	if err := p.dec.Decode(t); err != nil {
		return nil, format.Mismatch(p.at(), "it is no task: %s", err)
	}
	if id := t.Data.ID; t.Data.Piece == nil && id != ref || t.Data.Piece != nil && t.Data.Piece.Of != ref {
		return nil, format.Mismatch(p.at(), "it is article %s, where %s should be", id, ref)
	}
	return t, nil
}

// who says whose an entry is.
func (e *readEntry) who(t *readTask) string {
	for _, r := range e.Result {
		var said []string
		var extras struct{ Annotator string }
		if r.Control == ledeControl && json.Unmarshal(r.Value.Text, &said) == nil && len(said) == 1 &&
			json.Unmarshal([]byte(said[0]), &extras) == nil && extras.Annotator != "" {
			return extras.Annotator
		}
	}
	return cmp.Or(e.Model, t.Data.Annotator)
}

// spans are the regions with labels.
func (e *readEntry) spans() []readResult {
	return slices.DeleteFunc(slices.Clone(e.Result), func(r readResult) bool { return r.Type != "labels" })
}

// read are the spans of an entry in a text.
func (e *readEntry) read(at format.Place, runes []rune) ([]format.ReadSpan, error) {
	var got []format.ReadSpan
	ids := map[string]bool{}
	for _, r := range e.spans() {
		v := r.Value
		if v.Start < 0 || v.Start >= v.End || v.End > len(runes) || len(v.Labels) != 1 {
			return nil, format.Mismatch(at, "%d–%d is outside the text or has no label", v.Start, v.End)
		}
		quote, copied := string(runes[v.Start:v.End]), ""
		if v.Text == nil && strings.Contains(quote, `\n`) {
			copied = quote // left out on purpose
		} else if json.Unmarshal(v.Text, &copied) != nil {
			copied = ""
		}
		if copied != quote {
			return nil, format.Mismatch(at, "it says %q, but its offsets say %q", copied, quote)
		}
		ids[r.ID] = true
		got = append(got, format.ReadSpan{Label: v.Labels[0], Quotes: []string{quote}})
	}
	for _, r := range e.Result {
		if r.Type == "relation" && (!ids[r.From] || !ids[r.To]) {
			return nil, format.Mismatch(at, "a relation has an end that is no region")
		}
	}
	return got, nil
}
