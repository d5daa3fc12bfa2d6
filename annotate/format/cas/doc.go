// Package cas is what the formats of UIMA share: the analysis of an article (CAS)
// with its type system, how articles come out of one, and how Lede writes one.
//
// Vocabulary:
//
//   - Document: a CAS as a file has it: feature structures by number, views.
//   - Types: a type system. A type has features; what is below uima.tcas.Annotation
//     has a place in the text (begin, end, in UTF-16 code units).
//   - layer: a type that people annotate with. Tokens, sentences and other things
//     that programs make of every text are none (technical).
//   - Input: one file among others, and what its path tells.
//   - State: what an export needs to know from beginning to end.
//
// Formats cas-json and cas-xmi read and write Documents, webanno-tsv makes one of
// its rows when it reads.
package cas
