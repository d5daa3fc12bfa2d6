// Package gliner reads and writes training data of GLiNER: a JSON list of records with
// words, entities on these (the end is the last word, not the one behind it), and
// relations between entities.
//
// docs/formats/gliner.md has the rules.
package gliner
