package rules

import (
	"context"
	"iter"
	"slices"

	"lede/annotate"
)

// Scope is where Scan looks.
type Scope struct {
	Annotators []annotate.ID     // whose work; none = everybody's
	Articles   []annotate.ID     // none = the whole project
	Statuses   []annotate.Status // of annotation sets; none = all
	Filter     *annotate.Filter  // of articles, as anyone's; nil = all
}

// Checked is an article that was checked.
type Checked struct {
	Document *annotate.Document
	Warnings [][]Warning // of each set of the document, accepted ones among them
}

// OfProject prepares the schema and the entities of a project.
func OfProject(ctx context.Context, store annotate.Store) (*Checker, error) {
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[annotate.ID]annotate.Entity, len(entities))
	for _, e := range entities {
		byID[e.ID] = e
	}
	c := Compile(schema).WithEntities(func(id annotate.ID) (annotate.Entity, bool) {
		e, ok := byID[id]
		return e, ok
	})
	return c, nil
}

// Scan checks a project article by article, in project order; memory does not grow
// with their number. It ends with the context's error when the context ends.
func (c *Checker) Scan(ctx context.Context, store annotate.Store, s Scope) iter.Seq2[Checked, error] {
	return func(yield func(Checked, error) bool) {
		q := annotate.DocumentQuery{Annotators: s.Annotators, Articles: s.Articles, Filter: s.Filter}
		for doc, err := range store.Documents(ctx, q) {
			if err != nil {
				yield(Checked{}, err)
				return
			}
			done := Checked{Document: doc}
			for _, set := range doc.Sets {
				var found []Warning
				if len(s.Statuses) == 0 || slices.Contains(s.Statuses, set.Set.Status) {
					found = c.Check(doc.Text, set)
				}
				done.Warnings = append(done.Warnings, found)
			}
			if !yield(done, nil) {
				return
			}
		}
	}
}
