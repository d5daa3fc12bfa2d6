package annotate

// Article is the facts of one article. Its text is stored apart, once for each
// hash, and never changes under spans.
type Article struct {
	ID     ID     `json:"id"`
	Ref    string `json:"ref"` // the id as imported, unique in the project; a missing one is the ID
	Title  string `json:"title,omitempty"`
	Source string `json:"source,omitempty"` // the publisher
	URL    string `json:"url,omitempty"`
	Author string `json:"author,omitempty"`

	// Published is the date as the file had it; PublishedISO is its ISO 8601
	// prefix in the precision that is known: 2026, 2026-03 or 2026-03-04, or "".
	Published    string `json:"published,omitempty"`
	PublishedISO string `json:"published_iso,omitempty"`

	Language string `json:"language,omitempty"`
	Meta     Values `json:"meta,omitempty"`

	TextHash string `json:"text_hash"`        // sha256 of the stored text, lower-case hex
	Length   int    `json:"length"`           // of the text, in code points
	Intake   int    `json:"intake"`           // version of the intake step (annotate/text)
	Order    int64  `json:"order"`            // project order; 0 on import: the Store appends
	Import   ID     `json:"import,omitempty"` // the import that brought it, "" for none
	Extra    Extra  `json:"-"`
}

// Presence says whether readers see an article.
type Presence string

// An article is live, or deleted (in the bin, its text still there).
const (
	Live    Presence = "live"
	Deleted Presence = "deleted"
)

// ArticleState is the part of an article that is not a fact about it. Its ID is
// the article's.
type ArticleState struct {
	ID       ID       `json:"id"`
	Presence Presence `json:"presence"`
	Extra    Extra    `json:"-"`
}

// ImportState says whether what an import brought is seen.
type ImportState string

// An import is staged while its batches arrive, live once its change is
// written, undone after an undo (its rows stay, unseen, for the redo).
const (
	ImportStaged ImportState = "staged"
	ImportLive   ImportState = "live"
	ImportUndone ImportState = "undone"
)

// Import is one bulk import. Article text is never in history, so undoing an
// import flips this record's state and nothing else.
type Import struct {
	ID       ID          `json:"id"`
	State    ImportState `json:"state"`
	Format   string      `json:"format"`
	Source   string      `json:"source"` // file or folder name without its path
	Articles int         `json:"articles"`
	Sets     int         `json:"sets"`
	Spans    int         `json:"spans"`
	Extra    Extra       `json:"-"`
}
