// Package litbank reads the layers of LitBank, a corpus of fiction: entities in
// nested columns, events, mentions and their chains, quotations and their speakers.
// docs/formats/litbank.md has the rules.
package litbank
