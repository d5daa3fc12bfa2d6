// Package typeface holds the fonts of the process: one library of parsed faces and
// one Fyne resource per font, shared by the text view and by all widgets, because
// Fyne caches what it reads and draws by the identity of a resource.
//
// A text asks, in this order: its own face, the sans face, the bundled fonts of
// other scripts, emoji and symbols, the font file that the person named, and the
// fonts of the system. All but the four faces are read when a text needs them.
//
// Start reading at Set. It imports layout, theme, assets/fonts and Fyne. Everything belongs to the main
// goroutine.
package typeface
