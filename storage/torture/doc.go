// Package torture kills Lede's storage at random points of random work and breaks
// the disk under it, and looks whether anything is lost. It has tests only, for
// Linux.
//
// # Words
//
// A worker is a copy of the test program that opens a project and works on it:
// spans, undo and redo, bulk imports, changes of the schema, the bin, backups, closing and
// opening, bringing old files up to date, compacting the history, purging what is in the bin,
// shrinking the file. It says on its standard output what was
// acknowledged to it. A round is one worker from its start to its end, which is a
// kill. A fault is a call of SQLite to the system that fails, or does half of what
// it should, by testdata/faults.c, which is loaded before the C library, or of Go, by
// testdata/raw.c, for which the kernel holds them. A cut is a kill after which of
// everything that was not synced some is left, some gone and some torn (cut_test.go); it
// covers the names in a folder, too.
//
// Some rounds have two workers on one project, and in some projects the program itself,
// built without its window, does the work by its command line: a command that ended well
// acknowledges what it changed, one that says that it failed must have changed nothing.
//
// After a round everything that was acknowledged must be in the project, op by op;
// a change that was not acknowledged is there as a whole or not at all; Check finds
// nothing; every backup that has its name opens and has what was there before it.
// A compaction or a purge that had no answer is done as a whole or not at all: where the
// history begins, what each change says of purged records, and everything that the project
// shows are held against what the worker said that they would be. Once the file was shrunk, no
// byte of a purged article is in it.
//
// An error that reaches the worker must be a sentence, and the change that it is
// about must not be there.
//
// # How it is laid out
//
// worker_test.go is the worker, tidy_test.go what it gives up, round_test.go a round and what
// is looked at after it, oracle_test.go what must be there, cut_test.go what a power cut leaves, folder_test.go a case of it that SQLite leaves to
// the store, program_test.go the command line, torture_test.go the runs and their report.
// "go test" runs a bounded version, with -short and -race one for the detector of races, which
// looks at the workers, too; "make torture DURATION=1h SEED=1" a long one,
// whose report goes to docs/reliability/torture.md. A seed gives the same rounds
// again; which call a kill meets depends on how the system runs threads, too.
package torture
