// Package schema is the screen in which the schema of a project is edited: labels,
// attributes, relations, document fields, kinds of entities and rules, each in a
// list on the left with a form on the right.
//
// What is changed holds at once and is one step of undo: the article behind shows
// it, there is nothing to apply and nothing to forget. A new thing is a draft until
// it has a name. What would touch annotations (merging labels, deleting values that
// are in use …) shows first what it would do and to how many.
//
// Vocabulary:
//
//   - Area: one of the tabs, with its list and its forms.
//   - Draft: a record that is not in the schema yet.
//   - Use: how many spans, relations or documents have a label or a value.
//
// The package knows the session and, of the window, only callbacks.
package schema
