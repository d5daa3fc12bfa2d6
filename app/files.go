package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	fynestorage "fyne.io/fyne/v2/storage"
	"github.com/adrg/xdg"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/app/screens/newproject"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const extension = annotate.ProjectEnding

// home is where new projects are offered to be: the documents folder, if there
// is one.
func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	for _, documents := range []string{xdg.UserDirs.Documents, filepath.Join(dir, "Documents")} {
		if info, err := os.Stat(documents); err == nil && info.IsDir() {
			return documents
		}
	}
	return dir
}

// place is the folder of the open project, or home. A project in Lede's own hidden
// folder, as the sample is, is no place to keep anything.
func (s *shell) place() string {
	if s.work == nil {
		return home()
	}
	folder := filepath.Dir(s.work.store.Info().Path)
	if within(s.o.Settings.StateDir(), folder) {
		return home()
	}
	return folder
}

// within says whether a folder is another one or lies in it.
func within(outer, folder string) bool {
	rel, err := filepath.Rel(outer, folder)
	return err == nil && filepath.IsLocal(rel)
}

// newProject asks for a name, a folder and a schema, and opens what it makes.
func (s *shell) newProject() { s.newProjectThen(nil) }

// newProjectThen does something in the new project.
func (s *shell) newProjectThen(then func()) {
	_, err := newproject.Open(newproject.Options{
		Canvas: s.win.Canvas(), Name: freeName(s.place()), Folder: s.place(),
		Create:       s.create,
		OnCreated:    func(path string) { s.openThen(path, then) },
		OnClose:      s.focusText,
		ChooseFolder: s.chooseFolder, ChooseFile: s.askFile,
	})
	if err != nil {
		s.tell(err)
	}
}

// freeName is a name that no project in a folder has.
func freeName(dir string) string {
	name := "Articles"
	for i := 2; ; i++ {
		if _, err := os.Stat(filepath.Join(dir, name+extension)); err != nil {
			return name
		}
		name = fmt.Sprintf("Articles %d", i)
	}
}

// create makes an empty project and says where it is.
func (s *shell) create(dir, name string, file *schema.File) (string, error) {
	path, err := sheet.NewProject(dir, name)
	if err != nil {
		return "", err
	}
	store, err := s.o.Projects.Create(context.Background(), path, s.o.Settings.Actor(""), file.Records(s.o.Env))
	if err != nil {
		return "", err
	}
	return path, store.Close()
}

func (s *shell) chooseFolder(from string, chosen func(string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			s.tell(err)
		} else if u != nil {
			chosen(u.Path())
		}
	}, s.win)
	s.showFiles(d, from)
}

// showFiles opens a file dialog in a folder.
func (s *shell) showFiles(d *dialog.FileDialog, from string) { sheet.ShowFiles(d, s.win, from) }

// openDialog asks which project to open.
func (s *shell) openDialog() { s.askFile([]string{extension}, s.open) }

// askFile asks for a file with one of the endings, of any name with none, and
// gives its path to take.
func (s *shell) askFile(endings []string, take func(path string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			s.tell(err)
			return
		}
		if r == nil {
			s.focusText()
			return
		}
		path := r.URI().Path()
		_ = r.Close() // only its name is wanted
		take(path)
	}, s.win)
	if len(endings) > 0 {
		d.SetFilter(fynestorage.NewExtensionFileFilter(endings))
	}
	s.showFiles(d, s.place())
}

// askPath asks where to write a project file.
func (s *shell) askPath(title, text, name, yes string, do func(path string)) {
	const width float32 = 520
	form := sheet.New(s.win.Canvas(), nil)
	field, folder := widgets.NewField(""), widgets.NewField("")
	field.Put(annotate.PortableName(name)) // made of a project's, which may be called anything
	folder.Put(sheet.Short(s.place()))
	wrong := widgets.NewParagraph("", theme.SmallSize, width-48, theme.Danger)
	take := func() {
		path, err := sheet.NewProject(folder.Text, field.Text)
		if err != nil {
			wrong.SetText(sheet.Sentence(err))
			form.Fit()
			return
		}
		form.Close()
		do(path)
	}
	field.OnEnter, folder.OnEnter = take, take
	choose := widgets.NewBorderedButton("Choose…", func() {
		s.chooseFolder(sheet.Long(folder.Text), func(path string) { folder.Put(sheet.Short(path)) })
	})
	form.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle(title), widgets.NewParagraph(text, theme.TextSize, width-48, theme.Dim),
		sheet.NewRow("Name", field), sheet.NewRow("Folder", widgets.NewStretch(8, 0, folder, choose)), wrong,
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", form.Close), widgets.NewPrimaryButton(yes, take)),
	))
	form.Room.Width, form.OnDone, form.OnClose = width, take, s.focusText
	form.Open(field)
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// backUp writes a copy of the project and goes on in this one.
func (s *shell) backUp() {
	name := fmt.Sprintf("%s %s", projectTitle(s.work.store.Info().Path), s.o.Env.Now().Format("2006-01-02"))
	if then := s.work.asOf; then != nil {
		name = fmt.Sprintf("%s as of %s", projectTitle(s.work.store.Info().Path), then.At().Local().Format("2006-01-02 15-04-05"))
	}
	s.askPath("Back up project", "Writes a complete copy. You go on in this project.", name, "Back up", func(path string) {
		s.copyTo(path, func() {
			s.notice(notice{icon: widgets.IconCheck, color: theme.Success, title: "Backed up", text: sheet.Short(path)})
		})
	})
}

// duplicate writes a copy of the project and goes on in that.
func (s *shell) duplicate() {
	name := projectTitle(s.work.store.Info().Path) + " copy"
	s.askPath("Duplicate project", "Writes a copy and goes on in the copy. This project stays as it is.", name, "Duplicate", func(path string) {
		s.copyTo(path, func() { s.open(path) })
	})
}

func (s *shell) copyTo(path string, then func()) {
	work := s.work
	if work == nil {
		return
	}
	work.inspector.Commit()
	work.session.Flush()
	s.aside(func() {
		err := work.store.Backup(context.Background(), path)
		s.dispatch(func() {
			if err != nil {
				s.tell(err)
				return
			}
			then()
		})
	})
}

// popUpRecent is the menu of projects that were open.
func (s *shell) popUpRecent(c fyne.Canvas) {
	var items []*fyne.MenuItem
	for _, r := range s.o.Settings.Recent() {
		items = append(items, fyne.NewMenuItem(r.Title+"   "+sheet.Short(filepath.Dir(r.Path)), func() { s.open(r.Path) }))
	}
	widgets.ShowMenuInMiddle(fyne.NewMenu("", items...), c, 80)
}
