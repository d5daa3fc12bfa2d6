package schema

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/migrate"
	file "lede/annotate/schema"
	"lede/app/screens/sheet"
	"lede/app/widgets"
	"lede/assets/schemas"
)

// applying is what is chosen in the sheet that makes the project's schema that of a
// file.
type applying struct {
	e      *Editor
	packs  []*file.File // those that come with Lede
	chosen int          // one of packs, or len(packs) for a file
	path   string
	own    *file.File
	err    error // why the file cannot be taken
	remove bool  // what it lacks
}

// Apply asks for a schema and shows what it would change.
func (e *Editor) Apply() {
	a := &applying{e: e}
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		if f, err := file.Parse(name, raw); err == nil { // a test reads them all
			a.packs = append(a.packs, f)
		}
	}
	e.commit()
	e.ask(&change{title: "Apply a schema", meant: "Apply", rows: a.rows, steps: a.steps, words: a.words, high: 210})
}

func (a *applying) rows(c *change) []fyne.CanvasObject {
	var titles []string
	for _, f := range a.packs {
		titles = append(titles, f.Title)
	}
	which := sheet.NewChoice(c.sheet, append(titles, "A schema file …"), a.chosen, func(i int) {
		a.chosen = i
		c.again()
		c.e.o.Canvas.Focus(c.focus)
	})
	c.focus = which
	rows := []fyne.CanvasObject{sheet.NewRow("Schema", which)}
	if a.chosen == len(a.packs) {
		path := widgets.NewField("a file like codebook.yaml")
		path.Put(sheet.Short(a.path))
		path.OnCommit = func(s string) { a.read(sheet.Long(s)); c.preview() }
		path.OnEnter = c.apply
		browse := widgets.NewBorderedButton("Choose…", func() {
			a.e.o.ChooseFile([]string{".yaml", ".yml"}, func(chosen string) {
				a.read(chosen)
				c.again()
			})
		})
		rows = append(rows, sheet.NewRow("File", widgets.NewStretch(8, 0, path, browse)))
	}
	keep := sheet.NewChoice(c.sheet, []string{"stays in the project", "is deleted"}, map[bool]int{true: 1}[a.remove], func(i int) {
		a.remove = i == 1
		c.preview()
	})
	return append(rows, sheet.NewRow("What it lacks", keep))
}

func (a *applying) read(path string) {
	a.path, a.own, a.err = path, nil, nil
	raw, err := os.ReadFile(path)
	if err == nil {
		a.own, err = file.Parse(filepath.Base(path), raw)
	}
	a.err = err
}

// file is the schema that was chosen, nil if there is none.
func (a *applying) file() *file.File {
	if a.chosen < len(a.packs) {
		return a.packs[a.chosen]
	}
	return a.own
}

func (a *applying) steps() ([]migrate.Step, string) {
	f := a.file()
	switch {
	case a.chosen == len(a.packs) && a.err != nil:
		return nil, fault(a.err)
	case f == nil:
		return nil, "Choose a schema file: one that was exported here, or written by hand."
	}
	var steps []migrate.Step
	for _, s := range migrate.ToFile(a.e.schema(), f, a.e.o.Session.Env(), !a.remove) {
		steps = append(steps, s.Step)
	}
	if len(steps) == 0 {
		return nil, "The schema of the project is that one already."
	}
	return steps, ""
}

// fault says what is wrong with a file, and in which line.
func fault(err error) string {
	var wrong *file.Error
	if errors.As(err, &wrong) && wrong.Line > 0 {
		return fmt.Sprintf("Line %d: %s.", wrong.Line, wrong.Reason)
	}
	return sheet.Sentence(err)
}

// words say what a plan adds, changes and deletes, and what becomes of annotations.
func (a *applying) words(plan *migrate.Plan) []string {
	plan.Title = "Apply the schema " + a.called()
	var said []string
	for _, step := range plan.Steps {
		if t := step.Touched; t.Spans+t.Relations+t.Values+t.Entities+t.InBin > 0 {
			said = append(said, step.Sentences...)
		}
	}
	for _, verb := range []struct {
		word string
		is   func(annotate.Op) bool
	}{
		{"Adds", func(op annotate.Op) bool { return op.Before == nil }},
		{"Changes", func(op annotate.Op) bool { return op.Before != nil && op.After != nil }},
		{"Deletes", func(op annotate.Op) bool { return op.After == nil }},
	} {
		for _, kind := range []struct {
			is        annotate.Kind
			one, many string
		}{
			{annotate.KindLabel, "label", "labels"},
			{annotate.KindAttribute, "attribute", "attributes"},
			{annotate.KindRelationType, "relation", "relations"},
			{annotate.KindRule, "rule", "rules"},
		} {
			var names []string
			for _, op := range plan.Ops {
				if op.Kind == kind.is && verb.is(op) {
					names = append(names, nameOf(op))
				}
			}
			if len(names) > 0 {
				said = append(said, verb.word+" "+sheet.Count(len(names), kind.one, kind.many)+": "+strings.Join(names, ", ")+".")
			}
		}
	}
	return said
}

// called is the schema in the title of a step.
func (a *applying) called() string {
	if a.chosen < len(a.packs) {
		return a.packs[a.chosen].Name
	}
	return filepath.Base(a.path)
}

// nameOf is the name of what an op is about.
func nameOf(op annotate.Op) string {
	if op.After == nil {
		return annotate.NameOf(op.Before)
	}
	return annotate.NameOf(op.After)
}
