// Package codebook writes a project's schema for people: the codebook of a paper's
// appendix, as Markdown or as one HTML page. docs/formats/codebook.md says what is in
// it.
//
// Words: a block is a piece of the codebook (heading, paragraph, item of a list,
// guideline); blocks are put together once and written in either way.
package codebook
