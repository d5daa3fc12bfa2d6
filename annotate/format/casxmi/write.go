package casxmi

import (
	"bytes"
	"strconv"
	"strings"

	"lede/annotate/format/cas"
)

// prefixes are those of the packages whose types Lede writes.
var prefixes = [][2]string{
	{"cas", "uima.cas"},
	{"tcas", "uima.tcas"},
	{"type", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"},
	{"type2", "de.tudarmstadt.ukp.dkpro.core.api.metadata.type"},
	{"type3", "de.tudarmstadt.ukp.dkpro.core.api.ner.type"},
	{"custom", "webanno.custom"},
}

// element is the name of a type's elements.
func elementName(typ string) string {
	short := cas.Short(typ)
	for _, p := range prefixes {
		if p[1]+"."+short == typ {
			return p[0] + ":" + short
		}
	}
	return short // cannot be: the list has all that is written
}

// encode spells a CAS as XMI.
func encode(d *cas.Document) []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"")
	for _, p := range prefixes {
		b.WriteString(" xmlns:" + p[0] + "=\"http:///" + strings.ReplaceAll(p[1], ".", "/") + ".ecore\"")
	}
	b.WriteString(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n")
	for _, f := range d.FS {
		writeStructure(&b, f)
	}
	for _, v := range d.Views {
		b.WriteString("<cas:View sofa=\"" + strconv.Itoa(v.Sofa) + "\" members=\"")
		for i, m := range v.Members {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(m))
		}
		b.WriteString("\"/>\n")
	}
	b.WriteString("</xmi:XMI>\n")
	return b.Bytes()
}

func writeStructure(b *bytes.Buffer, f *cas.FS) {
	name := elementName(f.Type)
	b.WriteString("<" + name + " xmi:id=\"" + strconv.Itoa(f.ID) + "\"")
	var inside bytes.Buffer
	for _, field := range f.Fields {
		if field.Kind == cas.List && len(field.List) > 0 {
			for _, v := range field.List {
				inside.WriteString("<" + field.Name + ">" + cas.Escape(v.Text) + "</" + field.Name + ">")
			}
			continue
		}
		text := field.Text
		if field.Kind == cas.Ref {
			text = strconv.Itoa(field.Ref)
		}
		b.WriteString(" " + field.Name + "=\"" + cas.Escape(text) + "\"")
	}
	if inside.Len() == 0 {
		b.WriteString("/>\n")
		return
	}
	b.WriteString(">" + inside.String() + "</" + name + ">\n")
}
