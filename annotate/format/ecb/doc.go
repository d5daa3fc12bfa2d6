// Package ecb reads the EventCorefBank+ (ECB+) and what is made like it, as XML:
// words with numbers, markables of words, and chains of markables that are the same,
// also across articles. docs/formats/ecb+.md has the rules.
package ecb
