//go:build linux

package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/edit"
	"lede/annotate/migrate"
	"lede/annotate/text"
	"lede/storage"
)

// The environment of a worker.
const (
	workerPath = "TORTURE_PATH"   // the project
	workerSeed = "TORTURE_WORK"   // of its random work
	workerMany = "TORTURE_STEPS"  // how much it does before it ends by itself
	workerWith = "TORTURE_SHARED" // others write, too: conflicts are no fault
	workerTidy = "TORTURE_TIDY"   // every other step gives something up
	workerRead = "TORTURE_READ"   // it opens the project for reading, and closes it
)

// actor is who works.
const actor = "ana"

// worker is one run of random work.
type worker struct {
	random *rand.Rand
	env    annotate.Env
	edit   edit.Editor
	path   string
	shared bool
	tidier bool

	store  annotate.Store
	stacks edit.Stacks
	schema *annotate.Schema
	ana    annotate.Annotator
}

// work is a worker's life. What it says, a line each, is what the harness reads.
func work() error {
	seed, err := strconv.ParseUint(os.Getenv(workerSeed), 10, 64)
	if err != nil {
		return err
	}
	steps, err := strconv.Atoi(os.Getenv(workerMany))
	if err != nil {
		return err
	}
	w := &worker{random: rand.New(rand.NewPCG(seed, 1)), path: os.Getenv(workerPath)}
	w.shared, w.tidier = os.Getenv(workerWith) != "", os.Getenv(workerTidy) != ""
	w.env = environment(rand.New(rand.NewPCG(seed, 2)))
	w.edit = edit.Editor{Env: w.env, Actor: actor}
	if os.Getenv(workerRead) != "" {
		w.read()
		return nil
	}
	if steps == 0 && !w.open() { // an old file that is brought up to date
		return nil
	}
	for range steps {
		if w.store == nil && !w.open() {
			continue
		}
		w.step()
	}
	if w.store != nil {
		w.close()
	}
	say("done")
	return nil
}

// read reads the project, and does nothing else.
func (w *worker) read() {
	ctx := context.Background()
	s, err := storage.New(storage.Options{Env: w.env, InstallID: "torture"}).Open(ctx, w.path, annotate.ModeRead)
	if err != nil {
		w.failed("open", err, "")
		return
	}
	w.store = s
	if _, err := s.History(ctx, annotate.HistoryQuery{}); err != nil {
		w.failed("read", err, "")
	}
	w.close()
}

// environment has random ids and a clock that goes by a millisecond.
func environment(random *rand.Rand) annotate.Env {
	now := annotest.Start
	return annotate.Env{
		Now: func() time.Time { now = now.Add(time.Millisecond); return now },
		NewID: func() annotate.ID {
			a, b := random.Uint64(), random.Uint64()
			return annotate.ID(fmt.Sprintf("019cb800-%04x-7%03x-8%03x-%012x", a&0xffff, a>>16&0xfff, a>>32&0xfff, b&0xffffffffffff))
		},
	}
}

