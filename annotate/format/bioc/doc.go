// Package bioc reads and writes BioC, the exchange format of biomedical text mining,
// as XML and as JSON. docs/formats/bioc.md has the rules.
//
// A file is a collection of documents; a document has passages with their place in
// it, and annotations and relations with infons: any values by name. Lede writes one
// passage an article, and knows whose an annotation is by the infon "annotator".
package bioc
