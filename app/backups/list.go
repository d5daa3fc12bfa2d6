package backups

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"lede/annotate"
)

// Backup is what a project can go back to.
type Backup struct {
	Path string
	At   time.Time // UTC
	Why  Reason
	Size int64 // bytes
}

// Snapshots lists those of a project that lie in its folder, newest first.
func (p Policy) Snapshots(project string) ([]Backup, error) {
	return inFolder(p.FolderOf(project), title(project))
}

// inFolder lists the snapshots of a folder, of projects with a title.
func inFolder(folder, title string) ([]Backup, error) {
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []Backup
	for _, e := range entries {
		m := named.FindStringSubmatch(e.Name())
		if m == nil || m[1] != title {
			continue
		}
		at, err := time.Parse(stamp, m[2])
		info, err2 := e.Info()
		if err == nil && err2 == nil && info.Mode().IsRegular() {
			found = append(found, Backup{filepath.Join(folder, e.Name()), at, Reason(m[3]), info.Size()})
		}
	}
	newestFirst(found)
	return found, nil
}

func newestFirst(b []Backup) {
	slices.SortFunc(b, func(a, b Backup) int {
		// Of one second, the one with a number came later: names of equal reason are
		// longer then.
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(len(b.Path), len(a.Path)), cmp.Compare(b.Path, a.Path))
	})
}

// Used is how many bytes the snapshots of all projects take.
func (p Policy) Used() (bytes int64, snapshots int) {
	_ = filepath.WalkDir(p.Place, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !named.MatchString(e.Name()) {
			return nil //nolint:nilerr // what cannot be looked into is not counted
		}
		if info, err := e.Info(); err == nil {
			bytes += info.Size()
			snapshots++
		}
		return nil
	})
	return bytes, snapshots
}

// mostBeside is how many projects in the folder of a project are looked into.
const mostBeside = 100

// Copies that are made beside a project, by the storage before it brings a file up to
// date and by earlier versions of lede restore.
var (
	ofUpdate  = regexp.MustCompile(`\.v\d+(-\d+)?\.lede$`)
	ofRestore = regexp.MustCompile(` before restore \d{4}-\d\d-\d\d .*\.lede$`)
)

// List lists what a project can go back to, newest first: its snapshots, those that it
// had in a folder from which it was moved, and copies that lie beside it, of which some
// may be Living. Of a project that cannot be read, nobody can tell what copies of it are:
// then the names decide.
func List(ctx context.Context, projects annotate.Projects, p Policy, project string) ([]Backup, error) {
	found, err := p.Snapshots(project)
	if err != nil {
		return nil, err
	}
	self, _ := os.Stat(project) // it may be gone
	own, unread := origin(ctx, projects, project)
	isCopy := func(path string) bool {
		if unread != nil {
			return strings.HasPrefix(filepath.Base(path), title(project)) && filepath.Base(path) != filepath.Base(project)
		}
		id, err := origin(ctx, projects, path)
		return err == nil && id == own
	}
	beside, _ := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(project)), "*"+extension)) // the pattern is sound
	for i, path := range beside {
		info, err := os.Stat(path)
		if i >= mostBeside || ctx.Err() != nil || err != nil || !info.Mode().IsRegular() || self != nil && os.SameFile(info, self) || !isCopy(path) {
			continue
		}
		b := Backup{path, info.ModTime().UTC(), ByHand, info.Size()}
		switch {
		case ofUpdate.MatchString(path):
			b.Why = Update
		case ofRestore.MatchString(path):
			b.Why = Restore
		}
		found = append(found, b)
	}
	if unread == nil {
		found = append(found, p.moved(project, isCopy)...)
	}
	newestFirst(found)
	nameLiving(ctx, projects, p, project, unread == nil, found)
	return found, ctx.Err()
}

// moved lists the snapshots of projects that are not where they were, and which are
// copies of this one: it was moved or given another name.
func (p Policy) moved(project string, isCopy func(string) bool) (found []Backup) {
	folders, _ := filepath.Glob(filepath.Join(escapeGlob(p.Place), "*", about)) // the pattern is sound
	for _, note := range folders {
		folder := filepath.Dir(note)
		owner := ownerOf(folder)
		if _, err := os.Lstat(owner); owner == "" || err == nil || folder == p.FolderOf(project) {
			continue
		}
		if all, err := inFolder(folder, title(owner)); err == nil && len(all) > 0 && isCopy(all[0].Path) {
			found = append(found, all...)
		}
	}
	return found
}

