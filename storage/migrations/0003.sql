-- Version 3: what labels stand for, conditions, defaults and descriptions in the
-- schema, other names of entities, and the way from an entity to its spans.
ALTER TABLE label ADD COLUMN entity TEXT NOT NULL DEFAULT ''; -- kind of entity
ALTER TABLE attribute ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE attribute ADD COLUMN default_value TEXT CHECK (default_value IS NULL OR json_valid(default_value));
ALTER TABLE attribute ADD COLUMN when_values TEXT CHECK (when_values IS NULL OR json_valid(when_values));
ALTER TABLE relation_type ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE relation_type ADD COLUMN hotkey TEXT NOT NULL DEFAULT '';
ALTER TABLE entity ADD COLUMN aliases TEXT CHECK (aliases IS NULL OR json_valid(aliases));
CREATE INDEX span_entity ON span (entity, set_id) WHERE entity IS NOT NULL;

CREATE VIEW v_entities AS
  SELECT e.kind, e.name, e.aliases, e.attributes,
         (SELECT count(*) FROM span p JOIN shown_set s ON s.id = p.set_id JOIN live_article a ON a.id = s.article
          WHERE p.entity = e.id) AS mentions, e.id
  FROM entity e WHERE e.state = 'live' ORDER BY e.name, e.kind, e.id;
