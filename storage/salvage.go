package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate"
	"lede/storage/pages"
)

const opSalvage = "salvage"

// Salvage reads what can be read of a damaged project into a new one, which appears
// whole or not at all. The damaged file is only read.
func (p *Projects) Salvage(ctx context.Context, path, into, actor string, news func(done, total int)) (*annotate.Salvaged, error) {
	report, err := p.salvage(ctx, path, into, actor, news)
	if err != nil {
		return nil, explain(opSalvage, path, err)
	}
	return report, nil
}

func (p *Projects) salvage(ctx context.Context, path, into, actor string, news func(done, total int)) (*annotate.Salvaged, error) {
	target, err := locate(path)
	if err != nil {
		return nil, err
	}
	if exists(into) {
		return nil, explain("salvage into", into, fs.ErrExist)
	}
	if writable(filepath.Dir(target)) == nil { // else nobody has it open
		locks, err := takeAllLocks(opSalvage, target)
		defer locks.release()
		if err != nil {
			return nil, err
		}
	}
	from, closeAll, err := openPages(target)
	if err != nil {
		return nil, err
	}
	defer closeAll()
	if err := readableBy(from, path); err != nil {
		return nil, err
	}
	scratch, err := draftName(into)
	if err != nil {
		return nil, explain("salvage into", into, err)
	}
	defer removeAll(scratch)
	draft, err := draftName(into)
	if err != nil {
		return nil, explain("salvage into", into, err)
	}
	defer removeAll(draft)
	g := &gatherer{ctx: ctx, from: from}
	if news != nil {
		g.news = func(done int) { news(done, from.Count()) }
	}
	report, err := p.carry(ctx, g, scratch, draft, actor, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	report.Path = into
	return report, explain("salvage into", into, publish(draft, into))
}

// openPages opens a file and the log beside it for reading their pages. Nobody of
// this process may have it open in SQLite, which would lose its locks.
func openPages(path string) (f *pages.File, closeAll func(), err error) {
	var open []*os.File
	closeAll = func() {
		for _, file := range open {
			_ = file.Close() // it was only read
		}
	}
	source := func(path string) (pages.Source, error) {
		file, err := os.Open(path)
		if err != nil {
			return pages.Source{}, err
		}
		open = append(open, file)
		info, err := file.Stat()
		if err != nil {
			return pages.Source{}, err
		}
		return pages.Source{ReaderAt: file, Size: info.Size()}, nil
	}
	db, err := source(path)
	if err == nil {
		var log pages.Source
		if log, err = source(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err == nil {
			f, err = pages.Open(db, log)
		}
	}
	if errors.Is(err, pages.ErrNoPages) {
		err = &annotate.Error{Kind: annotate.ErrForeign, Op: opSalvage, Subject: path, Detail: sayForeign, Hint: hintForeign, Err: err}
	}
	if err != nil {
		closeAll()
		return nil, nil, err
	}
	return f, closeAll, nil
}

// readableBy refuses a file that says of itself that it is none of ours.
func readableBy(f *pages.File, path string) error {
	app, stored, ok := f.Header()
	version, _ := versionOf(stored)
	switch {
	case !ok:
		return nil
	case app != applicationID:
		return &annotate.Error{Kind: annotate.ErrForeign, Op: opSalvage, Subject: path, Detail: sayForeign, Hint: hintForeign}
	case version > len(migrations()):
		return newer(opSalvage, path, version)
	}
	return nil
}

// carry brings all that can be read into a new project at draft.
func (p *Projects) carry(ctx context.Context, g *gatherer, scratch, draft, actor, source string) (*annotate.Salvaged, error) {
	db := connect(scratch, access{create: true, synchronous: "OFF", wait: patience}, 1)
	defer db.Close()
	if err := migrate(ctx, db, migrations()); err != nil {
		return nil, err
	}
	for _, pragma := range []string{"PRAGMA foreign_keys=OFF", "PRAGMA journal_mode=OFF"} {
		if _, err := db.ExecContext(ctx, pragma); err != nil {
			return nil, err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // the file goes away
	g.tx = tx
	m := &mender{gatherer: g}
	if err := g.gather(); err != nil {
		return nil, err
	}
	if err := m.mend(); err != nil {
		return nil, err
	}
	m.lost = append(m.lost, g.left()...)
	if err := p.draft(ctx, draft, actor, nil); err != nil {
		return nil, err
	}
	s, err := p.open(ctx, draft, annotate.ModeWrite)
	if err != nil {
		return nil, err
	}
	report, err := p.pour(ctx, m, s, actor, source)
	return report, errors.Join(err, s.Close())
}

// pour fills the new project and has it looked through.
func (p *Projects) pour(ctx context.Context, m *mender, s *store, actor, source string) (*annotate.Salvaged, error) {
	into, err := s.BeginRestore(ctx)
	if err != nil {
		return nil, err
	}
	defer into.Abort(ctx) //nolint:errcheck // after Commit it does nothing
	_, version, _ := m.from.Header()
	f := &filler{
		mender: m, into: into, version: version, report: &annotate.Salvaged{},
		imp: annotate.Import{ID: p.opt.Env.NewID(), State: annotate.ImportLive, Format: "salvage", Source: source},
	}
	if err := f.fill(); err != nil {
		return nil, err
	}
	if len(f.all) == 0 && f.imp.Articles == 0 {
		return nil, &annotate.Error{
			Kind: annotate.ErrForeign, Op: opSalvage, Subject: source, Detail: "nothing of a Lede project was found in the file.", Hint: "Go back to a backup of it.",
		}
	}
	err = f.rest(annotate.Change{
		ID: p.opt.Env.NewID(), Actor: actor, Cause: annotate.CauseCreate, Title: "Salvage " + source,
		Replica: s.replica, Seq: 1, Clock: annotate.Clock(0).Tick(p.opt.Env.Now()),
	})
	if err == nil {
		err = into.Commit(ctx)
	}
	f.report.Rebuilt = m.rebuilt
	f.report.Lost = f.listed()
	return f.report, err
}

// listed is what was lost: articles first, by name, then the rest.
func (f *filler) listed() []annotate.Problem {
	if f.undone > 0 {
		f.lose("annotation sets", "%s of imports that were undone are left out.", countOf(f.undone, "annotation set"))
	}
	if f.started > 0 {
		f.lose("articles", "Left out because their import was not finished: %s.", countOf(f.started, "article"))
	}
	if f.from.LogBroken {
		f.lose("file", "The log beside it (-wal) is damaged at its end: what was saved last may be missing.")
	}
	var changes int
	_ = f.tx.QueryRowContext(f.ctx, "SELECT count(DISTINCT position) FROM op").Scan(&changes) // 0 is no harm
	f.lose("history", "The history begins anew. The damaged file keeps the old one, of which %s can be read.", countOf(changes, "change"))
	article := func(p annotate.Problem) bool { return strings.HasPrefix(p.Where, "article ") }
	slices.SortStableFunc(f.lost, func(a, b annotate.Problem) int {
		switch {
		case article(a) != article(b):
			if article(a) {
				return -1
			}
			return 1
		case article(a):
			return strings.Compare(a.Where, b.Where)
		}
		return 0
	})
	return f.lost
}
