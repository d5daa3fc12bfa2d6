package xlsx

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/rows"
)

// writer collects the tables and writes the workbook when all rows are there.
type writer struct {
	*rows.Book
	out    *archive.Writer
	job    *format.Job
	escape bool
	sheets []string // names
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	out, err := archive.Create(t, "")
	if err != nil {
		return nil, err
	}
	book, err := layoutOf(job).Begin(job)
	if err != nil {
		_ = out.Close()
		return nil, err
	}
	return &writer{Book: book, out: out, job: job, escape: job.Settings.Yes("escape")}, nil
}

// Close writes the workbook.
func (w *writer) Close() error {
	var err error
	for _, t := range w.Tables() {
		err = cmp.Or(err, w.table(t))
	}
	if err == nil {
		err = w.frame()
	}
	return cmp.Or(err, w.Remove(), w.out.Close())
}

// column is a column of a sheet: a piece of the cells of a column of the table.
type column struct {
	of    int
	name  string
	piece int // from 0, of texts that need several cells; -1: the cell, cut
}

// layOut gives the texts of articles as many columns as the longest needs.
func layOut(t *rows.Table, columns []rows.Column) ([]column, error) {
	pieces := make([]int, len(columns))
	long := -1
	for i, c := range columns {
		if c.Group == rows.Fixed && (c.Name == "article_text" || c.Name == "text" && t.Name == rows.ArticlesTable) {
			long = i
		}
	}
	if long >= 0 {
		err := t.Each("", columns, func(cells []rows.Cell) error {
			pieces[long] = max(pieces[long], len(rows.Pieces(cells[long].Text, maxUnits-1)))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var list []column
	for i, c := range columns {
		if i != long {
			list = append(list, column{i, c.Name, -1})
			continue
		}
		list = append(list, column{i, c.Name, 0})
		for n := 1; n < pieces[i]; n++ {
			list = append(list, column{i, c.Name + "_" + strconv.Itoa(n+1), n})
		}
	}
	if len(list) > maxColumns {
		return nil, &annotate.Error{
			Kind: annotate.ErrInvalid, Op: "export", Subject: "sheet " + t.Name, Hint: "Write it as csv, or with --opt article=id.",
			Detail: fmt.Sprintf("the table has %d columns, and a sheet of Excel at most %d.", len(list), maxColumns),
		}
	}
	return list, nil
}

// table writes a table on a sheet, and on further ones when it has too many rows.
func (w *writer) table(t *rows.Table) error {
	columns, err := layOut(t, w.Columns(t))
	if err != nil {
		return err
	}
	s := &sheet{w: w, name: t.Name, columns: columns}
	if err := s.begin(); err != nil {
		return err
	}
	if err := t.Each("", t.Columns(w.job.Schema), s.row); err != nil {
		return err
	}
	return s.end()
}

// sheet is a sheet being written.
type sheet struct {
	w       *writer
	name    string
	columns []column
	buf     *bufio.Writer
	rows    int
	sheets  int
	refs    []string // "A", "B" …
}

func (s *sheet) begin() error {
	name := s.name
	if s.sheets++; s.sheets > 1 {
		name += "_" + strconv.Itoa(s.sheets)
	}
	s.w.sheets = append(s.w.sheets, name)
	out, err := s.w.out.Create("xl/worksheets/sheet" + strconv.Itoa(len(s.w.sheets)) + ".xml")
	if err != nil {
		return err
	}
	s.buf, s.rows = bufio.NewWriterSize(out, 64<<10), 0
	_, _ = s.buf.WriteString(xml.Header + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	if s.refs == nil {
		for i := range s.columns {
			s.refs = append(s.refs, letters(i))
		}
	}
	s.open()
	for i, c := range s.columns {
		s.text(i, c.name, ` s="1"`)
	}
	return s.close()
}

func (s *sheet) end() error {
	_, _ = s.buf.WriteString("</sheetData></worksheet>")
	return s.buf.Flush()
}

func (s *sheet) open() {
	s.rows++
	fmt.Fprintf(s.buf, `<row r="%d">`, s.rows)
}

func (s *sheet) close() error {
	_, err := s.buf.WriteString("</row>") // its errors stay
	return err
}

func (s *sheet) row(cells []rows.Cell) error {
	if s.rows == maxRows {
		if err := s.end(); err != nil {
			return err
		}
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.open()
	for i, c := range s.columns {
		s.cell(i, c, cells[c.of])
	}
	return s.close()
}

func (s *sheet) cell(i int, c column, cell rows.Cell) {
	switch {
	case cell.Kind == rows.None:
	case (cell.Kind == rows.Whole || cell.Kind == rows.Real) && exact(cell.Text):
		s.start(i, "><v>")
		s.put(cell.Text, "</v></c>")
	case cell.Kind == rows.Tick:
		s.start(i, ` t="b"><v>`)
		s.put(strconv.Itoa(len("true")/len(cell.Text)), "</v></c>")
	case c.piece >= 0:
		if pieces := rows.Pieces(cell.Text, maxUnits-1); c.piece < len(pieces) {
			s.text(i, pieces[c.piece], "")
		}
	default:
		s.text(i, rows.Cut(cell.Plain(), maxUnits-1), "")
	}
}

// start begins the cell of a column; rest goes on in its tag.
func (s *sheet) start(i int, rest string) {
	s.put(`<c r="`, s.refs[i], strconv.Itoa(s.rows), `"`, rest)
}

// put writes; what fails stays with the buffer until the row ends.
func (s *sheet) put(parts ...string) {
	for _, p := range parts {
		_, _ = s.buf.WriteString(p)
	}
}

// text writes a cell of text, which is never a formula.
func (s *sheet) text(i int, text, style string) {
	if s.w.escape {
		text = rows.Escape(text)
	}
	s.start(i, style)
	s.put(` t="inlineStr"><is><t`)
	if strings.TrimSpace(text) != text { // else blanks are kept without it
		s.put(` xml:space="preserve"`)
	}
	s.put(">")
	escape(s.buf, text)
	_, _ = s.buf.WriteString("</t></is></c>")
}

// letters is the name of a column: A, B, … Z, AA.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// escape writes text as Excel spells it in XML: what XML cannot hold, and what would
// be read as such a spelling, is _xHHHH_.
func escape(out *bufio.Writer, text string) {
	plain := 0 // up to here it is written
	for i, r := range text {
		if r >= ' ' && r != '&' && r != '<' && r != '>' && r != '_' && r < 0xFFFE || r == '\n' || r == '\t' || r > 0xFFFF {
			continue
		}
		_, _ = out.WriteString(text[plain:i])
		plain = i + utf8.RuneLen(r)
		switch {
		case r == '&':
			_, _ = out.WriteString("&amp;")
		case r == '<':
			_, _ = out.WriteString("&lt;")
		case r == '>':
			_, _ = out.WriteString("&gt;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			fmt.Fprintf(out, "_x%04X_", r)
		case r == '_' && spelled(text[i:]) >= 0:
			_, _ = out.WriteString("_x005F_")
		default:
			_, _ = out.WriteRune(r)
		}
	}
	_, _ = out.WriteString(text[plain:])
}

// spelled is the character that a text begins with if that is spelled _xHHHH_; else -1.
func spelled(s string) rune {
	if len(s) < 7 || s[:2] != "_x" || s[6] != '_' {
		return -1
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil {
		return -1
	}
	return rune(n) // 16 bits
}

const (
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// frame writes what holds the sheets together.
func (w *writer) frame() error {
	var types, sheets, rels strings.Builder
	for i, name := range w.sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, n, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relSpace, n)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(w.sheets)+1, relSpace)
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packSpace + `"><Relationship Id="rId1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packSpace + `">` + rels.String() + `</Relationships>`},
		{"xl/styles.xml", `<styleSheet xmlns="` + mainSpace + `"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
	}
	for _, p := range parts {
		out, err := w.out.Create(p[0])
		if err == nil {
			_, err = io.WriteString(out, xml.Header+p[1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}
