package backups

import (
	"context"
	"path/filepath"

	"lede/annotate"
)

// nameLiving finds those of found that have gone their own way: somebody worked in them,
// so that going back to one would bring what never was in the project. A copy is none if
// the project has its newest change, or if what was kept of the project before a restore
// has it. Snapshots in the project's own folder, and copies that Lede made beside it, are
// none by their names.
func nameLiving(ctx context.Context, projects annotate.Projects, p Policy, project string, readable bool, found []Backup) {
	var of []string // projects that show what the project had
	own := p.FolderOf(project)
	if readable {
		of = append(of, project)
	}
	for _, b := range found {
		if b.Why == Restore || !readable && filepath.Dir(b.Path) == own {
			of = append(of, b.Path)
		}
	}
	if len(of) == 0 { // nobody can tell
		return
	}
	verdict := map[string]bool{} // by folder of what was moved
	for i, b := range found {
		folder := filepath.Dir(b.Path)
		moved := folder != filepath.Dir(project)
		if ctx.Err() != nil || b.Why == Restore || b.Why == Update || folder == own {
			continue
		}
		living, told := verdict[folder]
		if !moved || !told {
			last, err := newestIn(ctx, projects, b.Path)
			living = err == nil && !had(ctx, projects, of, last, readable)
			if moved { // the newest of them has what the others have
				verdict[folder] = living
			}
		}
		if living {
			found[i].Why = Living
		}
	}
}

// had says whether one of several projects has a change, or had it before its history was
// compacted. If the project itself is not among them, being unreadable, it may have gone
// on after its snapshots: then what was made in the same place as their newest counts.
func had(ctx context.Context, projects annotate.Projects, of []string, c annotate.Change, readable bool) bool {
	for _, path := range of {
		var has bool
		err := reading(ctx, projects, path, func(s annotate.Store) error {
			there, err := s.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{c.ID}, Limit: 1, WithoutOps: true})
			if has = len(there) > 0; err != nil || has {
				return err
			}
			first, err := s.History(ctx, annotate.HistoryQuery{Limit: 1, WithoutOps: true})
			if err != nil {
				return err
			}
			if len(first) > 0 && first[0].Replaced != nil && c.Seq <= first[0].Replaced.End(c.Replica).Seq {
				has = true
			}
			if !readable && !has {
				last, err := newest(ctx, s)
				has = last.Replica == c.Replica
				return err
			}
			return nil
		})
		if has && err == nil {
			return true
		}
	}
	return false
}
