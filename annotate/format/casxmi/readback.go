package casxmi

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// readBack reads the tags of what was written by encoding/xml alone.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	return cas.ReadBack(open, want, job, ".xmi", func(at format.Place, raw []byte) (string, []cas.Part, error) {
		text, parts := "", []cas.Part(nil)
		d := xml.NewDecoder(bytes.NewReader(raw))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return text, parts, nil
			}
			if err != nil {
				return "", nil, format.Mismatch(at, "it is no XML (%s)", err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			switch start.Name.Local {
			case "Sofa":
				text = attrs(start)["sofaString"]
			case "Span", "NamedEntity":
				a := attrs(start)
				label, has := a["label"]
				if !has {
					label = a["value"]
				}
				begin, err1 := strconv.Atoi(a["begin"])
				end, err2 := strconv.Atoi(a["end"])
				if err := errors.Join(err1, err2); err != nil {
					return "", nil, format.Mismatch(at, "a span has no place (%s)", err)
				}
				parts = append(parts, cas.Part{Label: label, Split: a["split"], Begin: begin, End: end})
			}
		}
	})
}

func attrs(e xml.StartElement) map[string]string {
	m := map[string]string{}
	for _, a := range e.Attr {
		if a.Name.Space == "" {
			m[a.Name.Local] = a.Value
		}
	}
	return m
}
