package docx

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
	"unicode"

	"lede/annotate/format/archive"
	"lede/annotate/format/office"
	"lede/annotate/format/xmlread"
)

// body reads the text of a part.
func (d *document) body(r *xmlread.Reader) error {
	inText := false
	return office.Each(r, func(e xml.StartElement) error {
		inText = e.Name.Local == "t"
		return d.begin(r, e)
	}, func(name string) {
		inText = false
		d.end(name)
	}, func(s string) {
		if inText {
			d.text.Begin()
			d.text.Words(s)
		}
	})
}

// begin is the beginning of an element. What is read to its end here is left out.
func (d *document) begin(r *xmlread.Reader, e xml.StartElement) error {
	t := d.text
	switch e.Name.Local {
	case "p":
		t.Paragraph(false)
	case "pPr":
		return d.paragraphProperties(r)
	case "rPr":
		return d.runProperties(r)
	case "tab":
		t.Tab()
	case "br", "cr":
		t.Begin()
		t.Break()
	case "noBreakHyphen":
		t.Begin()
		t.Exactly("\u2011")
	case "softHyphen":
		t.Begin()
		t.Exactly("\u00ad")
	case "sym":
		d.symbol(e)
	case "tbl":
		t.Table()
	case "tr":
		t.Row()
		d.cells = append(d.cells, 0)
	case "tc":
		if n := len(d.cells); n > 0 {
			t.Cell(d.cells[n-1] == 0)
			d.cells[n-1]++
		}
	case "txbxContent":
		t.Push()
	case "footnoteReference", "endnoteReference":
		key := strings.TrimSuffix(e.Name.Local, "Reference") + "s " + xmlread.Attr(e, "id")
		d.notes[key] = t.Note(d.notes[key])
	case "blip", "imagedata":
		d.pictures++
	default:
		return d.leave(r, e)
	}
	return nil
}

// leave skips what is no text of the document.
func (d *document) leave(r *xmlread.Reader, e xml.StartElement) error {
	switch e.Name.Local {
	case "del", "moveFrom":
		d.deleted++
	case "Fallback", // the same again for old programs
		"instrText", "delText", "delInstrText", "rt", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid", "docPr", "cNvPr":
	default:
		return nil
	}
	return r.Skip()
}

func (d *document) end(name string) {
	t := d.text
	switch name {
	case "p":
		t.End()
	case "tbl":
		t.EndTable()
	case "tr":
		t.Row()
		if n := len(d.cells); n > 0 {
			d.cells = d.cells[:n-1]
		}
	case "txbxContent":
		t.Box(t.Pop())
	}
}

// paragraphProperties reads w:pPr: whether it is an item of a list, and its style.
func (d *document) paragraphProperties(r *xmlread.Reader) error {
	for depth := 1; depth > 0; {
		token, err := r.Token()
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case x.Name.Local == "numPr":
				d.text.Item()
			case x.Name.Local == "pStyle" && xmlread.Attr(x, "val") == "Title":
				d.text.Titled()
			case x.Name.Local == "pStyle" && strings.HasPrefix(xmlread.Attr(x, "val"), "List"):
				d.text.Item()
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// runProperties reads w:rPr; the rest of a run that nobody sees is skipped by its
// caller's element, which is the run: what follows up to its end.
func (d *document) runProperties(r *xmlread.Reader) error {
	hidden := false
	for depth := 1; depth > 0; {
		token, err := r.Token()
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth++
			if v := xmlread.Attr(x, "val"); x.Name.Local == "vanish" && v != "0" && v != "false" && v != "off" {
				hidden = true
			}
		case xml.EndElement:
			depth--
		}
	}
	if hidden {
		d.vanished++
		return r.Skip()
	}
	return nil
}

// symbol is a character of a font of symbols: those that are letters elsewhere too
// are taken.
func (d *document) symbol(e xml.StartElement) {
	n, err := strconv.ParseUint(xmlread.Attr(e, "char"), 16, 32)
	if c := rune(n); err != nil || !unicode.IsPrint(c) || unicode.Is(unicode.Co, c) {
		d.symbols++
		return
	}
	d.text.Begin()
	d.text.Exactly(string(rune(n)))
}

// allNotes reads the notes to which the text refers.
func (d *document) allNotes(dir string) error {
	for _, kind := range []string{"footnotes", "endnotes"} {
		e, ok := d.z.Find(path.Join(dir, kind+".xml"))
		if !ok {
			continue
		}
		if err := d.notesOf(kind, e); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) notesOf(kind string, e archive.Entry) error {
	r, err := office.Part(e)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	outer, inText, note := d.text, false, 0
	defer func() { d.text = outer }()
	return office.Each(r, func(e xml.StartElement) error {
		if local := e.Name.Local; local == "footnote" || local == "endnote" {
			note = d.notes[kind+" "+xmlread.Attr(e, "id")]
			d.text = office.NewText()
			return nil
		}
		inText = e.Name.Local == "t"
		return d.begin(r, e)
	}, func(name string) {
		inText = false
		if name != "footnote" && name != "endnote" {
			d.end(name)
			return
		}
		if note > 0 {
			outer.SetNote(note, d.text.Finish())
		}
	}, func(s string) {
		if inText {
			d.text.Begin()
			d.text.Words(s)
		}
	})
}
