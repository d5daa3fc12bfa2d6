package importer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
	"lede/app/screens/sheet"
)

// mostShown is how many articles the dialog shows before the import, and mostTried how
// many files of a folder it tries for them.
const (
	mostShown = 3
	mostTried = 20
	mostRows  = 3 // of a table
)

// found is what a first look at the files says.
type found struct {
	format   *format.Format // of the first file; nil if it cannot be told
	articles []seen
	guess    string   // the likely encoding, if the files do not say
	sample   []string // places of the text in the chosen or likely encoding
	folder   bool     // some path is a folder
	columns  []string // of the first file, if it is a table
	grid     *format.Grid
	err      error
}

// seen is an article of the first look, and the format of its file.
type seen struct {
	*format.Article
	format *format.Format
}

// look reads the first articles, then all of them, and shows what it found.
func (d *Dialog) look() {
	d.report, d.problem, d.leaveOut = nil, nil, false
	if len(d.paths) == 0 {
		d.work.Stop()
		d.found = found{}
		d.fields()
		d.say("Texts, web pages, Word, PDF, mails, tables, exports of other tools. Or drop them here.")
		d.ready("Import", false)
		d.showPreview()
		return
	}
	d.say("Looking at " + named(d.paths) + " …")
	d.ready("Import", false)
	o, paths := d.options(), d.paths
	sheet.Start(&d.work,
		func(ctx context.Context, _ func(sheet.Progress)) (found, error) { return glance(ctx, paths, o), nil },
		func(sheet.Progress) {},
		func(f found, _ error) {
			d.found = f
			if d.ask(f.err); questionOf(f.err) == askEncoding && d.encoding == "" && len(d.paths) == 1 && !f.folder {
				// One file: the likely encoding is offered, its sample shown; several may not
				// all be in it.
				d.encoding = f.guess
				d.look()
				return
			}
			d.fields()
			d.showPreview()
			d.count()
			if f.err == nil && len(f.articles) > 0 {
				d.ready("Import", true) // nobody need wait for the counting
			}
		})
}

func (d *Dialog) say(words string) { d.summary.SetText(words) }

// ask keeps the row of a question that came up.
func (d *Dialog) ask(err error) {
	if q := questionOf(err); q != "" {
		d.asked[q] = true
	}
}

// count does the whole import but for the writing.
func (d *Dialog) count() {
	sheet.Start(&d.work, d.runImport(true),
		func(p sheet.Progress) { d.say("Reading: " + sheet.Count(p.Done, "article", "articles") + " so far") },
		d.counted)
}

func (d *Dialog) counted(r *format.ImportReport, err error) {
	d.report, d.problem = r, err
	if err != nil && d.several() && !d.leaveOut && leavable(err) && !errors.Is(err, context.Canceled) {
		d.leaveOut = true
		d.count()
		return
	}
	if err != nil {
		d.say("Nothing can be imported like this yet.")
		d.ready("Import", false)
		d.ask(err)
		d.explain(err)
		d.fields()
		d.showPreview()
		return
	}
	d.labels = r.Labels
	d.say(outcome(r))
	words := "Import " + sheet.Count(r.Read.Articles, "article", "articles")
	d.ready(words, r.Read.Articles > 0)
	d.fields()
	d.showPreview()
}

// explain finds what a person needs to answer an error of the whole import, which
// may be about another file than the first look saw.
func (d *Dialog) explain(err error) {
	var known *annotate.Error
	if !errors.As(err, &known) {
		return
	}
	switch questionOf(err) {
	case askEncoding:
		if path, ok := fileOf(known.Subject); ok {
			d.found.guess, d.found.sample = decoded(path, d.encoding)
		}
	case askColumn:
		if len(d.found.columns) == 0 {
			d.found.columns = columnsOf(known.Detail)
		}
	default: // what was asked has its answers already
	}
}

// glance reads the first articles of the first files.
func glance(ctx context.Context, paths []string, o format.ImportOptions) found {
	var f found
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			f.folder = true
		}
	}
	var broken error
	for _, path := range paths {
		for _, src := range sources(path, o) {
			if f.read(ctx, src, o); f.err != nil && (len(paths) > 1 || f.folder) && leavable(f.err) {
				broken, f.err = f.err, nil
				if len(f.articles) == 0 {
					f.format, f.columns, f.grid = nil, nil, nil
				}
			}
			if len(f.articles) >= mostShown || f.err != nil {
				return f
			}
		}
	}
	if len(f.articles) == 0 {
		f.err = broken
	}
	return f
}

// sources are the first files below a path, or the path itself.
func sources(path string, o format.ImportOptions) []format.Source {
	info, err := os.Stat(path)
	src := format.Source{Path: path, Name: path, Rel: filepath.Base(path), Encoding: o.Encoding, Fallback: o.Fallback, Columns: o.Columns}
	if err != nil || !info.IsDir() {
		return []format.Source{src}
	}
	src.Dir = true
	if _, err := format.DetectFormat(src); err == nil {
		return []format.Source{src} // a format whose unit is a folder
	}
	files, err := format.Walk(src)
	if err != nil {
		return nil
	}
	var list []format.Source
	for _, rel := range files {
		if len(list) < mostTried && known(rel) {
			list = append(list, src.File(rel))
		}
	}
	return list
}

