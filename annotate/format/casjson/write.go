package casjson

import (
	"strconv"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// encode spells a CAS as JSON, a structure a line.
func encode(d *cas.Document) []byte {
	b := []byte("{\"%TYPES\":{")
	for i, t := range d.Types.Own() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		b = appendType(b, t)
	}
	b = append(b, "\n},\n\"%FEATURE_STRUCTURES\":["...)
	extra := len(d.FS) // arrays are structures of their own, with the numbers behind all others
	var arrays []*cas.FS
	for i, f := range d.FS {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		b = appendHead(b, f)
		for _, field := range f.Fields {
			if field.Kind == cas.List {
				extra++
				arrays = append(arrays, &cas.FS{ID: extra, Type: cas.StringArray, Elements: field.List})
				field.Value = cas.Value{Kind: cas.Ref, Ref: extra}
			}
			b = appendField(b, field)
		}
		b = append(b, '}')
	}
	for _, f := range arrays {
		b = append(appendHead(append(b, ",\n"...), f), `,"%ELEMENTS":[`...)
		for i, v := range f.Elements {
			if i > 0 {
				b = append(b, ',')
			}
			b = format.AppendString(b, v.Text)
		}
		b = append(b, "]}"...)
	}
	b = append(b, "\n],\n\"%VIEWS\":{"...)
	for i, v := range d.Views {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(format.AppendString(append(b, '\n'), v.Name), `:{"%SOFA":`...)
		b = append(strconv.AppendInt(b, int64(v.Sofa), 10), `,"%MEMBERS":[`...)
		for k, m := range v.Members {
			if k > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(m), 10)
		}
		b = append(b, "]}"...)
	}
	return append(b, "\n}}\n"...)
}

// appendType spells a type; descriptions have no place that all readers know.
func appendType(b []byte, t *cas.Type) []byte {
	b = append(format.AppendString(b, t.Name), `:{"%NAME":`...)
	b = append(format.AppendString(b, t.Name), `,"%SUPER_TYPE":`...)
	b = format.AppendString(b, t.Super)
	for _, f := range t.Features {
		b = append(format.AppendString(append(b, ','), f.Name), `:{"%NAME":`...)
		b = append(format.AppendString(b, f.Name), `,"%RANGE":`...)
		b = append(format.AppendString(b, f.Range), '}')
	}
	return append(b, '}')
}

func appendHead(b []byte, f *cas.FS) []byte {
	b = append(b, `{"%ID":`...)
	b = append(strconv.AppendInt(b, int64(f.ID), 10), `,"%TYPE":`...)
	return format.AppendString(b, f.Type)
}

func appendField(b []byte, f cas.Field) []byte {
	name := f.Name
	if f.Kind == cas.Ref {
		name = "@" + name
	}
	b = append(format.AppendString(append(b, ','), name), ':')
	switch f.Kind {
	case cas.Ref:
		return strconv.AppendInt(b, int64(f.Ref), 10)
	case cas.Word:
		return format.AppendString(b, f.Text)
	default: // written as it stands
	}
	return append(b, f.Text...)
}
