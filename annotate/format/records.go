package format

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/annotate/text"
)

// newSet is a set of a file, with its annotator found.
type newSet struct {
	set       *Set
	fragments []annotate.Fragments
	annotator annotate.Annotator
	text      *text.Text // nil if the file has none
}

// sets finds whose each set is, and leaves out sets of nobody that say nothing.
func (im *importer) sets(t *taken) ([]newSet, error) {
	var sets []newSet
	for i := range t.Sets {
		s := &t.Sets[i]
		name := s.Annotator
		if name == "" {
			if s.Blank() {
				continue
			}
			if name = im.o.Annotator; name == "" {
				return nil, usage("%s names no annotator for the annotations it holds.", "Say whose they are with --annotator NAME.", s.Place.String())
			}
		}
		p, err := im.person(name, s.Place)
		if err != nil {
			return nil, err
		}
		sets = append(sets, newSet{s, t.fragments[i], p, t.text})
	}
	return sets, nil
}

// build makes the records of a set of an article, with labels, types and
// entities found or made.
func (im *importer) build(ctx context.Context, s newSet, article annotate.ID) (annotate.SetData, error) {
	status := s.set.Status
	if status == "" {
		// Files without a status are corpora: somebody finished them.
		status = annotate.Done
		im.notes.add("status", "annotation sets taken as done, because their file gives no status", 1, "")
	}
	if !slices.Contains(annotate.Statuses, status) {
		return annotate.SetData{}, Refuse(s.set.Place, "Statuses: new, in_progress, done, skipped.", "the status %q is unknown", string(status))
	}
	d := annotate.SetData{Annotator: s.annotator, Set: annotate.AnnotationSet{
		ID: im.o.Env.NewID(), Article: article, Annotator: s.annotator.ID, Status: status, Reason: s.set.Reason,
		Flag: s.set.Flag, Note: s.set.Note, Fields: s.set.Fields, Accepted: s.set.Accepted, Import: im.id,
	}}
	if err := im.recordSet(ctx, &d.Set, s.set.Record); err != nil {
		return d, err
	}
	im.unite(s.set, s.fragments, s.text)
	ids := map[string]annotate.ID{}
	for i := range s.set.Spans {
		span, err := im.span(ctx, &s.set.Spans[i], ids, s.set.LocalIDs)
		if err != nil {
			return d, err
		}
		span.Set, span.Fragments = d.Set.ID, s.fragments[i]
		d.Spans = append(d.Spans, span)
	}
	for i := range s.set.Relations {
		r, err := im.relation(ctx, &s.set.Relations[i], ids, s.set.LocalIDs)
		if err != nil {
			return d, err
		}
		r.Set = d.Set.ID
		d.Relations = append(d.Relations, r)
	}
	return d, nil
}

// span makes a span's record but for its set and fragments, and notes in ids
// what became of the file's id.
func (im *importer) span(ctx context.Context, s *Span, ids map[string]annotate.ID, local bool) (annotate.Span, error) {
	id, err := im.keepID(ctx, annotate.KindSpan, s.ID, local, s.Place)
	if err != nil {
		return annotate.Span{}, err
	}
	if s.ID != "" {
		if _, twice := ids[s.ID]; twice {
			return annotate.Span{}, Refuse(s.Place, "Give each span its own id.", "the span id %q occurs twice in this annotation set", s.ID)
		}
		ids[s.ID] = id
	}
	entity, err := im.entity(ctx, s)
	if err != nil {
		return annotate.Span{}, err
	}
	origin := s.Origin
	switch {
	case origin == "":
		origin = annotate.OriginImport
	case origin == annotate.OriginManual || origin == annotate.OriginImport || origin == annotate.OriginRule,
		strings.HasPrefix(origin, "model:") && len(origin) > len("model:"):
	default:
		im.notes.add("origin", "spans with an unknown origin, taken as imported", 1, s.Place.String()+": "+origin)
		origin = annotate.OriginImport
	}
	return annotate.Span{
		ID: id, Label: im.label(s.Label), Attributes: s.Attributes, Entity: entity, Origin: origin, Note: s.Note, Accepted: s.Accepted, Extra: s.Extra,
	}, nil
}

