package annotest

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// apply applies a change or leaves everything as it was.
func (m *memory) apply(c annotate.Change) (annotate.Change, error) {
	ops, err := cloneOps(c.Ops)
	if err != nil {
		return c, err
	}
	c.Ops = ops
	if c.ID == "" {
		c.ID = m.env.NewID()
	}
	for _, old := range m.state.changes {
		if old.ID == c.ID {
			return c, &annotate.Error{Kind: annotate.ErrExists, Op: "save", Subject: string(c.ID), Detail: "this change was saved already."}
		}
	}
	e := entry{Change: c}
	for _, refers := range []*id{&e.Undoes, &e.Redoes} {
		if !m.state.knows(*refers) {
			*refers = ""
		}
	}
	for _, op := range c.Ops {
		article, brought := m.state.about(op, c.Ops)
		e.articles, e.brought = append(e.articles, article), append(e.brought, brought)
	}
	undo, err := m.write(c.Ops)
	if err == nil {
		err = m.refuse(c.Ops)
	}
	if err != nil {
		if m.hooks.rollback {
			undo()
		}
		return c, err
	}
	e = m.stamp(e)
	m.state.changes = append(m.state.changes, e)
	return e.Change, nil
}

// knows says whether a change is there that is to be taken back, or brought back.
func (s *state) knows(change id) bool {
	return slices.ContainsFunc(s.changes, func(c entry) bool { return c.ID == change && c.Replaced == nil })
}

// stamp says of a change where and when it is made.
func (m *memory) stamp(e entry) entry {
	e.Replica, e.Position = m.replica, m.state.last()+1
	e.Seq = m.state.compacted().End(m.replica).Seq + 1
	var last annotate.Clock
	for _, old := range m.state.changes {
		last = max(last, old.Clock)
		if old.Replica == m.replica {
			e.Seq = old.Seq + 1
		}
	}
	e.Clock = last.Tick(m.env.Now())
	return e
}

// cloneOps copies ops through the codec, so that nobody shares memory with the
// project.
func cloneOps(ops []annotate.Op) ([]annotate.Op, error) {
	clone := func(op annotate.Op, r record) (record, error) {
		if r == nil {
			return nil, nil
		}
		raw, err := annotate.EncodeRecord(r)
		if err != nil {
			return nil, &annotate.InvalidError{Kind: op.Kind, ID: op.ID, Reason: err.Error()}
		}
		return annotate.DecodeRecord(r.RecordKind(), annotate.CodecVersion, raw)
	}
	cloned := make([]annotate.Op, len(ops))
	for i, op := range ops {
		var err error
		cloned[i] = op
		if cloned[i].Before, err = clone(op, op.Before); err != nil {
			return nil, err
		}
		if cloned[i].After, err = clone(op, op.After); err != nil {
			return nil, err
		}
	}
	return cloned, nil
}

// write carries the ops out and returns what takes them back.
func (m *memory) write(ops []annotate.Op) (undo func(), err error) {
	var takeBack []func()
	undo = func() {
		for i := len(takeBack) - 1; i >= 0; i-- {
			takeBack[i]()
		}
	}
	restore := func(k kind, i id) {
		old := m.state.stored(k, i)
		takeBack = append(takeBack, func() {
			m.state.remove(k, i)
			if old != nil {
				m.state.put(old)
			}
		})
	}
	for _, op := range ops {
		if !m.hooks.same(m.state.current(op.Kind, op.ID), op.Before) {
			return undo, &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
		}
		hidden := m.state.stored(op.Kind, op.ID)
		if op.Before == nil && hidden != nil && !m.staged(hidden) {
			return undo, &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
		}
		if op.After != nil {
			restore(op.After.RecordKind(), op.After.RecordID())
			m.state.put(op.After)
			continue
		}
		restore(op.Kind, op.ID)
		m.state.remove(op.Kind, op.ID)
	}
	return undo, nil
}

// staged says whether a record is the import that is being committed.
func (m *memory) staged(r record) bool {
	imp, ok := r.(annotate.Import)
	return ok && imp.State == annotate.ImportStaged && m.importing != nil && m.importing.committing
}

// refuse says what is wrong with the project after the ops.
func (m *memory) refuse(ops []annotate.Op) error {
	if err := m.hooks.validate(ops, m.state); err != nil {
		return err
	}
	for _, op := range ops {
		if imp, ok := op.After.(annotate.Import); ok {
			before, _ := op.Before.(annotate.Import)
			if err := m.switched(imp, before); err != nil {
				return err
			}
		}
	}
	for _, op := range ops {
		if op.After != nil && m.hooks.unique {
			if err := m.state.uniqueRecord(op.After); err != nil {
				return err
			}
		}
	}
	return nil
}

func refused(r record, format string, args ...any) error {
	return &annotate.InvalidError{Kind: r.RecordKind(), ID: r.RecordID(), Reason: fmt.Sprintf(format, args...)}
}

// uniqueRecord checks that no other record in use has the name of r.
func (s *state) uniqueRecord(r record) error {
	switch r := r.(type) {
	case annotate.Label:
		for i, other := range s.records[annotate.KindLabel] {
			if i != r.ID && other.(annotate.Label).Name == r.Name {
				return refused(r, "there is a label %q already", r.Name)
			}
		}
	case annotate.RelationType:
		for i, other := range s.records[annotate.KindRelationType] {
			if i != r.ID && other.(annotate.RelationType).Name == r.Name {
				return refused(r, "there is a relation type %q already", r.Name)
			}
		}
	case annotate.Annotator:
		for i, other := range s.records[annotate.KindAnnotator] {
			if i != r.ID && strings.EqualFold(other.(annotate.Annotator).Name, r.Name) {
				return refused(r, "there is an annotator %q already", r.Name)
			}
		}
	case annotate.Article:
		return s.uniqueRef(r.ID)
	case annotate.ArticleState:
		return s.uniqueRef(r.ID)
	case annotate.AnnotationSet:
		return s.uniqueSet(r)
	}
	return nil
}

