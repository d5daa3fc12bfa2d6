package app

func (s *shell) preferences() {}
func (s *shell) about()       {}
func (s *shell) palette()     {}
