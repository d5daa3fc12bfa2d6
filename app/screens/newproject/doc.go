// Package newproject is the dialog that makes a project: the packs (schemas that
// ship with Lede) on the left, with a schema file of one's own as the last; name,
// folder and what the chosen pack brings on the right.
//
// The package reads schema files and knows no store: Options.Create makes the
// project.
package newproject
