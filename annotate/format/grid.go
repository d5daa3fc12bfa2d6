package format

import (
	"context"
	"slices"
	"strings"

	"lede/annotate"
)

// Grid is the beginning of a table as it stands in the file, for people who say what
// its columns hold.
type Grid struct {
	Columns []string
	Told    []string   // what each is by its name alone, as ColumnPlan.Fact
	Rows    [][]string // the cells, in the order of Columns
}

// ShowTable reads the first rows of a source of a format with columns, at most as many
// as are wanted. A row that cannot be read ends it: the import says what is wrong.
func ShowTable(ctx context.Context, f *Format, src Source, options map[string]string, rows int) (*Grid, error) {
	s := f.ImportSettings(options)
	names, err := f.ColumnsOf(src, s)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	g := &Grid{Columns: names, Told: make([]string, len(names))}
	texts := names // columns to be tried for the text
	plan := &ColumnPlan{names: names, facts: make([]string, len(names))}
	plan.byName()
	for i := range names {
		g.Told[i] = plan.Fact(i)
	}
	if told, err := src.Columns.Plan(src.At(0), names, s["text-column"]); err == nil {
		texts = slices.Concat(names[told.Text():told.Text()+1], names)
	}
	for _, text := range texts {
		if g.Rows = cells(ctx, f, src, s, names, text, rows); len(g.Rows) > 0 {
			break
		}
	}
	return g, nil
}

// ImportSettings are options of an import with the defaults of those that are not given.
func (f *Format) ImportSettings(options map[string]string) Settings {
	s := Settings{}
	for _, o := range f.Options {
		if o.For != ForImport {
			continue
		}
		s[o.Key] = o.Default
		if v, ok := options[o.Key]; ok {
			s[o.Key] = v
		}
	}
	return s
}

// cells reads rows with every column as a further fact but for one, which must be the
// text: readers give no article without.
func cells(ctx context.Context, f *Format, src Source, s Settings, names []string, text string, most int) [][]string {
	src.Columns = Columns{{"text", text}}
	for _, name := range names {
		if name != text {
			src.Columns = append(src.Columns, Column{metaColumn + name, name})
		}
	}
	var rows [][]string
	for a, err := range f.Read(ctx, src, s) {
		if err != nil || len(rows) == most {
			break
		}
		if a.Aside() {
			continue
		}
		row := make([]string, len(names))
		for i, name := range names {
			if row[i] = cellOf(a.Meta, name); name == text {
				row[i] = a.Text
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// cellOf is a further fact as it stands in a cell: strings without their quotes.
func cellOf(meta annotate.Values, name string) string {
	raw := string(meta[name])
	if strings.HasPrefix(raw, `"`) {
		return JSONString(raw)
	}
	return raw
}