// known says whether the ending of a file is that of a format: the import reads
// no others out of a folder.
func known(name string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return slices.ContainsFunc(format.All(), func(f *format.Format) bool { return f.Reads() && slices.Contains(f.Extensions, ending) })
}

func (f *found) read(ctx context.Context, src format.Source, o format.ImportOptions) {
	one, err := format.DetectFormat(src)
	if o.Format != "" {
		one, err = format.Lookup(o.Format)
	}
	if err != nil {
		f.fail(src, err)
		return
	}
	if f.format == nil {
		f.format = one
		f.showTable(ctx, src, o)
	}
	for a, err := range one.Read(ctx, src, one.ImportSettings(o.Options)) {
		if err != nil {
			f.fail(src, err)
			return
		}
		if a.Aside() {
			continue
		}
		f.articles = append(f.articles, seen{a, one})
		if len(f.articles) >= mostShown {
			break
		}
	}
	if o.Encoding != "" && !src.Dir && !(o.Fallback && told(src.Path)) {
		f.guess, f.sample = decoded(src.Path, o.Encoding)
	}
}

func (f *found) fail(src format.Source, err error) {
	f.err = err
	var known *annotate.Error
	switch questionOf(err) {
	case askEncoding:
		path := src.Path
		if errors.As(err, &known) {
			if p, ok := fileOf(known.Subject); ok {
				path = p
			}
		}
		f.guess, f.sample = decoded(path, src.Encoding)
	case askColumn:
		if errors.As(err, &known) && len(f.columns) == 0 {
			f.columns = columnsOf(known.Detail)
		}
	default: // what was asked has its answers already
	}
}

// showTable takes the columns of a table, and its first rows.
func (f *found) showTable(ctx context.Context, src format.Source, o format.ImportOptions) {
	if src.Dir || f.format.ColumnsOf == nil {
		return
	}
	grid, err := format.ShowTable(ctx, f.format, src, o.Options, mostRows)
	if err != nil || grid == nil {
		return // the import says what is wrong
	}
	f.columns, f.grid = grid.Columns, grid
}

// fileOf is the file of a subject such as "news/a.txt:12".
func fileOf(subject string) (string, bool) {
	if i := strings.LastIndexByte(subject, ':'); i > 0 && strings.Trim(subject[i+1:], "0123456789") == "" {
		subject = subject[:i]
	}
	_, err := os.Stat(subject)
	return subject, err == nil
}

// columnsOf are the names at the end of "…; the columns are a, b" and "… it has
// the keys a, b".
func columnsOf(detail string) []string {
	for _, before := range []string{"the columns are ", "it has the keys "} {
		if _, list, ok := strings.Cut(detail, before); ok {
			return strings.Split(strings.TrimSuffix(list, "."), ", ")
		}
	}
	return nil
}

// decoded is the likely encoding of a file, and a sample of its text around the first
// bytes that are not ASCII, in the given encoding, else in the likely one.
func decoded(path, encoding string) (guess string, sample []string) {
	const most = 64 << 10
	raw, err := head(path, most)
	if err != nil {
		return "", nil
	}
	guess = text.Guess(raw)
	if encoding == "" || encoding == "auto" {
		encoding = guess
	}
	for cut := 0; cut < utf8.UTFMax && cut < len(raw); cut++ { // the sample may end inside a character
		in, err := text.Decode(raw[:len(raw)-cut], encoding)
		if err != nil {
			continue
		}
		return guess, around(in.Text)
	}
	return guess, nil
}

// told says whether a file says itself what it is, as far as its beginning shows.
func told(path string) bool {
	const most = 64 << 10
	raw, err := head(path, most)
	for cut := 0; err == nil && cut < utf8.UTFMax && cut < len(raw); cut++ { // it may end inside a character
		if text.Told(raw[:len(raw)-cut]) {
			return true
		}
	}
	return false
}

// around are the first places with characters that are not ASCII, with a few words
// around each: from one place alone an encoding is not easily told from its neighbour.
func around(s string) []string {
	const before, after, most = 24, 48, 3
	r := []rune(s)
	var list []string
	for at := 0; at < len(r) && len(list) < most; at++ {
		if r[at] >= utf8.RuneSelf {
			list = append(list, strings.Join(strings.Fields(string(r[max(0, at-before):min(len(r), at+after)])), " "))
			at += after
		}
	}
	if len(list) == 0 && strings.TrimSpace(s) != "" {
		list = append(list, strings.Join(strings.Fields(string(r[:min(len(r), before+after)])), " "))
	}
	return list
}

func head(path string, most int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	raw := make([]byte, most)
	n := 0
	for n < most {
		k, err := f.Read(raw[n:])
		n += k
		if err != nil {
			break
		}
	}
	return raw[:n], nil
}
