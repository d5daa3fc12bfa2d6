package labelstudio

import (
	"crypto/sha256"
	"encoding/hex"
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
			ID, Text string
		}
		Annotations, Predictions []readEntry
	}
	readEntry struct {
		Model  string `json:"model_version"`
		Result []readResult
	}
	readResult struct {
		ID, Type string
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

// compareAll compares each task with the sets that it should hold.
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

// compare compares the next task. Sets that say nothing have no entry.
func (p *partRead) compare(sets []*format.Expected) error {
	if !p.dec.More() {
		return format.Mismatch(p.at(), "article %s is not there", sets[0].Ref)
	}
	p.n++
	var t readTask
	if err := p.dec.Decode(&t); err != nil {
		return format.Mismatch(p.at(), "it is no task: %s", err)
	}
	if t.Data.ID != sets[0].Ref {
		return format.Mismatch(p.at(), "it is article %s, where %s should be", t.Data.ID, sets[0].Ref)
	}
	if sum := sha256.Sum256([]byte(t.Data.Text)); hex.EncodeToString(sum[:]) != sets[0].Hash {
		return format.Mismatch(p.at(), "the text of article %s is another one", sets[0].Ref)
	}
	for _, expected := range sets {
		list := &t.Annotations
		if len(t.Predictions) > 0 && t.Predictions[0].Model == expected.Annotator {
			list = &t.Predictions
		}
		var entry readEntry
		if len(*list) > 0 && (len(expected.Spans) > 0 || len((*list)[0].spans()) == 0) {
			entry, *list = (*list)[0], (*list)[1:]
		}
		if err := entry.compare(p.at(), &t, expected); err != nil {
			return err
		}
	}
	if n := len(t.Annotations) + len(t.Predictions); n > 0 {
		return format.Mismatch(p.at(), "it has %d entries too many", n)
	}
	return nil
}

// spans are the regions with labels.
func (e *readEntry) spans() []readResult {
	return slices.DeleteFunc(slices.Clone(e.Result), func(r readResult) bool { return r.Type != "labels" })
}

func (e *readEntry) compare(at format.Place, t *readTask, expected *format.Expected) error {
	runes := []rune(t.Data.Text)
	var got []format.ReadSpan
	ids := map[string]bool{}
	for _, r := range e.spans() {
		v := r.Value
		if v.Start < 0 || v.Start >= v.End || v.End > len(runes) || len(v.Labels) != 1 {
			return format.Mismatch(at, "%d–%d is outside the text or has no label", v.Start, v.End)
		}
		quote, copied := string(runes[v.Start:v.End]), ""
		if v.Text == nil && strings.Contains(quote, `\n`) {
			copied = quote // left out on purpose
		} else if json.Unmarshal(v.Text, &copied) != nil {
			copied = ""
		}
		if copied != quote {
			return format.Mismatch(at, "it says %q, but its offsets say %q", copied, quote)
		}
		ids[r.ID] = true
		got = append(got, format.ReadSpan{Label: v.Labels[0], Quotes: []string{quote}})
	}
	for _, r := range e.Result {
		if r.Type == "relation" && (!ids[r.From] || !ids[r.To]) {
			return format.Mismatch(at, "a relation has an end that is no region")
		}
	}
	return expected.Compare(at, got)
}
