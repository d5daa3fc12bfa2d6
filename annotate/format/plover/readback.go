package plover

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"lede/annotate/format"
	"lede/assets/codes"
)

// read is what is read back of a record, by encoding/json.
type read struct {
	ID    string      `json:"id"`
	Date  string      `json:"date"`
	Actor []readParty `json:"actor"`
	To    []readParty `json:"recipient"`
	Event []string    `json:"event"`
	Text  []string    `json:"event_text"`
	At    [][2]int    `json:"event_at"`
	Quad  int         `json:"quad_code"`
	Loc   *readPlace  `json:"event_loc"`
	Coder string      `json:"coder"`
	Cite  readCite    `json:"cite_info"`
}

type readParty struct {
	Text string   `json:"entity_text"`
	At   [][2]int `json:"entity_at"`
}

type readPlace struct {
	Text string   `json:"extracted_place"`
	At   [][2]int `json:"place_at"`
}

type readCite struct {
	Citation string `json:"citation"`
}

// readBack compares each text of the records with what should be there, by its place.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	f, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	l := &lines{in: bufio.NewReaderSize(f, 1<<20), noText: job.NoText}
	if err := l.read(); err != nil {
		return err
	}
	for {
		expected, err := want.Next()
		switch {
		case errors.Is(err, io.EOF) && l.done:
			return nil
		case errors.Is(err, io.EOF):
			return format.Mismatch(l.at(), "there are more records than events")
		case err != nil:
			return err
		}
		if err := l.compare(expected); err != nil {
			return err
		}
	}
}

type lines struct {
	in     *bufio.Reader
	n      int
	now    read
	done   bool
	noText bool
}

func (l *lines) at() format.Place { return format.Place{File: "line", Line: l.n} }

func (l *lines) read() error {
	raw, err := l.in.ReadBytes('\n')
	if errors.Is(err, io.EOF) && len(raw) == 0 {
		l.done = true
		return nil
	}
	l.n++
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	l.now = read{}
	if err := json.Unmarshal(bytes.TrimSuffix(raw, []byte("\n")), &l.now); err != nil {
		return format.Mismatch(l.at(), "it is no record (%s)", err)
	}
	if r := l.now; r.ID == "" || r.Date == "" || len(r.Actor) == 0 || len(r.Event) != 1 {
		return format.Mismatch(l.at(), "a field that PLOVER requires is missing")
	}
	if kind, ok := codes.Type(l.now.Event[0]); !ok || kind.Quad != l.now.Quad {
		return format.Mismatch(l.at(), "%s is not of quad %d", l.now.Event[0], l.now.Quad)
	}
	return nil
}

// compare takes the records of an article and annotator.
func (l *lines) compare(expected *format.Expected) error {
	there := map[string]string{} // text by place
	for !l.done && l.now.Cite.Citation == expected.Ref && l.now.Coder == expected.Annotator {
		put := func(text string, at [][2]int) { there[fmt.Sprint(at)] = text }
		put(strings.Join(l.now.Text, " "), l.now.At)
		for _, p := range append(l.now.Actor, l.now.To...) {
			put(p.Text, p.At)
		}
		if l.now.Loc != nil {
			put(l.now.Loc.Text, l.now.Loc.At)
		}
		if err := l.read(); err != nil {
			return err
		}
	}
	places := map[string]bool{}
	for _, s := range expected.Spans {
		var at [][2]int
		for _, f := range s.Fragments {
			at = append(at, [2]int{f.Start, f.End})
		}
		place := fmt.Sprint(at)
		places[place] = true
		text, ok := there[place]
		if want := strings.Join(s.Quotes, " "); !ok || !l.noText && text != want {
			return format.Mismatch(l.at(), "at %s of article %s stands %q, and in the project %q", place, expected.Ref, text, want)
		}
	}
	if len(places) != len(there) {
		return format.Mismatch(l.at(), "article %s has %d texts there and %d in the project", expected.Ref, len(there), len(places))
	}
	return nil
}
