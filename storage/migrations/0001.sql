-- The project file, version 1. Offsets are Unicode code points, half open:
-- substr(text, start + 1, "end" - start). People read the views at the end.

PRAGMA application_id = 0x4C454445; -- "LEDE"

-- Texts are stored once for each sha256 and never change.
CREATE TABLE text (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  text TEXT NOT NULL
) STRICT;

-- A bulk import. What it brought is seen while it is live.
CREATE TABLE import (
  id       TEXT PRIMARY KEY,
  state    TEXT NOT NULL CHECK (state IN ('staged', 'live', 'undone')),
  format   TEXT NOT NULL,
  source   TEXT NOT NULL,
  articles INTEGER NOT NULL,
  sets     INTEGER NOT NULL,
  spans    INTEGER NOT NULL,
  extra    TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE article (
  id            TEXT PRIMARY KEY,
  ref           TEXT NOT NULL CHECK (ref <> ''),
  title         TEXT NOT NULL,
  source        TEXT NOT NULL,
  url           TEXT NOT NULL,
  author        TEXT NOT NULL,
  published     TEXT NOT NULL,
  published_iso TEXT NOT NULL,
  language      TEXT NOT NULL,
  meta          TEXT CHECK (meta IS NULL OR json_valid(meta)),
  text_hash     TEXT NOT NULL REFERENCES text (hash) DEFERRABLE INITIALLY DEFERRED,
  length        INTEGER NOT NULL CHECK (length >= 0),
  intake        INTEGER NOT NULL,
  ord           INTEGER NOT NULL,
  import        TEXT REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
  presence      TEXT NOT NULL DEFAULT 'live' CHECK (presence IN ('live', 'deleted')),
  extra         TEXT CHECK (extra IS NULL OR json_valid(extra)),
  state_extra   TEXT CHECK (state_extra IS NULL OR json_valid(state_extra))
) STRICT;
CREATE INDEX article_ord ON article (ord, id);
CREATE INDEX article_ref ON article (ref);
CREATE INDEX article_text ON article (text_hash);
CREATE INDEX article_import ON article (import);

-- A row that is not live stays for what an undone import left behind (deleted)
-- or is part of an import on its way in (staged).
CREATE TABLE label (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  title       TEXT NOT NULL,
  color       TEXT NOT NULL,
  color_dark  TEXT NOT NULL,
  pattern     TEXT NOT NULL,
  hotkey      TEXT NOT NULL,
  description TEXT NOT NULL,
  guideline   TEXT NOT NULL,
  parent      TEXT NOT NULL,
  ord         INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('staged', 'live', 'deleted')),
  extra       TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE attribute (
  id       TEXT PRIMARY KEY,
  scope    TEXT NOT NULL,
  labels   TEXT CHECK (labels IS NULL OR json_valid(labels)),
  name     TEXT NOT NULL CHECK (name <> ''),
  title    TEXT NOT NULL,
  type     TEXT NOT NULL,
  choices  TEXT CHECK (choices IS NULL OR json_valid(choices)),
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  ord      INTEGER NOT NULL,
  extra    TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE relation_type (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  title       TEXT NOT NULL,
  from_labels TEXT CHECK (from_labels IS NULL OR json_valid(from_labels)),
  to_labels   TEXT CHECK (to_labels IS NULL OR json_valid(to_labels)),
  min         INTEGER NOT NULL,
  max         INTEGER NOT NULL,
  ord         INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('staged', 'live', 'deleted')),
  extra       TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE rule (
  id    TEXT PRIMARY KEY,
  name  TEXT NOT NULL,
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  extra TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE entity (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
  state      TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('staged', 'live', 'deleted')),
  extra      TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

CREATE TABLE annotator (
  id    TEXT PRIMARY KEY,
  name  TEXT NOT NULL CHECK (name <> ''),
  kind  TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('staged', 'live', 'deleted')),
  extra TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;

-- All that one annotator says of one article.
CREATE TABLE annotation_set (
  id        TEXT PRIMARY KEY,
  article   TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  status    TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'done', 'skipped')),
  reason    TEXT NOT NULL,
  flag      TEXT NOT NULL,
  note      TEXT NOT NULL,
  fields    TEXT CHECK (fields IS NULL OR json_valid(fields)),
  import    TEXT REFERENCES import (id) DEFERRABLE INITIALLY DEFERRED,
  extra     TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;
CREATE INDEX annotation_set_article ON annotation_set (article, annotator);
CREATE INDEX annotation_set_import ON annotation_set (import);

-- fragments is the truth: [[start,end],…]. start and "end" are those of the
-- first and the last fragment.
CREATE TABLE span (
  id         TEXT PRIMARY KEY,
  set_id     TEXT NOT NULL REFERENCES annotation_set (id) DEFERRABLE INITIALLY DEFERRED,
  label      TEXT NOT NULL REFERENCES label (id) DEFERRABLE INITIALLY DEFERRED,
  start      INTEGER NOT NULL CHECK (start >= 0),
  "end"      INTEGER NOT NULL,
  fragments  TEXT NOT NULL CHECK (json_valid(fragments)),
  attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
  entity     TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  origin     TEXT NOT NULL,
  note       TEXT NOT NULL,
  extra      TEXT CHECK (extra IS NULL OR json_valid(extra)),
  CHECK (start < "end")
) STRICT;
CREATE INDEX span_set ON span (set_id);

CREATE TABLE relation (
  id         TEXT PRIMARY KEY,
  set_id     TEXT NOT NULL REFERENCES annotation_set (id) DEFERRABLE INITIALLY DEFERRED,
  type       TEXT NOT NULL REFERENCES relation_type (id) DEFERRABLE INITIALLY DEFERRED,
  from_span  TEXT NOT NULL REFERENCES span (id) DEFERRABLE INITIALLY DEFERRED,
  to_span    TEXT NOT NULL REFERENCES span (id) DEFERRABLE INITIALLY DEFERRED,
  attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
  note       TEXT NOT NULL,
  extra      TEXT CHECK (extra IS NULL OR json_valid(extra))
) STRICT;
CREATE INDEX relation_set ON relation (set_id);
CREATE INDEX relation_from ON relation (from_span);
CREATE INDEX relation_to ON relation (to_span);

-- History. A copy of the file in other hands is another replica.
CREATE TABLE replica (
  id           TEXT PRIMARY KEY,
  installation TEXT NOT NULL,
  file         TEXT NOT NULL
) STRICT;
CREATE INDEX replica_place ON replica (installation, file);

CREATE TABLE change (
  position       INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  replica        TEXT NOT NULL REFERENCES replica (id),
  seq            INTEGER NOT NULL CHECK (seq > 0),
  clock          INTEGER NOT NULL, -- milliseconds since 1970 << 16 | counter
  actor          TEXT NOT NULL,
  cause          TEXT NOT NULL,
  title          TEXT NOT NULL,
  article        TEXT NOT NULL,    -- where to look; '' for none
  undoes         TEXT,
  redoes         TEXT,
  schema_version INTEGER NOT NULL, -- after the change
  UNIQUE (replica, seq)
) STRICT;
CREATE INDEX change_clock ON change (clock);
CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX change_redoes ON change (redoes) WHERE redoes IS NOT NULL;

-- before and after are records as JSON of the codec's version; NULL for none.
CREATE TABLE op (
  position INTEGER NOT NULL REFERENCES change (position),
  n        INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  record   TEXT NOT NULL,
  codec    INTEGER NOT NULL,
  before   TEXT,
  after    TEXT,
  article  TEXT, -- the article that the record belongs to
  import   TEXT, -- the import that brought the annotation set that it belongs to
  PRIMARY KEY (position, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX op_record ON op (record, kind, position);
CREATE INDEX op_article ON op (article, position) WHERE article IS NOT NULL;

-- What is there: articles, live or in the bin, and sets that no staged or undone
-- import hides.
CREATE VIEW shown_article AS
  SELECT a.* FROM article a
  WHERE coalesce((SELECT i.state FROM import i WHERE i.id = a.import), 'live') = 'live';
CREATE VIEW live_article AS
  SELECT a.* FROM article a
  WHERE a.presence = 'live'
    AND coalesce((SELECT i.state FROM import i WHERE i.id = a.import), 'live') = 'live';
CREATE VIEW shown_set AS
  SELECT s.* FROM annotation_set s JOIN article a ON a.id = s.article
  WHERE coalesce((SELECT i.state FROM import i WHERE i.id = s.import), 'live') = 'live'
    AND coalesce((SELECT i.state FROM import i WHERE i.id = a.import), 'live') = 'live';

-- For people: sqlite3 project.lede "select * from v_spans".
CREATE VIEW v_articles AS
  SELECT a.ref, a.title, a.source, a.url, a.author, a.published, a.language, a.meta, a.length,
         t.text, a.ord, a.id
  FROM live_article a JOIN text t ON t.hash = a.text_hash
  ORDER BY a.ord, a.id;
CREATE VIEW v_sets AS
  SELECT a.ref AS article, n.name AS annotator, s.status, s.reason, s.flag, s.note, s.fields,
         (SELECT count(*) FROM span p WHERE p.set_id = s.id) AS spans,
         (SELECT count(*) FROM relation r WHERE r.set_id = s.id) AS relations, s.id
  FROM live_article a JOIN shown_set s ON s.article = a.id JOIN annotator n ON n.id = s.annotator
  ORDER BY a.ord, a.id, n.name;
CREATE VIEW v_spans AS
  SELECT a.ref AS article, n.name AS annotator, l.name AS label, p.start, p."end",
         (SELECT group_concat(part, ' ') FROM (
            SELECT substr(t.text, (f.value ->> 0) + 1, (f.value ->> 1) - (f.value ->> 0)) AS part
            FROM json_each(p.fragments) f ORDER BY f.key)) AS text,
         p.fragments, p.attributes, e.name AS entity, p.origin, p.note, p.id
  FROM live_article a JOIN text t ON t.hash = a.text_hash
       JOIN shown_set s ON s.article = a.id JOIN annotator n ON n.id = s.annotator
       JOIN span p ON p.set_id = s.id JOIN label l ON l.id = p.label
       LEFT JOIN entity e ON e.id = p.entity
  ORDER BY a.ord, a.id, n.name, p.start, p."end" DESC, l.name, p.id;
CREATE VIEW v_relations AS
  SELECT a.ref AS article, n.name AS annotator, t.name AS type, r.from_span, r.to_span,
         r.attributes, r.note, r.id
  FROM live_article a JOIN shown_set s ON s.article = a.id JOIN annotator n ON n.id = s.annotator
       JOIN relation r ON r.set_id = s.id JOIN relation_type t ON t.id = r.type
  ORDER BY a.ord, a.id, n.name, r.id;
CREATE VIEW v_history AS
  SELECT position, strftime('%Y-%m-%d %H:%M:%S', (clock >> 16) / 1000, 'unixepoch') AS at,
         actor, cause, title, article, id
  FROM change ORDER BY position;
