package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/keys"
	"lede/app/settings"
)

// takeKeys gives the table the keys that were chosen before. What cannot be
// understood is left out and told, once the window stands.
func (s *shell) takeKeys() {
	v := s.o.Settings.Settings()
	own, err := commands.ParseKeymap(v.Keys)
	s.table.SetKeymap(v.KeySet, own)
	if err != nil {
		s.dispatch(func() {
			s.tell(&annotate.Error{
				Kind: annotate.ErrInvalid, Detail: "Some of your own shortcuts could not be understood: " + err.Error() + ".",
				Hint: "The rest holds. Look at them under Help, Change shortcuts.",
			})
		})
	}
}

// changeKeys opens the dialog in which commands get other keys. The parts of the
// window that name keys are made anew when it is closed.
func (s *shell) changeKeys() {
	changed := false
	var editor *keys.Editor
	onChange := func() {
		changed = true
		s.keysChanged()
	}
	editor = keys.Open(keys.Options{
		Canvas: s.win.Canvas(), Table: s.table, OnChange: onChange,
		Import: func() {
			s.importKeys(func() {
				onChange()
				editor.Reload()
			})
		},
		Export: s.exportKeys,
		OnClose: func() {
			if changed && s.work != nil {
				s.reopen()
			}
		},
	})
}

// keysChanged makes the keys of the table those of the window, and keeps them.
func (s *shell) keysChanged() {
	set, own := s.table.Keymap()
	s.remember(s.o.Settings.Change(func(v *settings.Settings) {
		v.KeySet, v.Keys = set, own.Words()
		if set == commands.Sets[0].Name {
			v.KeySet = ""
		}
	}))
	s.win.SetMainMenu(s.table.Rebind(s.win.Canvas()))
	s.refreshMenu()
}

// keymapName is what a file of shortcuts is called unless someone says otherwise.
const keymapName = "lede-shortcuts.json"

func (s *shell) exportKeys() {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if w == nil {
			s.tell(err)
			return
		}
		raw, err := commands.WriteKeymap(s.table.Keymap())
		if err == nil {
			_, err = w.Write(raw)
		}
		if closed := w.Close(); err == nil {
			err = closed
		}
		if err != nil {
			s.tell(fmt.Errorf("the shortcuts could not be written to %s: %w", w.URI().Path(), err))
		}
	}, s.win)
	d.SetFileName(keymapName)
	s.showFiles(d, home())
}

func (s *shell) importKeys(taken func()) {
	s.askFile([]string{".json", ".JSON"}, func(path string) {
		if err := s.readKeys(path); err != nil {
			name := filepath.Base(path)
			s.tell(&annotate.Error{
				Kind: annotate.ErrInvalid, Subject: name, Detail: "The shortcuts in " + name + " could not be taken: " + err.Error() + ".",
				Hint: "Your shortcuts are as they were.",
			})
			return
		}
		taken()
	})
}

// mostKeymap is the largest file of shortcuts that is read, in bytes.
const mostKeymap = 1 << 20

func (s *shell) readKeys(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(file, mostKeymap))
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	set, own, err := commands.ReadKeymap(raw)
	if err == nil {
		s.table.SetKeymap(set, own)
	}
	return err
}
