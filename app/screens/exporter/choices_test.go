package exporter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// fieldsOf are the fields and lists below the link of the choices, by their place.
func (b *bench) open(t *testing.T) (fields []*widgets.Field, lists []*sheet.Choice) {
	t.Helper()
	b.choices.link.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.until("the plan", func() bool { return !b.work.Busy() })
	return b.shown()
}

// shown are the fields and lists on the page.
func (b *bench) shown() (fields []*widgets.Field, lists []*sheet.Choice) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Field:
			fields = append(fields, o)
		case *sheet.Choice:
			lists = append(lists, o)
		case *fyne.Container:
			for _, part := range o.Objects {
				walk(part)
			}
		case fyne.Widget:
			for _, part := range test.WidgetRenderer(o).Objects() {
				walk(part)
			}
		}
	}
	walk(b.right)
	return fields, lists
}

// commit types into a field and leaves it.
func (b *bench) commit(f *widgets.Field, s string) {
	b.t.Helper()
	b.sheet.Canvas().Focus(f)
	f.Put(s)
	f.OnCommit(s)
	b.until("the plan", func() bool { return !b.work.Busy() })
}

// TestLabelsNamesAndParts: what is chosen there goes into the plan and the export, and
// stays when another format is chosen.
func TestLabelsNamesAndParts(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	if page := words(b.right); strings.Contains(page, "Rename") || !strings.Contains(page, "Labels, names and parts…") {
		t.Errorf("at first the page says %q", page)
	}
	b.open(t)
	byHint := map[string]*widgets.Field{}
	look := func() (lists []*sheet.Choice) {
		clear(byHint)
		fields, lists := b.shown()
		for _, f := range fields {
			byHint[f.PlaceHolder] = f
		}
		return lists
	}
	pick := func(title string, key fyne.KeyName) {
		t.Helper()
		for _, l := range look() {
			if l.Titles[0] == title {
				l.TypedKey(&fyne.KeyEvent{Name: key})
				b.until("the plan", func() bool { return !b.work.Busy() })
				look()
				return
			}
		}
		t.Fatalf("there is no list that begins with %q", title)
	}
	look()
	b.commit(byHint["all; or some, with commas between"], "actor, event")
	b.commit(byHint["actor=PER, place=LOC"], "actor=PER")
	if p := b.plan; p == nil || len(p.Labels) != 2 || p.Map["actor"] != "PER" || p.Out.Spans == 0 || p.Out.Spans >= p.In.Spans {
		t.Fatalf("the plan is %+v", b.plan)
	}
	pick("by their names", fyne.KeyEnd)
	b.commit(byHint["no label; or some, with commas between"], "actor")
	pick("where they are marked", fyne.KeyEnd)
	pick("none: all in one", fyne.KeyDown)
	pick("near-duplicates", fyne.KeyEnd)
	b.commit(byHint["1; another number makes another split"], "7")
	p := b.plan
	if p.Split == nil || p.Split.Seed != 7 || p.Split.Threshold != 0 || !p.Anonymised.Annotators || p.Anonymised.Placeholders == 0 || !p.Anonymised.Everywhere {
		t.Fatalf("the plan is %+v", p)
	}
	if page := words(b.verdict); !strings.Contains(page, "Parts: train ") || !strings.Contains(page, "Hidden behind placeholders") || !strings.Contains(page, "of them not marked") {
		t.Errorf("of the plan the page says %q", page)
	}
	if got := b.target(); got != filepath.Join(dir, "strike-jsonl") {
		t.Errorf("a split is offered as %s", got)
	}
	b.done()
	b.until("the export", func() bool { return b.finished != "" })
	raw, err := os.ReadFile(filepath.Join(dir, "strike-jsonl", "train.jsonl"))
	if err != nil || !strings.Contains(string(raw), `"label":"PER"`) || !strings.Contains(string(raw), "annotator-1") || strings.Contains(string(raw), `"label":"quote"`) {
		t.Errorf("train.jsonl holds %.300q, %v", raw, err)
	}
	if page := words(b.right); !strings.Contains(page, filepath.Join("strike-jsonl", "manifest.json")) {
		t.Errorf("afterwards the page says %q", page)
	}
	b.format("conll")
	if o := (format.ExportOptions{}); b.choices.into(&o, b.chosen) != nil || o.Map["actor"] != "PER" || o.Split == nil {
		t.Errorf("with another format the choices are %+v", o)
	}
}

// TestOtherShares: shares with names, and how alike near-duplicates are, are typed.
func TestOtherShares(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	_, lists := b.open(t)
	for _, l := range lists {
		if l.Titles[0] == "none: all in one" {
			l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		}
	}
	b.until("the plan", func() bool { return !b.work.Busy() })
	if page := words(b.verdict); !strings.Contains(page, "Say the shares") || !b.button.Off {
		t.Errorf("without shares the page says %q", page)
	}
	if b.sheet.Canvas().Focused() != b.choices.typed {
		t.Error("the shares cannot be typed at once")
	}
	b.commit(b.choices.typed, "fold1=1, fold2=1")
	var near *widgets.Field
	fields, _ := b.shown()
	for _, f := range fields {
		if strings.Contains(f.PlaceHolder, "three-word sequences") {
			near = f
		}
	}
	b.commit(near, "2")
	if page := words(b.verdict); !strings.Contains(page, "up to 1") || !b.button.Off {
		t.Errorf("of a likeness of 2 the page says %q", page)
	}
	b.commit(near, "0.25")
	if s := b.plan.Split; s == nil || len(s.Parts) != 2 || s.Parts[1].Name != "fold2" || s.Threshold != 0.25 || b.button.Off {
		t.Errorf("the plan is %+v", b.plan)
	}
}

// TestWrongChoicesAreSaid: in the place of the losses, and the button is off.
func TestWrongChoicesAreSaid(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	fields, _ := b.open(t)
	for _, f := range fields {
		switch f.PlaceHolder {
		case "actor=PER, place=LOC":
			b.commit(f, "actor")
			if page := words(b.verdict); !strings.Contains(page, "OLD=NEW") || !b.button.Off {
				t.Errorf("of a wrong mapping the page says %q", page)
			}
			b.commit(f, "aktor=X")
			if page := words(b.verdict); !strings.Contains(page, "no label") || !strings.Contains(page, "actor") {
				t.Errorf("of an unknown label the page says %q", page)
			}
			b.commit(f, "")
			if b.button.Off {
				t.Error("after it is mended nothing can be exported")
			}
			return
		}
	}
	t.Fatal("there is no field to rename labels")
}
