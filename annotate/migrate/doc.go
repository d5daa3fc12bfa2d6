// Package migrate changes a schema that is in use, and with it everything that is
// annotated by it: labels are renamed, merged, split and deleted, attributes and
// their values renamed, retyped and deleted, relation types renamed, merged and
// deleted.
//
// A Step says one thing to be done. Make plans steps for a project: it streams the
// documents, once for all steps, and says beforehand how many articles, annotation
// sets, spans, relations and values each step touches and what happens to them.
// The ops of a Plan are one annotate.Change: one step of undo.
//
// Steps work one after another: each sees the schema and the annotations as those
// before it left them. Articles in the bin are changed with the others, so that
// they can come back; they are not counted among those that are touched.
//
// What a step says of a label it does wherever the schema names the label: in
// attributes, relation types, rules, parents and conditions.
//
// At rebuilds the schema as it was, from the history.
//
// The package knows no store of its own and no window.
package migrate
