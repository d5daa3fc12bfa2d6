package format

import (
	"io"

	"lede/annotate"
)

// Writer takes fitted articles one at a time, in project order.
type Writer interface {
	Write(a *Article) error
	Close() error
}

// Target makes the files of an export. Names are relative, with slashes; a
// format of one file creates "".
type Target interface {
	Create(name string) (io.WriteCloser, error)
}

// OpenFunc opens a file that was written, by the name it was created with.
type OpenFunc func(name string) (io.ReadCloser, error)

// Job is what a format may know of the export it is part of.
type Job struct {
	Schema   *annotate.Schema
	Entities []annotate.Entity
	People   []annotate.Annotator
	Changes  int64 // in the history
	Binned   int   // articles in the bin, which go out with the Whole alone
	Whole    *Whole
	// Annotators are those whose sets go out, by name.
	Annotators []string
	Settings   Settings
	Out        string // the name that is written to; "" for the standard output
	NoText     bool
	Folder     bool // a folder is written, not one file
	Total      int  // articles in question: at most so many go out
	// Splits are the names of the parts, as train, dev and test, in their order; each
	// article has one of them in its Split. Nil: the data is not split.
	Splits []string
	// Names maps names of the project to what the format can spell, where they
	// differ, as "label my label" → "my_label". It goes into the manifest; formats
	// fill it.
	Names map[string]string
	// State is the format's own memory from FitProject on, e.g. file names taken.
	State any

	losses notes
}

// Lose tells of a loss: a stable kind, a sentence without the number, how many,
// and an example ("" for none).
func (j *Job) Lose(kind, what string, count int, example string) {
	j.losses.add(kind, what, count, example)
}
