package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/entity"
)

// registry is the project's entities in memory. Reading 100,000 of them takes a
// moment, so that it is done in the background; what changes meanwhile waits.
type registry struct {
	index   *entity.Index // nil until the first reading is in
	reading *EntityReading
	waiting []annotate.Change
	lately  []annotate.ID // that spans were linked to, the latest first
}

// EntityReading reads the entities and how often each is used. Read may be called
// on any goroutine; what was read becomes the session's with TakeEntities.
type EntityReading struct {
	store annotate.Store
	index *entity.Index
}

// ReadEntities begins to read the entities anew. A reading that is still going on
// is given up.
func (s *Session) ReadEntities() *EntityReading {
	s.commits.flush() // the store must answer with what is on screen
	s.entities.reading = &EntityReading{store: s.store}
	s.entities.waiting = nil
	return s.entities.reading
}

// Read reads.
func (r *EntityReading) Read(ctx context.Context) error {
	all, err := r.store.Entities(ctx)
	if err != nil {
		return err
	}
	uses, err := r.store.EntityUses(ctx)
	if err != nil {
		return err
	}
	r.index = entity.NewIndex(all, uses)
	return nil
}

// TakeEntities makes what was read the session's, and brings it up to date.
func (s *Session) TakeEntities(r *EntityReading) {
	if r != s.entities.reading || r.index == nil {
		return
	}
	waiting := s.entities.waiting
	s.entities.index, s.entities.reading, s.entities.waiting = r.index, nil, nil
	stale := false
	for _, c := range waiting {
		// It may have been read already. That does no harm to the entities, but spans
		// would count twice.
		ops := slices.DeleteFunc(slices.Clone(c.Ops), func(op annotate.Op) bool { return op.Kind != annotate.KindEntity })
		stale = stale || len(ops) < len(c.Ops)
		r.index.Apply(annotate.Change{Ops: ops})
	}
	s.tell(EntitiesChanged{Stale: stale})
}

// Entities is the project's entities, nil until they have been read. It must not
// be changed.
func (s *Session) Entities() *entity.Index { return s.entities.index }

// Entity finds an entity by id.
func (s *Session) Entity(id annotate.ID) (annotate.Entity, bool) {
	if s.entities.index == nil {
		return annotate.Entity{}, false
	}
	return s.entities.index.Entity(id)
}

// followEntities keeps the entities in step with a change. Articles that come and go
// take uses along: then the entities are to be read anew.
func (s *Session) followEntities(c annotate.Change) {
	if s.entities.reading != nil {
		s.entities.waiting = append(s.entities.waiting, c)
	}
	if s.entities.index == nil {
		return
	}
	const many = 5000 // from then on they are read anew in the background: the hand would wait
	entities := 0
	stale := false
	for _, op := range c.Ops {
		stale = stale || op.Kind == annotate.KindImport || op.Kind == annotate.KindArticleState
		if op.Kind == annotate.KindEntity {
			entities++
		}
	}
	if entities > many {
		s.tell(EntitiesChanged{Stale: true})
		return
	}
	if s.entities.index.Apply(c) || stale {
		s.tell(EntitiesChanged{Stale: stale})
	}
}

// EntityKind is the kind of entity that spans with a label stand for: what the
// schema says, else the label's own name.
func (s *Session) EntityKind(label annotate.ID) string {
	l, _ := s.schema.Label(label)
	return l.EntityKind()
}

// LinkEntity makes spans of the open article point at an entity.
func (s *Session) LinkEntity(spans []annotate.ID, to annotate.ID) error {
	e, ok := s.Entity(to)
	if !ok {
		return annotate.ErrNotFound
	}
	c, err := s.edit.LinkEntity(s.doc, spans, e, false)
	s.linkedLately(e.ID)
	return s.gesture(c, err)
}

// linkedLately remembers the last entities that spans were linked to.
func (s *Session) linkedLately(id annotate.ID) {
	const most = 12
	before := slices.DeleteFunc(s.entities.lately, func(x annotate.ID) bool { return x == id })
	s.entities.lately = slices.Insert(before, 0, id)
	s.entities.lately = s.entities.lately[:min(most, len(s.entities.lately))]
}

// LinkNewEntity makes spans of the open article point at a new entity, of a kind or,
// with "", of that of the first one's label, and returns its id.
func (s *Session) LinkNewEntity(spans []annotate.ID, kind, name string) (annotate.ID, error) {
	name = strings.Join(strings.Fields(name), " ")
	if len(spans) == 0 || name == "" {
		return "", nil
	}
	first, ok := s.span(spans[0])
	if !ok {
		return "", annotate.ErrNotFound
	}
	e := annotate.Entity{ID: s.edit.Env.NewID(), Kind: cmp.Or(kind, s.EntityKind(first.Label)), Name: name}
	c, err := s.edit.LinkEntity(s.doc, spans, e, true)
	s.linkedLately(e.ID)
	return e.ID, s.gesture(c, err)
}

// UnlinkEntity makes spans of the open article point at nothing.
func (s *Session) UnlinkEntity(spans []annotate.ID) error {
	c, err := s.edit.UnlinkEntity(s.doc, spans)
	return s.gesture(c, err)
}