func (im *importer) relation(ctx context.Context, r *Relation, ids map[string]annotate.ID, local bool) (annotate.Relation, error) {
	from, ok1 := ids[r.From]
	to, ok2 := ids[r.To]
	if !ok1 || !ok2 {
		missing := r.From
		if ok1 {
			missing = r.To
		}
		return annotate.Relation{}, Refuse(r.Place, "", "a relation (%s) has an end, %q, that is no span of its annotation set", r.Type, missing)
	}
	if r.Type == "" || strings.ContainsAny(r.Type, "\n\x00") {
		return annotate.Relation{}, Refuse(r.Place, "", "the relation type %q is empty or has a line break", r.Type)
	}
	id, err := im.keepID(ctx, annotate.KindRelation, r.ID, local, r.Place)
	if err != nil {
		return annotate.Relation{}, err
	}
	return annotate.Relation{
		ID: id, Type: im.relationType(r.Type), From: from, To: to, Attributes: r.Attributes, Note: r.Note, Accepted: r.Accepted, Extra: r.Extra,
	}, nil
}

// keepID is the file's id where it is unique, else a new one, which is told.
func (im *importer) keepID(ctx context.Context, kind annotate.Kind, id string, local bool, at Place) (annotate.ID, error) {
	if local {
		return im.o.Env.NewID(), nil
	}
	own, err := im.own(ctx, kind, id)
	if err != nil {
		return "", err
	}
	if own {
		return annotate.ID(id), nil
	}
	if id != "" {
		im.notes.add("ids", "ids of "+string(kind)+"s replaced, because they are taken", 1, at.String()+": "+id)
	}
	return im.o.Env.NewID(), nil
}

// label finds or makes a label by name.
func (im *importer) label(name string) annotate.ID {
	if id, ok := im.labels[name]; ok {
		return id
	}
	n, order := len(im.labels), 0
	for _, l := range im.schema.Labels {
		order = max(order, l.Order)
	}
	colors, line := schema.Look(n)
	l := annotate.Label{
		ID: im.o.Env.NewID(), Name: name, Title: name, Color: colors.Light, ColorDark: colors.Dark,
		Pattern: line, Hotkey: im.freeKey(), Order: order + 1,
	}
	im.look(&l)
	im.schema.Labels = append(im.schema.Labels, l)
	im.labels[name] = l.ID
	im.ops = append(im.ops, annotate.Create(l))
	im.report.Created.Labels = append(im.report.Created.Labels, name)
	return l.ID
}

// freeKey is the first digit key that no label has, "" when all are taken.
func (im *importer) freeKey() string {
	for _, key := range "1234567890" {
		if _, taken := im.schema.LabelByKey(string(key)); !taken {
			return string(key)
		}
	}
	return ""
}

func (im *importer) relationType(name string) annotate.ID {
	if id, ok := im.types[name]; ok {
		return id
	}
	order := 0
	for _, t := range im.schema.RelationTypes {
		order = max(order, t.Order)
	}
	t := im.describedTypes[name]
	t.ID, t.Name, t.Title, t.Order = im.o.Env.NewID(), name, cmp.Or(t.Title, name), order+1
	im.schema.RelationTypes = append(im.schema.RelationTypes, t)
	im.types[name] = t.ID
	im.ops = append(im.ops, annotate.Create(t))
	im.report.Created.RelationTypes = append(im.report.Created.RelationTypes, name)
	return t.ID
}

func (im *importer) knowEntity(e annotate.Entity) {
	im.entities[e.ID] = e
	if _, taken := im.entityNamed[[2]string{e.Kind, e.Name}]; !taken {
		im.entityNamed[[2]string{e.Kind, e.Name}] = e.ID
	}
}

