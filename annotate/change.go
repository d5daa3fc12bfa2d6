package annotate

import (
	"slices"
	"time"
)

// Kind is a kind of record. The set is closed: a new intent needs no new kind.
type Kind string

// The kinds of records.
const (
	KindArticle      Kind = "article"
	KindArticleState Kind = "article_state"
	KindImport       Kind = "import"
	KindLabel        Kind = "label"
	KindAttribute    Kind = "attribute"
	KindRelationType Kind = "relation_type"
	KindRule         Kind = "rule"
	KindEntity       Kind = "entity"
	KindAnnotator    Kind = "annotator"
	KindSet          Kind = "annotation_set"
	KindSpan         Kind = "span"
	KindRelation     Kind = "relation"
)

// Kinds lists every kind in the order in which records may refer to each other:
// a record refers only to kinds before its own (or its own).
var Kinds = []Kind{
	KindImport, KindArticle, KindArticleState, KindLabel, KindAttribute, KindRelationType,
	KindRule, KindEntity, KindAnnotator, KindSet, KindSpan, KindRelation,
}

// OfSchema says whether records of this kind make up the schema.
func (k Kind) OfSchema() bool {
	return k == KindLabel || k == KindAttribute || k == KindRelationType || k == KindRule
}

// Record is one of the record types: Article, ArticleState, Import, Label,
// Attribute, RelationType, Rule, Entity, Annotator, AnnotationSet, Span,
// Relation, by value.
type Record interface {
	RecordKind() Kind
	RecordID() ID
}

// RecordKind and RecordID make the record types Records.

func (a Article) RecordKind() Kind       { return KindArticle }
func (a Article) RecordID() ID           { return a.ID }
func (a ArticleState) RecordKind() Kind  { return KindArticleState }
func (a ArticleState) RecordID() ID      { return a.ID }
func (i Import) RecordKind() Kind        { return KindImport }
func (i Import) RecordID() ID            { return i.ID }
func (l Label) RecordKind() Kind         { return KindLabel }
func (l Label) RecordID() ID             { return l.ID }
func (a Attribute) RecordKind() Kind     { return KindAttribute }
func (a Attribute) RecordID() ID         { return a.ID }
func (t RelationType) RecordKind() Kind  { return KindRelationType }
func (t RelationType) RecordID() ID      { return t.ID }
func (r Rule) RecordKind() Kind          { return KindRule }
func (r Rule) RecordID() ID              { return r.ID }
func (e Entity) RecordKind() Kind        { return KindEntity }
func (e Entity) RecordID() ID            { return e.ID }
func (a Annotator) RecordKind() Kind     { return KindAnnotator }
func (a Annotator) RecordID() ID         { return a.ID }
func (s AnnotationSet) RecordKind() Kind { return KindSet }
func (s AnnotationSet) RecordID() ID     { return s.ID }
func (s Span) RecordKind() Kind          { return KindSpan }
func (s Span) RecordID() ID              { return s.ID }
func (r Relation) RecordKind() Kind      { return KindRelation }
func (r Relation) RecordID() ID          { return r.ID }

// Op is one record's before and after inside a change. A nil Before creates, a
// nil After deletes.
type Op struct {
	Kind   Kind
	ID     ID
	Before Record
	After  Record
}

// Create is the op that brings a record into being.
func Create(r Record) Op { return Op{Kind: r.RecordKind(), ID: r.RecordID(), After: r} }

// Update is the op that turns before into after; both have the same id.
func Update(before, after Record) Op {
	return Op{Kind: after.RecordKind(), ID: after.RecordID(), Before: before, After: after}
}

// Delete is the op that ends a record.
func Delete(r Record) Op { return Op{Kind: r.RecordKind(), ID: r.RecordID(), Before: r} }

// Inverse undoes the op.
func (o Op) Inverse() Op { return Op{Kind: o.Kind, ID: o.ID, Before: o.After, After: o.Before} }

// Cause says what brought a change about. A model's is "model:<name>".
type Cause string

// The causes.
const (
	CauseManual Cause = "manual"
	CauseImport Cause = "import"
	CauseRule   Cause = "rule"
	CauseMerge  Cause = "merge"
	CauseUndo   Cause = "undo"
	CauseRedo   Cause = "redo"
	CauseCreate Cause = "create" // the project's own beginning; never undone

	CauseBaseline Cause = "baseline" // stands for changes that were given up (Tidier)
	CauseCompact  Cause = "compact"  // gave them up
	CausePurge    Cause = "purge"    // removed articles for good
)

// Stacked says whether changes of the cause take part in undo and redo.
func (c Cause) Stacked() bool {
	return c != CauseCreate && c != CauseBaseline && c != CauseCompact && c != CausePurge
}

// Change is one undoable, durable step. Whoever makes it fills ID, Actor,
// Cause, Title, Article, Undoes, Redoes and Ops; Store.Apply fills the rest.
type Change struct {
	ID      ID
	Actor   string // who did it, not whose opinion it is
	Cause   Cause
	Title   string // the step as the Edit menu and the history name it
	Article ID     // where to look when it is undone or redone; "" for none
	Undoes  ID     // the change that this one takes back
	Redoes  ID     // the change that this one brings back
	Ops     []Op

	Replaced *Replaced // what a change of CauseBaseline stands for; nil for every other
	Purged   int       // how many records it was about that were purged since

	Replica  ID    // the copy of the project in which it was made
	Seq      int64 // counts the changes of the replica, from 1
	Clock    Clock
	Position int64 // commit order in this file, from 1
}

// At is when the change was made, by the clock of the machine that made it.
func (c Change) At() time.Time { return c.Clock.Time() }

// TouchesSchema says whether the change alters the schema.
func (c Change) TouchesSchema() bool { return c.Touches().Schema() }

// Touches says how many records of each kind the change is about.
func (c Change) Touches() Touches {
	t := Touches{}
	for _, op := range c.Ops {
		t[op.Kind]++
	}
	return t
}

// Touches counts the records of a change by their kind.
type Touches map[Kind]int

// Total counts them all.
func (t Touches) Total() int {
	total := 0
	for _, n := range t {
		total += n
	}
	return total
}

// Only says whether there are records, and of these kinds alone.
func (t Touches) Only(kinds ...Kind) bool {
	for k := range t {
		if !slices.Contains(kinds, k) {
			return false
		}
	}
	return len(t) > 0
}

// Schema says whether parts of the schema are among them.
func (t Touches) Schema() bool {
	for k := range t {
		if k.OfSchema() {
			return true
		}
	}
	return false
}
