// Package told is the one place that turns an error into what people read: a title, a
// sentence and a hint, in the window and on the command line; and into what may leave the
// computer or lie in a log: its kind, its codes and where in the code it was, but no word
// of an article, no name and no path.
package told
