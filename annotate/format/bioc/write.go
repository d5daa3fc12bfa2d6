package bioc

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"

	"lede/annotate/format"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE collection SYSTEM "BioC.dtd">` + "\n" +
		"<collection><source>Lede</source><date></date><key>" + ourKey + "</key>\n"
	xmlTail  = "</collection>\n"
	jsonHead = `{"bioctype":"BioCCollection","source":"Lede","date":"","key":"` + ourKey + `","version":"1.0","infons":{},"documents":[` + "\n"
	jsonTail = "]}\n"
)

type writer struct {
	out   io.WriteCloser
	json  bool
	begun bool
	b     bytes.Buffer
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	w := &writer{out: out, json: job.State.(*state).json}
	head := xmlHead
	if w.json {
		head = jsonHead
	}
	if _, err := io.WriteString(out, head); err != nil {
		_ = out.Close()
		return nil, err
	}
	return w, nil
}

func (w *writer) Close() error {
	tail := xmlTail
	if w.json {
		tail = jsonTail
	}
	_, err := io.WriteString(w.out, tail)
	if closing := w.out.Close(); err == nil {
		err = closing
	}
	return err
}

func (w *writer) Write(a *format.Article) error {
	w.b.Reset()
	doc := build(a)
	var err error
	if w.json {
		if w.begun {
			w.b.WriteByte(',')
		}
		enc := json.NewEncoder(&w.b)
		enc.SetEscapeHTML(false)
		err = enc.Encode(doc)
	} else {
		err = xml.NewEncoder(&w.b).EncodeElement(doc, xml.StartElement{Name: xml.Name{Local: "document"}})
		w.b.WriteByte('\n')
	}
	if err != nil {
		return fmt.Errorf("export: document %s: %w", a.Ref, err)
	}
	w.begun = true
	_, err = w.out.Write(w.b.Bytes())
	return err
}
