package importer

import (
	"iter"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/format"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// pasted is an article that comes from no file.
type pasted struct {
	title, source, date, author, text string
}

func (p *pasted) articles() iter.Seq2[*format.Article, error] {
	made := *p
	if strings.TrimSpace(made.title) == "" {
		made.title = firstLine(made.text)
	}
	return func(yield func(*format.Article, error) bool) {
		yield(&format.Article{
			Place: format.Place{File: "pasted text"}, Title: strings.TrimSpace(made.title), Publisher: strings.TrimSpace(made.source),
			Author: strings.TrimSpace(made.author), Published: strings.TrimSpace(made.date), Text: made.text,
		}, nil)
	}
}

// Draft is an article that was typed and not added yet.
type Draft struct {
	kept pasted
	is   bool
}

// keep holds on to what a person changed in the dialog; what only came from the
// clipboard is there still.
func (f *Draft) keep(now, began pasted) {
	if f != nil {
		f.kept, f.is = now, now != began && now != pasted{}
	}
}

func (f *Draft) drop() {
	if f != nil {
		*f = Draft{}
	}
}

// Paste shows the dialog that makes an article of text: of the draft, if there is
// one, else of the clipboard. A first line that stands alone is taken for the
// title.
func Paste(o Options, clipboard string) *Dialog {
	d := newDialog(o)
	var fresh pasted
	fresh.title, fresh.text = splitTitle(clipboard)
	began := fresh
	if o.Draft != nil && o.Draft.is {
		began = pasted{} // a draft stays one, though nothing is added to it
		kept := o.Draft.kept
		d.pasting = &kept
		d.clipboard = &fresh
	} else {
		d.pasting = &fresh
	}
	stop := d.sheet.OnClose
	d.sheet.OnClose = func() {
		stop()
		if d.state != finished {
			o.Draft.keep(*d.pasting, began)
		}
	}
	d.pasteForm()
	focus := fyne.Focusable(d.button.Surface)
	if strings.TrimSpace(d.pasting.text) == "" || d.clipboard != nil { // there is more to write
		focus = d.from
	}
	d.sheet.Open(focus)
	return d
}

// firstLine is the first line of a text that is not blank, at most 80 characters
// of it, cut at a word: the title of an article that was given none.
func firstLine(s string) string {
	const most = 80 // characters
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return text.Brief(line, most)
}

// splitTitle takes the first line off a text if it is short and followed by a
// blank one.
func splitTitle(s string) (title, rest string) {
	const longest = 160 // characters
	s = strings.TrimLeft(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	first, after, found := strings.Cut(s, "\n")
	if !found || !strings.HasPrefix(strings.TrimLeft(after, " \t"), "\n") || len([]rune(first)) > longest || strings.TrimSpace(first) == "" {
		return "", s
	}
	return strings.TrimSpace(first), strings.TrimLeft(after, " \t\n")
}

func (d *Dialog) pasteForm() {
	d.summary = line("", theme.Dim)
	d.preview = container.NewStack()
	field := func(hint string, value *string) *widgets.Field {
		f := widgets.NewField(hint)
		f.Put(*value)
		f.OnChanged = func(s string) {
			*value = s
			d.check()
		}
		f.OnEnter = d.done
		return f
	}
	body := widgets.NewNote("Paste or type the text of the article", 11)
	body.Put(d.pasting.text)
	body.OnChanged = func(s string) {
		d.pasting.text = s
		d.check()
	}
	d.from = body
	d.title = field("", &d.pasting.title)
	d.rows = widgets.NewColumn(6,
		sheet.NewRow("Title", d.title),
		sheet.NewRow("Source", field("who published it", &d.pasting.source)),
		sheet.NewRow("Author", field("", &d.pasting.author)),
		sheet.NewRow("Date", field("2026-03-04, or as the article has it", &d.pasting.date)),
	)
	d.rows.Add(container.NewStack()) // the question of the date's order, should it come up
	buttons := []fyne.CanvasObject{nil, widgets.NewBorderedButton("Cancel", d.cancel), d.primary(d.startPaste)}
	if d.clipboard != nil && strings.TrimSpace(d.clipboard.text) != "" {
		buttons = append([]fyne.CanvasObject{widgets.NewBorderedButton("Take the clipboard instead", d.takeClipboard)}, buttons...)
	}
	d.put(page("Paste an article", d.summary, widgets.NewColumn(10, d.rows, body, d.preview), widgets.NewRow(10, buttons...)))
	d.check()
}

// takeClipboard begins anew, in the place of the draft.
func (d *Dialog) takeClipboard() {
	d.pasting, d.clipboard = d.clipboard, nil
	d.pasteForm()
	d.sheet.Canvas().Focus(d.from)
}

// check says how long the text is and whether it can be imported.
func (d *Dialog) check() {
	text := strings.TrimSpace(d.pasting.text)
	d.ready("Add the article", text != "")
	if hint := firstLine(text); d.title.PlaceHolder != hint {
		d.title.SetPlaceHolder(hint)
	}
	if text == "" {
		d.say("There is no text yet: paste or type it below.")
		return
	}
	words := sheet.Count(utf8.RuneCountInString(text), "character", "characters")
	if d.clipboard != nil {
		words += " · your draft from before"
	}
	d.say(words)
}

// startPaste adds the article, unless something must be asked first.
func (d *Dialog) startPaste() {
	if d.button.Off {
		return
	}
	d.ready("Adding …", false)
	sheet.Start(&d.work, d.runImport(false), func(sheet.Progress) {}, func(r *format.ImportReport, err error) {
		if err != nil {
			d.problem = err
			d.ask(err)
			if d.asked[askDates] {
				d.rows.Objects[len(d.rows.Objects)-1] = d.datesRow()
				d.rows.Refresh()
			}
			d.showPreview()
			d.check()
			d.sheet.Fit()
			return
		}
		if r.Change == "" {
			d.state = finished
			d.o.Draft.drop()
			d.result("Nothing to add", "An article with this very text is in the project already.", nil, nil)
			return
		}
		d.state = finished
		d.o.Draft.drop()
		d.Close()
		if d.o.OnImported != nil {
			d.o.OnImported(r)
		}
		if d.o.OnShow != nil && r.FirstArticle != "" {
			d.o.OnShow(r.FirstArticle)
		}
	})
}
