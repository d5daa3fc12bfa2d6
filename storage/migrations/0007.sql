-- Version 7: histories from which something was taken. replaced is what a change
-- stands for with which a compacted history begins (annotate.Replaced as JSON), NULL
-- for every other; purged is how many records of a change were removed for good.
ALTER TABLE change ADD COLUMN replaced TEXT CHECK (replaced IS NULL OR json_valid(replaced));
ALTER TABLE change ADD COLUMN purged INTEGER NOT NULL DEFAULT 0 CHECK (purged >= 0);
