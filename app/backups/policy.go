package backups

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"lede/app/settings"
)

// Reason is what a backup was made for, as it stands in its name.
type Reason string

// The reasons.
const (
	ByHand  Reason = "by hand"
	Opened  Reason = "opened"
	Hourly  Reason = "hourly"
	Import  Reason = "before import"
	Bulk    Reason = "before bulk change"
	Schema  Reason = "before schema change"
	Merge   Reason = "before merge"
	Compact Reason = "before compaction" // of the history
	Restore Reason = "before restore"
	Update  Reason = "before update" // of the file, by a newer Lede
	Living  Reason = "worked on"     // a copy that has gone its own way, and no backup
)

// before says whether a snapshot was made for something that came after it, so that it
// is worth waiting for.
func (r Reason) before() bool { return strings.HasPrefix(string(r), "before ") }

// Sentence says, for people, when a backup was made.
func (r Reason) Sentence() string {
	switch r {
	case ByHand:
		return "made by hand"
	case Opened:
		return "when it was opened"
	case Hourly:
		return "after an hour of work"
	case Import:
		return "before an import"
	case Bulk:
		return "before many changes at once"
	case Schema:
		return "before a change of the schema"
	case Merge:
		return "before a merge"
	case Compact:
		return "before the history was compacted"
	case Restore:
		return "before a backup was restored"
	case Living:
		return "a copy that was worked on"
	case Update:
		return "before the file was brought up to date"
	}
	return string(r)
}

// Policy says where snapshots lie and how many stay.
type Policy struct {
	Place  string // the folder for all projects
	Newest int    // so many of the newest stay; 0 = none are made
	Apart  string // a folder whose projects get none: those of Lede itself
}

// PolicyOf is what a person chose.
func PolicyOf(s *settings.Store) Policy {
	return Policy{Place: s.BackupPlace(), Newest: s.Settings().NewestSnapshots(), Apart: s.StateDir()}
}

const (
	extension = ".lede"
	stamp     = "2006-01-02 15-04-05Z" // UTC: names sort by time, and no hour comes twice
	// mostTitle is how much of a project's name goes into that of a snapshot, in bytes:
	// file systems have room for 255.
	mostTitle = 150
)

// named takes the name of a snapshot apart: project, time, reason, and the number of a
// second one within the second.
var named = regexp.MustCompile(`^(.*) (\d{4}-\d\d-\d\d \d\d-\d\d-\d\dZ) ([a-z ]+?)(?: \d+)?\.lede$`)

// title is a project's name as it stands in those of its snapshots.
func title(project string) string {
	t := strings.TrimSuffix(filepath.Base(project), extension)
	if len(t) <= mostTitle {
		return t
	}
	cut := mostTitle
	for !utf8.RuneStart(t[cut]) {
		cut--
	}
	return t[:cut]
}

// FolderOf is where the snapshots of a project lie. Projects of the same name in
// different folders are told apart.
func (p Policy) FolderOf(project string) string {
	sum := sha256.Sum256([]byte(resolved(project)))
	return filepath.Join(p.Place, title(project)+"-"+hex.EncodeToString(sum[:4]))
}

// resolved is an absolute path without symbolic links, as far as there is something.
func resolved(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil { // the project itself may be gone
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// nameFor is a free name in a folder for a backup of a project.
func nameFor(folder, project string, why Reason, now time.Time) string {
	base := filepath.Join(folder, title(project)+" "+now.UTC().Format(stamp)+" "+string(why))
	path := base + extension
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path
		}
		path = fmt.Sprintf("%s %d%s", base, n, extension)
	}
}

// none says whether a project gets no snapshots.
func (p Policy) none(project string) bool {
	if p.Newest <= 0 {
		return true
	}
	rel, err := filepath.Rel(resolved(p.Apart), resolved(project))
	return p.Apart != "" && err == nil && filepath.IsLocal(rel)
}

// about is the file that says to which project a folder of snapshots belongs.
const about = "about this folder.txt"

// prepare makes the folder of a project's snapshots, for its owner alone.
func (p Policy) prepare(project string) (folder string, err error) {
	folder = p.FolderOf(project)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return folder, err
	}
	note := filepath.Join(folder, about)
	if _, err := os.Lstat(note); err == nil {
		return folder, nil
	}
	words := "Lede keeps snapshots of this project here:\n" + resolved(project) + "\n\n" +
		"Each is a whole project, which Lede can open. “lede restore” and File > Restore from backup… go back to one.\n"
	return folder, os.WriteFile(note, []byte(words), 0o600)
}

// ownerOf is the project to which a folder of snapshots belongs, "" if it does not say.
func ownerOf(folder string) string {
	raw, err := os.ReadFile(filepath.Join(folder, about))
	if err != nil {
		return ""
	}
	lines := strings.SplitN(string(raw), "\n", 3)
	if len(lines) < 3 {
		return ""
	}
	return lines[1]
}
