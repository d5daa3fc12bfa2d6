package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
)

// Options is what a session needs.
type Options struct {
	Store     annotate.Store
	Env       annotate.Env
	Actor     string       // who sits at the keyboard
	Annotator string       // whose annotations these are; made with the first change if there is no such annotator
	Dispatch  func(func()) // runs a function on the session's goroutine
}

// Session is one open project as one person works on it.
type Session struct {
	store    annotate.Store
	edit     edit.Editor
	dispatch func(func())
	commits  *committer

	observers []func(Event)
	schema    *annotate.Schema
	people    []annotate.Annotator
	annotator annotate.Annotator // ID "" until the first change makes it
	shown     annotate.Annotator // whose annotations are on screen

	doc    *edit.State
	others []Work
	list   List

	entities registry
	checked  checked

	selection   text.Range
	chosen      annotate.ID
	choice      choice
	relation    annotate.ID // the chosen one, at the chosen span
	armed       annotate.ID
	granularity text.Granularity
	lastLabel   annotate.ID
	values      values
	screened    []screenStep // decisions that can be taken back, the newest last

	stacks   edit.Stacks
	headers  map[annotate.ID]annotate.Change  // of changes on the stacks; ops only for this session's own
	own      map[annotate.ID]bool             // changes made here that Poll need not load
	touches  map[annotate.ID]annotate.Touches // of changes without ops in headers, as far as they were asked for
	position int64
	made     annotate.ID       // the first change, while nothing else was done: another one means another project
	late     bool              // Poll came while changes were being written: look when they are
	stale    bool              // a change was refused: read anew when the queue is empty
	unread   bool              // it could not be: read anew when a change is saved
	out      []annotate.Change // the refused ones that still show
	refused  refused
}

// New starts a session on an open project.
func New(ctx context.Context, o Options) (*Session, error) {
	s := &Session{
		store: o.Store, edit: edit.Editor{Env: o.Env, Actor: o.Actor}, dispatch: o.Dispatch,
		headers: map[annotate.ID]annotate.Change{}, own: map[annotate.ID]bool{}, touches: map[annotate.ID]annotate.Touches{}, granularity: text.Word,
	}
	s.list.session = s
	if err := s.loadSchema(ctx); err != nil {
		return nil, err
	}
	s.setAnnotator(o.Annotator)
	position, err := o.Store.Position(ctx)
	if err != nil {
		return nil, err
	}
	history, err := o.Store.History(ctx, annotate.HistoryQuery{WithoutOps: true, StackedOnly: true})
	if err != nil {
		return nil, err
	}
	for _, c := range history {
		s.fold(c)
		position = max(position, c.Position)
	}
	s.position = position
	if s.made, err = s.first(ctx); err != nil {
		return nil, err
	}
	s.commits = newCommitter(o.Store, s.committed)
	return s, nil
}

// Close waits until every change is on disk. It does not close the store.
func (s *Session) Close() { s.commits.close() }

// Flush waits until every change so far is on disk or refused.
func (s *Session) Flush() { s.commits.flush() }

// Observe calls f, on the session's goroutine, with every event from now on.
func (s *Session) Observe(f func(Event)) { s.observers = append(s.observers, f) }

func (s *Session) tell(e Event) {
	for _, f := range s.observers {
		f(e)
	}
}

// Store is the project underneath, for reading.
func (s *Session) Store() annotate.Store { return s.store }

// Schema is the schema as it is now. It must not be changed.
func (s *Session) Schema() *annotate.Schema { return s.schema }

// Doc is the open article, nil if there is none. It must not be changed.
func (s *Session) Doc() *edit.State { return s.doc }

// List is the article list with its filter.
func (s *Session) List() *List { return &s.list }

// ReadOnly says why nothing can be changed now, "" if things can.
func (s *Session) ReadOnly() string {
	if info := s.store.Info(); info.ReadOnly {
		return info.Why
	}
	if !strings.EqualFold(s.shown.Name, s.annotator.Name) {
		return fmt.Sprintf("These are %s’s annotations. Switch the annotator to change them.", s.shown.Name)
	}
	return ""
}

// Annotator is whose annotations are made; Shown is whose are on screen.
func (s *Session) Annotator() annotate.Annotator { return s.annotator }

// Shown is whose annotations are on screen.
func (s *Session) Shown() annotate.Annotator { return s.shown }

// Annotators lists everybody in the project, by name.
func (s *Session) Annotators() []annotate.Annotator { return s.people }

