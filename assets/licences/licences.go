// Package licences has the texts of the licences of what Lede is made of, which ask to
// go with every copy of it. THIRD_PARTY.md has the list; a test at the top of the tree
// (go test -run ThirdParty -update .) writes both.
package licences

import _ "embed"

//go:embed texts.txt
var texts string

// Texts is every text once, below the names of what is under it.
func Texts() string { return texts }
