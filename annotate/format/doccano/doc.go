// Package doccano reads and writes the JSON lines of doccano: an article a line with
// spans ("label": [[start, end, name]]), with spans and relations ("entities" and
// "relations" with ids), with classes of the whole article, or with spans and classes
// ("entities" and "cats"). A folder has the label types beside the data, as doccano's
// label page takes them.
//
// Offsets are code points. What is written is ASCII alone, because doccano guesses
// the encoding of small files.
package doccano
