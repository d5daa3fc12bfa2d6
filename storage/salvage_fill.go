package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/text"
)

// filler carries a scratch file over into a new project, article by article. What
// does not fit is left out and listed; a span is never put on a text that is not its
// own.
type filler struct {
	*mender
	into    annotate.Restorer
	version int // of the damaged file; 0 = not known
	imp     annotate.Import
	report  *annotate.Salvaged

	batch   []annotate.Kept
	refs    map[string]bool   // of live articles
	names   map[string]bool   // of records that are told apart by them
	there   map[key]bool      // records of the schema, entities and annotators
	broken  map[key]bool      // those of which there is a row that is of no use
	all     []annotate.Record // those that there are, and stand-ins for those that are lost
	binned  []annotate.Op
	undone  int // annotation sets of imports that were undone
	started int // articles of an import that was not finished
}

// fillBatch is how many articles are handed over at a time.
const fillBatch = 200

func (f *filler) fill() error {
	f.refs, f.names, f.there, f.broken = map[string]bool{}, map[string]bool{}, map[key]bool{}, map[key]bool{}
	if err := f.records(); err != nil {
		return err
	}
	rows, err := f.tx.QueryContext(f.ctx, "SELECT "+articles.fields()+`, t.presence, coalesce(t.state_extra, ''),
		coalesce((SELECT i.state FROM import i WHERE i.id = t.import), 'live') FROM article t ORDER BY t.ord, t.id`)
	if err != nil {
		return err
	}
	done := 0
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		if done++; f.news != nil && done%256 == 0 {
			f.news(f.from.Count())
		}
		var k annotate.Kept
		var imp string
		if err := row.Scan(append(articleTargets(&k.Article), as(&k.State.Presence), into(&k.State.Extra), as(&imp))...); err != nil {
			f.lose("articles", "A row cannot be read: %s.", err)
			return none, nil
		}
		return none, errors.Join(f.ctx.Err(), f.article(&k, annotate.ImportState(imp)))
	})
	return errors.Join(err, f.flush())
}

// article hands an article over, if its text is there.
func (f *filler) article(k *annotate.Kept, imp annotate.ImportState) error {
	a := &k.Article
	if imp == annotate.ImportStaged {
		f.started++
		return nil
	}
	body, found, err := f.text(a.TextHash)
	if err != nil {
		return err
	}
	if !found {
		n, err := f.spansOf(a.ID)
		if err != nil {
			return err
		}
		and := ""
		if n > 0 {
			and = fmt.Sprintf(", and with it %s on it", countOf(n, "span"))
		}
		f.lose(articleName(*a), "Its text cannot be read. The article is lost%s.", and)
		return nil
	}
	k.Text, k.State.ID = text.New(body), a.ID
	a.Length, a.Import = utf8.RuneCountInString(body), f.imp.ID
	if imp == annotate.ImportUndone && k.State.Presence == annotate.Live {
		k.State.Presence = annotate.Deleted
		f.lose(articleName(*a), "Its import had been undone. It is in the bin.")
	}
	if k.State.Presence == annotate.Live {
		f.name(a)
	} else {
		f.binned = append(f.binned, annotate.Update(annotate.ArticleState{ID: a.ID, Presence: annotate.Live}, k.State))
	}
	if err := f.sets(k); err != nil {
		return err
	}
	if err := k.Validate(); err != nil {
		f.lose(articleName(*a), "Its annotations do not fit it (%s). They are left out.", err)
		k.Sets = nil
	}
	f.count(k)
	f.batch = append(f.batch, *k)
	if len(f.batch) >= fillBatch {
		return f.flush()
	}
	return nil
}

// spansOf counts the spans of an article.
func (f *filler) spansOf(article id) (n int, err error) {
	err = f.tx.QueryRowContext(f.ctx, "SELECT count(*) FROM annotation_set s JOIN span p ON p.set_id = s.id WHERE s.article = ?", string(article)).Scan(&n)
	return n, err
}

// name gives an article another ref if there is one of its ref already.
func (f *filler) name(a *annotate.Article) {
	was := a.Ref
	for n := 2; f.refs[a.Ref]; n++ {
		a.Ref = fmt.Sprintf("%s-%d", was, n)
	}
	f.refs[a.Ref] = true
	if a.Ref != was {
		f.lose(articleName(*a), "Another article has the ref %s. This one is %s now.", was, a.Ref)
	}
}

func (f *filler) count(k *annotate.Kept) {
	if k.State.Presence == annotate.Live {
		f.report.Articles++
	} else {
		f.report.Binned++
	}
	f.imp.Articles++
	f.imp.Sets += len(k.Sets)
	for _, d := range k.Sets {
		f.imp.Spans += len(d.Spans)
		f.report.Spans += len(d.Spans)
		f.report.Relations += len(d.Relations)
	}
}

func (f *filler) flush() error {
	if len(f.batch) == 0 {
		return nil
	}
	err := f.into.Articles(f.ctx, f.batch)
	f.batch = f.batch[:0]
	return err
}

