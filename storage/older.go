package storage

import (
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// A file of an older version that is opened for reading stays as it is. Views of
// its tables, which only the connection has, add the columns of later versions
// with what they would hold: all that reads need not know of versions.

// takenSince is the version of the file from which histories say what was taken from them.
const takenSince = 7

// added are the columns that came to tables with a version.
var added = []struct {
	version        int
	table, columns string
}{
	{3, "label", "'' AS entity"},
	{3, "attribute", "'' AS description, NULL AS default_value, NULL AS when_values"},
	{3, "relation_type", "'' AS description, '' AS hotkey"},
	{3, "entity", "NULL AS aliases"},
	{4, "annotation_set", "NULL AS accepted"},
	{4, "span", "NULL AS accepted"},
	{4, "relation", "NULL AS accepted"},
	{listedSince, "annotation_set", "(SELECT count(*) FROM main.span p WHERE p.set_id = annotation_set.id) AS spans"},
	{listedSince, "article", "coalesce((SELECT max(o.position) FROM main.op o WHERE o.article = article.id), 0) AS edited"},
	{indexSince, "article", "NULL AS doc"},
	{takenSince, "change", "NULL AS replaced, 0 AS purged"},
}

// addColumns makes the views for a file of the given version; 0 is the newest.
func addColumns(c *sqlite3.SQLiteConn, version int) error {
	var tables []string
	columns := map[string]string{}
	for _, a := range added {
		if version == 0 || version >= a.version {
			continue
		}
		if columns[a.table] == "" {
			tables = append(tables, a.table)
		}
		columns[a.table] += ", " + a.columns
	}
	for _, table := range tables {
		if _, err := c.Exec("CREATE TEMP VIEW "+table+" AS SELECT rowid, *"+columns[table]+" FROM main."+table, nil); err != nil {
			return err
		}
	}
	if version == 0 || version >= indexSince {
		return nil
	}
	_, err := c.Exec("CREATE "+fmt.Sprintf(indexTable, "temp.search"), nil) // nothing is in it: articles are scanned
	return err
}
