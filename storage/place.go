package storage

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"lede/annotate"
)

// Place says what is particular about where a project lies. It opens nothing of it.
func (p *Projects) Place(path string) annotate.Place {
	target, err := filepath.Abs(path)
	if err != nil {
		return annotate.Place{}
	}
	if meant, err := filepath.EvalSymlinks(target); err == nil {
		target = meant
	}
	folder := filepath.Dir(target)
	place := annotate.Place{Network: networkOf(folder), Sync: syncOf(folder)}
	place.Copies = conflictCopies(target, place.Sync)
	return place
}

// marker is something by which folders of a sync program are known.
type marker struct {
	program string
	names   []string // of the folder, or beginnings of it that end with a dash or a blank
	inside  []string // patterns of files that lie in it
}

var markers = []marker{
	{"Dropbox", []string{"Dropbox", "Dropbox ", "Dropbox-"}, []string{".dropbox", ".dropbox.cache"}},
	{"OneDrive", []string{"OneDrive", "OneDrive ", "OneDrive-"}, nil},
	{"iCloud Drive", []string{"Mobile Documents", "iCloudDrive", "iCloud Drive"}, nil},
	{"Google Drive", []string{"Google Drive", "GoogleDrive", "GoogleDrive-", "My Drive"}, []string{".tmp.driveupload", ".tmp.drivedownload"}},
	{"Syncthing", nil, []string{".stfolder"}},
	{"Nextcloud", []string{"Nextcloud", "ownCloud"}, []string{".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db"}},
}

// syncOf is the program that keeps a folder, or one around it, in step with other
// computers; "" for none.
func syncOf(folder string) string {
	for {
		for _, m := range markers {
			if m.marks(folder) {
				return m.program
			}
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return ""
		}
		folder = parent
	}
}

func (m marker) marks(folder string) bool {
	base := filepath.Base(folder)
	for _, name := range m.names {
		begins := strings.HasSuffix(name, " ") || strings.HasSuffix(name, "-")
		if base == name || begins && strings.HasPrefix(base, name) {
			return true
		}
	}
	for _, pattern := range m.inside {
		if found, err := filepath.Glob(filepath.Join(escapeGlob(folder), pattern)); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// conflict is how a program names conflict copies.
type conflict struct {
	program string
	name    *regexp.Regexp
}

// conflicts are the names of conflict copies, after the name of the project and before
// its ending, by the program that makes them; "" for names that are plain enough to be
// known anywhere.
var conflicts = []conflict{
	{"", regexp.MustCompile(`^ \(.*conflicted copy.*\)$`)},           // Dropbox, Nextcloud
	{"", regexp.MustCompile(`^\.sync-conflict-\d{8}-\d{6}.*$`)},      // Syncthing
	{"", regexp.MustCompile(`^_conflict-\d{8}-\d{6}.*$`)},            // ownCloud
	{"", regexp.MustCompile(`^ \(Case Conflict.*\)$`)},               // Dropbox
	{"iCloud Drive", regexp.MustCompile(`^ \d+$`)},                   // name 2.lede
	{"Google Drive", regexp.MustCompile(`^ \(\d+\)$`)},               // name (1).lede
	{"OneDrive", regexp.MustCompile(`^-[A-Z][A-Z0-9]*-?[A-Z0-9]+$`)}, // name-DESKTOP-4F2.lede
}

// conflictCopies lists, by name, what lies beside a project that a sync program made of
// two versions of it.
func conflictCopies(path, program string) []string {
	const ending = ".lede"
	name := strings.TrimSuffix(filepath.Base(path), ending)
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var copies []string
	for _, f := range files {
		rest, ours := strings.CutPrefix(f.Name(), name)
		rest, project := strings.CutSuffix(rest, ending)
		if ours && project && rest != "" && slices.ContainsFunc(conflicts, func(c conflict) bool {
			return (c.program == "" || c.program == program) && c.name.MatchString(rest)
		}) {
			copies = append(copies, f.Name())
		}
	}
	return copies
}
