// Package formattest is the suite that every file format must pass.
//
// Conform exports generated projects, with all that is nasty in news texts and in
// the ways of annotating them, imports them into new projects and compares. What the
// format says it holds must come back; what does not come back must be in the loss
// report, to the count, and nothing that came back may be. The suite counts on its
// own: from the records of the source and of what came back, never from the
// format's words.
//
// It also exports twice and compares bytes, plants faults in what was written and
// expects the read-back to find them, cuts and spoils files before reading them,
// cancels, and goes round without the text where the format can.
//
// Fuzz is the body of a format's fuzz target.
//
// A format's test imports the format's package, or format/all, and says in a Case
// what it holds.
package formattest