// sets reads what is annotated on an article.
func (f *filler) sets(k *annotate.Kept) error {
	rows, err := f.tx.QueryContext(f.ctx, "SELECT "+sets.fields()+`, coalesce((SELECT i.state FROM import i WHERE i.id = t.import), 'live')
		FROM annotation_set t WHERE t.article = ? ORDER BY t.annotator, t.id`, string(k.Article.ID))
	if err != nil {
		return err
	}
	taken := map[id]bool{}
	found, err := collect(rows, func(row scanner) (d *annotate.SetData, err error) {
		var s annotate.AnnotationSet
		var imp string
		if err := row.Scan(append(setTargets(&s), as(&imp))...); err != nil {
			f.lose(articleName(k.Article), "An annotation set cannot be read: %s.", err)
			return nil, nil
		}
		switch {
		case imp == string(annotate.ImportStaged):
			return nil, nil
		case imp == string(annotate.ImportUndone) && s.Import != "" && k.State.Presence == annotate.Live:
			f.undone++
			return nil, nil
		case taken[s.Annotator]:
			f.lose(articleName(k.Article), "An annotator has two annotation sets of it. The second is left out.")
			return nil, nil
		}
		taken[s.Annotator] = true
		s.Import = f.imp.ID
		return &annotate.SetData{Set: s}, nil
	})
	if err != nil {
		return err
	}
	for _, d := range found {
		if d == nil {
			continue
		}
		if err := f.set(k, d); err != nil {
			return err
		}
	}
	return nil
}

// set fills a set with its spans and relations.
func (f *filler) set(k *annotate.Kept, d *annotate.SetData) error {
	if !f.need(annotate.KindAnnotator, d.Set.Annotator, "") {
		f.lose(articleName(k.Article), "An annotation set names an annotator that there never was. It is left out.")
		return nil
	}
	there, wrong := map[id]bool{}, 0
	rows, err := f.tx.QueryContext(f.ctx, "SELECT "+spans.fields()+", t.words FROM span t WHERE t.set_id = ? ORDER BY t.start, t.id", string(d.Set.ID))
	if err != nil {
		return err
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var s annotate.Span
		var words sql.NullInt64
		targets := append(spanTargets(&s), &words)
		start, end := targets[3].(*int), targets[4].(*int)
		if row.Scan(targets...) != nil || !f.belongs(k.Text, s, words, *start, *end) {
			wrong++
			return none, nil
		}
		if s.Entity != "" && !f.need(annotate.KindEntity, s.Entity, k.Text.Quote(s.Fragments)) {
			s.Entity = ""
		}
		there[s.ID] = true
		d.Spans = append(d.Spans, s)
		return none, nil
	})
	if err != nil {
		return err
	}
	if wrong > 0 {
		f.lose(articleName(k.Article), "Left out because they do not lie on the words that they were given to: %s.", countOf(wrong, "span"))
	}
	return f.links(k, d, there)
}

// belongs says whether a span is one of the text: in its bounds, at the place that
// its other columns say, on the words of which the file has the hash.
func (f *filler) belongs(body *text.Text, s annotate.Span, words sql.NullInt64, start, end int) bool {
	if annotate.ValidateFragments(s.Fragments, body.Len()) != nil || s.Fragments.Start() != start || s.Fragments.End() != end {
		return false
	}
	has, _ := wordsIn(body, s).(int64)
	known := words.Valid || f.version >= wordsSince
	return (!known || words.Int64 == has) && f.need(annotate.KindLabel, s.Label, "")
}

// links reads the relations of a set whose spans are there.
func (f *filler) links(k *annotate.Kept, d *annotate.SetData, there map[id]bool) error {
	rows, err := f.tx.QueryContext(f.ctx, "SELECT "+relations.fields()+" FROM relation t WHERE t.set_id = ? ORDER BY t.id", string(d.Set.ID))
	if err != nil {
		return err
	}
	lost := 0
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var r annotate.Relation
		if row.Scan(relationTargets(&r)...) != nil || !there[r.From] || !there[r.To] || !f.need(annotate.KindRelationType, r.Type, "") {
			lost++
			return none, nil
		}
		d.Relations = append(d.Relations, r)
		return none, nil
	})
	k.Sets = append(k.Sets, *d)
	if lost > 0 {
		f.lose(articleName(k.Article), "Left out because a span at one end is not there: %s.", countOf(lost, "relation"))
	}
	return err
}

// need sees to it that a record is there: one that is lost, as the index of its table
// says or would say if it were whole, gets a stand-in. What no table ever had is a
// damaged reference.
func (f *filler) need(k kind, i id, words string) bool {
	at := key{k, i}
	if f.there[at] {
		return true
	}
	if w := f.table(layouts[k].table); !f.broken[at] && w.known {
		var one int
		if f.tx.QueryRowContext(f.ctx, "SELECT 1 FROM hint WHERE ix = ? AND a = ?", idIndex(w.name), string(i)).Scan(&one) != nil {
			return false
		}
	}
	n := len(f.all) + 1
	var r annotate.Record
	switch k {
	case annotate.KindAnnotator:
		r = annotate.Annotator{ID: i, Name: fmt.Sprintf("unknown-%d", n), Kind: annotate.Human}
	case annotate.KindLabel:
		r = annotate.Label{ID: i, Name: fmt.Sprintf("lost-label-%d", n), Title: fmt.Sprintf("Lost label %d", n)}
	case annotate.KindRelationType:
		r = annotate.RelationType{ID: i, Name: fmt.Sprintf("lost-relation-%d", n), Title: fmt.Sprintf("Lost relation %d", n)}
	default:
		r = annotate.Entity{ID: i, Kind: "actor", Name: words}
	}
	r = f.distinct(r)
	f.there[at] = true
	f.all = append(f.all, r)
	f.lose(kindName(k)+" "+string(i), "It cannot be read, but annotations need it. It is called “%s” now.", calledBy(r))
	return true
}

