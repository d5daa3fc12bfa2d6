package plover

import (
	"io"
	"strconv"
	"strings"

	"lede/annotate/format"
)

type writer struct {
	out    io.WriteCloser
	noText bool
	line   []byte
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	return &writer{out: out, noText: job.NoText}, nil
}

func (w *writer) Close() error { return w.out.Close() }

func (w *writer) Write(a *format.Article) error {
	for _, r := range a.Prepared.([]record) {
		w.line = w.line[:0]
		w.record(a, &r)
		w.line = append(w.line, '\n')
		if _, err := w.out.Write(w.line); err != nil {
			return err
		}
	}
	return nil
}

// record writes the fields in the order of the manual's tables; what is not known is
// left out.
func (w *writer) record(a *format.Article, r *record) {
	w.open()
	w.text("id", r.id)
	w.text("date", r.date)
	w.text("enddate", r.end)
	w.parties("actor", r.actors)
	w.parties("recipient", r.recipients)
	w.list("event", []string{r.kind.Code})
	w.list("mode", r.modes)
	w.list("context", r.contexts)
	w.place(r.place)
	w.list("event_text", r.parts)
	w.raw("event_at", pairs(r.at))
	w.raw("quad_code", strconv.Itoa(r.kind.Quad))
	for _, c := range r.counts {
		w.raw(c[0], c[1])
	}
	w.text("link", r.entity)
	w.text("text", r.event)
	w.key("text_info")
	w.open()
	w.raw("start", strconv.Itoa(r.sentence[0]))
	w.raw("end", strconv.Itoa(r.sentence[1]))
	if w.noText {
		w.text("sha256", a.Hash)
		w.raw("length", strconv.Itoa(a.Length))
	}
	w.close()
	w.key("cite_info")
	w.open()
	w.text("citation", a.Ref)
	w.text("url", a.URL)
	if !w.noText {
		w.text("title", a.Title)
	}
	w.text("language", a.Language)
	w.text("publication", a.Publisher)
	w.close()
	w.text("coder", r.coder)
	w.text("comment", r.comment)
	w.close()
}

func (w *writer) parties(key string, list []party) {
	if len(list) == 0 {
		return
	}
	w.key(key)
	w.line = append(w.line, '[')
	for i, p := range list {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.open()
		w.text("code", p.code)
		w.text("sector", p.sector)
		w.text("entity_text", p.text)
		w.raw("entity_at", pairs(p.at))
		w.text("identifier_id", p.wikidata)
		w.text("identifier_text", p.name)
		w.text("entity_id", p.entity)
		w.close()
	}
	w.line = append(w.line, ']')
}

func (w *writer) place(s *spot) {
	if s == nil {
		return
	}
	w.key("event_loc")
	w.open()
	w.text("extracted_place", s.text)
	w.raw("place_at", pairs(s.at))
	w.text("resolved_place", s.name)
	if n, err := strconv.ParseUint(s.geonames, 10, 63); err == nil {
		w.raw("geonameid", strconv.FormatUint(n, 10))
	} else {
		w.text("geonameid", s.geonames)
	}
	if s.lat != "" && s.lon != "" {
		w.raw("lat", s.lat)
		w.raw("lon", s.lon)
	}
	w.text("district", s.district)
	w.text("province", s.province)
	w.text("country_code", s.countries)
	w.text("entity_id", s.entity)
	w.close()
}

func (w *writer) open()  { w.line = append(w.line, '{') }
func (w *writer) close() { w.line = append(w.line, '}') }

func (w *writer) key(name string) {
	if last := w.line[len(w.line)-1]; last != '{' && last != '[' {
		w.line = append(w.line, ',')
	}
	w.line = append(format.AppendString(w.line, name), ':')
}

func (w *writer) raw(key, value string) {
	w.key(key)
	w.line = append(w.line, value...)
}

func (w *writer) text(key, value string) {
	if value != "" {
		w.key(key)
		w.line = format.AppendString(w.line, value)
	}
}

func (w *writer) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	var quoted []string
	for _, v := range values {
		quoted = append(quoted, string(format.AppendString(nil, v)))
	}
	w.raw(key, "["+strings.Join(quoted, ",")+"]")
}
