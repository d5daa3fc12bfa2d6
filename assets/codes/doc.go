// Package codes holds the code lists of event coding as CSV files that people can
// read and take along:
//
//   - plover.csv: the types, modes, contexts, sectors and country codes of PLOVER
//     (openeventdata/PLOVER, manual “Draft 2.0”), with quad category and whether a
//     type needs a recipient. Where PLOVER contradicts itself, the file goes by the
//     sections of the manual, as assets/schemas/news.yaml says.
//   - cameo.csv: which PLOVER type the events of a CAMEO code become. A code stands for
//     all that begin with it, unless a longer one is there. A code without a type is
//     dropped by PLOVER, or cannot be told without its next digit.
//   - acled.csv: the types, sub-types, actor codes and precisions of ACLED.
//
// The codes are those of their sources; all titles are our own words. The package
// imports nothing of ours.
package codes
