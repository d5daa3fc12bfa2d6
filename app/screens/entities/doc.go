// Package entities is the screen of the actors, events and places of a project: a
// list of them that is searched while one types, beside it the page of the chosen
// one, with its name, kind, other names and attributes, and all its mentions in
// context. Entities are merged, split and deleted here, and lists of them come in
// and go out.
//
// What is changed in a field holds at once and is one step of undo. What touches the
// spans of many articles runs in the background.
package entities
