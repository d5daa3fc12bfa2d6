// Package backups keeps snapshots of projects without being asked: when one is
// opened, every hour in which it was changed, and before what changes much at once.
//
// Vocabulary:
//
//   - Snapshot: a copy of a project that was made by itself. It is a project like any
//     other, and nothing is made where nothing was done since the newest.
//   - Policy: where snapshots lie and how many stay. Each project has a folder of its
//     own in the place; the newest stay, and of those before them one an hour, a day
//     and a week.
//   - Keeper: the projects of this computer, opened so that they keep snapshots of
//     themselves. It is an annotate.Projects, and whoever opens a project through it,
//     window or command, need not think of snapshots.
//   - Backup: what a project can go back to, a snapshot or a copy that was made by hand.
//   - Difference: what a project has and a backup of it has not, and the other way round.
//
// A snapshot copies one moment of the project beside the work in it, gets its name
// when all of it was read through, and only then may an older one go. What fails is
// told once and stops nothing. The package knows no window and no SQL.
package backups
