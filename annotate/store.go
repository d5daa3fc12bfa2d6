package annotate

import (
	"context"
	"iter"

	"lede/annotate/text"
)

// Mode is what a project is opened for.
type Mode int

// The modes. Window takes the advisory lock that keeps a second window out: if
// somebody holds it, the project opens read-only and Info says who. Write is for
// command-line writes, which are ordered by the database alone. Read never
// writes.
const (
	ModeRead Mode = iota
	ModeWrite
	ModeWindow
)

// Projects makes and opens projects. Errors are *Error, of kind ErrExists,
// ErrNotFound, ErrForeign, ErrNewer, ErrDamaged, ErrForbidden, ErrFull or
// ErrBusy.
type Projects interface {
	// Create makes a new project at path, which must not exist, with the given
	// records (a schema, annotators) as its first change.
	Create(ctx context.Context, path, actor string, records []Record) (Store, error)
	Open(ctx context.Context, path string, mode Mode) (Store, error)
	// Restore makes a project what it was when a backup was made, whole or not at all.
	// Nobody may have the project open in a window. The backup itself is only read.
	Restore(ctx context.Context, r Restoring) error
	// Place says what is particular about where a project lies. It opens nothing of it.
	Place(path string) Place
	// Salvage brings all that can still be read of the project at path into a new
	// one at into, which must not exist: records as they were, in a history that
	// begins anew. It appears whole or not at all, and the project at path is only
	// read. What could not be brought is listed, never guessed; nobody may have the
	// project open in a window. news is told how many of how many pages were read;
	// it may be nil.
	Salvage(ctx context.Context, path, into, actor string, news func(done, total int)) (*Salvaged, error)
}

// Restoring says what a project becomes, and where the present stays.
type Restoring struct {
	Project string // where there may be nothing any more
	Backup  string
	// Keep is a path, at which nothing is, for the present; of a damaged project that
	// is its file as it is.
	Keep string
	// Anyway replaces a file that does not look like a project, which may be one
	// whose beginning is destroyed; without, it is an ErrForeign.
	Anyway bool
}

// Info is what a store knows about its file.
type Info struct {
	Path          string
	Replica       ID
	FileVersion   int
	SchemaVersion int
	ReadOnly      bool
	Why           string  // a sentence: why it is read-only; "" otherwise
	AsOf          *Change // the last change that it shows, without its ops; nil = the project as it is now
}

// Store is one open project. It is safe for use by several goroutines. Methods
// that do not find what they are asked for return ErrNotFound.
type Store interface {
	Info() Info
	Close() error
	// TakeOver makes a store writable that was opened for a window while another
	// window had the project, once that one has let it go. False says that it stays as
	// it is. It is cheap enough to be asked every second.
	TakeOver(ctx context.Context) (bool, error)

	Schema(ctx context.Context) (*Schema, error)
	Annotators(ctx context.Context) ([]Annotator, error) // by name
	Entities(ctx context.Context) ([]Entity, error)      // by name

	// EntityUses counts, for each entity that has any, the spans in live articles
	// that point at it. Mentions pages through those spans in project order.
	EntityUses(ctx context.Context) (map[ID]int, error)
	Mentions(ctx context.Context, q MentionQuery) ([]Mention, error)

	// Articles pages through the articles that a query finds, in its order; Count
	// says how many there are for each status of the query's annotator. Facets
	// lists what can be asked for in a filter.
	Articles(ctx context.Context, q ArticleQuery) ([]ArticleRow, error)
	Count(ctx context.Context, q ArticleQuery) (ArticleCount, error)
	Facets(ctx context.Context) (*Facets, error)

	// Search pages through the articles that a query finds, with the places where the
	// words of its filter stand. Words are whole words without case and accents, as
	// annotate/search cuts them; a * continues them. SearchSpans pages through spans
	// by article in project order, then by annotator, then by place in the text;
	// CountSpans says how many there are.
	Search(ctx context.Context, q SearchQuery) ([]Found, error)
	SearchSpans(ctx context.Context, q SpanQuery) ([]Mention, error)
	CountSpans(ctx context.Context, q SpanQuery) (int, error)

	// Article finds a live article and its text. Find lists live articles with a
	// ref or, when ref is "", with a text hash.
	Article(ctx context.Context, id ID) (Article, *text.Text, error)
	Find(ctx context.Context, ref, textHash string) ([]Article, error)

	// Document is a live article with all its annotation sets. Documents streams
	// them in project order from one consistent view of the project; memory does
	// not grow with their number.
	Document(ctx context.Context, id ID) (*Document, error)
	Documents(ctx context.Context, q DocumentQuery) iter.Seq2[*Document, error]

	// Coded tells how words were labelled before. It is as fast in a large project
	// as in a small one.
	Coded(ctx context.Context, q CodedQuery) (*Coded, error)

	// Stats counts over all annotators.
	Stats(ctx context.Context) (*Stats, error)

	// Has says whether a record of the kind exists, or once existed as far as the
	// history goes back: ids are never used twice.
	Has(ctx context.Context, kind Kind, id ID) (bool, error)

	// Apply writes one change durably: when it returns, kill -9 or a power cut
	// loses nothing of it. It returns the change with Replica, Seq, Clock and
	// Position filled in. A change whose Before is not the current record is a
	// *ConflictError, one that breaks the structure an *InvalidError; nothing is
	// written then.
	Apply(ctx context.Context, c Change) (Change, error)

	// BeginImport starts a bulk import. Staged leftovers of one that crashed are
	// removed first.
	BeginImport(ctx context.Context, info Import) (Importer, error)

	// Position is the commit position of the newest change by anyone. It is cheap
	// enough to be asked every second.
	Position(ctx context.Context) (int64, error)
	History(ctx context.Context, q HistoryQuery) ([]Change, error)
	// Touches counts what a change is about without reading it, however large it is.
	Touches(ctx context.Context, change ID) (Touches, error)
	// LastChange is the newest change that touched a record (ErrNotFound: none).
	LastChange(ctx context.Context, kind Kind, id ID) (Change, error)

	// Check reads everything and reports what is wrong: database integrity,
	// foreign keys, Validate over every record, hashes of texts, history that does
	// not add up to the tables.
	Check(ctx context.Context) ([]Problem, error)
	// Backup writes a consistent copy to path, which must not exist.
	Backup(ctx context.Context, path string) error

	Keeper
	Historian
	Tidier
}

