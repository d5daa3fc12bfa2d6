package migrate

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/schema"
)

// FileStep is a step from a project's schema towards that of a file.
type FileStep struct {
	Step
	Lacks string // what the file lacks, if the step deletes it for that: "label actor"
}

// ToFile lists the steps that make a schema that of a file. Things are matched by
// name; values of another type are converted. What the file lacks is deleted or,
// with keep, stays, but for a label's key that the file gives to another one.
func ToFile(now *annotate.Schema, f *schema.File, env annotate.Env, keep bool) []FileStep {
	t := toFile{keep: keep, keys: map[string]bool{}}
	for _, l := range f.Labels {
		t.keys[strings.ToLower(l.Hotkey)] = true
	}
	for _, op := range f.Diff(now, env).Ops {
		switch {
		case op.After == nil:
			t.lacking(op.Before)
		case op.Kind == annotate.KindAttribute && op.Before != nil:
			t.alter(op.Before.(annotate.Attribute), op.After.(annotate.Attribute))
		default:
			t.put(op.After)
		}
	}
	return t.steps
}

type toFile struct {
	keep  bool
	keys  map[string]bool // of the file's labels
	steps []FileStep
}

func (t *toFile) put(r annotate.Record) { t.steps = append(t.steps, FileStep{Step: Put{Record: r}}) }

func (t *toFile) remove(step Step, what string) {
	if !t.keep {
		t.steps = append(t.steps, FileStep{Step: step, Lacks: what})
	}
}

// alter makes an attribute that of the file: values of another type are converted,
// choices that it lacks go, or come after its own.
func (t *toFile) alter(was, is annotate.Attribute) {
	gone := choicesBut(was, is)
	switch {
	case was.Type != is.Type:
		t.steps = append(t.steps, FileStep{Step: RetypeAttribute{Attribute: is.ID, Type: is.Type, Choices: is.Choices}})
	case len(gone) > 0 && t.keep:
		is.Choices = slices.Concat(is.Choices, gone)
	case len(gone) > 0:
		both := was
		both.Choices = slices.Concat(was.Choices, choicesBut(is, was))
		t.put(both)
		for _, c := range gone {
			t.remove(DeleteValue{Attribute: is.ID, Value: c.Name}, "value "+is.Name+"/"+c.Name)
		}
	}
	if !annotate.SameRecord(was, is) {
		t.put(is)
	}
}

// choicesBut are the choices of an attribute that another one lacks.
func choicesBut(a, other annotate.Attribute) (all []annotate.Choice) {
	for _, c := range a.Choices {
		if choice(&other, c.Name) == nil {
			all = append(all, c)
		}
	}
	return all
}

// lacking deletes what the file does not have.
func (t *toFile) lacking(r annotate.Record) {
	switch r := r.(type) {
	case annotate.Label:
		t.remove(DeleteLabel{Label: r.ID}, "label "+r.Name)
		if t.keep && r.Hotkey != "" && t.keys[strings.ToLower(r.Hotkey)] { // two labels cannot have one key
			r.Hotkey = ""
			t.put(r)
		}
	case annotate.RelationType:
		t.remove(DeleteRelation{Type: r.ID}, "relation "+r.Name)
	case annotate.Attribute:
		t.remove(DeleteAttribute{Attribute: r.ID}, "attribute "+r.Name)
	case annotate.Rule:
		t.remove(DeleteRule{Rule: r.ID}, "rule "+r.Name)
	}
}
