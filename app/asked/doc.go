// Package asked hears from the system which projects a person wants to see.
//
// On Linux and Windows a double click on a project starts Lede with the file's name
// as its argument. On a Mac it starts Lede without one, or turns to the Lede that is
// running already, and says which file it is in an Apple event. GLFW, which owns the
// application's delegate, has no use for that event; this package teaches it one.
//
// Vocabulary: a request is the path of a file that is to be opened. It waits until
// the window has time for it.
//
// The package knows no Fyne and no project: package app does the opening.
package asked
