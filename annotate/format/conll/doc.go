// Package conll writes CoNLL files in the IOB2 scheme: one token a line, a tab,
// its tag; a blank line between sentences. Tokens are UAX #29 words, cut at the
// borders of spans so that no border is moved; white space is no token.
//
// A tag holds one label: where spans overlap, the longest wins. docs/formats/
// conll.md has the rules.
package conll
