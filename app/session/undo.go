package session

import (
	"context"
	"errors"
	"slices"

	"lede/annotate"
	"lede/annotate/edit"
)

func (s *Session) fold(c annotate.Change) {
	if _, known := s.headers[c.ID]; !known {
		s.headers[c.ID] = c
	}
	s.stacks.Fold(c, s.edit.Actor)
}

// refold works the stacks out anew, after a change was refused.
func (s *Session) refold() error {
	history, err := s.store.History(context.Background(), annotate.HistoryQuery{WithoutOps: true, StackedOnly: true})
	if err != nil {
		return err
	}
	s.stacks = edit.Stacks{}
	for _, c := range history {
		s.fold(c)
	}
	return nil
}

// whole is a change of the stacks with its ops.
func (s *Session) whole(ctx context.Context, id annotate.ID) (annotate.Change, error) {
	if c := s.headers[id]; len(c.Ops) > 0 {
		return c, nil
	}
	s.commits.flush()
	found, err := s.store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{id}})
	if err != nil {
		return annotate.Change{}, err
	}
	if len(found) == 0 {
		return annotate.Change{}, annotate.ErrNotFound
	}
	return found[0], nil
}

// comeBackTo opens the article of a change and continues as the annotator whose
// work the change is.
func (s *Session) comeBackTo(ctx context.Context, c annotate.Change) error {
	if c.Article == "" {
		return nil
	}
	s.commits.flush()
	doc, err := s.store.Document(ctx, c.Article)
	if errors.Is(err, annotate.ErrNotFound) {
		return nil // the article itself comes or goes with this change
	}
	if err != nil {
		return err
	}
	whose := s.annotator
	for _, data := range doc.Sets {
		if ofSet(c, data.Set.ID) {
			whose = data.Annotator
		}
	}
	if s.shown.Name != whose.Name || s.annotator.Name != whose.Name {
		s.setAnnotator(whose.Name)
		s.tell(AnnotatorChanged{})
		s.tell(ListChanged{})
	} else if s.doc != nil && s.doc.Article.ID == c.Article {
		return nil
	}
	return s.Open(ctx, c.Article)
}

// ofSet says whether a change touches an annotation set.
func ofSet(c annotate.Change, set annotate.ID) bool {
	for _, op := range c.Ops {
		switch r := latest(op).(type) {
		case annotate.AnnotationSet:
			if r.ID == set {
				return true
			}
		case annotate.Span:
			if r.Set == set {
				return true
			}
		case annotate.Relation:
			if r.Set == set {
				return true
			}
		}
	}
	return false
}

func (s *Session) bulky(c annotate.Change) bool {
	if onlyEntities(c) {
		const many = 1000 // from then on the hand would wait
		return len(c.Ops) > many
	}
	if edit.AsksFirst(c.Cause, c.Touches()) != "" || c.Article == "" {
		return true
	}
	for _, op := range c.Ops {
		switch op.Kind {
		case annotate.KindSpan, annotate.KindRelation, annotate.KindSet, annotate.KindAnnotator, annotate.KindEntity:
		default:
			return true
		}
	}
	return false
}

// foldOnce folds a change that Poll may have seen on disk already.
func (s *Session) foldOnce(c annotate.Change) {
	if !slices.Contains(s.stacks.Undo, c.ID) {
		s.stacks.Fold(c, s.edit.Actor)
	}
}

// reached goes on to a change of this session that is on disk. If others have
// written before it, Poll has to read that first.
func (s *Session) reached(c annotate.Change) {
	if c.Position == s.position+1 {
		s.position = c.Position
	}
}

// explainConflict names the later change that an undo or redo would trample on.
func (s *Session) explainConflict(ctx context.Context, c annotate.Change, cause error) error {
	of := c.Undoes
	if of == "" {
		of = c.Redoes
	}
	if of == "" || !errors.Is(cause, annotate.ErrConflict) && !errors.Is(cause, annotate.ErrInvalid) {
		return cause
	}
	blocked := edit.InTheWay(ctx, s.store, of)
	var told *annotate.Error
	if !errors.As(blocked, &told) {
		if gone := s.canReverse(ctx, of, c.Redoes != ""); gone != nil { // another program was faster
			return gone
		}
		return cause
	}
	told.Err, told.Hint, told.Subject = cause, "Undo that first; View → History shows it.", ""
	return told
}

