-- Version 5: the article list in any order. spans is how many spans a set has,
-- edited the position of the newest change of an article by anyone, 0 for none.
-- Both are kept by the program and belong to no record: history does not have them.
ALTER TABLE annotation_set ADD COLUMN spans INTEGER NOT NULL DEFAULT 0 CHECK (spans >= 0);
ALTER TABLE article ADD COLUMN edited INTEGER NOT NULL DEFAULT 0 CHECK (edited >= 0);
UPDATE annotation_set SET spans = (SELECT count(*) FROM span p WHERE p.set_id = annotation_set.id);
UPDATE article SET edited = coalesce((SELECT max(o.position) FROM op o WHERE o.article = article.id), 0);

-- The list reads these alone, not the tables: what it shows of an article is read
-- only for those on the page.
DROP INDEX article_ord;
CREATE INDEX article_ord ON article (ord, id, presence, import);
CREATE INDEX article_date ON article (published_iso, ord, id, presence, import);
CREATE INDEX article_title ON article ((CASE title WHEN '' THEN ref ELSE title END) COLLATE NOCASE, ord, id, presence, import);
CREATE INDEX article_edited ON article (edited, ord, id, presence, import);
DROP INDEX annotation_set_article;
CREATE INDEX annotation_set_article ON annotation_set (article, annotator, status, spans, flag, import, id);
DROP INDEX span_set;
CREATE INDEX span_set ON span (set_id, label);