// entity finds an entity by id, or without one by kind and name, or makes it.
func (im *importer) entity(ctx context.Context, s *Span) (annotate.ID, error) {
	if s.Entity == nil {
		return "", nil
	}
	e := *s.Entity
	if known, ok := im.entities[annotate.ID(e.ID)]; ok && e.ID != "" {
		if known.Kind != e.Kind && !e.NoKind || known.Name != e.Name {
			im.notes.add("entities", "mentions of entities that are called otherwise in the project; its names were kept", 1, e.Name+" → "+known.Name)
		}
		return known.ID, nil
	}
	if e.NoKind {
		e.Kind = im.kindOf(s.Label)
	}
	if id, ok := im.entityNamed[[2]string{e.Kind, e.Name}]; ok && e.ID == "" {
		return id, nil
	}
	id := annotate.ID(e.ID)
	if own, err := im.own(ctx, annotate.KindEntity, e.ID); err != nil {
		return "", err
	} else if !own {
		id = im.o.Env.NewID()
	}
	made := annotate.Entity{ID: id, Kind: e.Kind, Name: e.Name}
	im.knowEntity(made)
	if e.ID != "" {
		im.entities[annotate.ID(e.ID)] = made
	}
	im.ops = append(im.ops, annotate.Create(made))
	im.report.Created.Entities = append(im.report.Created.Entities, e.Name)
	return id, nil
}

// duplicate treats an article that the project has already.
func (im *importer) duplicate(ctx context.Context, t *taken, known annotate.Article, sets []newSet) error {
	switch im.o.OnDuplicate {
	case Skip:
		im.report.Skipped++
		return nil
	case Keep:
		im.report.Kept++
		ref := t.Ref
		if ref == "" {
			ref = known.Ref
		}
		return im.add(ctx, t, ref, sets)
	case Replace:
		return im.replace(ctx, t, known, sets)
	case Correct:
		return im.correct(ctx, t, known, sets)
	default:
		return im.merge(ctx, t, known, sets)
	}
}

// merge keeps an article that the project has and adds the sets of further
// annotators.
func (im *importer) merge(ctx context.Context, t *taken, known annotate.Article, sets []newSet) error {
	if known.TextHash != t.hash {
		im.leaveOut("articles left out, because the project has another text under their ref (--on-duplicate replace or keep)", t)
		return nil
	}
	return im.addToKnown(ctx, known, sets)
}

func (im *importer) leaveOut(why string, t *taken) {
	im.report.LeftOut++
	im.notes.add("left_out", why, 1, t.Place.String()+": "+t.Ref)
}

