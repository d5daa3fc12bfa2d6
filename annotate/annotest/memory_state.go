package annotest

import (
	"maps"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

type (
	kind   = annotate.Kind
	id     = annotate.ID
	record = annotate.Record
	idSet  = map[annotate.ID]bool
)

// hooks are the places where a planted fault can make the fake wrong.
type hooks struct {
	validate func([]annotate.Op, annotate.Lookup) error
	same     func(a, b record) bool
	shows    func(annotate.ImportState) bool
	unique   bool // refuse a second use of a name
	rollback bool // take back what a refused change has written
	touched  bool // refuse the undo of an import that was worked on
}

func soundHooks() hooks {
	return hooks{
		validate: annotate.Validate,
		same:     annotate.SameRecord,
		shows:    func(s annotate.ImportState) bool { return s == annotate.ImportLive },
		unique:   true, rollback: true, touched: true,
	}
}

// state is what a project holds. Records in it are never altered, only replaced.
type state struct {
	hooks     hooks
	records   map[kind]map[id]record
	texts     map[string]*text.Text
	sets      map[id]idSet // of an article
	spans     map[id]idSet // of a set
	relations map[id]idSet // of a set
	changes   []entry
	order     int64      // of the last article
	touched   map[id]int // the newest change about an article that was given up
}

// entry is a change in the history. brought lists, for each op, the imports
// that brought the article or the set which it is about.
type entry struct {
	annotate.Change
	brought  [][]id
	articles []id // of each op; "" for none
}

func newState(h hooks) *state {
	s := &state{
		hooks: h, records: map[kind]map[id]record{}, texts: map[string]*text.Text{},
		sets: map[id]idSet{}, spans: map[id]idSet{}, relations: map[id]idSet{}, touched: map[id]int{},
	}
	for _, k := range annotate.Kinds {
		s.records[k] = map[id]record{}
	}
	return s
}

func (s *state) clone() *state {
	c := *s
	c.records = map[kind]map[id]record{}
	for k, m := range s.records {
		c.records[k] = maps.Clone(m)
	}
	c.texts = maps.Clone(s.texts)
	c.touched = maps.Clone(s.touched)
	c.sets, c.spans, c.relations = cloneIndex(s.sets), cloneIndex(s.spans), cloneIndex(s.relations)
	c.changes = append([]entry(nil), s.changes...)
	return &c
}

func cloneIndex(index map[id]idSet) map[id]idSet {
	c := make(map[id]idSet, len(index))
	for k, v := range index {
		c[k] = maps.Clone(v)
	}
	return c
}

// put stores a record in place of the one of its id.
func (s *state) put(r record) {
	s.remove(r.RecordKind(), r.RecordID())
	s.records[r.RecordKind()][r.RecordID()] = r
	if index, owner := s.owner(r); index != nil {
		if index[owner] == nil {
			index[owner] = idSet{}
		}
		index[owner][r.RecordID()] = true
	}
}

func (s *state) remove(k kind, i id) {
	r := s.records[k][i]
	if r == nil {
		return
	}
	delete(s.records[k], i)
	if index, owner := s.owner(r); index != nil {
		delete(index[owner], i)
	}
}

func (s *state) owner(r record) (map[id]idSet, id) {
	switch r := r.(type) {
	case annotate.AnnotationSet:
		return s.sets, r.Article
	case annotate.Span:
		return s.spans, r.Set
	case annotate.Relation:
		return s.relations, r.Set
	}
	return nil, ""
}

// stored is a record whoever sees it, or nil.
func (s *state) stored(k kind, i id) record { return s.records[k][i] }

// current is the record that the Before of an op must be, or nil.
func (s *state) current(k kind, i id) record {
	r := s.records[k][i]
	switch r := r.(type) {
	case nil:
		return nil
	case annotate.Import:
		if r.State == annotate.ImportStaged {
			return nil
		}
	case annotate.Article, annotate.ArticleState:
		if !s.articleShown(i) {
			return nil
		}
	case annotate.AnnotationSet:
		if !s.setShown(i) {
			return nil
		}
	case annotate.Span:
		if !s.setShown(r.Set) {
			return nil
		}
	case annotate.Relation:
		if !s.setShown(r.Set) {
			return nil
		}
	}
	return r
}

func (s *state) importShown(i id) bool {
	if i == "" {
		return true
	}
	imp, ok := s.records[annotate.KindImport][i].(annotate.Import)
	return ok && s.hooks.shows(imp.State)
}

// articleShown says whether an article is there, be it live or in the bin.
func (s *state) articleShown(i id) bool {
	a, ok := s.records[annotate.KindArticle][i].(annotate.Article)
	return ok && s.importShown(a.Import)
}

func (s *state) setShown(i id) bool {
	set, ok := s.records[annotate.KindSet][i].(annotate.AnnotationSet)
	return ok && s.importShown(set.Import) && s.articleShown(set.Article)
}

func (s *state) presence(article id) annotate.Presence {
	st, _ := s.records[annotate.KindArticleState][article].(annotate.ArticleState)
	return st.Presence
}

func (s *state) live(article id) bool {
	return s.articleShown(article) && s.presence(article) == annotate.Live
}

// articleOf is the article that a set, span or relation belongs to.
func (s *state) articleOf(r record) (id, bool) {
	switch r := r.(type) {
	case annotate.AnnotationSet:
		return r.Article, true
	case annotate.Span:
		return s.setArticle(r.Set)
	case annotate.Relation:
		return s.setArticle(r.Set)
	}
	return "", false
}

func (s *state) setArticle(set id) (id, bool) {
	r, ok := s.records[annotate.KindSet][set].(annotate.AnnotationSet)
	return r.Article, ok
}

func (s *state) schemaVersion() int {
	n := 0
	for _, c := range s.changes {
		if c.Replaced != nil {
			n = c.Replaced.Schema
		} else if c.TouchesSchema() {
			n++
		}
	}
	return n
}

// The state is its own annotate.Lookup.

func (s *state) ArticleLength(article id) (int, bool) {
	if !s.articleShown(article) {
		return 0, false
	}
	return s.records[annotate.KindArticle][article].(annotate.Article).Length, true
}

func (s *state) Exists(k kind, i id) bool {
	if k == annotate.KindArticle {
		return s.live(i)
	}
	return s.current(k, i) != nil
}

func (s *state) SetArticle(set id) (id, bool) {
	if !s.setShown(set) {
		return "", false
	}
	return s.setArticle(set)
}

func (s *state) SpanSet(span id) (id, bool) {
	r, ok := s.current(annotate.KindSpan, span).(annotate.Span)
	return r.Set, ok
}

func (s *state) Referrers(k kind, i id) (kind, id, bool) {
	refers := func(r record) bool { return false }
	var kinds []kind
	switch k {
	case annotate.KindLabel:
		kinds, refers = []kind{annotate.KindSpan}, func(r record) bool { return r.(annotate.Span).Label == i }
	case annotate.KindEntity:
		kinds, refers = []kind{annotate.KindSpan}, func(r record) bool { return r.(annotate.Span).Entity == i }
	case annotate.KindRelationType:
		kinds, refers = []kind{annotate.KindRelation}, func(r record) bool { return r.(annotate.Relation).Type == i }
	case annotate.KindAnnotator:
		kinds, refers = []kind{annotate.KindSet}, func(r record) bool { return r.(annotate.AnnotationSet).Annotator == i }
	case annotate.KindSet:
		for span := range s.spans[i] {
			return annotate.KindSpan, span, true
		}
		for relation := range s.relations[i] {
			return annotate.KindRelation, relation, true
		}
	case annotate.KindSpan:
		kinds, refers = []kind{annotate.KindRelation}, func(r record) bool {
			rel := r.(annotate.Relation)
			return rel.From == i || rel.To == i
		}
	default: // nothing refers to the others
	}
	for _, k := range kinds {
		for other, r := range s.records[k] {
			if refers(r) && s.current(k, other) != nil {
				return k, other, true
			}
		}
	}
	return "", "", false
}

func compareStrings[S ~string](a, b S) int { return strings.Compare(string(a), string(b)) }
