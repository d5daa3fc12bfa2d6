// Package cli is Lede without a window: the commands new, import, export and so
// on, for scripts, servers and people who like to type.
//
// A command opens a project through annotate.Projects, does one thing and closes
// it. Its result goes to stdout, everything else to stderr. The exit code is 0
// when it is done, 1 when it failed or found problems, 2 when it was used wrongly;
// tell is the one place in which an error becomes a sentence.
//
// The commands of later issues are known by name (later.go), so that they say so
// instead of being taken for projects.
//
// The package imports neither storage (main hands it in) nor Fyne.
package cli
