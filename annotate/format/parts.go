package format

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"strings"
)

// partsOf are the parts of the data that an export into a folder made, by its manifest:
// files and folders in it that are called so hold them. None: it made no parts.
func partsOf(folder string) (names []string) {
	if m := manifestAt(filepath.Join(folder, "manifest.json")); m != nil && m.Plan.Split != nil {
		for _, p := range m.Plan.Split.Parts {
			names = append(names, p.Name)
		}
	}
	return names
}

// partOf is the part of which a file below the folder is, by its name or that of the
// folder that it lies in: train.csv, train/a.html.
func partOf(rel string, parts []string) string {
	first, _, below := strings.Cut(filepath.ToSlash(rel), "/")
	if !below {
		first = strings.TrimSuffix(first, filepath.Ext(first))
	}
	if slices.Contains(parts, first) {
		return first
	}
	return ""
}

// inPart says of articles that say nothing of it that they are of a part.
func inPart(part string, read func(context.Context) iter.Seq2[*Article, error]) func(context.Context) iter.Seq2[*Article, error] {
	if part == "" {
		return read
	}
	return func(ctx context.Context) iter.Seq2[*Article, error] {
		return func(yield func(*Article, error) bool) {
			for a, err := range read(ctx) {
				if err == nil && !a.Aside() && a.Split == "" && a.Meta.String(SplitKey) == "" {
					a.Split = part
				}
				if !yield(a, err) {
					return
				}
			}
		}
	}
}
