// Package casjson reads and writes UIMA CAS JSON 0.4, the format in which INCEpTION
// exchanges annotated documents: a file an article, with its type system. Package cas
// says what becomes of articles in it, docs/formats/cas-json.md has the rules.
package casjson
