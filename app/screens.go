package app

// The screens that float above the window.

func (s *shell) importPaths(paths []string) {}
func (s *shell) pasteArticle()              {}
func (s *shell) export()                    {}
func (s *shell) preferences()               {}
func (s *shell) palette()                   {}
func (s *shell) shortcuts()                 {}
func (s *shell) about()                     {}
func (s *shell) openOrImport()              { s.openDialog() }
func (w *workspace) pickLabel(arm bool)     {}
