package format

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Told is what the manifest of an export says of a source that the export wrote. The
// nil Told says nothing.
type Told struct {
	Annotator string // whose work it is; "" if several
	Options   map[string]string
	names     map[string]string // "label my_label" → "my label"
}

// Name is the name in the project of what the files call safe; kind is as in
// SafeNames.
func (t *Told) Name(kind, safe string) string {
	if t != nil {
		if name, ok := t.names[kind+" "+safe]; ok {
			return name
		}
	}
	return safe
}

// maxManifest is how large a manifest, in bytes, may be that is read beside a source.
const maxManifest = 64 << 20

// Manifest looks for the manifest of an export in the named format: in the folder, or
// beside the file. Nil if there is none that knows the source.
func (s Source) Manifest(format string) *Told {
	if s.Dir {
		return told(filepath.Join(s.Path, "manifest.json"), format, "")
	}
	if t := told(s.Path+".manifest.json", format, ""); t != nil {
		return t
	}
	return told(filepath.Join(filepath.Dir(s.Path), "manifest.json"), format, filepath.Base(s.Path))
}

// manifestAt reads a manifest; nil if there is none.
func manifestAt(path string) *Manifest {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxManifest {
		return nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return ReadManifest(raw)
}

// told reads a manifest; file, if not "", must be one of its files.
func told(path, format, file string) *Told {
	m := manifestAt(path)
	if m == nil || m.Format != format || file != "" && !slices.ContainsFunc(m.Files, func(f FileSum) bool { return f.Name == file }) {
		return nil
	}
	t := &Told{Options: m.Options, names: map[string]string{}}
	for key, safe := range m.Names {
		kind, name, _ := strings.Cut(key, " ")
		t.names[kind+" "+safe] = name
	}
	if len(m.Annotators) == 1 {
		t.Annotator = m.Annotators[0]
	}
	return t
}
