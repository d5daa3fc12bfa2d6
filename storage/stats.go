package storage

import (
	"context"
	"strings"

	"lede/annotate"
)

// readStats counts in one walk over the annotation sets of live articles. Whether a set
// is shown is asked once for each, not for each of its spans; their labels come in one
// piece and are counted here.
func readStats(ctx context.Context, q queries, stats *annotate.Stats) error {
	const shown = "FROM article a LEFT JOIN annotation_set s ON s.article = a.id AND "
	labels, err := readNames(ctx, q, "SELECT id, name, state = 'live' FROM label")
	if err != nil {
		return err
	}
	for _, l := range labels {
		if l.live {
			stats.Labels[l.name] = 0
		}
	}
	people, err := readNames(ctx, q, "SELECT id, name, 1 FROM annotator")
	if err != nil {
		return err
	}
	live := " WHERE a.presence = 'live' AND " + imported("a")
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM article a"+live).Scan(&stats.Articles); err != nil {
		return err
	}
	const between = "\x1f" // in no id
	rows, err := q.QueryContext(ctx, `SELECT coalesce(s.annotator, ''), coalesce(s.status, 'new'),
		coalesce((SELECT group_concat(p.label, ?) FROM span p WHERE p.set_id = s.id), ''),
		(SELECT count(*) FROM relation r WHERE r.set_id = s.id) `+shown+imported("s")+live, between)
	if err != nil {
		return err
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var annotator, status, of string
		var relations int
		if err := row.Scan(&annotator, &status, &of, &relations); err != nil {
			return none, err
		}
		stats.Status[annotate.Status(status)]++
		stats.Relations += relations
		if of == "" {
			return none, nil
		}
		n := 0
		for label := range strings.SplitSeq(of, between) {
			stats.Labels[labels[label].name]++
			n++
		}
		stats.Spans += n
		stats.Annotators[people[annotator].name] += n
		return none, nil
	})
	return err
}

// named is a label or an annotator, as statistics name it.
type named struct {
	name string
	live bool
}

// readNames finds the names of ids.
func readNames(ctx context.Context, q queries, query string) (map[string]named, error) {
	names := map[string]named{}
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var id string
		var n named
		err = row.Scan(&id, &n.name, &n.live)
		names[id] = n
		return none, err
	})
	return names, err
}
