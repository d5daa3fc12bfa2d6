// Package conll reads and writes files in the manner of CoNLL: one token a line with
// its tags, a blank line between sentences.
//
//   - scheme.go turns entities into tags (IOB1, IOB2, BIOES, BILOU) and back.
//   - fit.go chooses the spans that tags can hold: a column of tags holds no overlap.
//   - survey.go goes through a file once and tells its columns and schemes.
//   - rows.go reads sentences, from one file or from one file a label.
//
// docs/formats/conll.md has the rules.
package conll
