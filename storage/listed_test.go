package storage

import (
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/edit"
)

// TestListedColumns: the number of spans and the last change that the list sorts by are
// right after work, undo and redo, also of an import, and a check tells when they are
// not.
func TestListedColumns(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	item := p.annotated("one", "Ada said yes. Ben said no.")
	other := p.annotated("two", "Cem was silent today.")
	set := item.Sets[0].Set.ID
	listed := func(spans int, edited bool) {
		t.Helper()
		var n int
		var position int64
		p.must(p.reader.QueryRowContext(ctx, `SELECT s.spans, a.edited FROM annotation_set s JOIN article a ON a.id = s.article WHERE s.id = ?`,
			string(set)).Scan(&n, &position))
		newest, err := p.Position(ctx)
		p.must(err)
		if n != spans || (position == newest) != edited {
			t.Errorf("%d spans, last change %d of %d; want %d, %v", n, position, newest, spans, edited)
		}
		if problems, err := p.Check(ctx); err != nil || len(problems) > 0 {
			t.Errorf("%v %+v", err, problems)
		}
	}
	listed(1, false)
	span := annotate.Span{ID: p.newID(), Set: set, Label: p.actor.ID, Origin: annotate.OriginManual, Fragments: annotate.Fragments{{Start: 14, End: 17}}}
	tag := annotate.Change{ID: p.newID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Tag", Ops: []annotate.Op{annotate.Create(span)}}
	e := edit.Editor{Env: p.projects.opt.Env, Actor: "ana"}
	apply := func(c annotate.Change) {
		t.Helper()
		_, err := p.Apply(ctx, c)
		p.must(err)
	}
	apply(tag)
	listed(2, true)
	apply(e.Undo(tag))
	listed(1, true)
	apply(e.Redo(tag))
	listed(2, true)
	apply(p.rule())
	listed(2, false)
	apply(annotate.Change{Actor: "ana", Title: "Bin", Ops: []annotate.Op{annotate.Update(
		annotate.ArticleState{ID: other.Article.ID, Presence: annotate.Live}, annotate.ArticleState{ID: other.Article.ID, Presence: annotate.Deleted})}})
	listed(2, false)
	for column, table := range map[string]string{"spans": "annotation_set", "edited": "article"} {
		p.must(execAll(p.writer, "UPDATE "+table+" SET "+column+" = "+column+" + 100"))
		problems, err := p.Check(ctx)
		if err != nil || len(problems) != 1 || !strings.Contains(problems[0].What, "“"+column+"”") {
			t.Errorf("%s is wrong: %v %+v", column, err, problems)
		}
		p.must(execAll(p.writer, "UPDATE "+table+" SET "+column+" = "+column+" - 100"))
	}
}

// TestListUsesIndexes: a page of the list in an order of the articles comes from an
// index, however many articles there are.
func TestListUsesIndexes(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	for by, index := range map[annotate.ArticleSort]string{
		annotate.SortOrder: "article_ord", annotate.SortDate: "article_date", annotate.SortTitle: "article_title", annotate.SortEdited: "article_edited",
	} {
		for _, backwards := range []bool{false, true} {
			q := annotate.ArticleQuery{Annotator: p.ana.ID, Sort: by, Limit: 100, Offset: 500}
			l, err := listArticles(ctx, p.reader, q)
			p.must(err)
			query, args := l.page(q, placeOf(q), backwards)
			plan := p.plan(query, args)
			if !strings.Contains(plan, "SCAN t USING COVERING INDEX "+index) && !strings.Contains(plan, "SCAN t USING INDEX "+index) || strings.Contains(plan, "SCAN t\n") {
				t.Errorf("%q, backwards %v: %s", by, backwards, plan)
			}
			l.beyond(placeOf(q), ">", make([]any, len(placeOf(q))))
			query, args = l.page(q, placeOf(q), backwards)
			if plan := p.plan(query, args); !strings.Contains(plan, "SEARCH t USING") || !strings.Contains(plan, index) {
				t.Errorf("%q, beyond an article: %s", by, plan)
			}
		}
	}
}

// plan is how SQLite goes about a query.
func (p *project) plan(query string, args []any) string {
	p.Helper()
	rows, err := p.reader.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	p.must(err)
	steps, err := collect(rows, func(row scanner) (step string, err error) {
		var id, parent, unused int
		return step, row.Scan(&id, &parent, &unused, &step)
	})
	p.must(err)
	return "\n" + strings.Join(steps, "\n") + "\n"
}