// Importer stages articles, invisible to readers, and makes them live in one
// last small transaction. After Commit or Abort it is of no more use; Abort after
// Commit does nothing.
type Importer interface {
	// Define stages schema records, annotators and entities that the import needs,
	// and the deletion or update of records that it replaces: ordinary ops, part of
	// the import's change.
	Define(ctx context.Context, ops []Op) error
	// Add stages a batch of at most 1,000 articles in one durable transaction.
	Add(ctx context.Context, batch []ImportArticle) error
	Commit(ctx context.Context, c Change) (Change, error)
	Abort(ctx context.Context) error
}

// ImportArticle is an article with annotation sets, or, with Known, only further
// sets for the article that is there already.
type ImportArticle struct {
	Article Article
	Text    string // ignored when Known
	Known   bool
	Sets    []SetData
}

// ArticleQuery asks for rows of the article list. The status, flag and counts of
// a row are those of Annotator.
type ArticleQuery struct {
	Annotator ID
	Filter    *Filter  // nil = all
	Names     []string // each must occur, whatever its case, in title, source or ref
	Articles  []ID     // only these; none = all
	// Presence is live or deleted; "" = live, or what Filter says if it asks where
	// an article is (in:bin).
	Presence   Presence
	Sort       ArticleSort
	Descending bool // the other way round, from the last to the first
	Offset     int
	Limit      int // 0 = no limit
	// After and Before look for the next or previous row from an article, in the
	// query's order; with Limit 1 that is "next article", and Count of what stands
	// before an article is its place.
	After, Before ID
}

// ArticleSort is what articles are sorted by. What is equal stays in project order.
type ArticleSort string

// The orders of articles. Titles are compared without case in ASCII; an article
// without title sorts by its ref. The status and the number of spans are those of
// the query's annotator.
const (
	SortOrder  ArticleSort = "" // project order
	SortDate   ArticleSort = "date"
	SortTitle  ArticleSort = "title"
	SortStatus ArticleSort = "status" // in the order of Statuses
	SortSpans  ArticleSort = "spans"
	SortEdited ArticleSort = "edited" // by the newest change of the article by anyone
)

// ArticleSorts lists every order.
var ArticleSorts = []ArticleSort{SortOrder, SortDate, SortTitle, SortStatus, SortSpans, SortEdited}

// ArticleRow is a row of the article list.
type ArticleRow struct {
	Article Article
	Status  Status
	Flag    string
	Spans   int
}

// ArticleCount says how many articles a query finds (its Offset and Limit aside).
type ArticleCount struct {
	Total   int
	Status  map[Status]int
	Flagged int
}

// Facets are values that live articles have, each list by name and at most 500
// long.
type Facets struct {
	Sources   []string
	Languages []string
	Authors   []string
	Meta      map[string][]string // of texts and lists of texts, by key: tags, assigned, …
	Fields    map[string][]string // of document fields, by name
}

// DocumentQuery asks for documents. Annotators limits the sets that come with
// each; none = all. Statuses limits the sets, not the articles.
type DocumentQuery struct {
	Annotators []ID
	Articles   []ID     // none = all
	Presence   Presence // "" = live, or what Filter says if it asks where an article is
	Filter     *Filter  // of articles; nil = all
	Me         ID       // the annotator whose work Filter speaks of; "" = anyone's
}

// HistoryQuery asks for changes in commit order.
type HistoryQuery struct {
	IDs         []ID
	After       int64 // only changes after this position
	Actor       string
	Article     ID
	Limit       int  // 0 = no limit
	Newest      bool // newest first
	WithoutOps  bool
	StackedOnly bool // only what takes part in undo and redo: no project creation, nothing that gave changes up
}

// Stats counts what a project holds.
type Stats struct {
	Articles   int
	Spans      int
	Relations  int
	Labels     map[string]int // every label of the schema, 0 included
	Status     map[Status]int // annotation sets; an article without one counts as new
	Annotators map[string]int // spans by annotator
}

// Problem is something Check found wrong.
type Problem struct {
	Where string // table, article or span
	What  string // a sentence
}
