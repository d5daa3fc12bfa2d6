// Package warnings is the list below the text of what the codebook would object to:
// the warnings of the open article, which follow every change, or those of the whole
// project, which are looked for in the background.
//
// The list is no dialog: it stays while things are mended. It changes nothing itself
// but says, through the session, that a warning is no problem in its place.
package warnings
