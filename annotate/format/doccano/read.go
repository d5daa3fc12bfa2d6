package doccano

import (
	"context"
	"iter"
	"path"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

const help = "docs/formats/doccano.md has the keys."

// reader reads a file, or the files of a folder.
type reader struct {
	settings format.Settings
	schema   *annotate.Schema  // of the project, or nil
	names    map[string]string // of labels by doccano's id, from a file of label types
	rows     int               // with a text
	skipped  int               // without one
}

// joined reads articles, also such of which the lines are pieces.
func joined(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return format.JoinPieces(read(ctx, src, s))
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		r := &reader{settings: s, schema: src.Schema, names: map[string]string{}}
		sources, who, err := r.sources(src)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range sources {
			if isTypes(file.Rel) {
				described, err := readTypes(file, r.names)
				if err != nil {
					yield(nil, err)
					return
				}
				if !yield(format.Describe(file.At(0), described), nil) {
					return
				}
			}
		}
		for _, file := range sources {
			if !isTypes(file.Rel) && !r.file(ctx, file, who[file.Rel], yield) {
				return
			}
		}
		if r.rows == 0 && r.skipped > 0 {
			yield(nil, format.Refuse(src.At(0), "Say which key holds the text with --opt text-column=KEY.", "no line has a text under %q", s["text-column"]))
		}
	}
}

// sources are the files of a folder, and whose each is if their names tell.
func (r *reader) sources(src format.Source) ([]format.Source, map[string]string, error) {
	if !src.Dir {
		return []format.Source{src}, nil, nil
	}
	files, err := format.Walk(src)
	if err != nil {
		return nil, nil, err
	}
	var sources []format.Source
	for _, rel := range files {
		if ext := strings.ToLower(path.Ext(rel)); ext == ".jsonl" || ext == ".json" {
			sources = append(sources, src.File(rel))
		}
	}
	if len(sources) == 0 {
		return nil, nil, format.Refuse(src.At(0), "", "the folder holds no .jsonl or .json file")
	}
	mode := r.settings["annotators"]
	if mode == "none" || mode == "auto" && !r.sameTexts(sources) {
		return sources, nil, nil
	}
	who := map[string]string{}
	for _, s := range sources {
		who[s.Rel] = strings.TrimSuffix(path.Base(s.Rel), path.Ext(s.Rel))
	}
	return sources, who, nil
}

// sameTexts reports whether two files begin with the same text: doccano exports a
// file a member, all with the same texts.
func (r *reader) sameTexts(sources []format.Source) bool {
	seen := map[string]bool{}
	for _, s := range sources {
		if isTypes(s.Rel) {
			continue
		}
		for item := range s.JSONItems() {
			if item.Err != nil {
				break // reading will tell
			}
			text, ok := jsonobject.Parse(item.Raw, item.Place, help).Peek(r.settings["text-column"])
			if ok && seen[text] {
				return true
			}
			seen[text] = true
			break
		}
	}
	return false
}

// file reads the rows of a file.
func (r *reader) file(ctx context.Context, src format.Source, who string, yield func(*format.Article, error) bool) bool {
	for item := range src.JSONItems() {
		if item.Err == nil {
			item.Err = ctx.Err()
		}
		if item.Err != nil {
			yield(nil, item.Err)
			return false
		}
		a, err := r.row(item, who)
		if err != nil {
			yield(nil, err)
			return false
		}
		if a.Aside() {
			r.skipped++
		} else {
			r.rows++
		}
		if !yield(a, nil) {
			return false
		}
	}
	return true
}
