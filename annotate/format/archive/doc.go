// Package archive reads and writes the zip files that many formats are packed in.
//
// Reading is bounded, whatever the file claims: in the number of entries, in the
// bytes that one entry and all together unpack to, and in how much more that may be
// than what is packed. Names that could lead out of a folder, names that are there
// twice, links and encrypted entries are refused with a sentence. Entries are
// streamed; Entry.Source makes one a source of its own, with lines, encodings and
// JSON values.
//
// Writing is deterministic: the same entries give the same bytes.
package archive
