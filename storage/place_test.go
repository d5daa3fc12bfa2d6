package storage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestPlaceKnowsSyncFolders(t *testing.T) {
	for _, c := range []struct{ folder, inside, want string }{
		{"plain", "", ""},
		{"Dropbox", "", "Dropbox"},
		{"Dropbox (Personal)", "", "Dropbox"},
		{"Dropboxes", "", ""},
		{"work", ".dropbox.cache", "Dropbox"},
		{"OneDrive - University", "", "OneDrive"},
		{"Mobile Documents", "", "iCloud Drive"},
		{"GoogleDrive-ana@example.org", "", "Google Drive"},
		{"shared", ".stfolder", "Syncthing"},
		{"cloud [1]*", ".sync_4711.db", "Nextcloud"},
	} {
		folder := filepath.Join(t.TempDir(), c.folder)
		below := filepath.Join(folder, "news", "ünïcode")
		if err := os.MkdirAll(below, 0o700); err != nil {
			t.Fatal(err)
		}
		if c.inside != "" {
			if err := os.WriteFile(filepath.Join(folder, c.inside), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		place := New(Options{}).Place(filepath.Join(below, "p.lede"))
		if place.Sync != c.want {
			t.Errorf("%s with %q: %q, want %q", c.folder, c.inside, place.Sync, c.want)
		}
		if title, text := place.Advice(); (title == "") != (c.want == "" && place.Network == "") || (text == "") != (title == "") {
			t.Errorf("%s: the advice is %q %q", c.folder, title, text)
		}
	}
}

func TestPlaceFindsConflictCopies(t *testing.T) {
	for _, c := range []struct {
		folder, name string
		want         bool
	}{
		{"plain", "strike (conflicted copy 2026-03-04).lede", true},
		{"plain", "strike (Ana's conflicted copy 2026-03-04).lede", true},
		{"plain", "strike.sync-conflict-20260304-101112-ABCDEFG.lede", true},
		{"plain", "strike_conflict-20260304-101112.lede", true},
		{"plain", "strike 2.lede", false},
		{"Mobile Documents", "strike 2.lede", true},
		{"plain", "strike (1).lede", false},
		{"Google Drive", "strike (1).lede", true},
		{"OneDrive", "strike-DESKTOP-4F2A.lede", true},
		{"plain", "strike-DESKTOP-4F2A.lede", false},
		{"OneDrive", "strike-two.lede", false},
		{"plain", "strikes (conflicted copy 2026-03-04).lede", false},
		{"plain", "strike.v3.lede", false},
		{"plain", "strike (conflicted copy 2026-03-04).txt", false},
	} {
		folder := filepath.Join(t.TempDir(), c.folder)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"strike.lede", c.name} {
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		place := New(Options{}).Place(filepath.Join(folder, "strike.lede"))
		if found := slices.Equal(place.Copies, []string{c.name}); found != c.want || len(place.Copies) > 0 && !c.want {
			t.Errorf("%s in %s: %v", c.name, c.folder, place.Copies)
		}
	}
}