func (s *state) uniqueRef(article id) error {
	if !s.live(article) {
		return nil
	}
	a := s.records[annotate.KindArticle][article].(annotate.Article)
	for i, other := range s.records[annotate.KindArticle] {
		if i != article && other.(annotate.Article).Ref == a.Ref && s.live(i) {
			return refused(a, "there is an article %q already", a.Ref)
		}
	}
	return nil
}

func (s *state) uniqueSet(set annotate.AnnotationSet) error {
	if !s.setShown(set.ID) {
		return nil
	}
	for i := range s.sets[set.Article] {
		other := s.records[annotate.KindSet][i].(annotate.AnnotationSet)
		if i != set.ID && other.Annotator == set.Annotator && s.setShown(i) {
			return refused(set, "its annotator has an annotation set of the article already")
		}
	}
	return nil
}

// switched checks what a switch of an import means for what it brought.
func (m *memory) switched(imp, before annotate.Import) error {
	s := m.state
	if imp.State == annotate.ImportUndone {
		if c, ok := s.workedOn(imp.ID); ok && before.State == annotate.ImportLive && m.hooks.touched {
			return c
		}
		return nil
	}
	refs := s.refs()
	for _, k := range []kind{annotate.KindArticle, annotate.KindSet, annotate.KindSpan, annotate.KindRelation} {
		for _, r := range s.records[k] {
			if s.broughtBy(r) != imp.ID {
				continue
			}
			if err := m.revived(r, refs); err != nil {
				return refused(imp, "%s", err)
			}
		}
	}
	return nil
}

// revived checks one record that a switch of its import brings back.
func (m *memory) revived(r record, refs map[string]int) error {
	switch r := r.(type) {
	case annotate.Article:
		if m.hooks.unique && refs[r.Ref] > 1 {
			return refused(r, "there is an article %q already", r.Ref)
		}
		return nil
	case annotate.AnnotationSet:
		if err := m.state.uniqueSet(r); err != nil && m.hooks.unique {
			return err
		}
	}
	return m.hooks.validate([]annotate.Op{annotate.Create(r)}, m.state)
}

// refs counts the live articles of each ref.
func (s *state) refs() map[string]int {
	refs := map[string]int{}
	for i, r := range s.records[annotate.KindArticle] {
		if s.live(i) {
			refs[r.(annotate.Article).Ref]++
		}
	}
	return refs
}

// broughtBy is the import that brought a record, "" for none.
func (s *state) broughtBy(r record) id {
	switch r := r.(type) {
	case annotate.Article:
		return r.Import
	case annotate.AnnotationSet:
		return r.Import
	case annotate.Span:
		set, _ := s.records[annotate.KindSet][r.Set].(annotate.AnnotationSet)
		return set.Import
	case annotate.Relation:
		set, _ := s.records[annotate.KindSet][r.Set].(annotate.AnnotationSet)
		return set.Import
	}
	return ""
}

// about says which article an op is about and which imports brought that
// article and the set.
func (s *state) about(op annotate.Op, ops []annotate.Op) (article id, brought []id) {
	r := op.After
	if r == nil {
		r = op.Before
	}
	set := id("")
	switch r := r.(type) {
	case annotate.Article, annotate.ArticleState:
		article = op.ID
	case annotate.AnnotationSet:
		article, brought = r.Article, append(brought, r.Import)
	case annotate.Span:
		set = r.Set
	case annotate.Relation:
		set = r.Set
	}
	if set != "" {
		owner, ok := s.stored(annotate.KindSet, set).(annotate.AnnotationSet)
		for _, other := range ops {
			if ok || other.Kind != annotate.KindSet || other.ID != set {
				continue
			}
			if owner, ok = other.After.(annotate.AnnotationSet); !ok {
				owner, ok = other.Before.(annotate.AnnotationSet)
			}
		}
		article, brought = owner.Article, append(brought, owner.Import)
	}
	if a, ok := s.stored(annotate.KindArticle, article).(annotate.Article); ok {
		brought = append(brought, a.Import)
	}
	return article, brought
}

// workedOn finds a change in force, later than the import, about something that
// it brought, or a later import of sets for its articles.
func (s *state) workedOn(imp id) (*annotate.ConflictError, bool) {
	seen := false
	for _, c := range s.changes {
		for i, op := range c.Ops {
			if !seen {
				seen = op.Kind == annotate.KindImport && op.ID == imp
				continue
			}
			if c.Undoes != "" || c.Redoes != "" || !s.inForce(c.ID) {
				continue
			}
			for _, b := range c.brought[i] {
				if b == imp {
					return &annotate.ConflictError{Kind: op.Kind, ID: op.ID}, true
				}
			}
		}
	}
	for _, r := range s.records[annotate.KindSet] {
		set := r.(annotate.AnnotationSet)
		a, ok := s.records[annotate.KindArticle][set.Article].(annotate.Article)
		if ok && a.Import == imp && set.Import != imp && set.Import != "" && s.importShown(set.Import) {
			return &annotate.ConflictError{Kind: annotate.KindImport, ID: set.Import}, true
		}
	}
	return nil, false
}

// inForce says whether a change was not taken back.
func (s *state) inForce(change id) bool {
	force := true
	for _, c := range s.changes {
		if c.Undoes == change {
			force = false
		}
		if c.Redoes == change {
			force = true
		}
	}
	return force
}