// reload reads schema, list and article anew after a change that is not of one
// article, or came from elsewhere.
func (s *Session) reload(ctx context.Context, c annotate.Change, origin Origin) error {
	if err := s.loadSchema(ctx); err != nil {
		return err
	}
	s.refreshPeople()
	s.followEntities(c)
	s.tell(SchemaChanged{})
	s.tell(AnnotatorChanged{})
	s.tell(ListChanged{})
	s.tell(Changed{Change: c, Origin: origin})
	if s.doc == nil {
		return nil
	}
	if _, _, err := s.store.Article(ctx, s.doc.Article.ID); err != nil {
		s.doc = nil
		s.forgetWarnings()
		s.choose("")
		s.tell(ArticleOpened{})
		return nil
	}
	return s.reopen(ctx)
}

// reveal chooses what an undo or redo brought back, or selects where it was. Of a
// relation that is gone it chooses the beginning.
func (s *Session) reveal(c annotate.Change) {
	if c.Article == "" || s.doc == nil {
		return
	}
	for _, op := range c.Ops {
		var span annotate.Span
		if r, ok := op.After.(annotate.Span); ok {
			span = r
		} else if r, ok := op.Before.(annotate.Span); ok {
			span = r
		} else {
			continue
		}
		if now, ok := s.doc.Span(span.ID); ok {
			s.Choose(now.ID)
			return
		}
		if from := s.roleOf(c, span.ID); from != "" { // another role of it may be meant
			s.SelectBeside(from, span.Fragments.Extent())
			return
		}
		s.chosen = ""
		s.Select(span.Fragments.Extent())
		return
	}
	s.revealRelation(c)
}

// revealRelation chooses the relation of a change that is about no span.
func (s *Session) revealRelation(c annotate.Change) {
	for _, op := range c.Ops {
		if op.Kind != annotate.KindRelation {
			continue
		}
		if _, ok := s.doc.Relation(op.ID); ok {
			s.ChooseRelation(op.ID)
		} else if r, ok := op.Before.(annotate.Relation); ok {
			s.Choose(r.From)
		} else if r, ok := op.After.(annotate.Relation); ok {
			s.Choose(r.From)
		}
		return
	}
}

// Poll loads what other programs have written since and tells the observers,
// with Origin Remote.
func (s *Session) Poll(ctx context.Context) error {
	if s.commits.pending > 0 {
		s.late = true // the position may be that of today's last change: nobody would ask again
		return nil
	}
	position, err := s.store.Position(ctx)
	if err != nil {
		return err
	}
	if replaced, err := s.replaced(ctx, position); replaced || err != nil || position <= s.position {
		return err
	}
	changes, err := s.store.History(ctx, annotate.HistoryQuery{After: s.position})
	if err != nil {
		return err
	}
	foreign, mixed := false, false
	for _, c := range changes {
		if c.Cause == annotate.CauseCompact || c.Cause == annotate.CausePurge { // what was known of others may be gone
			s.headers, s.touches, mixed = map[annotate.ID]annotate.Change{}, map[annotate.ID]annotate.Touches{}, true
		}
		s.position = max(s.position, c.Position)
		if s.own[c.ID] {
			if foreign { // what others wrote before it has just been put over it
				mixed = true
				s.replay(c)
			}
			continue
		}
		foreign = true
		s.fold(c)
		if s.bulky(c) {
			if err := s.reload(ctx, c, Remote); err != nil {
				return err
			}
			continue
		}
		s.publish(c, Remote)
	}
	if mixed {
		return s.refold() // steps stand in the order in which they were written
	}
	return nil
}

// replay shows a change of this session once more.
func (s *Session) replay(c annotate.Change) {
	if s.doc != nil && s.doc.Apply(c) {
		s.letGoOfGone()
	}
	s.tell(Changed{Change: c, Origin: Remote})
}
