package format

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"lede/annotate"
	"lede/annotate/text"
)

// A batch is one durable transaction of the Store, during which nobody else can
// write: these keep it near 50 ms.
const (
	batchArticles = 250
	batchBytes    = 1 << 20
)

// importExamples is how many items of each kind the report of an import names: people
// want to know of every one that was left out.
const importExamples = 1000

// importer is one try of an import.
type importer struct {
	store  annotate.Store
	o      ImportOptions
	id     annotate.ID // of the import
	report *ImportReport
	notes  notes

	noArticles       bool // the project has no articles: nothing to find
	labelsBefore     int  // of the project, without this import
	attributesBefore int

	noHistory bool // nor ever had records with ids that could clash

	labels, types  map[string]annotate.ID
	schema         *annotate.Schema
	people         []annotate.Annotator
	entities       map[annotate.ID]annotate.Entity
	entityNamed    map[[2]string]annotate.ID
	described      map[string]annotate.Label // what files say of labels
	describedTypes map[string]annotate.RelationType
	same           identity        // of the source that is being read
	sameNames      bool            // entities of one kind and name are one
	uses           map[string]int  // place of a label in the report
	inFiles        map[string]bool // labels of o.Map that some file has

	refs   map[string]*staged // articles of this import by ref
	hashes map[string]*staged // the first of each text, for articles that bring no ref
	ids    map[uint64]bool    // hashes of span and relation ids that were kept

	staging annotate.Importer
	ops     []annotate.Op
	batch   []annotate.ImportArticle
	bytes   int
	untold  []int     // positions in the batch of articles whose language nobody has said
	flushed int       // batches staged
	began   time.Time // of an import in parts
	kept    time.Time // when its last part was
	from    string    // what is imported, for the history
	format  string
}

// staged is an article of this import.
type staged struct {
	id         annotate.ID
	hash       string
	place      Place
	annotators []annotate.ID
	batch      int // position in the batch, while
	flushed    int // this many batches have been staged
}

