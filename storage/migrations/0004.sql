-- Version 4: warnings that somebody said are no problem here: a list of keys of
-- warnings (rules.Warning.Key); NULL for none.
ALTER TABLE annotation_set ADD COLUMN accepted TEXT CHECK (accepted IS NULL OR json_valid(accepted));
ALTER TABLE span ADD COLUMN accepted TEXT CHECK (accepted IS NULL OR json_valid(accepted));
ALTER TABLE relation ADD COLUMN accepted TEXT CHECK (accepted IS NULL OR json_valid(accepted));
