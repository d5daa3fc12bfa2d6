package settings

import (
	"maps"
	"path/filepath"
	"slices"
	"time"
)

// State is where the person left off, on this machine.
type State struct {
	InstallID string `json:"install_id"`

	// The window, in Fyne's device-independent pixels; 0 = not known.
	WindowWidth  float32 `json:"window_width,omitempty"`
	WindowHeight float32 `json:"window_height,omitempty"`
	LeftWidth    float32 `json:"left_width,omitempty"`  // article list
	RightWidth   float32 `json:"right_width,omitempty"` // inspector

	Picture Picture `json:"picture"` // how pictures of passages were made last

	// The newest crash report that was told of, by its name, in the window and on the
	// command line.
	CrashTold    string `json:"crash_told,omitempty"`
	CrashToldCLI string `json:"crash_told_cli,omitempty"`

	Recent   []Recent           `json:"recent,omitempty"`   // newest first
	Projects map[string]Project `json:"projects,omitempty"` // by absolute path
}

// Recent is a project that was open.
type Recent struct {
	Path  string    `json:"path"` // absolute
	Title string    `json:"title"`
	When  time.Time `json:"when"`
}

// Project is where the person left off in one project.
type Project struct {
	Article   string         `json:"article,omitempty"`   // id of the last one open
	Positions map[string]int `json:"positions,omitempty"` // first code point on screen, by article id
	Order     []string       `json:"order,omitempty"`     // articles with a position, oldest first
	Kept      Kept           `json:"kept,omitempty"`      // never altered in place
	Advised   string         `json:"advised,omitempty"`   // what was said of the folder in which it lies
}

// How much is remembered.
const (
	mostRecent    = 12
	mostProjects  = 50
	mostPositions = 500
)

func (st State) clone() State {
	st.Recent = slices.Clone(st.Recent)
	st.Projects = maps.Clone(st.Projects)
	for path, p := range st.Projects {
		p.Positions, p.Order = maps.Clone(p.Positions), slices.Clone(p.Order)
		st.Projects[path] = p
	}
	return st
}

// Recent lists the projects that were open, newest first.
func (s *Store) Recent() []Recent { return s.State().Recent }

// AddRecent puts a project at the top of the list.
func (s *Store) AddRecent(path, title string) error {
	path = absolute(path)
	now := s.now()
	return s.ChangeState(func(st *State) {
		st.Recent = slices.DeleteFunc(st.Recent, func(r Recent) bool { return r.Path == path })
		st.Recent = slices.Insert(st.Recent, 0, Recent{Path: path, Title: title, When: now})
		st.Recent = st.Recent[:min(len(st.Recent), mostRecent)]
		st.forget()
	})
}

// ForgetRecent takes a project off the list, and what is known of it.
func (s *Store) ForgetRecent(path string) error {
	path = absolute(path)
	return s.ChangeState(func(st *State) {
		st.Recent = slices.DeleteFunc(st.Recent, func(r Recent) bool { return r.Path == path })
		delete(st.Projects, path)
	})
}

// forget drops positions in projects that were not open for long.
func (st *State) forget() {
	if len(st.Projects) <= mostProjects {
		return
	}
	maps.DeleteFunc(st.Projects, func(path string, _ Project) bool {
		return !slices.ContainsFunc(st.Recent, func(r Recent) bool { return r.Path == path })
	})
}

// LastArticle is the id of the article that was open last, "" if none is known.
func (s *Store) LastArticle(project string) string {
	return s.State().Projects[absolute(project)].Article
}

// SetLastArticle remembers which article is open.
func (s *Store) SetLastArticle(project, article string) error {
	return s.changeProject(project, func(p *Project) { p.Article = article })
}

// Advised is what was said last of the folder in which a project lies: the key of its
// place.
func (s *Store) Advised(project string) string { return s.State().Projects[absolute(project)].Advised }

// SetAdvised remembers what was said of the folder in which a project lies.
func (s *Store) SetAdvised(project, key string) error {
	return s.changeProject(project, func(p *Project) { p.Advised = key })
}

// Position is the first code point that was on screen in an article, 0 if it is
// not known.
func (s *Store) Position(project, article string) int {
	return s.State().Projects[absolute(project)].Positions[article]
}

// SetPosition remembers the first code point on screen in an article.
func (s *Store) SetPosition(project, article string, offset int) error {
	return s.changeProject(project, func(p *Project) {
		positions := maps.Clone(p.Positions)
		if positions == nil {
			positions = map[string]int{}
		}
		p.Order = slices.DeleteFunc(slices.Clone(p.Order), func(id string) bool { return id == article })
		if offset <= 0 {
			delete(positions, article)
		} else {
			positions[article] = offset
			p.Order = append(p.Order, article)
		}
		for len(p.Order) > mostPositions {
			delete(positions, p.Order[0])
			p.Order = p.Order[1:]
		}
		p.Positions = positions
	})
}

func (s *Store) changeProject(project string, alter func(*Project)) error {
	path := absolute(project)
	return s.ChangeState(func(st *State) {
		if st.Projects == nil {
			st.Projects = map[string]Project{}
		}
		p := st.Projects[path]
		alter(&p)
		st.Projects[path] = p
	})
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
