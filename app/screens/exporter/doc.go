// Package exporter is the dialog that exports a project: the formats on the
// left, what goes out and what the format cannot hold on the right, before
// anything is written.
//
// Words: the plan (format.Plan) is what an export would write, lose and leave
// out; it is worked out in the background each time something is chosen. A loss
// is something the format has no place for; what is left out is what was not
// chosen. The package imports annotate/format but no format: those that are
// linked in are offered. It never imports storage.
package exporter
