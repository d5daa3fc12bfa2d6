// Package storage keeps projects in files: SQLite databases with the extension
// .lede. It implements annotate.Projects and annotate.Store, and nothing above
// it sees SQL.
//
// # Words
//
// A writer is the one connection that writes, readers are those that only read.
// A file is settled when it is exactly one file in rollback-journal mode, as it
// is whenever nobody has it open. The window lock is the advisory lock that
// keeps a second window out, the import lock the one that tells an import that
// is running from the leftovers of one that crashed. A row is shown when no
// staged or undone import hides it; an article is live when it is shown and not
// in the bin.
//
// # How it is laid out
//
// migrations/ holds the tables and the views for people, one file a version.
// conn.go has every setting of a connection, open.go what happens before and
// after, errors.go the sentences for SQLite's codes. apply.go is the one way in
// which anything changes; import.go stages bulk imports. records.go says how each
// kind of record lies in its table. The others read.
//
// # Rules
//
// Never open the project file with anything but SQLite while this process may
// have it open: on POSIX systems closing any descriptor of a file drops every
// lock that the process has on it. The package must not import Fyne, app or
// annotate/edit, and takes the time and identifiers from annotate.Env.
package storage
