// Package brat reads and writes brat's standoff folders: NAME.txt with NAME.ann
// beside it, annotation.conf and visual.conf. docs/formats/brat.md has the rules.
//
// What brat has no line for but a comment can carry (attributes that are no
// choice from a list) goes into comments of the type LedeAttributes, which brat
// shows and this package reads back. Line breaks inside a fragment split it in
// the file; fragments with nothing but line breaks between them are joined again
// on import. Offsets are code points, half-open.
package brat
