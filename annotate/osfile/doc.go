// Package osfile has what systems do differently about files that another program has
// open. On Windows such a file can neither be replaced nor, often, be read: a table that
// is open in a spreadsheet; and for a moment every new file, which a virus scanner reads.
//
// Whoever gives a finished file its name does so by Rename; whoever tells an error asks
// InUse, Broken and ReadOnly, for which systems have their own numbers. The package imports nothing of ours.
package osfile
