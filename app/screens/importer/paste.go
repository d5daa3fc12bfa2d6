package importer

import (
	"iter"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/format"
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
	return func(yield func(*format.Article, error) bool) {
		yield(&format.Article{
			Place: format.Place{File: "pasted text"}, Title: strings.TrimSpace(made.title), Publisher: strings.TrimSpace(made.source),
			Author: strings.TrimSpace(made.author), Published: strings.TrimSpace(made.date), Text: made.text,
		}, nil)
	}
}

// Paste shows the dialog that makes an article of text. A first line that stands
// alone is taken for the title.
func Paste(o Options, clipboard string) *Dialog {
	d := newDialog(o)
	d.pasting = &pasted{}
	d.pasting.title, d.pasting.text = splitTitle(clipboard)
	d.pasteForm()
	focus := fyne.Focusable(d.button.Surface)
	if strings.TrimSpace(d.pasting.text) == "" {
		focus = d.from
	}
	d.sheet.Open(focus)
	return d
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
	d.rows = widgets.NewColumn(6,
		sheet.NewRow("Title", field("", &d.pasting.title)),
		sheet.NewRow("Source", field("who published it", &d.pasting.source)),
		sheet.NewRow("Author", field("", &d.pasting.author)),
		sheet.NewRow("Date", field("2026-03-04, or as the article has it", &d.pasting.date)),
	)
	d.rows.Add(container.NewStack()) // the question of the date's order, should it come up
	buttons := widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.cancel), d.primary(d.startPaste))
	d.put(page("Paste an article", d.summary, widgets.NewColumn(10, d.rows, body, d.preview), buttons))
	d.check()
}

// check says how long the text is and whether it can be imported.
func (d *Dialog) check() {
	text := strings.TrimSpace(d.pasting.text)
	d.ready("Add the article", text != "")
	if text == "" {
		d.say("The clipboard holds no text.")
		return
	}
	d.say(sheet.Count(utf8.RuneCountInString(text), "character", "characters"))
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
			d.result("Nothing to add", "An article with this very text is in the project already.", nil, nil)
			return
		}
		d.Close()
		if d.o.OnImported != nil {
			d.o.OnImported(r)
		}
		if d.o.OnShow != nil && r.FirstArticle != "" {
			d.o.OnShow(r.FirstArticle)
		}
	})
}
