package storage

import (
	"encoding/binary"
	"strings"

	"lede/annotate/search"
)

// indexed checks the search index of every article that has a number: that it has as
// many words as it should, and one of them where it should be. SQLite's own check of
// the file looks at how the index is made.
func (c *checker) indexed() error {
	if c.version < indexSince {
		return nil
	}
	wrong := 0
	const find = "SELECT EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND docid = ?)"
	err := c.each(`SELECT t.doc, t.title, t.source, t.ref, x.text, d.size FROM article t JOIN text x ON x.hash = t.text_hash
		LEFT JOIN search_docsize d ON d.docid = t.doc WHERE t.doc BETWEEN ? AND ?`, func(row scanner) error {
		var doc int64
		var columns [4]string
		var size []byte
		if err := row.Scan(&doc, &columns[0], &columns[1], &columns[2], &columns[3], &size); err != nil {
			return err
		}
		longest, right := "", true
		for _, s := range columns {
			words := strings.Fields(search.Shadow(s))
			n, used := binary.Uvarint(size)
			right = right && used > 0 && int(n) == len(words)
			size = size[max(used, 0):]
			for _, w := range words {
				if len(w) > len(longest) {
					longest = w
				}
			}
		}
		if right && longest != "" {
			if err := c.q.QueryRowContext(c.ctx, find, `"`+longest+`"`, doc).Scan(&right); err != nil {
				return err
			}
		}
		if !right {
			wrong++
		}
		return nil
	}, firstDoc, lastDoc)
	if wrong > 0 {
		c.add("search", "The search does not find %d articles by their words: the index is not that of their texts. "+
			"It holds nothing that is not elsewhere in the file.", wrong)
	}
	return err
}
