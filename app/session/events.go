package session

import "lede/annotate"

// Origin says who made a change that observers hear of.
type Origin int

// A change is Local (made here), Reverted (an undo or redo made here) or Remote
// (another program wrote it).
const (
	Local Origin = iota
	Reverted
	Remote
)

// Event is what observers hear. It is one of the types below.
type Event interface{ event() }

// ArticleOpened: another article, or another annotator's view of it, is shown.
type ArticleOpened struct{ Offset int } // where to begin reading, code points

// Changed: a change was applied to the open article, to the list or to the schema.
type Changed struct {
	Change annotate.Change
	Origin Origin
}

// SelectionChanged: the text selection, the chosen span, the armed label or the
// granularity is another one.
type SelectionChanged struct{}

// ListChanged: the article list must be read anew.
type ListChanged struct{}

// SavedChanged: the number of changes that are not on disk yet is another one.
type SavedChanged struct {
	Pending int
	Saved   annotate.ID // the change that is on disk now, "" for none
}

// Refused: the store refused a change, which was taken back out.
type Refused struct{ Err error }

// AnnotatorChanged: someone else annotates now, or there is a new annotator.
type AnnotatorChanged struct{}

// SchemaChanged: labels, attributes or relation types changed.
type SchemaChanged struct{}

// EntitiesChanged: there are other entities, or others or more spans point at them.
// Stale ones have to be read anew.
type EntitiesChanged struct{ Stale bool }

func (EntitiesChanged) event()  {}
func (ArticleOpened) event()    {}
func (Changed) event()          {}
func (SelectionChanged) event() {}
func (ListChanged) event()      {}
func (SavedChanged) event()     {}
func (Refused) event()          {}
func (AnnotatorChanged) event() {}
func (SchemaChanged) event()    {}
