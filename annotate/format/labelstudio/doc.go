// Package labelstudio reads and writes the tasks of Label Studio: a JSON list of
// tasks with annotations and predictions, and the labeling configuration (XML) that
// belongs to them.
//
// Vocabulary:
//
//   - region: a span in Label Studio, one range with an id. A split span is written as
//     a region for each fragment, with ids X, X#2, X#3.
//   - control: a tag of the configuration that makes results: labels, choices and so
//     on. An attribute of spans is a control with perRegion, a document field one
//     without.
//   - extras: what has no control, as JSON in the region's meta, or for an article in
//     a text area called "lede".
//
// Offsets are code points; each "\r" and each "\n" is one.
package labelstudio
