package annotest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// Dump writes down all that a store shows, one fact a line, so that two stores
// can be compared. What differs between copies of a project (replica and clock)
// is left out.
func Dump(ctx context.Context, s annotate.Store) ([]string, error) {
	d := &dumper{ctx: ctx, s: s}
	for _, step := range []func() error{d.schema, d.people, d.articles, d.documents, d.stats, d.history} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return d.lines, nil
}

// Diff shows the first lines in which two dumps differ; "" for none.
func Diff(want, got []string) string {
	for i := range max(len(want), len(got)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(nothing)"
		}
		if w, g := line(want), line(got); w != g {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, w, g)
		}
	}
	return ""
}

type dumper struct {
	ctx   context.Context
	s     annotate.Store
	lines []string
}

func (d *dumper) add(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

func (d *dumper) record(r annotate.Record) string {
	if r == nil {
		return "none"
	}
	raw, err := annotate.EncodeRecord(r)
	if err != nil {
		return err.Error()
	}
	return string(r.RecordKind()) + " " + string(raw)
}

func (d *dumper) schema() error {
	schema, err := d.s.Schema(d.ctx)
	if err != nil {
		return err
	}
	d.add("schema version %d, info %d", schema.Version, d.s.Info().SchemaVersion)
	p := &Project{Labels: schema.Labels, Attributes: schema.Attributes, RelationTypes: schema.RelationTypes, Rules: schema.Rules}
	for _, r := range p.Records() {
		d.add("%s", d.record(r))
	}
	return nil
}

func (d *dumper) people() error {
	annotators, err := d.s.Annotators(d.ctx)
	if err != nil {
		return err
	}
	entities, err := d.s.Entities(d.ctx)
	if err != nil {
		return err
	}
	p := &Project{Annotators: annotators, Entities: entities}
	for _, r := range p.Records() {
		d.add("%s", d.record(r))
	}
	return nil
}

// articles lists the live ones and the bin as each annotator sees them.
func (d *dumper) articles() error {
	annotators, err := d.s.Annotators(d.ctx)
	if err != nil {
		return err
	}
	for _, presence := range []annotate.Presence{annotate.Live, annotate.Deleted} {
		for _, a := range append(annotators, annotate.Annotator{}) {
			q := annotate.ArticleQuery{Annotator: a.ID, Presence: presence}
			rows, err := d.s.Articles(d.ctx, q)
			if err != nil {
				return err
			}
			count, err := d.s.Count(d.ctx, q)
			if err != nil {
				return err
			}
			d.add("%s of %q: %d %v %d", presence, a.Name, count.Total, count.Status, count.Flagged)
			for _, r := range rows {
				d.add("row %s | %s %q %d", d.record(r.Article), r.Status, r.Flag, r.Spans)
			}
		}
	}
	return nil
}

func (d *dumper) documents() error {
	for doc, err := range d.s.Documents(d.ctx, annotate.DocumentQuery{}) {
		if err != nil {
			return err
		}
		d.document(doc)
		alone, err := d.s.Document(d.ctx, doc.Article.ID)
		if err != nil {
			return err
		}
		streamed := slices.Clone(d.lines)
		d.lines = nil
		d.document(alone)
		if !slices.Equal(streamed[len(streamed)-len(d.lines):], d.lines) {
			d.add("document %s is another one alone than in the stream", doc.Article.ID)
			d.lines = append(streamed, d.lines...)
			continue
		}
		d.lines = streamed
	}
	return nil
}

func (d *dumper) document(doc *annotate.Document) {
	d.add("document %s %q", d.record(doc.Article), doc.Text.String())
	for _, set := range doc.Sets {
		d.add("  %s by %s", d.record(set.Set), d.record(set.Annotator))
		for _, sp := range set.Spans {
			d.add("    %s = %q", d.record(sp), doc.Text.Quote(sp.Fragments))
		}
		for _, r := range set.Relations {
			d.add("    %s", d.record(r))
		}
	}
}

func (d *dumper) stats() error {
	stats, err := d.s.Stats(d.ctx)
	if err != nil {
		return err
	}
	d.add("stats %d %d %d labels %v status %v annotators %v",
		stats.Articles, stats.Spans, stats.Relations, stats.Labels, stats.Status, stats.Annotators)
	return nil
}

func (d *dumper) history() error {
	position, err := d.s.Position(d.ctx)
	if err != nil {
		return err
	}
	d.add("position %d", position)
	changes, err := d.s.History(d.ctx, annotate.HistoryQuery{StackedOnly: true})
	if err != nil {
		return err
	}
	first, err := d.s.History(d.ctx, annotate.HistoryQuery{Limit: 1})
	if err != nil {
		return err
	}
	if len(first) > 0 && first[0].Replaced != nil {
		r := *first[0].Replaced
		first[0].ID = "" // that of the creation, which every store names itself
		d.add("begins with %s after %d of %v, schema %d", d.change(first[0]), r.Changes, r.Actors, r.Schema)
	}
	for _, c := range changes {
		d.add("%s", d.change(c))
	}
	return nil
}

func (d *dumper) change(c annotate.Change) string {
	ops := make([]string, len(c.Ops))
	for i, op := range c.Ops {
		ops[i] = fmt.Sprintf("%s %s: %s -> %s", op.Kind, op.ID, d.record(op.Before), d.record(op.After))
	}
	purged := ""
	if c.Purged > 0 {
		purged = fmt.Sprintf(" purged=%d", c.Purged)
	}
	return fmt.Sprintf("change %d %d %s %s %s %q article=%s undoes=%s redoes=%s%s [%s]",
		c.Position, c.Seq, c.ID, c.Actor, c.Cause, c.Title, c.Article, c.Undoes, c.Redoes, purged, strings.Join(ops, "; "))
}
