// Package quotes writes who said what as a table (CSV): one row for each quote and
// speaker. docs/formats/quotes.md has the columns. Offsets are code points, half-open.
package quotes
