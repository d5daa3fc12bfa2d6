package settings

import "encoding/json"

// Kept are the attribute values that the next spans with a label get: by the label's
// id and the attribute's name.
type Kept map[string]map[string]json.RawMessage

// Kept are the values that were kept in a project. They must not be changed.
func (s *Store) Kept(project string) Kept { return s.State().Projects[absolute(project)].Kept }

// SetKept remembers which values are kept in a project.
func (s *Store) SetKept(project string, kept Kept) error {
	return s.changeProject(project, func(p *Project) { p.Kept = kept })
}