// rest hands over what is in no article, and a history of one step.
func (f *filler) rest(c annotate.Change) error {
	all := append([]annotate.Record{f.imp}, f.all...)
	if err := f.into.Records(f.ctx, all); err != nil {
		return err
	}
	for _, r := range all {
		c.Ops = append(c.Ops, annotate.Create(r))
	}
	c.Ops = append(c.Ops, f.binned...)
	return f.into.History(f.ctx, []annotate.Change{c})
}

// records reads the schema, entities and annotators: those that are there, and those
// that are not but in use.
func (f *filler) records() error {
	for _, k := range annotate.Kinds {
		l := layouts[k]
		if bulk(k) || k == annotate.KindImport {
			continue
		}
		query := "SELECT " + l.fields() + " FROM " + l.table + " t ORDER BY t.id"
		if l.soft {
			query = "SELECT " + l.fields() + " FROM " + l.table + " t WHERE t.state = 'live' OR EXISTS (" + usedBy[k] + ") ORDER BY t.state <> 'live', t.id"
		}
		rows, err := f.tx.QueryContext(f.ctx, query)
		if err != nil {
			return err
		}
		_, err = collect(rows, func(row scanner) (none struct{}, err error) {
			var i id
			r, err := l.scan(first{row, &i})
			if err == nil {
				err = annotate.Validate([]annotate.Op{annotate.Create(r)}, keptAll{})
			}
			if err != nil {
				f.broken[key{k, i}] = true
				f.lose(kindName(k)+" "+string(i), "Its row is damaged: %s.", err)
				return none, nil
			}
			r = f.distinct(r)
			f.all = append(f.all, r)
			f.there[key{k, i}] = true
			return none, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// usedBy finds what refers to a record t.
var usedBy = map[kind]string{
	annotate.KindLabel:        "SELECT 1 FROM span p WHERE p.label = t.id",
	annotate.KindRelationType: "SELECT 1 FROM relation r WHERE r.type = t.id",
	annotate.KindEntity:       "SELECT 1 FROM span p WHERE p.entity = t.id",
	annotate.KindAnnotator:    "SELECT 1 FROM annotation_set s WHERE s.annotator = t.id",
}

// first keeps the first column, the id, of a row that may not be scanned to its end.
type first struct {
	scanner
	id *id
}

// Scan implements scanner.
func (f first) Scan(dest ...any) error {
	rest := make([]any, len(dest))
	for i := range rest {
		rest[i] = new(any)
	}
	rest[0] = as(f.id)
	return errors.Join(f.scanner.Scan(rest...), f.scanner.Scan(dest...))
}

// distinct gives a record another name if one of its kind has it.
func (f *filler) distinct(r annotate.Record) annotate.Record {
	was := calledBy(r)
	fold := func(name string) string { return name }
	var rename func(name string)
	switch x := r.(type) {
	case annotate.Label:
		rename = func(name string) { x.Name = name; r = x }
	case annotate.RelationType:
		rename = func(name string) { x.Name = name; r = x }
	case annotate.Annotator: // whatever their case
		rename = func(name string) { x.Name = name; r = x }
		fold = func(name string) string { return strings.ToLower(strings.ToUpper(name)) }
	default:
		return r
	}
	name := was
	for n := 2; f.names[string(r.RecordKind())+" "+fold(name)]; n++ {
		name = fmt.Sprintf("%s-%d", was, n)
	}
	f.names[string(r.RecordKind())+" "+fold(name)] = true
	if name != was {
		rename(name)
		f.lose(kindName(r.RecordKind())+" "+was, "There are two of this name. One is called “%s” now.", name)
	}
	return r
}

// calledBy is the name of a record that has one.
func calledBy(r annotate.Record) string {
	switch r := r.(type) {
	case annotate.Label:
		return r.Name
	case annotate.RelationType:
		return r.Name
	case annotate.Annotator:
		return r.Name
	case annotate.Entity:
		return r.Name
	default:
		return ""
	}
}

// keptAll takes for granted all that a record refers to.
type keptAll struct{}

func (keptAll) ArticleLength(id) (int, bool)        { return 0, true }
func (keptAll) Exists(kind, id) bool                { return true }
func (keptAll) SetArticle(id) (id, bool)            { return "", true }
func (keptAll) SpanSet(id) (id, bool)               { return "", true }
func (keptAll) Referrers(kind, id) (kind, id, bool) { return "", "", false }
