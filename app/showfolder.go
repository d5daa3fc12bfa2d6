package app

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/crash"
	"lede/app/screens/sheet"
	"lede/app/told"
)

// showFolder opens a folder in the system's file manager, or says where it is.
func (s *shell) showFolder(path string) {
	s.aside(func() {
		err := openFolder(path)
		s.dispatch(func() {
			if err == nil {
				return
			}
			if s.win.Canvas().Overlays().Top() == nil {
				s.tell(err)
				return
			}
			told.Log(err) // a panel at the lower edge would be behind the dialog
			s.probe.say("error", "title", told.Of(err).Title)
			sheet.Tell(s.win.Canvas(), told.Of(err).Title, sheet.Sentence(err))
		})
	})
}

// managerStarts is how long a file manager may take to say that there is none.
const managerStarts = 5 * time.Second

// openFolder asks the system to show a folder. Where that is done by xdg-open, Fyne would
// not hear that it found no program for it.
func openFolder(path string) error {
	if _, err := os.Stat(path); err != nil {
		return &annotate.Error{
			Op: "show the folder", Subject: path, Err: err, Detail: "the folder is not there any more.",
			Hint: "It was moved, renamed or deleted, or its drive was taken away.",
		}
	}
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("FLATPAK_ID") != "" {
		return notShown(path, fyne.CurrentApp().OpenURL(u))
	}
	cmd := exec.CommandContext(context.Background(), "xdg-open", u.String())
	if err := cmd.Start(); err != nil {
		return notShown(path, err)
	}
	ended := make(chan error, 1)
	go func() {
		defer crash.Guard()
		ended <- cmd.Wait()
	}()
	select {
	case err := <-ended:
		return notShown(path, err)
	case <-time.After(managerStarts):
		return nil // it stays as long as the folder is shown
	}
}

func notShown(path string, err error) error {
	if err == nil {
		return nil
	}
	return &annotate.Error{
		Op: "show the folder", Subject: path, Err: err, Detail: "no program was found that shows folders.",
		Hint: "Install a file manager, or go to the folder by other means.",
	}
}
