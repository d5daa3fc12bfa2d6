// Package restore is the screen on which a project goes back to a backup: the backups on
// the left, newest first, and beside them what going back to the chosen one would
// change. What they hold and how they differ is found out while the screen is there.
//
// It knows no store: it is told by functions, and what is meant is done by its owner.
package restore
