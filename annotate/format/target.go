package format

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/osfile"
)

// target is where an export is written before it gets its name.
type target struct {
	out, manifest string // final paths; out is "" for stdout
	stdout        io.Writer
	folder, force bool
	temp          string // file or folder
	files         []FileSum
	made          map[string]bool
}

func newTarget(f *Format, o ExportOptions, project string) (*target, error) {
	t := &target{out: o.Out, stdout: o.Stdout, folder: f.Folder || o.Split != nil, force: o.Force, made: map[string]bool{}}
	if t.stdout != nil {
		t.out = ""
		if f.Folder {
			return nil, usage("format %s is a folder and cannot go to the standard output.", "Give a path with --out.", f.Name)
		}
		if t.folder {
			return nil, usage("a split is several files and cannot go to the standard output.", "Give a folder to make with --out.")
		}
	} else if t.out == "" {
		return nil, usage("the export needs a place to go.", "Give a path with --out.")
	}
	t.manifest = manifestPath(t.folder, o, t.out)
	for _, path := range []string{t.out, t.manifest} {
		if within(project, path) {
			return nil, refuseExport(annotate.ErrExists, path, "Choose another name.", "the project itself would be replaced")
		}
		if err := t.refuseExisting(path); err != nil {
			return nil, err
		}
	}
	dir := os.TempDir()
	if t.out != "" {
		dir = filepath.Dir(filepath.Clean(t.out))
	}
	var err error
	if t.folder {
		t.temp, err = os.MkdirTemp(dir, ".lede-export-*")
		if err == nil {
			err = os.Chmod(t.temp, 0o755) // an export is for others to read
		}
	} else {
		var file *os.File
		if file, err = os.CreateTemp(dir, ".lede-export-*"); err == nil {
			t.temp, err = file.Name(), file.Close()
		}
	}
	if err != nil {
		t.abandon()
		return nil, fileFault("export", dir, err)
	}
	return t, nil
}

func manifestPath(folder bool, o ExportOptions, out string) string {
	switch {
	case o.ManifestPath != "":
		return o.ManifestPath
	case out == "":
		return ""
	case folder:
		return "" // inside the folder
	}
	return out + ".manifest.json"
}

// within says whether a project is the file at path, or in the folder at path.
func within(project, path string) bool {
	at, err := os.Stat(path)
	if path == "" || err != nil {
		return false
	}
	file, err := filepath.EvalSymlinks(project)
	if err != nil {
		return false // opening it will say why
	}
	if file, err = filepath.Abs(file); err != nil {
		return false
	}
	for {
		if info, err := os.Stat(file); err == nil && os.SameFile(info, at) {
			return true
		}
		if file == filepath.Dir(file) {
			return false
		}
		file = filepath.Dir(file)
	}
}

// refuseExisting keeps what is at path, unless force is given and it is a file
// or the folder of an earlier export.
func (t *target) refuseExisting(path string) error {
	if path == "" {
		return nil
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fileFault("export", path, err)
	case !t.force:
		return refuseExport(annotate.ErrExists, path, "Choose another name, or replace it with --force.", "it is there already")
	case info.IsDir() != (t.folder && path == t.out):
		return refuseExport(annotate.ErrExists, path, "Choose another name.", "a %s is there, and this format makes a %s", kindOf(info.IsDir()), kindOf(t.folder))
	case info.IsDir() && !ownFolder(path):
		return refuseExport(annotate.ErrExists, path, "Choose another name, or remove the folder yourself.", "the folder there was not made by an export")
	}
	return nil
}

func kindOf(folder bool) string {
	if folder {
		return "folder"
	}
	return "file"
}

// ownFolder reports whether a folder is empty or an earlier export: force must
// never delete anything else.
func ownFolder(path string) bool {
	entries, err := os.ReadDir(path)
	if err == nil && len(entries) == 0 {
		return true
	}
	raw, err := os.ReadFile(filepath.Join(path, "manifest.json"))
	var m struct {
		Program string `json:"program"`
	}
	return err == nil && json.Unmarshal(raw, &m) == nil && strings.HasPrefix(m.Program, "lede ")
}

// place is where a file of the export is written for now.
func (t *target) place(name string) (string, error) {
	if !t.folder {
		return t.temp, nil
	}
	if !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", fmt.Errorf("export: %q is no file name", name)
	}
	return filepath.Join(t.temp, filepath.FromSlash(name)), nil
}