func newImporter(ctx context.Context, store annotate.Store, o ImportOptions) (*importer, error) {
	im := &importer{
		store: store, o: o, id: o.Env.NewID(), report: &ImportReport{DryRun: o.DryRun}, notes: notes{most: importExamples},
		labels: map[string]annotate.ID{}, types: map[string]annotate.ID{},
		described: map[string]annotate.Label{}, describedTypes: map[string]annotate.RelationType{},
		entities: map[annotate.ID]annotate.Entity{}, entityNamed: map[[2]string]annotate.ID{},
		inFiles: map[string]bool{}, uses: map[string]int{}, refs: map[string]*staged{}, hashes: map[string]*staged{}, ids: map[uint64]bool{},
	}
	var err error
	if im.schema, err = store.Schema(ctx); err != nil {
		return nil, err
	}
	im.labelsBefore, im.attributesBefore = len(im.schema.Labels), len(im.schema.Attributes)
	for _, l := range im.schema.Labels {
		im.labels[l.Name] = l.ID
	}
	for _, t := range im.schema.RelationTypes {
		im.types[t.Name] = t.ID
	}
	if im.people, err = store.Annotators(ctx); err != nil {
		return nil, err
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range entities {
		im.knowEntity(e)
	}
	count, err := store.Count(ctx, annotate.ArticleQuery{})
	if err != nil {
		return nil, err
	}
	position, err := store.Position(ctx)
	if err != nil {
		return nil, err
	}
	im.noArticles = count.Total == 0
	// The first change makes the project, with a schema and annotators alone.
	im.noHistory = im.noArticles && position <= 1
	return im, nil
}

// article brings one article in.
func (im *importer) article(ctx context.Context, t *taken) error {
	im.report.Read.add(t.Article)
	sets, err := im.sets(t)
	if err != nil {
		return err
	}
	if t.NoText {
		return im.attach(ctx, t, sets)
	}
	if here := im.stagedAlready(t); here != nil {
		return im.further(ctx, t, here, sets)
	}
	known, err := im.find(ctx, t)
	if err != nil {
		return err
	}
	if known != nil {
		return im.duplicate(ctx, t, *known, sets)
	}
	return im.add(ctx, t, t.Ref, sets)
}

// stagedAlready finds the article among those of this import.
func (im *importer) stagedAlready(t *taken) *staged {
	if here := im.refs[t.Ref]; here != nil && t.Ref != "" && (here.hash == t.hash || !t.RefFromName) {
		if here.hash == t.hash || im.o.OnDuplicate != Keep {
			return here
		}
	}
	if t.Ref == "" || t.RefFromName {
		if here := im.hashes[t.hash]; here != nil && im.o.OnDuplicate != Keep {
			return here
		}
	}
	return nil
}

// further adds sets to an article that came earlier in this import.
func (im *importer) further(ctx context.Context, t *taken, here *staged, sets []newSet) error {
	if here.hash != t.hash {
		return Refuse(t.Place, "Give each article its own id, or use --on-duplicate keep.", "the id %q stands for another text at %s", t.Ref, here.place)
	}
	added := 0
	for _, s := range sets {
		if im.twice(here.annotators, s) {
			continue
		}
		here.annotators = append(here.annotators, s.annotator.ID)
		data, err := im.build(ctx, s, here.id)
		if err != nil {
			return err
		}
		im.countAdded(data)
		added++
		if here.flushed == im.flushed {
			im.batch[here.batch].Sets = append(im.batch[here.batch].Sets, data)
			continue
		}
		data.Set.Import = "" // an ordinary op of the change, not a staged row
		im.ops = append(im.ops, createSet(data)...)
	}
	if added == 0 {
		im.report.Unchanged++
	}
	return nil
}

// twice notes a set whose annotator has one of the same article in this import.
func (im *importer) twice(have []annotate.ID, s newSet) bool {
	if !slices.Contains(have, s.annotator.ID) {
		return false
	}
	im.notes.add("duplicate_sets", "annotation sets left out, because the annotator has one of the same article already", 1, s.set.Place.String())
	return true
}

// createSet is a set as ordinary ops.
func createSet(d annotate.SetData) []annotate.Op {
	ops := []annotate.Op{annotate.Create(d.Set)}
	for _, s := range d.Spans {
		ops = append(ops, annotate.Create(s))
	}
	for _, r := range d.Relations {
		ops = append(ops, annotate.Create(r))
	}
	return ops
}

// find looks for the article in the project: by ref, else by text.
func (im *importer) find(ctx context.Context, t *taken) (*annotate.Article, error) {
	if im.noArticles {
		return nil, nil
	}
	if t.Ref != "" {
		found, err := im.store.Find(ctx, t.Ref, "")
		if err != nil {
			return nil, err
		}
		if len(found) > 0 && (found[0].TextHash == t.hash || !t.RefFromName || im.o.OnDuplicate == Correct) {
			return &found[0], nil
		}
	}
	found, err := im.store.Find(ctx, "", t.hash)
	if err != nil {
		return nil, err
	}
	for i, a := range found {
		// An article of this import that has an id of its own is not the one that
		// another article of this import was found to be.
		if im.refs["\x00"+string(a.ID)] == nil || t.Ref == "" || t.RefFromName {
			return &found[i], nil
		}
	}
	return nil, nil
}

// freeRef is ref, or with a number when it is taken.
func (im *importer) freeRef(ctx context.Context, ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	for n := 1; ; n++ {
		candidate := ref
		if n > 1 {
			candidate = ref + "-" + strconv.Itoa(n)
		}
		if im.refs[candidate] != nil {
			continue
		}
		if im.noArticles {
			return candidate, nil
		}
		found, err := im.store.Find(ctx, candidate, "")
		if err != nil || len(found) == 0 {
			return candidate, err
		}
	}
}

// add stages a new article under the ref, or a numbered one if it is taken.
func (im *importer) add(ctx context.Context, t *taken, ref string, sets []newSet) error {
	ref, err := im.freeRef(ctx, ref)
	if err != nil {
		return err
	}
	if ref != t.Ref {
		im.notes.add("refs", "articles under a new ref, because theirs is taken by another text", 1, t.Ref+" → "+ref)
	}
	if strings.TrimSpace(t.Text) == "" {
		im.notes.add("empty", "articles without any text", 1, t.Place.String()+": "+ref)
	}
	return im.addAs(ctx, t, ref, sets)
}

func (im *importer) addAs(ctx context.Context, t *taken, ref string, sets []newSet) error {
	if len(im.batch) >= batchArticles || im.bytes > batchBytes {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	facts := im.facts(t)
	facts.ID, facts.Import = im.o.Env.NewID(), im.id
	if err := im.recordFacts(ctx, &facts, t.Record); err != nil {
		return err
	}
	if facts.Ref = ref; ref == "" {
		facts.Ref = string(facts.ID)
	}
	here := &staged{id: facts.ID, hash: t.hash, place: t.Place, batch: len(im.batch), flushed: im.flushed}
	item := annotate.ImportArticle{Article: facts, Text: t.text.String()}
	for _, s := range sets {
		if im.twice(here.annotators, s) {
			continue
		}
		data, err := im.build(ctx, s, facts.ID)
		if err != nil {
			return err
		}
		here.annotators = append(here.annotators, s.annotator.ID)
		item.Sets = append(item.Sets, data)
		im.countAdded(data)
		im.bytes += 200 * len(data.Spans)
	}
	im.batch = append(im.batch, item)
	im.bytes += len(item.Text)
	if im.o.DetectLanguage && !t.LanguageTold && t.Record == nil {
		im.untold = append(im.untold, len(im.batch)-1)
	}
	im.refs[facts.Ref] = here
	if im.hashes[t.hash] == nil {
		im.hashes[t.hash] = here
	}
	im.report.Added.Articles++
	if im.report.FirstArticle == "" {
		im.report.FirstArticle = facts.ID
	}
	return nil
}

// facts is the article's record but for its ids.
func (im *importer) facts(t *taken) annotate.Article {
	return annotate.Article{
		Title: t.Title, Source: t.Publisher, URL: t.URL, Author: t.Author, Published: t.Published, PublishedISO: t.published,
		Language: t.Language, Meta: withSplit(t.Meta, t.Split), TextHash: t.hash, Length: t.text.Len(), Intake: text.IntakeVersion,
	}
}

func (im *importer) countAdded(d annotate.SetData) {
	im.report.Added.Sets++
	im.report.Added.Spans += len(d.Spans)
	im.report.Added.Relations += len(d.Relations)
	for _, s := range d.Spans {
		im.report.Added.Fragments += len(s.Fragments)
	}
}

// flush stages what has gathered.
func (im *importer) flush(ctx context.Context) error {
	if im.o.DryRun {
		im.ops = nil
	} else if len(im.ops)+len(im.batch) > 0 {
		if im.staging == nil {
			var err error
			im.staging, err = im.store.BeginImport(ctx, annotate.Import{ID: im.id, State: annotate.ImportStaged, Format: im.format, Source: im.from})
			if err != nil {
				return err
			}
		}
		if len(im.ops) > 0 {
			if err := im.staging.Define(ctx, im.ops); err != nil {
				return err
			}
		}
		im.detect()
		if len(im.batch) > 0 {
			if err := im.staging.Add(ctx, im.batch); err != nil {
				return err
			}
		}
	}
	im.flushed++
	im.ops, im.batch, im.untold, im.bytes = nil, nil, nil, 0
	return nil
}

// finish commits, unless there is nothing new.
func (im *importer) finish(ctx context.Context, title string) (*ImportReport, error) {
	if err := im.flush(ctx); err != nil {
		return nil, err
	}
	im.report.Notes = append(im.report.Notes, im.notes.list()...)
	if im.staging == nil {
		if im.o.DryRun {
			im.report.FirstArticle = ""
		}
		return im.report, nil
	}
	if im.o.Progress != nil {
		im.o.Progress(Progress{Done: im.report.Read.Articles, Phase: Saving})
	}
	if err := im.commit(ctx, title); err != nil {
		return nil, err
	}
	if im.report.Parts > 0 {
		im.report.Parts++
	}
	return im.report, nil
}

// abort removes what was staged, also when ctx is cancelled.
func (im *importer) abort(ctx context.Context) {
	if im.staging != nil {
		// The error that led here is the one to tell; staged rows that stay are
		// never shown and are removed by the next import.
		_ = im.staging.Abort(context.WithoutCancel(ctx))
	}
}

// own reports whether an id of a file can be kept: nothing of the kind has, or
// ever had, it.
func (im *importer) own(ctx context.Context, kind annotate.Kind, id string) (bool, error) {
	if id == "" {
		return false, nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(string(kind) + "\x00" + id))
	if im.ids[h.Sum64()] {
		return false, nil
	}
	if !im.noHistory {
		taken, err := im.store.Has(ctx, kind, annotate.ID(id))
		if err != nil || taken {
			return false, err
		}
	}
	im.ids[h.Sum64()] = true
	return true, nil
}

// person finds or makes an annotator by name.
func (im *importer) person(name string, at Place) (annotate.Annotator, error) {
	for _, p := range im.people {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	if strings.EqualFold(name, annotate.AllName) || strings.TrimSpace(name) == "" {
		return annotate.Annotator{}, Refuse(at, "Rename the annotator in the file.", "%q cannot be the name of an annotator", name)
	}
	p := annotate.Annotator{ID: im.o.Env.NewID(), Name: name, Kind: annotate.Human}
	if strings.EqualFold(name, annotate.GoldName) {
		p.Kind = annotate.Gold
	}
	im.people = append(im.people, p)
	im.ops = append(im.ops, annotate.Create(p))
	im.report.Created.Annotators = append(im.report.Created.Annotators, name)
	return p, nil
}
