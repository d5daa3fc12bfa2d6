package brat

import (
	"context"
	"encoding/json"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
)

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		r, err := newReader(src, s)
		if err != nil {
			yield(nil, err)
			return
		}
		described, told := r.configuration()
		for _, aside := range []*format.Article{described, told} {
			if aside != nil && !yield(aside, nil) {
				return
			}
		}
		for _, d := range r.docs {
			a, err := r.document(d)
			if err == nil {
				err = ctx.Err()
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// reader reads one folder, or the document of one .ann file.
type reader struct {
	src     format.Source // always a folder
	docs    []document
	confs   []format.Source   // configuration files
	folders bool              // the first folder of a path is an annotator
	parts   map[string]bool   // the first folder of a path is one of these parts of a split
	single  string            // the annotator of all, from the manifest
	names   map[string]string // safe name → name, as "label my_label" → "my label"
}

func newReader(src format.Source, s format.Settings) (*reader, error) {
	r := &reader{src: src, names: map[string]string{}}
	if !src.Dir {
		return r, r.oneFile(src)
	}
	files, err := format.Walk(src)
	if err != nil {
		return nil, err
	}
	r.docs = documents(files)
	for _, f := range files {
		if base := path.Base(f); base == "annotation.conf" || base == "visual.conf" {
			r.confs = append(r.confs, src.File(f))
		}
	}
	if len(r.docs) == 0 {
		return nil, format.Refuse(src.At(0), "A brat folder has NAME.txt with NAME.ann beside it.", "there is no document")
	}
	r.manifest()
	switch s["annotators"] {
	case "folders":
		r.folders = true
	case "auto":
		r.folders = r.folders || (r.single == "" && sameDocuments(r.docs))
	case "none":
		r.folders, r.single = false, ""
	}
	return r, nil
}

// oneFile makes the folder of a .ann file the source, with that document alone.
func (r *reader) oneFile(src format.Source) error {
	name := filepath.Base(src.Path)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	r.src = format.Source{Path: filepath.Dir(src.Path), Name: filepath.Dir(src.Name), Dir: true, Encoding: src.Encoding, Fallback: src.Fallback}
	entries, err := os.ReadDir(r.src.Path)
	if err != nil {
		return format.Refuse(src.At(0), "", "its folder cannot be read: %s", err)
	}
	var files []string
	for _, e := range entries { // sorted, as documents wants them
		files = append(files, e.Name())
		if n := e.Name(); n == "annotation.conf" || n == "visual.conf" {
			r.confs = append(r.confs, r.src.File(n))
		}
	}
	for _, d := range documents(files) {
		if d.name == stem || slices.ContainsFunc(d.annotations, func(a annotation) bool { return a.file == name }) {
			r.docs = []document{d}
		}
	}
	r.manifest()
	return nil
}

// manifest takes from the manifest of our own export what the files cannot say.
func (r *reader) manifest() {
	m := manifestIn(r.src)
	if m == nil {
		// A part of a split export has its manifest above it.
		up := format.Source{Path: filepath.Dir(r.src.Path), Name: filepath.Dir(r.src.Name)}
		if m = manifestIn(up); m == nil || !partsOf(m)[filepath.Base(r.src.Path)] {
			return
		}
	} else {
		r.parts = partsOf(m)
	}
	for key, safe := range m.Names {
		kind, name, _ := strings.Cut(key, " ")
		r.names[kind+" "+safe] = name
	}
	switch len(m.Annotators) {
	case 0:
	case 1:
		r.single = m.Annotators[0]
	default:
		r.folders = true
	}
}

// manifestIn is the manifest of our own export in brat's format; nil if there is none.
func manifestIn(folder format.Source) *format.Manifest {
	raw, err := folder.File("manifest.json").ReadAll()
	if err != nil {
		return nil
	}
	if m := format.ReadManifest(raw); m != nil && m.Format == "brat" {
		return m
	}
	return nil
}

// partsOf are the names of the parts of a split export.
func partsOf(m *format.Manifest) map[string]bool {
	parts := map[string]bool{}
	if m.Split != nil {
		for _, p := range m.Split.Parts {
			parts[p.Name] = true
		}
	}
	return parts
}

// name is the name that an export respelled as safe.
func (r *reader) name(kind, safe string) string {
	if name, ok := r.names[kind+" "+safe]; ok {
		return name
	}
	return safe
}

// sameDocuments reports whether the folders look like annotators': every
// document lies in one, and every folder shares a document with another.
func sameDocuments(docs []document) bool {
	in := map[string][]string{} // document → folders
	for _, d := range docs {
		folder, rest, ok := strings.Cut(d.name, "/")
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

func (r *reader) document(d document) (*format.Article, error) {
	a := &format.Article{Ref: d.name, RefFromName: true, LinesSplit: true}
	if part, rest, ok := strings.Cut(a.Ref, "/"); ok && r.parts[part] {
		a.Split, a.Ref = part, rest
	}
	who := r.single
	if folder, rest, ok := strings.Cut(a.Ref, "/"); ok && r.folders {
		who, a.Ref = r.name("annotator", folder), rest
	}
	if d.text == "" {
		return nil, format.Refuse(r.src.File(d.annotations[0].file).At(0), "Put the text beside it.", "there is no %s.txt", path.Base(d.name))
	}
	src := r.src.File(d.text)
	a.Place = src.At(0)
	if err := r.text(a, src); err != nil {
		return nil, err
	}
	// Several files of nobody in particular (.a1 and .a2) are one set.
	sets := map[string]*set{}
	var order []string
	for _, f := range d.annotations {
		name := f.annotator
		if name == "" {
			name = who
		}
		if sets[name] == nil {
			sets[name] = newSet(r, a.Ref)
			order = append(order, name)
		}
		if err := sets[name].file(r.src.File(f.file)); err != nil {
			return nil, err
		}
	}
	for _, name := range order {
		set, err := sets[name].finish()
		if err != nil {
			return nil, err
		}
		if n := sets[name].shared; n > 0 {
			a.Skip("events", "events that share their words with another one: each got a span of its own", n, a.Ref)
		}
		set.Annotator = name
		a.Sets = append(a.Sets, set)
	}
	return a, nil
}

// text reads the text, or the JSON that stands for it.
func (r *reader) text(a *format.Article, src format.Source) error {
	if path.Ext(src.Rel) != ".json" {
		raw, err := src.Decode()
		a.Text = raw
		return err
	}
	raw, err := src.ReadAll()
	if err != nil {
		return err
	}
	var stand struct {
		ID, SHA256 string
		Length     int
	}
	if json.Unmarshal(raw, &stand) != nil || len(stand.SHA256) != 64 || stand.Length < 0 {
		return format.Refuse(src.At(0), "", "it does not say the sha256 and length of a text")
	}
	a.Ref, a.RefFromName, a.NoText, a.Hash, a.Length = stand.ID, false, true, stand.SHA256, stand.Length
	return nil
}
