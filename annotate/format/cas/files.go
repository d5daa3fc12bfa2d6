package cas

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
)

// File is one file of a source, and what its path tells.
type File struct {
	Src            format.Source
	Rel            string
	Ref, Annotator string
}

// Files are the files of a source with one of the endings: itself, those of a folder
// or of a zip file. left yields word of files that are not read. close lets go of
// the archive.
type Files struct {
	List []File
	Left []*format.Article
	src  format.Source
	zip  *archive.Reader
	// Names are the names that an export of Lede respelled, as "label my_label" →
	// "my label"; nil if there is no manifest.
	Names map[string]string
}

// Close lets go of the archive, if there is one.
func (f *Files) Close() {
	if f.zip != nil {
		_ = f.zip.Close()
	}
}

// initial and curated are users of INCEpTION that are no people: the document before
// anybody worked on it, and the adjudicated one.
const (
	initial = "INITIAL_CAS"
	curated = "CURATION_USER"
)

// OpenFiles lists what is to be read. formatName is that of a manifest that counts.
func OpenFiles(src format.Source, s format.Settings, formatName string, endings ...string) (*Files, error) {
	f := &Files{src: src}
	names, err := f.names()
	if err != nil {
		return nil, err
	}
	var list []string
	for _, n := range names {
		if slices.Contains(endings, strings.ToLower(path.Ext(n))) || len(names) == 1 && !src.Dir && f.zip == nil {
			list = append(list, n)
		}
	}
	folders, single := f.manifest(formatName)
	if len(list) == 0 && f.Names == nil { // an export of ours may have no article
		f.Close()
		return nil, format.Refuse(src.At(0), "Unpack archives inside it.", "it holds no %s file", strings.Join(endings, " or "))
	}
	switch s["annotators"] {
	case "folders":
		folders = true
	case "none":
		folders, single = false, ""
	default:
		folders = folders || single == "" && sameNames(list)
	}
	f.add(list, folders, single, s["annotators"] != "none")
	return f, nil
}

// names are the paths of all files.
func (f *Files) names() ([]string, error) {
	switch {
	case f.src.Dir:
		return format.Walk(f.src)
	case strings.EqualFold(path.Ext(f.src.Rel), ".zip"):
		z, err := archive.Open(f.src, archive.Limits{Entry: format.MaxLine})
		if err != nil {
			return nil, err
		}
		f.zip = z
		var names []string
		for _, e := range z.Entries() {
			names = append(names, e.Name)
		}
		return names, nil
	}
	return []string{f.src.Rel}, nil
}

// File is a file of the source by its path.
func (f *Files) File(rel string) (format.Source, bool) {
	if f.zip != nil {
		e, ok := f.zip.Find(rel)
		return e.Source(), ok
	}
	if !f.src.Dir {
		return f.src, rel == f.src.Rel
	}
	return f.src.File(rel), true
}

// Above finds the file called name that lies nearest to rel: in its folder or above.
func (f *Files) Above(rel string, names ...string) (format.Source, bool) {
	for dir := path.Dir(rel); ; dir = path.Dir(dir) {
		for _, name := range names {
			at := path.Join(dir, name)
			if f.zip != nil {
				if e, ok := f.zip.Find(at); ok {
					return e.Source(), true
				}
				continue
			}
			beside := f.src.File(at)
			if !f.src.Dir {
				beside = f.src
				beside.Path, beside.Name = filepath.Join(filepath.Dir(f.src.Path), name), filepath.Join(filepath.Dir(f.src.Name), name)
			}
			if info, err := os.Stat(beside.Path); err == nil && info.Mode().IsRegular() {
				return beside, true
			}
		}
		if dir == "." || dir == "/" {
			return format.Source{}, false
		}
	}
}

// manifest takes from the manifest of our own export what the files cannot say.
func (f *Files) manifest(formatName string) (folders bool, single string) {
	if !f.src.Dir {
		return false, ""
	}
	raw, err := f.src.File("manifest.json").ReadAll()
	if err != nil {
		return false, "" // no export of ours: nothing to know
	}
	m := format.ReadManifest(raw)
	if m == nil || m.Format != formatName {
		return false, ""
	}
	f.Names = map[string]string{}
	for key, safe := range m.Names {
		if kind, name, ok := cutLast(key); ok {
			f.Names[kind+" "+safe] = name
		}
	}
	if len(m.Annotators) == 1 {
		return false, m.Annotators[0]
	}
	return len(m.Annotators) > 1, ""
}

// cutLast parts "span attribute my name" and "annotator ana" into kind and name.
func cutLast(key string) (kind, name string, ok bool) {
	kind, name, ok = strings.Cut(key, " ")
	if rest, is := strings.CutPrefix(name, "attribute "); is {
		return kind + " attribute", rest, true
	}
	return kind, name, ok
}

// add makes the list, with annotators by the layout of INCEpTION, by folders or by
// the manifest.
func (f *Files) add(list []string, folders bool, single string, layout bool) {
	worked := map[string]bool{} // documents of which somebody's work is there
	for _, rel := range list {
		if doc, user, ok := inception(rel); ok && layout && user != "" {
			worked[doc] = true
		}
	}
	for _, rel := range list {
		src, _ := f.File(rel)
		file := File{Src: src, Rel: rel, Ref: strings.TrimSuffix(rel, path.Ext(rel)), Annotator: single}
		doc, user, ok := inception(rel)
		switch {
		case ok && layout && user == "" && worked[doc]:
			f.Left = append(f.Left, format.LeftOut(src.At(0), "initial", "analyses from before anybody worked on them ("+initial+"), left out because somebody has", 1, rel))
			continue
		case ok && layout:
			file.Ref, file.Annotator = doc, user
		case folders:
			if folder, rest, in := strings.Cut(file.Ref, "/"); in {
				file.Ref, file.Annotator = rest, f.Name("annotator", folder)
			}
		}
		f.List = append(f.List, file)
	}
}

// Name is the name that an export respelled as safe.
func (f *Files) Name(kind, safe string) string {
	if name, ok := f.Names[kind+" "+safe]; ok {
		return name
	}
	return safe
}

// inception reads paths of INCEpTION's exports of projects: annotation/DOC/USER.xmi
// and curation/DOC/CURATION_USER.xmi. The user is "" for nobody.
func inception(rel string) (doc, user string, ok bool) {
	parts := strings.Split(rel, "/")
	n := len(parts)
	if n < 3 || parts[n-3] != "annotation" && parts[n-3] != "curation" {
		return "", "", false
	}
	doc = strings.TrimSuffix(parts[n-2], path.Ext(parts[n-2]))
	user = strings.TrimSuffix(parts[n-1], path.Ext(parts[n-1]))
	switch {
	case user == curated || parts[n-3] == "curation":
		user = annotate.GoldName
	case user == initial:
		user = ""
	}
	return doc, user, true
}

// sameNames reports whether the folders look like annotators': every file lies in
// one, and every folder shares a file name with another.
func sameNames(list []string) bool {
	in := map[string][]string{}
	for _, rel := range list {
		folder, rest, ok := strings.Cut(rel, "/")
		if !ok {
			return false
		}
		in[rest] = append(in[rest], folder)
	}
	shared, all := map[string]bool{}, map[string]bool{}
	for _, folders := range in {
		for _, f := range folders {
			all[f] = true
			shared[f] = shared[f] || len(folders) > 1
		}
	}
	for f := range all {
		if !shared[f] {
			return false
		}
	}
	return len(all) > 1
}
