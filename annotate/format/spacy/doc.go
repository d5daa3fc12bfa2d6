// Package spacy reads and writes spaCy's DocBin: the .spacy files that spaCy trains on.
//
// A DocBin is a compressed map (msgpack) in which each section has the share of all
// documents: first the tokens of all, then the strings of all, and so on. Both
// directions keep the sections in temporary files, so that memory does not grow with
// the number of articles.
//
//   - hash.go is how spaCy numbers strings.
//   - fit.go lays spans on tokens: doc.ents (no overlaps) and the span group "sc".
//   - sections.go and docs.go take a DocBin apart.
//
// docs/formats/spacy.md has the rules.
package spacy
