package settings

import "path/filepath"

// Snapshots that projects keep of themselves.
const (
	// DefaultSnapshots is how many of the newest stay if nothing was chosen.
	DefaultSnapshots = 10
	// NoSnapshots, as Settings.Snapshots, is that none are made.
	NoSnapshots = -1
)

// NewestSnapshots is how many of the newest snapshots of a project stay; 0 = none are
// made.
func (v Settings) NewestSnapshots() int {
	switch {
	case v.Snapshots == 0:
		return DefaultSnapshots
	case v.Snapshots < 0:
		return 0
	}
	return v.Snapshots
}

// BackupPlace is the folder in which the snapshots of all projects lie.
func (s *Store) BackupPlace() string {
	if place := s.Settings().BackupPlace; place != "" {
		return place
	}
	return filepath.Join(s.stateDir, "backups")
}
