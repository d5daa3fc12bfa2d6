// Package picture is the dialog that saves a passage as a picture (SVG or PNG), or
// its article as a page, with a preview of what comes out. Package figure draws,
// format html writes the page.
package picture
