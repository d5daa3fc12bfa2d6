package find

// Folder folds strings as a search that ignores case does: two strings that match
// as wholes have the same folding. It is not safe for concurrent use.
type Folder struct{ f *folder }

// NewFolder makes a Folder. It learns as it folds: one for many strings is fast.
func NewFolder() *Folder { return &Folder{newFolder(false)} }

// Fold is the folding of a string.
func (f *Folder) Fold(s string) string { return f.f.whole(s) }
