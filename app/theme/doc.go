// Package theme is how Lede looks: colours, fonts and sizes.
//
// Colours have names (Page, Panel, Accent …) and two values, for light and dark;
// canvas objects ask Color for them whenever they are refreshed, so a change of
// the mode needs no rebuilding. A Theme hands the same colours, fonts and sizes
// to Fyne's own widgets.
//
// Vocabulary:
//
//   - Mode: light, dark, or as the system has it.
//   - Name: a colour by its role, never by its value.
//   - Unit: the grid, 8 density-independent pixels; every distance is a multiple
//     or a half of it.
//
// The zoom of the article text is not here: it belongs to the text view.
// The package imports assets/fonts and nothing else of ours.
package theme