// addToKnown adds the sets of annotators who have none of the article, and counts
// what became of it.
func (im *importer) addToKnown(ctx context.Context, known annotate.Article, sets []newSet) error {
	if len(sets) == 0 {
		im.report.Unchanged++
		return nil
	}
	doc, err := im.store.Document(ctx, known.ID)
	if err != nil {
		return err
	}
	here := im.refs["\x00"+string(known.ID)]
	if here == nil {
		here = &staged{id: known.ID, hash: known.TextHash}
		for _, d := range doc.Sets {
			here.annotators = append(here.annotators, d.Set.Annotator)
		}
		im.refs["\x00"+string(known.ID)] = here
	}
	item := annotate.ImportArticle{Article: known, Known: true}
	for _, s := range sets {
		if slices.Contains(here.annotators, s.annotator.ID) {
			if !im.sameWork(doc, s) {
				im.notes.add("kept_sets", "annotation sets left out, because the project has another of the same annotator and article", 1, s.set.Place.String())
			}
			continue
		}
		data, err := im.build(ctx, s, known.ID)
		if err != nil {
			return err
		}
		here.annotators = append(here.annotators, s.annotator.ID)
		item.Sets = append(item.Sets, data)
		im.countAdded(data)
	}
	if len(item.Sets) == 0 {
		im.report.Unchanged++
		return nil
	}
	if len(im.batch) >= batchArticles {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	im.batch = append(im.batch, item)
	im.report.Merged++
	return nil
}

// sameWork compares labels and places of a set with what the project has.
func (im *importer) sameWork(doc *annotate.Document, s newSet) bool {
	for _, d := range doc.Sets {
		if d.Set.Annotator != s.annotator.ID {
			continue
		}
		if len(d.Spans) != len(s.set.Spans) || len(d.Relations) != len(s.set.Relations) {
			return false
		}
		count := map[string]int{}
		for _, x := range d.Spans {
			count[string(x.Label)+rangesOf(x.Fragments)]++
		}
		for i, x := range s.set.Spans {
			key := string(im.labels[x.Label]) + rangesOf(s.fragments[i])
			if count[key]--; count[key] < 0 {
				return false
			}
		}
		return true
	}
	return false
}

// replace gives a known article the file's facts and the sets of the file's
// annotators. With another text it is a new article under the same ref, allowed
// only while the old one has no spans.
func (im *importer) replace(ctx context.Context, t *taken, known annotate.Article, sets []newSet) error {
	doc, err := im.store.Document(ctx, known.ID)
	if err != nil {
		return err
	}
	if im.refs["\x00"+string(known.ID)] != nil {
		return Refuse(t.Place, "Give each article its own id.", "the article %q occurs twice, and only one can replace what is in the project", t.Ref)
	}
	im.refs["\x00"+string(known.ID)] = &staged{id: known.ID, hash: t.hash, place: t.Place}
	if known.TextHash != t.hash {
		if slices.ContainsFunc(doc.Sets, func(d annotate.SetData) bool { return len(d.Spans) > 0 }) {
			im.leaveOut("articles left out, because the project has another text under their ref, with spans in it", t)
			return nil
		}
		im.ops = append(im.ops, annotate.Update(
			annotate.ArticleState{ID: known.ID, Presence: annotate.Live}, annotate.ArticleState{ID: known.ID, Presence: annotate.Deleted}))
		im.report.Replaced++
		return im.addAs(ctx, t, known.Ref, sets)
	}
	return im.replaceInPlace(ctx, t, known, doc, sets)
}

func (im *importer) replaceInPlace(ctx context.Context, t *taken, known annotate.Article, doc *annotate.Document, sets []newSet) error {
	facts := im.facts(t)
	facts.ID, facts.Ref, facts.Intake, facts.Order, facts.Import, facts.Extra = known.ID, known.Ref, known.Intake, known.Order, known.Import, known.Extra
	changed := !annotate.SameRecord(known, facts)
	if changed {
		im.ops = append(im.ops, annotate.Update(known, facts))
	}
	for _, s := range sets {
		if im.sameWork(doc, s) {
			continue
		}
		changed = true
		for _, d := range doc.Sets {
			if d.Set.Annotator == s.annotator.ID {
				im.ops = append(im.ops, deleteSet(d)...)
			}
		}
		data, err := im.build(ctx, s, known.ID)
		if err != nil {
			return err
		}
		data.Set.Import = ""
		im.ops = append(im.ops, createSet(data)...)
		im.countAdded(data)
	}
	if changed {
		im.report.Replaced++
	} else {
		im.report.Unchanged++
	}
	return nil
}

// deleteSet is the end of a set as ordinary ops: relations first.
func deleteSet(d annotate.SetData) []annotate.Op {
	var ops []annotate.Op
	for _, r := range d.Relations {
		ops = append(ops, annotate.Delete(r))
	}
	for _, s := range d.Spans {
		ops = append(ops, annotate.Delete(s))
	}
	return append(ops, annotate.Delete(d.Set))
}

// attach adds the sets of an article that came without its text to the article
// of the project that has that text.
func (im *importer) attach(ctx context.Context, t *taken, sets []newSet) error {
	if t.Hash == "" {
		return im.attachByRef(ctx, t, sets)
	}
	found, err := im.store.Find(ctx, "", t.Hash)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		im.leaveOut("articles left out, because their file holds no text and the project has none with that hash", t)
		return nil
	}
	known := found[0]
	for _, a := range found {
		if a.Ref == t.Ref {
			known = a
		}
	}
	if known.Length != t.Length {
		return Refuse(t.Place, "", "the text with this hash has %d characters, not %d", known.Length, t.Length)
	}
	if t.LinesSplit && len(sets) > 0 {
		_, body, err := im.store.Article(ctx, known.ID)
		if err != nil {
			return err
		}
		for _, s := range sets {
			for i := range s.fragments {
				s.fragments[i] = joinLines(body, s.fragments[i])
			}
		}
	}
	return im.addToKnown(ctx, known, sets)
}