// Annotate continues as the annotator of that name, who is made with the first
// change if there is no such annotator yet.
func (s *Session) Annotate(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	if name == "" || strings.EqualFold(name, annotate.AllName) || strings.EqualFold(name, annotate.GoldName) {
		return &annotate.Error{
			Kind: annotate.ErrInvalid, Detail: fmt.Sprintf("An annotator cannot be called %q.", name),
			Hint: "Choose another name; “gold” and “all” are reserved.",
		}
	}
	s.setAnnotator(name)
	s.tell(AnnotatorChanged{})
	s.tell(ListChanged{})
	return s.reopen(ctx)
}

// SignAs gives the annotator another name, in what is annotated already, too. That keeps its
// name where the other one is taken or nothing can be changed, and where some of it may be a
// namesake's: where a step was done in another copy of the project, or somebody has imported
// something. By an import of importer's it has the annotator's name from here.
func (s *Session) SignAs(ctx context.Context, name, importer string) error {
	s.commits.flush()
	name = strings.TrimSpace(name)
	taken := func(a annotate.Annotator) bool { return a.ID != s.annotator.ID && strings.EqualFold(a.Name, name) }
	if s.annotator.ID == "" || s.annotator.Name == name || slices.ContainsFunc(s.people, taken) || s.store.Info().ReadOnly {
		return nil
	}
	steps, err := s.store.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		return err
	}
	here := s.store.Info().Replica
	foreign := func(c annotate.Change) bool {
		return c.Replica != here || c.Replaced != nil || c.Cause == annotate.CauseImport && c.Actor != importer
	}
	if slices.ContainsFunc(steps, foreign) {
		return nil
	}
	s.shown = s.annotator
	if err := s.apply(s.edit.RenameAnnotator(s.annotator, name), nil); err != nil {
		return err
	}
	s.commits.flush()
	return s.Annotate(ctx, name)
}

// Show puts another annotator's work on the open article on screen, read-only;
// the annotator's own name goes back.
func (s *Session) Show(ctx context.Context, name string) error {
	for _, a := range append(slices.Clone(s.people), s.annotator) {
		if strings.EqualFold(a.Name, name) {
			s.shown = a
			s.tell(AnnotatorChanged{})
			return s.reopen(ctx)
		}
	}
	return annotate.ErrNotFound
}

func (s *Session) setAnnotator(name string) {
	s.annotator = annotate.Annotator{Name: name, Kind: annotate.Human}
	for _, a := range s.people {
		if strings.EqualFold(a.Name, name) {
			s.annotator = a
		}
	}
	s.shown = s.annotator
}

func (s *Session) loadSchema(ctx context.Context) error {
	schema, err := s.store.Schema(ctx)
	if err != nil {
		return err
	}
	people, err := s.store.Annotators(ctx)
	if err != nil {
		return err
	}
	s.schema, s.people = schema, people
	for _, label := range []*annotate.ID{&s.armed, &s.lastLabel} {
		if _, there := schema.Label(*label); !there {
			*label = ""
		}
	}
	return nil
}

// Open shows an article. The chosen span and the selection are let go.
func (s *Session) Open(ctx context.Context, article annotate.ID) error {
	s.commits.flush() // the store must answer with what is on screen
	doc, err := s.store.Document(ctx, article)
	if err != nil {
		return err
	}
	same := s.doc != nil && s.doc.Article.ID == article && s.doc.Annotator.ID == s.shown.ID
	s.doc = edit.NewState(doc, s.schema, s.shown)
	if !same {
		s.forgetWarnings()
	}
	if s.list.stood.article != article {
		s.list.stood = stood{}
	}
	s.others = s.work(doc)
	s.chosen, s.relation, s.selection = "", "", text.Range{}
	s.tell(ArticleOpened{})
	return nil
}

// Work is how much somebody has marked in the open article.
type Work struct {
	Annotator annotate.Annotator
	Spans     int
}

// Others is who else had marked something in the article when it was opened, by
// name: those whose annotations are not on screen.
func (s *Session) Others() []Work { return s.others }

func (s *Session) work(doc *annotate.Document) []Work {
	var others []Work
	for _, a := range s.people {
		for _, set := range doc.Sets {
			if set.Set.Annotator == a.ID && a.ID != s.shown.ID && len(set.Spans) > 0 {
				others = append(others, Work{a, len(set.Spans)})
			}
		}
	}
	return others
}

func (s *Session) reopen(ctx context.Context) error {
	if s.doc == nil {
		return nil
	}
	return s.Open(ctx, s.doc.Article.ID)
}

// Next opens the next article of the filtered list (the previous one with back)
// and reports whether there was one.
func (s *Session) Next(ctx context.Context, back bool) (bool, error) {
	next, err := s.Beside(ctx, back)
	if err != nil || next == "" {
		return false, err
	}
	return true, s.Open(ctx, next)
}

