package storage

import "github.com/mattn/go-sqlite3"

// A file of an older version that is opened for reading stays as it is. Views of
// its tables, which only the connection has, add the columns of later versions
// with what they would hold: all that reads need not know of versions.

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
}

// addColumns makes the views for a file of the given version; 0 is the newest.
func addColumns(c *sqlite3.SQLiteConn, version int) error {
	for _, a := range added {
		if version == 0 || version >= a.version {
			continue
		}
		if _, err := c.Exec("CREATE TEMP VIEW "+a.table+" AS SELECT rowid, *, "+a.columns+" FROM main."+a.table, nil); err != nil {
			return err
		}
	}
	return nil
}
