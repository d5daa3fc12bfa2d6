package storage

import (
	"context"

	"lede/annotate"
)

// mostFacets is how many values there are in each list of annotate.Facets.
const mostFacets = 500

// facetsOf reads the texts, and the items of lists of texts, of JSON objects by key.
func facetsOf(from, column string) string {
	return "SELECT DISTINCT m.key, v.value FROM " + from + ", json_each(" + column + `) m,
		json_each(CASE m.type WHEN 'array' THEN m.value ELSE json_array(m.value) END) v
		WHERE ` + column + " IS NOT NULL AND m.type IN ('text', 'array') AND v.type = 'text' AND v.value <> '' ORDER BY 1, 2"
}

// Facets lists what can be asked for in a filter.
func (s *store) Facets(ctx context.Context) (*annotate.Facets, error) {
	f := &annotate.Facets{Meta: map[string][]string{}, Fields: map[string][]string{}}
	for column, list := range map[string]*[]string{"source": &f.Sources, "language": &f.Languages, "author": &f.Authors} {
		rows, err := s.reader.QueryContext(ctx, "SELECT DISTINCT "+column+" FROM live_article WHERE "+column+" <> '' ORDER BY 1 LIMIT ?", mostFacets)
		if err == nil {
			*list, err = collect(rows, func(row scanner) (v string, err error) { return v, row.Scan(&v) })
		}
		if err != nil {
			return nil, explain("list what articles have in", s.shown, err)
		}
	}
	for query, lists := range map[string]map[string][]string{
		facetsOf("live_article t", "t.meta"):                                        f.Meta,
		facetsOf("live_article t JOIN shown_set s ON s.article = t.id", "s.fields"): f.Fields,
	} {
		rows, err := s.reader.QueryContext(ctx, query)
		if err == nil {
			_, err = collect(rows, func(row scanner) (none struct{}, err error) {
				var key, v string
				if err = row.Scan(&key, &v); err == nil && len(lists[key]) < mostFacets {
					lists[key] = append(lists[key], v)
				}
				return none, err
			})
		}
		if err != nil {
			return nil, explain("list what articles have in", s.shown, err)
		}
	}
	return f, nil
}