// Beside is the article that Next opens, "" if there is none.
func (s *Session) Beside(ctx context.Context, back bool) (annotate.ID, error) {
	s.commits.flush()
	return s.following(ctx, s.list.query(), back)
}

// following finds the article that follows the open one (the one before it with back) among
// those that a query of the list finds: as the list shows them, as far as that was read.
func (s *Session) following(ctx context.Context, q annotate.ArticleQuery, back bool) (annotate.ID, error) {
	from := annotate.ID("")
	if s.doc != nil {
		from = s.doc.Article.ID
	}
	if near := s.list.around(from, back); len(near.articles) > 0 || near.end {
		next, err := s.nearest(ctx, q, near.articles)
		if err != nil || next != "" || near.end {
			return next, err
		}
		from = near.articles[len(near.articles)-1]
	}
	q.Limit = 1
	if back {
		q.Before = from
	} else {
		q.After = from
	}
	rows, err := s.store.Articles(ctx, q)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Article.ID, nil
}

// nearest is the first of some articles that a query finds, "" if it finds none.
func (s *Session) nearest(ctx context.Context, q annotate.ArticleQuery, articles []annotate.ID) (annotate.ID, error) {
	if len(articles) == 0 {
		return "", nil
	}
	q.Articles = articles
	rows, err := s.store.Articles(ctx, q)
	for _, a := range articles {
		if slices.ContainsFunc(rows, func(r annotate.ArticleRow) bool { return r.Article.ID == a }) {
			return a, err
		}
	}
	return "", err
}

// apply is the one way in which a session changes anything.
func (s *Session) apply(c annotate.Change, err error) error {
	if errors.Is(err, annotate.ErrNothing) {
		return nil
	}
	if err != nil {
		return err
	}
	if why := s.ReadOnly(); why != "" {
		return &annotate.Error{Kind: annotate.ErrReadOnly, Detail: why}
	}
	if err := s.outdated(c); err != nil {
		return err
	}
	return s.put(c, nil)
}

// put makes a change, unless it is none or could not be worked out.
func (s *Session) put(c annotate.Change, err error) error {
	if errors.Is(err, annotate.ErrNothing) {
		return nil
	}
	if err == nil {
		s.make(c)
	}
	return err
}

// make shows a change and hands it on to be written.
func (s *Session) make(c annotate.Change) {
	s.refused.other(c.ID)
	s.own[c.ID] = true
	s.headers[c.ID] = c
	s.stacks.Fold(c, s.edit.Actor)
	if s.doc != nil && c.Article == s.doc.Article.ID {
		s.list.stands(c.Article)
	}
	origin := Local
	if c.Undoes != "" || c.Redoes != "" {
		origin = Reverted
	}
	s.publish(c, origin)
	s.commits.put(c)
	s.tell(SavedChanged{Pending: s.commits.pending})
}

func (s *Session) publish(c annotate.Change, origin Origin) {
	who := s.shown.ID
	s.publishSchema(c)
	if s.doc != nil {
		s.doc.Apply(c)
		s.letGoOfGone()
	}
	s.applyPeople(c)
	s.followEntities(c)
	if who == "" { // the change may have made the annotator, or be about to undo that
		who = s.shown.ID
	}
	s.list.apply(c, who)
	if origin == Local {
		s.remember(c)
	}
	s.tell(Changed{Change: c, Origin: origin})
}

// letGoOfGone lets go of a chosen span or relation that is there no more.
func (s *Session) letGoOfGone() {
	_, span := s.doc.Span(s.chosen)
	_, relation := s.doc.Relation(s.relation)
	if s.chosen != "" && !span {
		s.chosen, s.relation = "", ""
	} else if s.relation != "" && !relation {
		s.relation = ""
	} else {
		return
	}
	s.tell(SelectionChanged{})
}

// committed hears, on the committer's goroutine, how writes went.
func (s *Session) committed(done annotate.Change, err error) {
	s.dispatch(func() {
		s.commits.pending--
		saved := SavedChanged{Pending: s.commits.pending}
		if err == nil {
			saved.Saved = done.ID
			s.headers[done.ID] = done
			s.reached(done)
			s.refused.saved(done.ID)
		} else {
			s.refuse(done, err)
		}
		if (s.stale || s.unread && err == nil) && s.commits.pending == 0 {
			s.restore()
		}
		s.tell(saved)
		if s.late && s.commits.pending == 0 {
			s.late = false
			if err := s.Poll(context.Background()); err != nil {
				s.tell(Refused{Err: err})
			}
		}
	})
}