// Same lists the other spans of the open article with the label and the words of
// one, whatever their case, that point elsewhere or at nothing: those that are
// likely to be the same.
func (s *Session) Same(id annotate.ID) []annotate.ID {
	span, ok := s.span(id)
	if !ok {
		return nil
	}
	words := annotate.WordsKey(s.doc.Text.Quote(span.Fragments))
	if words == "" {
		return nil
	}
	var same []annotate.ID
	for _, other := range s.doc.Spans() {
		if other.ID != id && other.Label == span.Label && (other.Entity == "" || other.Entity != span.Entity) &&
			annotate.WordsKey(s.doc.Text.Quote(other.Fragments)) == words {
			same = append(same, other.ID)
		}
	}
	return same
}

// LinkSame makes all spans that Same lists point where the one points. It returns
// how many there were.
func (s *Session) LinkSame(id annotate.ID) (int, error) {
	span, ok := s.span(id)
	same := s.Same(id)
	if !ok || span.Entity == "" || len(same) == 0 {
		return 0, nil
	}
	return len(same), s.LinkEntity(same, span.Entity)
}

// Guess is an entity that a span may point at. Of one that is Here or Lately, Score
// and Reason say nothing.
type Guess struct {
	entity.Proposal
	Here   bool // a span before it in the article points at the entity
	Lately bool // spans were linked to it a while ago, in any article
}

// Said says in a few words why the entity is offered.
func (g Guess) Said() string {
	switch {
	case g.Here:
		return "mentioned before"
	case g.Lately:
		return "linked lately"
	}
	return g.Why()
}

// ByWords says whether the words of the span are the reason.
func (g Guess) ByWords() bool { return !g.Here && !g.Lately }

// Guesses lists whom a span may stand for: by its words, the likeliest first; then
// those of its kind whom the article has mentioned before it, the nearest first: so
// pronouns and nouns are found; then those that were linked last, as the event that
// several articles are about.
func (s *Session) Guesses(id annotate.ID, most int) []Guess {
	span, ok := s.span(id)
	if !ok || s.entities.index == nil {
		return nil
	}
	kind := s.EntityKind(span.Label)
	var all []Guess
	for _, p := range s.entities.index.Propose(s.doc.Text.Quote(span.Fragments), entity.Query{Prefer: kind, Limit: most}) {
		all = append(all, Guess{Proposal: p})
	}
	add := func(e annotate.Entity, g Guess) {
		if !slices.ContainsFunc(all, func(g Guess) bool { return g.Entity.ID == e.ID }) {
			g.Entity, g.Uses = e, s.entities.index.Uses(e.ID)
			all = append(all, g)
		}
	}
	for _, e := range s.mentionedBefore(span, kind) {
		add(e, Guess{Here: true})
	}
	for _, id := range s.entities.lately {
		if e, ok := s.Entity(id); ok && e.Kind == kind {
			add(e, Guess{Lately: true})
		}
	}
	return all[:min(most, len(all))]
}

// mentionedBefore lists the entities of a kind at which spans before another one
// point, the nearest first.
func (s *Session) mentionedBefore(span annotate.Span, kind string) []annotate.Entity {
	const far = 2000 // spans that are looked at: the hand shall not wait in long articles
	var found []annotate.Entity
	spans := s.doc.Spans()
	i, _ := slices.BinarySearchFunc(spans, span, s.doc.Compare)
	for _, other := range slices.Backward(spans[max(0, i-far):i]) {
		if other.Entity == "" {
			continue
		}
		e, ok := s.Entity(other.Entity)
		if ok && e.Kind == kind && !slices.ContainsFunc(found, func(x annotate.Entity) bool { return x.ID == e.ID }) {
			found = append(found, e)
		}
	}
	return found
}

// AddEntity makes an entity at which no span points yet.
func (s *Session) AddEntity(kind, name string) (annotate.ID, error) {
	e := annotate.Entity{ID: s.edit.Env.NewID(), Kind: kind, Name: strings.Join(strings.Fields(name), " ")}
	if e.Name == "" {
		return "", nil
	}
	return e.ID, s.ofProject(s.edit.AddEntity(e), nil)
}

// ChangeEntity gives an entity another name, other aliases or attributes, or
// another kind.
func (s *Session) ChangeEntity(after annotate.Entity) error {
	before, ok := s.Entity(after.ID)
	if !ok {
		return annotate.ErrNotFound
	}
	return s.ofProject(s.edit.ChangeEntity(before, after))
}

// ofProject applies a change that is of no article, whoever's work is on screen.
func (s *Session) ofProject(c annotate.Change, err error) error {
	if err := s.refuseReadOnlyFile(); err != nil {
		return err
	}
	return s.put(c, err)
}

func (s *Session) refuseReadOnlyFile() error {
	if info := s.store.Info(); info.ReadOnly {
		return &annotate.Error{Kind: annotate.ErrReadOnly, Detail: info.Why}
	}
	return nil
}

// onlyEntities says whether a change is of entities alone, and of what spans point
// at: in whichever article they are, it needs no more than to be shown.
func onlyEntities(c annotate.Change) bool {
	return c.Article == "" && len(c.Ops) > 0 && !slices.ContainsFunc(c.Ops, func(op annotate.Op) bool {
		before, was := op.Before.(annotate.Span)
		after, is := op.After.(annotate.Span)
		return op.Kind != annotate.KindEntity && (!was || !is || before.Entity == after.Entity)
	})
}
