// Package widgets holds the small parts that Lede's screens are made of: text
// lines in every script, surfaces that can be pressed, chips, tabs, label
// buttons, search and note fields, rows by the hundred thousand, popovers.
//
// A widget has public fields for what it shows and callbacks for what is done to
// it; it knows no session, no store and no schema. Colours are names of package
// theme, looked up at every Refresh, so that light and dark change in place.
//
// Vocabulary: a Surface is a rectangle that may be pressed; a Line is one line
// of text and a Paragraph several, both shaped by app/textview/layout because
// Fyne's own text cannot order right-to-left scripts.
package widgets
