// Package salvage is the sheet for a damaged project: what is wrong with it in plain
// words, and the ways on: a backup, or a new project with all that can still be read,
// after which it lists what was lost.
//
// It knows no store; what it does is handed in. It imports app/screens/sheet,
// app/widgets, app/theme and the types of annotate.
package salvage
