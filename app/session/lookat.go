package session

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lede/annotate"
)

// LookAt shows where a change, with its ops, was made: its article, as the one whose
// annotations it is about sees it, and there what it made, or where that was.
func (s *Session) LookAt(ctx context.Context, c annotate.Change) error {
	s.commits.flush()
	doc, err := s.store.Document(ctx, c.Article)
	if errors.Is(err, annotate.ErrNotFound) {
		return &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "show the change", Detail: "the article is not there any more: it is in the bin, or its import was undone.",
		}
	}
	if err != nil {
		return err
	}
	whose := s.shown
	if i := slices.IndexFunc(doc.Sets, func(d annotate.SetData) bool { return ofSet(c, d.Set.ID) }); i >= 0 {
		whose = doc.Sets[i].Annotator
	}
	other := !strings.EqualFold(whose.Name, s.shown.Name)
	if other {
		s.shown = whose
		s.tell(AnnotatorChanged{})
	}
	if other || s.doc == nil || s.doc.Article.ID != c.Article {
		if err := s.Open(ctx, c.Article); err != nil {
			return err
		}
	}
	s.reveal(c)
	return nil
}
