package schema

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/theme"
	"lede/app/widgets"
)

// keyField shows the key of a label or a relation. Pressed, it waits for another
// one; a key that something else has is shown with its owner before it changes
// hands.
type keyField struct {
	widgets.Surface
	f       *form
	now     string
	fits    func(key string) bool
	owner   func(key string) string // who has the key already, "" for nobody
	command func(key string) string // the command that gives way to it, "" for none
	give    func(key string) error  // "" takes it away

	waiting bool
	got     string // the key that is down
	asked   string // the key whose owner is shown
	inside  *fyne.Container
	note    *widgets.Words // below: whose the key is
}

// newKeyField makes the field of a label's key.
func newKeyField(f *form, a *labels, l annotate.Label) fyne.CanvasObject {
	return f.keyField("key", l.Hotkey, edit.LabelKey,
		func(key string) string {
			for _, o := range a.e.schema().Labels {
				if o.ID != l.ID && strings.EqualFold(o.Hotkey, key) {
					return o.Called()
				}
			}
			return ""
		}, a.e.o.KeyOwner,
		func(key string) error { return a.giveKey(f.of, key) })
}

// keyField makes a field for a key.
func (f *form) keyField(name, now string, fits func(string) bool, owner, command func(string) string, give func(string) error) fyne.CanvasObject {
	k, ok := was[*keyField](f, name)
	if !ok {
		k = &keyField{inside: container.NewStack(), note: widgets.NewParagraph("", theme.SmallSize, 0, theme.Warning)}
		k.Content = k.inside
		k.Color, k.Stroke, k.Radius, k.Pad = theme.Raised, theme.Hairline, theme.SmallRadius, widgets.Even(9, 5)
		k.Least, k.OnTapped = fyne.NewSize(80, 32), k.wait
		k.ExtendBaseWidget(k)
	}
	k.f, k.now, k.fits, k.owner, k.command, k.give, k.Off = f, now, fits, owner, command, give, f.off
	k.say()
	f.name(name, k)
	return widgets.NewColumn(3, k, k.note)
}

// say shows what the field is about now.
func (k *keyField) say() {
	elastic := func(words string, color theme.Name) fyne.CanvasObject {
		return widgets.NewElastic(words, theme.TextSize, color)
	}
	var content fyne.CanvasObject
	k.Stroke = theme.Hairline
	if k.note.Hidden = k.asked == ""; !k.note.Hidden {
		k.note.Width = k.Size().Width
		k.note.SetText(fmt.Sprintf("%s is the key of %s. Enter or another click takes it, Esc leaves it.", strings.ToUpper(k.asked), k.owner(k.asked)))
	}
	switch {
	case k.asked != "":
		k.Stroke = theme.Warning
		content = widgets.NewRow(8, widgets.NewKeyCap(strings.ToUpper(k.asked)), widgets.NewLine("taken", theme.TextSize, theme.Warning))
	case k.waiting:
		k.Stroke = theme.Accent
		content = elastic("Press a key; Delete for none", theme.Accent)
	case k.now == "":
		content = elastic("none", theme.Faint)
	default:
		words := ""
		if k.command != nil {
			if c := k.command(k.now); c != "" {
				words = "instead of “" + c + "”"
			}
		}
		content = widgets.NewStretch(8, 1, widgets.NewKeyCap(strings.ToUpper(k.now)), widgets.NewElastic(words, theme.SmallSize, theme.Dim))
	}
	k.inside.Objects = []fyne.CanvasObject{content}
	k.Refresh()
	if k.f != nil {
		k.f.e.body.Refresh()
		k.f.e.room.Refresh()
	}
}

// wait waits for a key, or takes the one that was asked about.
func (k *keyField) wait() {
	if k.asked != "" {
		k.take(k.asked)
		return
	}
	k.waiting = true
	k.f.e.o.Canvas.Focus(k)
	k.say()
}

func (k *keyField) take(key string) {
	k.waiting, k.asked, k.got = false, "", ""
	if key != k.now {
		k.f.e.fail(k.give(key))
	}
	k.say()
}

func (k *keyField) stop() {
	k.waiting, k.asked, k.got = false, "", ""
	k.say()
}

// TypedKey is for Fyne. Digits are keys of the digit row, whatever the layout types
// there.
func (k *keyField) TypedKey(e *fyne.KeyEvent) {
	switch {
	case (k.waiting || k.asked != "") && e.Name == fyne.KeyEscape:
		k.stop()
	case k.waiting && (e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace):
		k.take("")
	case k.waiting:
		if name := strings.ToLower(string(e.Name)); k.fits(name) {
			k.got = name
		}
	case e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace:
		k.take("")
	default:
		k.Surface.TypedKey(e)
	}
}

// TypedRune is for Fyne: letters of other scripts are keys too.
func (k *keyField) TypedRune(r rune) {
	if key := strings.ToLower(string(r)); k.waiting && k.got == "" && k.fits(key) {
		k.got = key
	}
}

// KeyUp is for Fyne. The key is taken when it goes up, because until then more
// events of the same press come.
func (k *keyField) KeyUp(e *fyne.KeyEvent) {
	k.Surface.KeyUp(e)
	if !k.waiting || k.got == "" {
		return
	}
	key := k.got
	if k.owner(key) != "" {
		k.waiting, k.got, k.asked = false, "", key
		k.say()
		return
	}
	k.take(key)
}

// FocusLost is for Fyne.
func (k *keyField) FocusLost() {
	k.Surface.FocusLost()
	if k.waiting || k.asked != "" {
		k.stop()
	}
}

// giveKey gives a label a key, and takes it from the one that has it, in one step.
func (a *labels) giveKey(id annotate.ID, key string) error {
	l := a.get(id)
	l.Hotkey = key
	var records []annotate.Record
	for _, o := range a.e.schema().Labels {
		if key != "" && o.ID != l.ID && strings.EqualFold(o.Hotkey, key) {
			o.Hotkey = ""
			records = append(records, o)
		}
	}
	if id == draftID {
		a.e.fail(a.e.o.Session.EditSchema("Take the key from "+titles(records), records...))
		return a.put(l, "")
	}
	return a.e.o.Session.EditSchema("Change the key of "+l.Called(), append(records, l)...)
}

// titles names labels.
func titles(records []annotate.Record) string {
	var all []string
	for _, r := range records {
		if l, ok := r.(annotate.Label); ok {
			all = append(all, l.Called())
		}
	}
	return strings.Join(all, ", ")
}
