package session

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/text"
)

// checked is what the schema objects to in the open article, as it was when it was
// last checked.
type checked struct {
	checker *rules.Checker
	schema  *annotate.Schema // that the checker is of
	turn    int              // of what is checked: only the last one counts
	known   bool             // the open article was checked
	found   []rules.Warning  // in the order of the text, accepted ones among them
	bySpan  map[annotate.ID][]int
}

// WarningsChanged: the warnings of the open article are others.
type WarningsChanged struct{}

func (WarningsChanged) event() {}

// Checking is one check of the open article. It is begun and taken on the session's
// goroutine; Run may be called on any other.
type Checking struct {
	article annotate.ID
	turn    int
	checker *rules.Checker
	text    *text.Text
	data    annotate.SetData
	found   []rules.Warning
}

// BeginCheck takes down what is to be checked: the open article as it is now. It is
// nil if there is none.
func (s *Session) BeginCheck() *Checking {
	if s.doc == nil {
		return nil
	}
	if s.checked.schema != s.schema {
		s.checked.schema, s.checked.checker = s.schema, rules.Compile(s.schema)
	}
	s.checked.turn++
	c := &Checking{article: s.doc.Article.ID, turn: s.checked.turn, text: s.doc.Text, data: s.doc.Data()}
	kinds := map[annotate.ID]annotate.Entity{} // the registry belongs to this goroutine
	for _, span := range c.data.Spans {
		if e, ok := s.Entity(span.Entity); ok {
			kinds[span.Entity] = e
		}
	}
	c.checker = s.checked.checker.WithEntities(func(id annotate.ID) (annotate.Entity, bool) {
		e, ok := kinds[id]
		return e, ok
	})
	return c
}

// Run checks.
func (c *Checking) Run() {
	slices.SortFunc(c.data.Relations, func(a, b annotate.Relation) int { return strings.Compare(string(a.ID), string(b.ID)) })
	c.found = c.checker.Check(c.text, c.data)
}

// TakeCheck makes what was found the warnings of the open article, unless another
// check was begun or another article opened meanwhile.
func (s *Session) TakeCheck(c *Checking) {
	if c == nil || s.doc == nil || c.article != s.doc.Article.ID || c.turn != s.checked.turn {
		return
	}
	first := !s.checked.known
	s.checked.known = true
	s.putWarnings(c.found, first)
}

// forgetWarnings lets go of what is about another article.
func (s *Session) forgetWarnings() {
	s.checked.turn++
	s.checked.known = false
	s.putWarnings(nil, false)
}

func (s *Session) putWarnings(found []rules.Warning, anyway bool) {
	if !anyway && slices.Equal(found, s.checked.found) {
		return
	}
	s.checked.found, s.checked.bySpan = found, map[annotate.ID][]int{}
	for i, w := range found {
		if w.Span != "" {
			s.checked.bySpan[w.Span] = append(s.checked.bySpan[w.Span], i)
		}
	}
	s.tell(WarningsChanged{})
}

// Checked says whether the open article was checked since it was opened.
func (s *Session) Checked() bool { return s.checked.known }

// Warnings are those of the open article in the order of the text, those about the
// article as a whole last; accepted ones are among them.
func (s *Session) Warnings() []rules.Warning { return s.checked.found }

// WarningsOf are the warnings about a span, accepted ones among them; those about the
// fields of the article for "".
func (s *Session) WarningsOf(span annotate.ID) []rules.Warning {
	var found []rules.Warning
	if span == "" {
		for _, w := range s.checked.found {
			if w.Span == "" {
				found = append(found, w)
			}
		}
		return found
	}
	for _, i := range s.checked.bySpan[span] {
		found = append(found, s.checked.found[i])
	}
	return found
}

// Accept says that a warning about the open article is no problem in its place, or
// takes that back.
func (s *Session) Accept(w rules.Warning, accepted bool) error {
	if s.doc == nil {
		return nil
	}
	c, err := s.edit.Accept(s.doc, w, accepted)
	if err := s.gesture(c, err); err != nil {
		return err
	}
	// It shows at once: the next check says the same.
	now := slices.Clone(s.checked.found)
	for i := range now {
		if now[i].Span == w.Span && now[i].Relation == w.Relation && now[i].Key() == w.Key() {
			now[i].Accepted = accepted
		}
	}
	s.putWarnings(now, false)
	return nil
}
