// Package facts reads and writes the facts of an article as people type them: title,
// publisher, author, date, language, address, tags, whom it is assigned to, and others
// by name. What is typed is checked, and refused with a sentence.
package facts
