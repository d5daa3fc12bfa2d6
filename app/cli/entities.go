package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/entity"
)

// entitiesFlags are the flags of lede entities.
type entitiesFlags struct {
	in, out, kind       string
	dryRun, force, json bool
}

func (a *app) entitiesCommand() *cobra.Command {
	var f entitiesFlags
	cmd := &cobra.Command{
		Use:   "entities PROJECT",
		Short: "List a project's actors, events and places, or exchange them as a table",
		Long: `Entities lists the actors, events and places that spans of a project point at, with
the number of spans.

--import FILE takes in an authority list: a CSV file with the column name, and any of
id, kind, aliases (with | between them) and attributes, as wikidata, geonames, lat, lon,
country. A row means the entity with its id; else the one with its Wikidata or GeoNames
code; else the one of its kind and name; else it is new. Cells that say something take
the place of what was there, aliases are added, and nothing is removed. It is one step
that can be undone.

--out FILE writes such a list. docs/entities.md says more.`,
		Example: "  lede entities strike.lede --import places.csv --kind place --dry-run\n  lede entities strike.lede --out actors.csv --kind actor",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.in != "" && f.out != "":
				return misuse(cmd, "--out writes a file and --import reads one; give one of them")
			case f.in != "":
				return a.takeEntities(cmd.Context(), args[0], f)
			}
			return a.entities(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&f.in, "import", "", "authority list to take in; - is the standard input")
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; - is the standard output")
	cmd.Flags().StringVar(&f.kind, "kind", "", "only entities of this kind; with --import, the kind of rows that name none")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace the file that --out names")
	cmd.Flags().BoolVar(&f.json, "json", false, "list or report as JSON")
	a.readsAsOf(cmd, "list or write those of")
	return cmd
}

// entityReport is one line of entities --json.
type entityReport struct {
	ID         annotate.ID     `json:"id"`
	Kind       string          `json:"kind"`
	Name       string          `json:"name"`
	Aliases    []string        `json:"aliases"`
	Attributes annotate.Values `json:"attributes"`
	Uses       int             `json:"uses"`
}

// entities lists or writes what a project has.
func (a *app) entities(ctx context.Context, project string, f entitiesFlags) error {
	var found []entity.Match
	var schema *annotate.Schema
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		all, err := store.Entities(ctx)
		if err != nil {
			return err
		}
		uses, err := store.EntityUses(ctx)
		if err != nil {
			return err
		}
		found = entity.NewIndex(all, uses).Search(entity.Query{Kind: f.kind, ByName: true})
		schema, err = store.Schema(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if f.out != "" {
		return a.writeEntities(project, found, schema, f)
	}
	return a.listEntities(found, f.json)
}

func (a *app) listEntities(found []entity.Match, asJSON bool) error {
	if asJSON {
		list := []entityReport{}
		for _, m := range found {
			e := m.Entity
			r := entityReport{e.ID, e.Kind, e.Name, e.Aliases, e.Attributes, m.Uses}
			if r.Aliases == nil {
				r.Aliases = []string{}
			}
			if r.Attributes == nil {
				r.Attributes = annotate.Values{}
			}
			list = append(list, r)
		}
		return a.asJSON(list)
	}
	var rows [][]string
	for _, m := range found {
		rows = append(rows, []string{strconv.Itoa(m.Uses), m.Entity.Kind, m.Entity.Name, strings.Join(m.Entity.Aliases, "; ")})
	}
	if len(rows) == 0 {
		a.note("There are no entities.")
	}
	return table(a.Stdout, rows)
}

func (a *app) writeEntities(project string, found []entity.Match, schema *annotate.Schema, f entitiesFlags) error {
	all := make([]annotate.Entity, len(found))
	for i, m := range found {
		all[i] = m.Entity
	}
	var raw bytes.Buffer
	if err := entity.WriteList(&raw, all, schema); err != nil {
		return err
	}
	if f.out == "-" {
		_, err := a.Stdout.Write(raw.Bytes())
		return err
	}
	if err := mayReplace("entities", f.out, project, f.force); err != nil {
		return err
	}
	if !f.dryRun {
		err := replace(f.out, func(temp string) error { return fault("entities", f.out, os.WriteFile(temp, raw.Bytes(), 0o644)) })
		if err != nil {
			return err
		}
	}
	if f.json {
		return a.asJSON(map[string]any{"entities": len(all), "out": f.out, "dry_run": f.dryRun})
	}
	return a.say("%s %s to %s.", map[bool]string{false: "Wrote", true: "Would write"}[f.dryRun], plural(len(all), "entity"), f.out)
}

// takeEntities takes an authority list in.
func (a *app) takeEntities(ctx context.Context, project string, f entitiesFlags) error {
	list, err := a.readEntities(f.in)
	if err != nil {
		return err
	}
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		now, err := store.Entities(ctx)
		if err != nil {
			return err
		}
		schema, err := store.Schema(ctx)
		if err != nil {
			return err
		}
		plan, err := entity.Take(list, now, schema, f.kind, a.Env.NewID)
		if err != nil {
			return err
		}
		c, err := plan.Change(list, a.Env, a.actor())
		if err == nil && !f.dryRun {
			_, err = store.Apply(ctx, c)
		}
		if err != nil && !errors.Is(err, annotate.ErrNothing) {
			return err
		}
		return a.tellTaken(list, plan, f)
	})
}

func (a *app) readEntities(path string) (*entity.List, error) {
	if path == "-" {
		return entity.ReadList(os.Stdin, "standard input")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault("entities", path, err)
	}
	return entity.ReadList(bytes.NewReader(raw), filepath.Base(path))
}

// takenReport is what entities --import --json writes.
type takenReport struct {
	Rows    int      `json:"rows"`
	Added   int      `json:"added"`
	Changed int      `json:"changed"`
	Same    int      `json:"same"`
	Notes   []string `json:"notes"`
	DryRun  bool     `json:"dry_run"`
}

func (a *app) tellTaken(l *entity.List, p *entity.Plan, f entitiesFlags) error {
	if f.json {
		return a.asJSON(takenReport{l.Len(), p.Added, p.Changed, p.Same, append([]string{}, p.Notes...), f.dryRun})
	}
	verbs := map[bool][2]string{false: {"Added", "changed"}, true: {"Would add", "change"}}[f.dryRun]
	if err := a.say("%s %s and %s %d; %d had nothing new.", verbs[0], plural(p.Added, "entity"), verbs[1], p.Changed, p.Same); err != nil {
		return err
	}
	for _, note := range p.Notes {
		a.note("%s", note)
	}
	return nil
}
