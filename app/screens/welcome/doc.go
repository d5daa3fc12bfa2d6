// Package welcome is what shows when no project is open: the ways to begin, the
// projects that were open, and a place to drop files on.
package welcome
