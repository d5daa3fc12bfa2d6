// Package annotate is the domain of Lede: articles, the schema, annotation
// sets with their spans and relations, and the changes that are the only way
// in which any of it changes.
//
// # Words
//
// A project is one file. It holds articles (immutable texts with facts), a
// schema (labels, attributes, relation types, rules), annotators, and for each
// article and annotator an annotation set: spans, relations, document fields, a
// note, a status. A span is one label on one or more fragments of an article's
// text. An entity is an actor, event or place of the real world that spans
// point at.
//
// A change is one undoable, durable step, made of ops; an op is one record's
// before and after. A Store applies changes mechanically and knows no intents;
// package edit turns intents ("tag this") into changes.
//
// # Units
//
// Every offset in this package is a count of Unicode code points, half open,
// into the article's stored text. Other units live in annotate/text only.
//
// # Where to start
//
// change.go says what a change is, store.go what a project can do, validate.go
// which changes are refused. The package imports no Fyne, no SQL and none of its
// own subfolders but annotate/text; it never asks for the time or for randomness
// itself: clocks and identifiers are injected.
package annotate
