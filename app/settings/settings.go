package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"lede/annotate"
)

// Theme is the chosen look.
type Theme string

// The themes. System follows the desktop.
const (
	System Theme = "system"
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// Settings is what a person chose. The zero values mean that nothing was chosen.
type Settings struct {
	Annotator   string  `json:"annotator,omitempty"`   // whose annotations are made; see Store.Annotator
	Actor       string  `json:"actor,omitempty"`       // who does it; see Store.Actor
	Theme       Theme   `json:"theme,omitempty"`       // "" = System
	Zoom        float64 `json:"zoom,omitempty"`        // 1 = 100 %; 0 = not chosen
	Granularity string  `json:"granularity,omitempty"` // character, word or sentence; "" = word
	HideLabels  bool    `json:"hide_labels,omitempty"` // no label names above spans
	Sans        bool    `json:"sans,omitempty"`        // article text without serifs
	FontFile    string  `json:"font_file,omitempty"`   // font for scripts that the program brings none for
	Relations   bool    `json:"relations,omitempty"`   // those of all spans are drawn

	Snapshots   int      `json:"snapshots,omitempty"`    // how many of the newest stay; 0 = not chosen; or NoSnapshots
	BackupPlace string   `json:"backup_place,omitempty"` // folder of the snapshots; "" = not chosen, see Store.BackupPlace
	Filters     []Filter `json:"filters,omitempty"`      // saved, by name; never altered in place

	KeySet string              `json:"key_set,omitempty"` // a set of package commands; "" = standard
	Keys   map[string][]string `json:"keys,omitempty"`    // what was changed in it: shortcuts by command; never altered in place

	TextSize    float64 `json:"text_size,omitempty"`         // of the article's font, in Fyne's pixels; 0 = not chosen
	LineSpacing float64 `json:"line_spacing,omitempty"`      // 1 = normal; 0 = not chosen
	LineLength  int     `json:"line_length,omitempty"`       // characters, about; 0 = not chosen; or WindowWidth
	Numbers     bool    `json:"paragraph_numbers,omitempty"` // of the paragraphs, in the margin
}

// WindowWidth, as Settings.LineLength, is lines as long as the window is wide.
const WindowWidth = -1

// Options is what a Store needs; empty folders are the user's own.
type Options struct {
	ConfigDir string // default: $LEDE_CONFIG_DIR, else lede in the config folder
	StateDir  string // default: $LEDE_STATE_DIR, else lede in the state folder
	Now       func() time.Time
	NewID     func() annotate.ID
}

// Store reads and writes settings and state. It is safe for use by several
// goroutines; several processes overwrite each other's whole fields, never parts.
type Store struct {
	configDir string
	stateDir  string
	now       func() time.Time

	mu       sync.Mutex
	settings Settings
	state    State
	warnings []string
}

// Open reads what there is. It never fails; Warnings says what was wrong.
func Open(o Options) *Store {
	s := &Store{configDir: o.ConfigDir, stateDir: o.StateDir, now: o.Now}
	if s.configDir == "" {
		s.configDir = folder("LEDE_CONFIG_DIR", xdg.ConfigHome)
	}
	if s.stateDir == "" {
		s.stateDir = folder("LEDE_STATE_DIR", xdg.StateHome)
	}
	if s.now == nil {
		s.now = time.Now
	}
	newID := o.NewID
	if newID == nil {
		newID = annotate.NewID
	}
	s.warn(load(s.settingsPath(), &s.settings))
	s.warn(load(s.statePath(), &s.state))
	s.settings, s.state = s.settings.sound(), s.state.sound()
	if s.state.InstallID == "" {
		id := string(newID())
		s.state.InstallID = id
		_ = s.ChangeState(func(st *State) { // where nothing can be written, the next run mints another
			if st.InstallID == "" {
				st.InstallID = id
			}
		})
	}
	return s
}

func folder(variable, home string) string {
	if dir := os.Getenv(variable); dir != "" {
		return dir
	}
	if program, err := os.Executable(); err == nil {
		if dir := portable(program); dir != "" {
			return dir
		}
	}
	return filepath.Join(home, "lede")
}

// portable is the folder "lede-settings" beside the program, "" where there is none. A
// copy of the program that has it keeps everything there, so that it can be carried about.
func portable(program string) string {
	dir := filepath.Join(filepath.Dir(program), "lede-settings")
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

func (s *Store) settingsPath() string { return filepath.Join(s.configDir, "settings.json") }
func (s *Store) statePath() string    { return filepath.Join(s.stateDir, "state.json") }

// StateDir is the folder of state.json, the log and crash reports.
func (s *Store) StateDir() string { return s.stateDir }

// Warnings are sentences about files that could not be used, for the log and,
// once, for the person.
func (s *Store) Warnings() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.warnings...)
}

func (s *Store) warn(err error) {
	if err != nil {
		s.warnings = append(s.warnings, err.Error())
	}
}

// Settings is what was chosen.
func (s *Store) Settings() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings
}

// Change alters the settings and writes them. The change holds for this process
// even when it cannot be written.
func (s *Store) Change(alter func(*Settings)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	alter(&s.settings)
	return change(s.settingsPath(), alter)
}

// State is where the person left off.
func (s *Store) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.clone()
}

// ChangeState alters the state and writes it.
func (s *Store) ChangeState(alter func(*State)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	alter(&s.state)
	return change(s.statePath(), alter)
}

// change applies alter to what the file holds now, so that the fields that
// another process wrote meanwhile stay.
func change[T any](path string, alter func(*T)) error {
	var fresh T
	if err := load(path, &fresh); err != nil {
		return err
	}
	alter(&fresh)
	return save(path, fresh)
}

// InstallID tells this installation from others: copies of a project made here
// and elsewhere go on as different replicas. It is minted once.
func (s *Store) InstallID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.InstallID
}

// Actor is who does things: the given name if there is one, else LEDE_ACTOR,
// else the chosen one, else the login name.
func (s *Store) Actor(given string) string {
	return firstOf(given, os.Getenv("LEDE_ACTOR"), s.Settings().Actor, LoginName())
}

// Annotator is whose annotations are made: the given name if there is one, else
// the one in use, else the actor.
func (s *Store) Annotator(given, actor string) string {
	return firstOf(given, s.Settings().Annotator, s.Actor(actor))
}

func firstOf(names ...string) string {
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" {
			return n
		}
	}
	return ""
}

// LoginName is the name of the person at the machine, "annotator" where the
// system does not say.
func LoginName() string {
	if u, err := user.Current(); err == nil {
		name := u.Username
		if i := strings.LastIndex(name, `\`); i >= 0 { // DOMAIN\name on Windows
			name = name[i+1:]
		}
		if name != "" {
			return name
		}
	}
	return firstOf(os.Getenv("USER"), os.Getenv("USERNAME"), "annotator")
}

// setAside renames a file that cannot be used, so that it is neither lost nor in
// the way, and says so.
func setAside(path string, cause error) error {
	aside := path + ".broken"
	if err := os.Rename(path, aside); err != nil {
		return fmt.Errorf("%s cannot be read (%w) and was left alone; it is not used", path, cause)
	}
	return fmt.Errorf("%s could not be understood (%w); it was set aside as %s", path, cause, filepath.Base(aside))
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
