package casjson

import (
	"encoding/json"
	"errors"
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// readBack reads what was written by encoding/json.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	return cas.ReadBack(open, want, job, ".json", func(at format.Place, raw []byte) (string, []cas.Part, error) {
		// Maps, because structs do not tell Label from label.
		var b struct {
			FS []map[string]json.RawMessage `json:"%FEATURE_STRUCTURES"`
		}
		if err := json.Unmarshal(raw, &b); err != nil {
			return "", nil, format.Mismatch(at, "it is no JSON (%s)", err)
		}
		text, parts := "", []cas.Part(nil)
		for _, f := range b.FS {
			var typ string
			wrong := json.Unmarshal(f["%TYPE"], &typ)
			switch typ {
			case cas.SofaType:
				wrong = errors.Join(wrong, json.Unmarshal(f["sofaString"], &text))
			case cas.SpanLayer, cas.NamedEntity:
				part, err := partOf(f)
				wrong = errors.Join(wrong, err)
				parts = append(parts, part)
			}
			if wrong != nil {
				return "", nil, format.Mismatch(at, "a feature structure cannot be read (%s)", wrong)
			}
		}
		return text, parts, nil
	})
}

func partOf(f map[string]json.RawMessage) (cas.Part, error) {
	var p cas.Part
	begin, err1 := strconv.Atoi(string(f["begin"]))
	end, err2 := strconv.Atoi(string(f["end"]))
	p.Begin, p.End = begin, end
	label := f["label"]
	if label == nil {
		label = f["value"]
	}
	err3 := json.Unmarshal(label, &p.Label)
	if f["split"] != nil {
		err3 = errors.Join(err3, json.Unmarshal(f["split"], &p.Split))
	}
	return p, errors.Join(err1, err2, err3)
}
