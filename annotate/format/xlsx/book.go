package xlsx

import (
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/xmlread"
)

// book is a workbook that is read.
type book struct {
	src    format.Source
	zip    *archive.Reader
	sheets []sheetRef
	shared *strs
	dates  []bool // by style: its numbers are dates
	days   int    // of the day 0, from 1 Jan 1970
}

// sheetRef is a sheet by its name, in the order of the workbook.
type sheetRef struct {
	name   string
	part   string // of the archive
	hidden bool
}

// The day 0 of the two calendars of Excel, from 1 January 1970.
const (
	day1900 = -25569
	day1904 = -24107
)

// openBook reads all but the sheets.
func openBook(src format.Source) (*book, error) {
	zip, err := archive.Open(src, archive.Limits{})
	if err != nil {
		return nil, err
	}
	b := &book{src: src, zip: zip, days: day1900}
	if err := b.begin(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *book) close() {
	b.shared.close()
	_ = b.zip.Close()
}

// each hands over the elements of a part, which may be missing.
func (b *book) each(part string, use func(r *xmlread.Reader, e element) error) error {
	entry, ok := b.zip.Find(part)
	if !ok {
		return nil
	}
	r, err := xmlread.Open(entry.Source())
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	for {
		t, err := r.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := start(t); ok {
			if err := use(r, e); err != nil {
				return err
			}
		}
	}
}

func (b *book) begin() error {
	main, err := b.main()
	if err != nil {
		return err
	}
	ids := map[string]string{} // relation → part
	shared, styles := "", ""
	dir := path.Dir(main)
	err = b.each(path.Join(dir, "_rels", path.Base(main)+".rels"), func(_ *xmlread.Reader, e element) error {
		if e.name == "Relationship" {
			target := within(dir, e.attr("Target"))
			switch path.Base(e.attr("Type")) {
			case "worksheet":
				ids[e.attr("Id")] = target
			case "sharedStrings":
				shared = target
			case "styles":
				styles = target
			}
		}
		return nil
	})
	if err == nil {
		err = b.each(main, func(_ *xmlread.Reader, e element) error {
			switch e.name {
			case "workbookPr":
				if v := e.attr("date1904"); v == "1" || v == "true" {
					b.days = day1904
				}
			case "sheet":
				if part := ids[e.attr("id")]; part != "" { // others are charts and the like
					b.sheets = append(b.sheets, sheetRef{e.attr("name"), part, e.attr("state") != "" && e.attr("state") != "visible"})
				}
			}
			return nil
		})
	}
	if err == nil {
		err = b.styles(styles)
	}
	if err == nil {
		b.shared, err = b.sharedStrings(shared)
	}
	if err == nil && len(b.sheets) == 0 {
		err = format.Refuse(b.src.At(0), "Is it a workbook of Excel?", "there is no sheet in it")
	}
	return err
}

// main is the part that lists the sheets.
func (b *book) main() (string, error) {
	main := ""
	err := b.each("_rels/.rels", func(_ *xmlread.Reader, e element) error {
		if e.name == "Relationship" && path.Base(e.attr("Type")) == "officeDocument" {
			main = within("", e.attr("Target"))
		}
		return nil
	})
	if _, ok := b.zip.Find(main); err == nil && !ok {
		err = format.Refuse(b.src.At(0), "Save it as .xlsx in your spreadsheet program.", "it is no workbook of Excel (Office Open XML)")
	}
	return main, err
}

// within is the part that a relation of a folder leads to.
func within(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(dir, target)
}

// styles finds the styles whose numbers are dates.
func (b *book) styles(part string) error {
	formats := map[int]bool{}
	inside := false
	return b.each(part, func(_ *xmlread.Reader, e element) error {
		id, _ := strconv.Atoi(e.attr("numFmtId"))
		switch e.name {
		case "numFmt":
			formats[id] = datePattern(e.attr("formatCode"))
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs":
			inside = false
		case "xf":
			if inside && len(b.dates) < 1<<16 {
				custom, has := formats[id]
				b.dates = append(b.dates, has && custom || !has && dateFormat(id))
			}
		}
		return nil
	})
}

// dateFormat says whether a built-in number format is one of dates or times.
func dateFormat(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// datePattern says whether a number format shows a date or a time.
func datePattern(code string) bool {
	quoted, bracket, escaped := false, false, false
	for _, r := range strings.ToLower(code) {
		switch {
		case escaped:
			escaped = false
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case bracket:
		case r == ';':
			return false // the first section is that of positive numbers
		case strings.ContainsRune("ymdhs", r):
			return true
		}
	}
	return false
}

// sheet finds the sheet that was asked for, by name or number.
func (b *book) sheet(wanted string) (sheetRef, error) {
	i := slices.IndexFunc(b.sheets, func(s sheetRef) bool { return strings.EqualFold(s.name, wanted) })
	if n, err := strconv.Atoi(wanted); i < 0 && err == nil && n >= 1 && n <= len(b.sheets) {
		i = n - 1
	}
	if i < 0 {
		var names []string
		for _, s := range b.sheets[:min(len(b.sheets), 20)] {
			names = append(names, s.name)
		}
		return sheetRef{}, format.Refuse(b.src.At(0), "Its sheets are "+strings.Join(names, ", ")+".", "there is no sheet %q", wanted)
	}
	return b.sheets[i], nil
}