// Create makes a file of the export.
func (t *target) Create(name string) (io.WriteCloser, error) {
	path, err := t.place(name)
	if err != nil {
		return nil, err
	}
	if t.made[name] {
		return nil, fmt.Errorf("export: file %q is written twice", name)
	}
	t.made[name] = true
	if t.folder {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { // an export is for others to read
			return nil, fileFault("export", path, err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644) // an export is for others to read
	if err != nil {
		return nil, fileFault("export", path, err)
	}
	return &file{t: t, name: name, f: f, buf: bufio.NewWriterSize(f, 64<<10), sum: sha256.New()}, nil
}

// file counts and hashes what is written.
type file struct {
	t    *target
	name string
	f    *os.File
	buf  *bufio.Writer
	sum  hash.Hash
	n    int64
}

func (f *file) Write(p []byte) (int, error) {
	n, err := f.buf.Write(p)
	f.sum.Write(p[:n])
	f.n += int64(n)
	if err != nil {
		err = fileFault("export", f.t.label(f.name), err)
	}
	return n, err
}

func (f *file) Close() error {
	err := f.buf.Flush()
	if !f.t.folder && err == nil {
		err = f.f.Sync()
	}
	if closing := f.f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fileFault("export", f.t.label(f.name), err)
	}
	f.t.files = append(f.t.files, FileSum{f.name, f.n, hex.EncodeToString(f.sum.Sum(nil))})
	return nil
}

// label names a file of the export for a message.
func (t *target) label(name string) string {
	if t.out == "" {
		return "standard output"
	}
	return filepath.Join(t.out, filepath.FromSlash(name))
}

func (t *target) open(name string) (io.ReadCloser, error) {
	path, err := t.place(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileFault("export", t.label(name), err)
	}
	return f, nil
}

// sums lists the files by name, and their common hash.
func (t *target) sums() ([]FileSum, string) {
	list := slices.Clone(t.files)
	slices.SortFunc(list, func(a, b FileSum) int { return strings.Compare(a.Name, b.Name) })
	all := sha256.New()
	for i := range list {
		if list[i].Name == "" && t.out != "" {
			list[i].Name = filepath.Base(t.out)
		}
		fmt.Fprintf(all, "%s  %s\n", list[i].SHA256, list[i].Name)
	}
	return list, hex.EncodeToString(all.Sum(nil))
}

// keep gives the export its name, manifest first, so that data without its
// manifest never looks finished.
func (t *target) keep(m *Manifest) error {
	raw, err := m.JSON()
	if err != nil {
		return err
	}
	if t.folder {
		if err := os.WriteFile(filepath.Join(t.temp, "manifest.json"), raw, 0o644); err != nil { // an export is for others to read
			return fileFault("export", t.label("manifest.json"), err)
		}
		if t.manifest == "" {
			return t.swapFolder()
		}
	}
	if t.manifest != "" {
		if err := writeFile(t.manifest, raw); err != nil {
			return err
		}
	}
	if err := t.keepData(); err != nil {
		if t.manifest != "" {
			_ = os.Remove(t.manifest)
		}
		return err
	}
	return nil
}

func (t *target) keepData() error {
	switch {
	case t.folder:
		return t.swapFolder()
	case t.stdout != nil:
		f, err := os.Open(t.temp)
		if err != nil {
			return fileFault("export", t.temp, err)
		}
		defer func() { _ = f.Close() }()
		if _, err := io.Copy(t.stdout, f); err != nil {
			return fileFault("export", "standard output", err)
		}
		return nil
	}
	if err := os.Chmod(t.temp, 0o644); err != nil { // an export is for others to read
		return fileFault("export", t.out, err)
	}
	if err := osfile.Rename(t.temp, t.out); err != nil {
		return fileFault("export", t.out, err)
	}
	t.temp = ""
	return nil
}

// swapFolder puts the new folder in place; the old one goes only after that.
func (t *target) swapFolder() error {
	old := ""
	if _, err := os.Lstat(t.out); err == nil {
		old = t.temp + "-old"
		if err := osfile.Rename(t.out, old); err != nil {
			return fileFault("export", t.out, err)
		}
	}
	if err := osfile.Rename(t.temp, t.out); err != nil {
		if old != "" {
			_ = osfile.Rename(old, t.out)
		}
		return fileFault("export", t.out, err)
	}
	t.temp = ""
	if old != "" {
		_ = os.RemoveAll(old)
	}
	return nil
}

// abandon removes what did not get its name.
func (t *target) abandon() {
	if t.temp != "" {
		_ = os.RemoveAll(t.temp)
	}
}

// writeFile writes a small file under a temporary name and renames it.
func writeFile(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".lede-export-*")
	if err != nil {
		return fileFault("export", path, err)
	}
	_, err = f.Write(raw)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644) // an export is for others to read
	}
	if err == nil {
		err = osfile.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fileFault("export", path, err)
	}
	return nil
}

// JSON is the manifest as it is kept: indented, ending with a line end.
func (m *Manifest) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("export: manifest: %w", err)
	}
	return b.Bytes(), nil
}
