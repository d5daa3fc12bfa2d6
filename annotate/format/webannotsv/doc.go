// Package webannotsv reads and writes WebAnno TSV 3.3, a file an article with a row a
// token. Rows become a CAS, so that package cas says what becomes of layers, and a
// CAS becomes rows. docs/formats/webanno-tsv.md has the rules.
//
// Vocabulary, as in the format's own description:
//
//   - unit: a token or a part of one (sub-token); a row.
//   - column: a feature of a layer, or where a relation comes from (BT_), the roles
//     of a slot (ROLE_) or their fillers.
//   - stack: several annotations of a layer on one unit, parted by "|".
//   - id: "[3]" behind a value tells which annotation it is, across rows and stacks.
package webannotsv
