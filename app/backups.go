package app

// hearBackups tells, in a calm panel, that a project got no snapshot.
func (s *shell) hearBackups() {
	if s.o.Backups == nil {
		return
	}
	s.o.Backups.OnFailed(func(err error) { s.dispatch(func() { s.tell(err) }) })
}