// escapeGlob makes a path stand for itself in a pattern.
func escapeGlob(path string) string {
	var b strings.Builder
	for _, r := range path {
		if r == '*' || r == '?' || r == '[' || r == '\\' && filepath.Separator != '\\' {
			b.WriteString("[" + string(r) + "]")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// origin is the change that made a project: all its copies share it.
func origin(ctx context.Context, projects annotate.Projects, path string) (id annotate.ID, err error) {
	err = reading(ctx, projects, path, func(s annotate.Store) error {
		first, err := s.History(ctx, annotate.HistoryQuery{Limit: 1, WithoutOps: true})
		if err == nil && len(first) == 0 {
			err = annotate.ErrNotFound
		}
		if err == nil {
			id = first[0].ID
		}
		return err
	})
	return id, err
}

// reading opens a project for reading while f looks at it.
func reading(ctx context.Context, projects annotate.Projects, path string, f func(annotate.Store) error) error {
	s, err := projects.Open(ctx, path, annotate.ModeRead)
	if err != nil {
		return err
	}
	err = f(s)
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}

// Facts is what a project or backup holds.
type Facts struct {
	Articles, Spans int
	Last            annotate.Change // the newest change, without ops
}

// Look counts what a project or backup holds. An error says that it cannot be read.
func Look(ctx context.Context, projects annotate.Projects, path string) (f Facts, err error) {
	err = reading(ctx, projects, path, func(s annotate.Store) (err error) {
		f, err = factsOf(ctx, s)
		return err
	})
	return f, err
}

// Readable reads all that a project or backup shows, and says why it cannot be read.
func Readable(ctx context.Context, projects annotate.Projects, path string) error {
	return reading(ctx, projects, path, func(s annotate.Store) error {
		if _, err := factsOf(ctx, s); err != nil {
			return err
		}
		if _, err := s.Schema(ctx); err != nil {
			return err
		}
		for _, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

func factsOf(ctx context.Context, s annotate.Store) (f Facts, err error) {
	stats, err := s.Stats(ctx)
	if err != nil {
		return f, err
	}
	f.Articles, f.Spans = stats.Articles, stats.Spans
	last, err := newest(ctx, s)
	f.Last = last
	return f, err
}

// newest is the newest change of a project, without its ops; the zero one if there is
// none.
func newest(ctx context.Context, s annotate.Store) (annotate.Change, error) {
	last, err := s.History(ctx, annotate.HistoryQuery{Newest: true, Limit: 1, WithoutOps: true})
	if err != nil || len(last) == 0 {
		return annotate.Change{}, err
	}
	return last[0], nil
}

// Choose finds the backup that words mean: "latest", the path of one, or a day or time
// (2026-03-04, 2026-03-04 15:04, RFC 3339), which means the newest that is not later.
// Times without a zone are those of zone. What is Living is found by its path alone.
func Choose(all []Backup, words string, zone *time.Location) (Backup, error) {
	refuse := func(detail, hint string) error {
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: "restore", Subject: words, Detail: detail, Hint: hint}
	}
	const see = "“lede backups PROJECT” lists them."
	if len(all) == 0 {
		return Backup{}, refuse("there is no backup of the project.", "")
	}
	for _, b := range all {
		if Names(words, b) {
			return b, nil
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(b Backup) bool { return b.Why == Living })
	if words == "latest" {
		if len(all) == 0 {
			return Backup{}, refuse("there are only copies that were worked on, and no backup.", "One of them can be given by its name. "+see)
		}
		return all[0], nil
	}
	for layout, after := range map[string]time.Duration{
		time.DateOnly: 24*time.Hour - 1, "2006-01-02 15:04": time.Minute - 1, "2006-01-02T15:04": time.Minute - 1,
		time.DateTime: time.Second - 1, "2006-01-02T15:04:05": time.Second - 1, time.RFC3339: time.Second - 1,
	} {
		at, err := time.ParseInLocation(layout, words, zone)
		if err != nil {
			continue
		}
		for _, b := range all {
			if !b.At.After(at.Add(after)) {
				return b, nil
			}
		}
		return Backup{}, refuse("there is no backup of so long ago.", see)
	}
	return Backup{}, refuse("this is neither “latest” nor a time.", "Write it as 2026-03-04 or “2026-03-04 15:04”. "+see)
}

// Names says whether words are the path of a backup, or its name.
func Names(words string, b Backup) bool { return words == b.Path || words == filepath.Base(b.Path) }
