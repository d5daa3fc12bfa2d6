// Package undo takes steps back and brings them back, for every screen that can: a
// step that is small at once, a large one in the background, below a sheet that keeps
// the hands off until it is written.
//
// Undo is one screen's way to it: which steps it takes, and whether it asks first. The
// package knows the session and no screen.
package undo
