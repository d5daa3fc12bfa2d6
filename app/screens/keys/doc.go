// Package keys is the dialog in which every command can be given other keys: a
// set for both hands, the left or the right one, and single changes in it. A key
// that another command has is shown with its owner before it is taken away.
//
// It works on the table of package commands and tells the shell after each change;
// it knows no settings and no project.
package keys
