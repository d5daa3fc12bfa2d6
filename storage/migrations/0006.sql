-- Version 6: which words are where. doc is the number of an article in the search
-- index (see index.go, which makes it), NULL until it is there. It is kept by the
-- program and belongs to no record: history does not have it.
ALTER TABLE article ADD COLUMN doc INTEGER;
CREATE INDEX article_doc ON article (doc);
CREATE INDEX span_note ON span (set_id) WHERE note <> '';