// say is one line to the harness, in one write.
func say(format string, args ...any) {
	_, _ = os.Stdout.WriteString(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ") + "\n")
}

// failed tells the harness of an error: as told if it is a sentence for people.
// A change that failed must not be there.
func (w *worker) failed(what string, err error, change annotate.ID) {
	var told *annotate.Error
	var old *annotate.InvalidError
	switch {
	case w.shared && (errors.Is(err, annotate.ErrConflict) || what == "read" && errors.Is(err, annotate.ErrNotFound)):
		return // another worker has taken back the import of an article meanwhile, for instance
	case w.shared && (errors.As(err, &old) || what == "plan"): // a label that another worker has deleted meanwhile
		w.refresh()
		return
	case what == reversal && (errors.Is(err, annotate.ErrConflict) || errors.As(err, &old)) && w.lessened():
		say("given-up")
		return
	case !errors.As(err, &told), told.Detail == "", !strings.HasSuffix(told.Detail, "."), told.Subject == "", told.Op == "":
		say("BAD %s: no sentence: %v (%#v)", what, err, err)
		return
	}
	say("told %s: %s", what, told.Detail)
	if change == "" || w.store == nil {
		return
	}
	there, err := w.store.History(context.Background(), annotate.HistoryQuery{IDs: []annotate.ID{change}, WithoutOps: true})
	if err == nil && len(there) > 0 {
		say("BAD %s: it failed, and the change is there", what)
	}
}

const reversal = "undo or redo"

// lessened says whether a purge took from a change what else it was about, or a compaction gave
// changes up: they cannot be undone or redone any more, and what they did to other records stands
// in the way of those that are left.
func (w *worker) lessened() bool {
	history, err := w.store.History(context.Background(), annotate.HistoryQuery{WithoutOps: true})
	return err == nil && slices.ContainsFunc(history, func(c annotate.Change) bool { return c.Purged > 0 || c.Cause == annotate.CauseBaseline })
}

// refresh takes in what another worker did to the schema.
func (w *worker) refresh() {
	if schema, err := w.store.Schema(context.Background()); err == nil {
		w.schema = schema
	}
}

func (w *worker) open() bool {
	ctx := context.Background()
	mode := annotate.ModeWrite
	if w.random.IntN(3) == 0 && !w.shared {
		mode = annotate.ModeWindow
	}
	projects := storage.New(storage.Options{Env: w.env, InstallID: "torture"})
	var store annotate.Store
	_, err := os.Lstat(w.path)
	if os.IsNotExist(err) {
		store, err = projects.Create(ctx, w.path, actor, firstRecords(w.env))
	} else {
		store, err = projects.Open(ctx, w.path, mode)
	}
	if err != nil {
		w.failed("open", err, "")
		return false
	}
	if info := store.Info(); info.ReadOnly {
		say("BAD open: read-only: %s", info.Why)
	}
	w.store = store
	say("open")
	if err = w.fold(); err == nil {
		w.schema, err = store.Schema(ctx)
	}
	people, err2 := store.Annotators(ctx)
	if err = errors.Join(err, err2); err != nil {
		w.failed("read", err, "")
		w.close()
		return false
	}
	w.ana = people[0]
	return true
}

// firstRecords are what a project begins with.
func firstRecords(env annotate.Env) []annotate.Record {
	records := []annotate.Record{annotate.Annotator{ID: env.NewID(), Name: actor, Kind: annotate.Human}}
	for i, name := range []string{"actor", "event", "quote"} {
		records = append(records, annotate.Label{ID: env.NewID(), Name: name, Title: name, Color: "#336699", Order: i})
	}
	return records
}

func (w *worker) close() {
	if err := w.store.Close(); err != nil {
		w.failed("close", err, "")
	} else {
		say("closed")
	}
	w.store = nil
}

// step does one thing.
func (w *worker) step() {
	if w.tidier && w.random.IntN(2) == 0 {
		w.tidy()
		return
	}
	switch n := w.random.IntN(100); {
	case n < 40:
		w.tag()
	case n < 53:
		w.alter()
	case n < 64:
		w.reverse(w.stacks.Undo, w.edit.Undo)
	case n < 70:
		w.reverse(w.stacks.Redo, w.edit.Redo)
	case n < 78:
		w.bring()
	case n < 83:
		w.reshape()
	case n < 86:
		w.backup()
	case n < 97:
		w.tidy()
	default:
		w.close()
	}
}

// apply writes a change and says so when it is acknowledged.
func (w *worker) apply(what string, c annotate.Change, err error) {
	if errors.Is(err, annotate.ErrNothing) {
		return
	}
	if err == nil {
		done, err := w.store.Apply(context.Background(), c)
		if err == nil {
			w.acknowledged(what, done)
			return
		}
		w.failed(what, err, c.ID)
		return
	}
	w.failed(what, err, "")
}

func (w *worker) acknowledged(what string, c annotate.Change) {
	say("ack %s", acknowledge(what, c))
	w.stacks.Fold(c, actor)
	if c.TouchesSchema() {
		if schema, err := w.store.Schema(context.Background()); err == nil {
			w.schema = schema
		}
	}
}

// document is a random article as an editor sees it, nil if there is none.
func (w *worker) document() *edit.State {
	ctx := context.Background()
	count, err := w.store.Count(ctx, annotate.ArticleQuery{})
	if err == nil && count.Total == 0 {
		return nil
	}
	var rows []annotate.ArticleRow
	if err == nil {
		rows, err = w.store.Articles(ctx, annotate.ArticleQuery{Offset: w.random.IntN(count.Total), Limit: 1})
	}
	var d *annotate.Document
	if err == nil && len(rows) > 0 {
		d, err = w.store.Document(ctx, rows[0].Article.ID)
	}
	if err != nil {
		w.failed("read", err, "")
	}
	if d == nil {
		return nil
	}
	return edit.NewState(d, w.schema, w.ana)
}

func (w *worker) label() annotate.ID { return w.schema.Labels[w.random.IntN(len(w.schema.Labels))].ID }

// place is a random range of a text of at least two characters.
func (w *worker) place(length int) text.Range {
	start := w.random.IntN(length - 1)
	return text.Range{Start: start, End: start + 1 + w.random.IntN(min(length-start-1, 40)+1)}
}

// tag marks some places, several of them as one step.
func (w *worker) tag() {
	s := w.document()
	if s == nil {
		return
	}
	if w.random.IntN(3) > 0 {
		c, _, err := w.edit.Tag(s, w.label(), []text.Range{w.place(s.Article.Length)}, annotate.OriginManual)
		w.apply("tag", c, err)
		return
	}
	bulk := w.edit.TagAll(annotate.Span{Label: w.label()})
	places := make([]text.Range, 1+w.random.IntN(30))
	for i := range places {
		places[i] = w.place(s.Article.Length)
	}
	slices.SortFunc(places, func(a, b text.Range) int { return (a.Start-b.Start)*1000 + a.End - b.End })
	bulk.Add(s, slices.Compact(places))
	c, err := bulk.Change("words")
	w.apply("tag all", c, err)
}

// alter changes or deletes a span, or the state of an article.
func (w *worker) alter() {
	s := w.document()
	if s == nil {
		return
	}
	spans := s.Spans()
	if len(spans) == 0 || w.random.IntN(4) == 0 {
		c, err := w.edit.SetStatus(s, annotate.Statuses[w.random.IntN(len(annotate.Statuses))], "no news")
		w.apply("status", c, err)
		return
	}
	span := spans[w.random.IntN(len(spans))]
	var c annotate.Change
	var err error
	switch w.random.IntN(4) {
	case 0:
		c, err = w.edit.Retag(s, []annotate.ID{span.ID}, w.label())
	case 1:
		c, err = w.edit.SetFragments(s, span.ID, []text.Range{w.place(s.Article.Length)})
	case 2:
		c, err = w.edit.SetSpanNote(s, span.ID, fmt.Sprint("note ", w.random.IntN(1000)))
	default:
		c, err = w.edit.Delete(s, []annotate.ID{span.ID})
	}
	w.apply("alter", c, err)
}

// reverse takes the newest change of a stack back or does it again.
func (w *worker) reverse(stack []annotate.ID, how func(annotate.Change) annotate.Change) {
	if len(stack) == 0 {
		return
	}
	found, err := w.store.History(context.Background(), annotate.HistoryQuery{IDs: stack[len(stack)-1:]})
	if err == nil && w.shared && (len(found) == 0 || found[0].Purged > 0) {
		w.refold() // another worker has given it up, or purged what it was about
		return
	}
	if err != nil || len(found) == 0 {
		w.failed("read the history", errors.Join(err, annotate.ErrNotFound), "")
		return
	}
	if len(found[0].Ops) > 2000 {
		return
	}
	w.apply(reversal, how(found[0]), nil)
}

// reshape changes the schema, with all that is annotated by it.
func (w *worker) reshape() {
	labels := w.schema.Labels
	name := fmt.Sprint("l", w.random.IntN(1<<30))
	one, other := labels[w.random.IntN(len(labels))].ID, labels[w.random.IntN(len(labels))].ID
	var step migrate.Step
	switch n := w.random.IntN(4); {
	case len(labels) < 3 || n == 0:
		step = migrate.Put{Record: annotate.Label{Name: name, Title: name, Color: "#336699"}}
	case n == 1 && one != other:
		step = migrate.MergeLabels{From: []annotate.ID{one}, Into: other}
	case n == 2 && one != other:
		step = migrate.DeleteLabel{Label: one, To: other}
	default:
		step = migrate.RenameLabel{Label: one, Name: name}
	}
	plan, err := migrate.Make(context.Background(), w.store, migrate.Options{Env: w.env}, step)
	if err != nil {
		w.failed("plan", err, "")
		return
	}
	if plan.Empty() {
		return
	}
	w.apply("schema", plan.Change(w.env, actor), nil)
}

// bring imports some batches, or gives up in the middle.
func (w *worker) bring() {
	ctx := context.Background()
	im, err := w.store.BeginImport(ctx, annotate.Import{ID: w.env.NewID(), Format: "text", Source: "torture"})
	if err != nil {
		w.failed("import", err, "")
		return
	}
	abort := w.random.IntN(6) == 0
	for range 1 + w.random.IntN(3) {
		var items []annotate.ImportArticle
		for range 1 + w.random.IntN(8) {
			items = append(items, w.article())
		}
		if err := im.Add(ctx, items); err != nil {
			w.failed("import", err, "")
			abort = true
			break
		}
	}
	if abort {
		if err := im.Abort(ctx); err != nil {
			w.failed("abort", err, "")
		}
		return
	}
	c := annotate.Change{ID: w.env.NewID(), Actor: actor, Cause: annotate.CauseImport, Title: "Import"}
	done, err := im.Commit(ctx, c)
	if err != nil {
		w.failed("import", err, c.ID)
		if err := im.Abort(ctx); err != nil {
			w.failed("abort", err, "")
		}
		return
	}
	w.acknowledged("import", done)
}

func (w *worker) article() annotate.ImportArticle {
	ref := fmt.Sprintf("%s%012x", mark, w.random.Uint64()&0xffffffffffff)
	body := strings.Repeat("Ministers met in "+ref+" – für “news”. ", 1+w.random.IntN(40))
	set := annotate.SetData{Set: annotate.AnnotationSet{ID: w.env.NewID(), Annotator: w.ana.ID, Status: annotate.InProgress}, Annotator: w.ana}
	for range w.random.IntN(12) {
		set.Spans = append(set.Spans, annotate.Span{
			ID: w.env.NewID(), Label: w.label(), Origin: annotate.OriginManual, Fragments: annotate.Fragments{w.place(len([]rune(body)))},
		})
	}
	return annotate.ImportArticle{
		Article: annotate.Article{ID: w.env.NewID(), Ref: ref, Title: "torture " + ref, Intake: 1}, Text: body, Sets: []annotate.SetData{set},
	}
}

// backup copies the project to a new name beside it.
func (w *worker) backup() {
	ctx := context.Background()
	position, err := w.store.Position(ctx)
	if err != nil {
		w.failed("read", err, "")
		return
	}
	path := filepath.Join(filepath.Dir(w.path), fmt.Sprintf("backup-%x.lede", w.random.Uint64()))
	if err := w.store.Backup(ctx, path); err != nil {
		w.failed("backup", err, "")
		if _, err := os.Lstat(path); err == nil {
			say("BAD backup: it failed, and the file is there")
		}
		return
	}
	say("backup %s %d", path, position)
}
