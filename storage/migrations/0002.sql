-- Version 2: what words were labelled before. words is a hash of a span's text
-- without case (see words.go), NULL for texts too long to come again. It is kept
-- by the program and belongs to no record: history does not have it.
ALTER TABLE span ADD COLUMN words INTEGER;
CREATE INDEX span_words ON span (words) WHERE words IS NOT NULL;
