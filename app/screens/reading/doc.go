// Package reading is how an article is set, for the one who reads it: the controls
// of text size, line spacing, line length, face, colours and paragraph numbers,
// and the popover "Aa" that holds them. Preferences shows the same controls.
//
// What is changed holds at once and is kept. It knows the settings and no project.
package reading
