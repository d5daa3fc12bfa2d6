package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/annotate/schema"
)

func (a *app) applySchema(ctx context.Context, project string, f schemaFlags) error {
	file, err := readSchema(f.apply)
	if err != nil {
		return err
	}
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		now, err := store.Schema(ctx)
		if err != nil {
			return err
		}
		steps, err := a.applySteps(now, file, f)
		if err != nil {
			return err
		}
		plan, err := migrate.Make(ctx, store, migrate.Options{Env: a.Env}, steps.all()...)
		if err != nil {
			return about(project, err)
		}
		if err := inUse(project, plan, steps); err != nil {
			return err
		}
		if !f.dryRun && !plan.Empty() {
			plan.Title = "Apply the schema " + filepath.Base(f.apply)
			if _, err := store.Apply(ctx, plan.Change(a.Env, a.actor())); err != nil {
				return err
			}
		}
		return a.tellSchema(plan, steps, f)
	})
}

// applyStep is a step from a project's schema to a file's.
type applyStep struct {
	migrate.Step
	asked bool   // by --rename or --delete
	lacks string // what the file lacks, if the step deletes it for that
}

type applySteps []applyStep

func (s applySteps) all() []migrate.Step {
	all := make([]migrate.Step, len(s))
	for i := range s {
		all[i] = s[i].Step
	}
	return all
}

// applySteps are first what was asked for, then what the file says and what it lacks.
func (a *app) applySteps(now *annotate.Schema, file *schema.File, f schemaFlags) (s applySteps, err error) {
	after := now
	ask := func(steps []migrate.Step, err error) error {
		for _, step := range steps {
			s = append(s, applyStep{Step: step, asked: true})
		}
		if err == nil {
			after, err = migrate.After(now, a.Env, s.all()...)
		}
		return err
	}
	for _, r := range f.rename {
		if err := ask(renameSteps(after, r)); err != nil {
			return s, about("--rename "+r, err)
		}
	}
	for _, name := range f.remove {
		if fileHas(file, name) {
			return s, about("--delete "+name, &annotate.Error{
				Kind: annotate.ErrInvalid, Detail: "the file has it.", Hint: "Take it out of the file, or do without --delete.",
			})
		}
		if err := ask(deleteSteps(after, name)); err != nil {
			return s, about("--delete "+name, err)
		}
	}
	for _, step := range migrate.ToFile(after, file, a.Env, false) {
		s = append(s, applyStep{Step: step.Step, lacks: step.Lacks})
	}
	return s, nil
}

// inUse refuses to delete what annotations use and nobody has spoken of, with the
// counts.
func inUse(project string, plan *migrate.Plan, steps applySteps) error {
	var used []string
	for i, step := range steps {
		t := plan.Steps[i].Touched
		n, thing := t.Values, "value"
		switch step.Step.(type) {
		case migrate.DeleteLabel:
			n, thing = t.Spans, "span"
		case migrate.DeleteRelation:
			n, thing = t.Relations, "relation"
		}
		counts := plural(n, thing)
		if t.InBin > 0 {
			counts += fmt.Sprintf(", %d in the bin", t.InBin)
		}
		if step.lacks != "" && n+t.InBin > 0 {
			used = append(used, fmt.Sprintf("%s (%s)", step.lacks, counts))
		}
	}
	if len(used) == 0 {
		return nil
	}
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Op: "schema", Subject: project,
		Detail: "the file lacks what is in use: " + strings.Join(used, ", ") + "; nothing was changed.",
		Hint:   "Keep these in the file, or say what becomes of them with --rename OLD=NEW or --delete NAME.",
	}
}

// about says of an error what it is about.
func about(subject string, err error) error {
	var told *annotate.Error
	if !errors.As(err, &told) || told.Subject != "" {
		return err
	}
	with := *told
	with.Op, with.Subject = "schema", subject
	return &with
}

// schemaReport is what schema --apply --json writes.
type schemaReport struct {
	Added      []string      `json:"added"`
	Changed    []string      `json:"changed"`
	Removed    []string      `json:"removed"`
	Migrations []string      `json:"migrations"` // what happens to annotations, in sentences
	Touched    schemaTouched `json:"touched"`
	DryRun     bool          `json:"dry_run"`
}

type schemaTouched struct {
	Articles         int `json:"articles"`
	Sets             int `json:"sets"`
	Spans            int `json:"spans"`
	Relations        int `json:"relations"`
	Entities         int `json:"entities"`
	Values           int `json:"values"`
	DeletedSpans     int `json:"deleted_spans"`
	DeletedRelations int `json:"deleted_relations"`
	DeletedValues    int `json:"deleted_values"`
	InBin            int `json:"articles_in_bin"`
}

func (a *app) tellSchema(plan *migrate.Plan, steps applySteps, f schemaFlags) error {
	r := schemaReport{Added: []string{}, Changed: []string{}, Removed: []string{}, Migrations: []string{}, DryRun: f.dryRun}
	for _, op := range plan.Ops {
		switch {
		case !op.Kind.OfSchema():
		case op.Before == nil:
			r.Added = append(r.Added, schemaName(op.After))
		case op.After == nil:
			r.Removed = append(r.Removed, schemaName(op.Before))
		default:
			r.Changed = append(r.Changed, schemaName(op.After))
		}
	}
	t := plan.Touched
	r.Touched = schemaTouched{
		t.Articles, t.Sets, t.Spans, t.Relations, t.Entities, t.Values, t.DeletedSpans, t.DeletedRelations, t.DeletedValues, t.InBin,
	}
	for i, step := range steps {
		_, retyped := step.Step.(migrate.RetypeAttribute)
		if step.asked || retyped {
			r.Migrations = append(r.Migrations, plan.Steps[i].Sentences...)
		}
	}
	if f.json {
		return a.asJSON(r)
	}
	if plan.Empty() {
		return a.say("The schema is that of %s already.", f.apply)
	}
	for _, s := range r.Migrations {
		if err := a.say("%s", s); err != nil {
			return err
		}
	}
	verbs := []string{"Added", "Changed", "Removed"}
	if f.dryRun {
		verbs = []string{"Would add", "Would change", "Would remove"}
	}
	for i, list := range [][]string{r.Added, r.Changed, r.Removed} {
		if len(list) > 0 {
			if err := a.say("%s: %s.", verbs[i], strings.Join(list, ", ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// schemaName is what a record of a schema is, for people.
func schemaName(r annotate.Record) string {
	kind := strings.ReplaceAll(string(r.RecordKind()), "_", " ") + " "
	switch r := r.(type) {
	case annotate.Label:
		return kind + r.Name
	case annotate.RelationType:
		return kind + r.Name
	case annotate.Attribute:
		return kind + r.Name
	case annotate.Rule:
		return kind + r.Name
	}
	return kind
}
