package litbank

import (
	"context"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "litbank",
		Title:       "LitBank (entities, events, coreference, quotations)",
		Description: "LitBank's layers: nested entity columns, event columns, mentions with chains, quotations with speakers; a folder puts the layers of a text together.",
		Extensions:  []string{".tsv", ".ann", ".conll"},
		Folder:      true,
		Training:    true,
		Detect:      detect, Read: read,
	})
}

// detect: a list of mentions or quotations, or words with columns of tags.
func detect(s format.Sample) int {
	if s.Dir {
		return layered(s.Files)
	}
	lines := s.Lines(50)
	listed := len(lines) > 0
	columns, tagged := len(lines) > 2, false
	for _, l := range lines {
		f := strings.Split(l, "\t")
		listed = listed && len(f) > 2 && slices.Contains(kinds, f[0])
		columns = columns && len(f) > 4 && f[len(f)-1] == ""
		for _, tag := range f[1:] {
			columns = columns && (tag == "" || tag == "O" || strings.HasPrefix(tag, "B-") || strings.HasPrefix(tag, "I-"))
			tagged = tagged || strings.HasPrefix(tag, "B-")
		}
	}
	switch {
	case listed:
		return 97
	case columns && s.Ext == ".tsv":
		return 93
	case strings.HasPrefix(s.Head, "#begin document ("):
		return 91
	}
	return 0
}

// layered: the folder has those of two or more layers, by LitBank's names. One alone
// may as well be brat's, or a table.
func layered(files []string) int {
	layers := map[string]bool{}
	for _, file := range files {
		for _, folder := range strings.Split(path.Dir(file), "/") {
			if slices.Contains([]string{"entities", "events", "coref", "quotations"}, folder) && slices.Contains([]string{".tsv", ".ann", ".conll"}, path.Ext(file)) {
				layers[folder] = true
			}
		}
	}
	if len(layers) < 2 {
		return 0
	}
	return 98
}

// kinds are the first words of lines in lists.
var kinds = []string{"MENTION", "COREF", "COP", "APPOS", "QUOTE", "ATTRIB"}

const hint = "docs/formats/litbank.md has what is read."

// document is the layers of one text.
type document struct {
	name   string
	layers []format.Source
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		docs := []document{{nameOf(src.Rel), []format.Source{src}}}
		if src.Dir {
			var err error
			if docs, err = documents(src); err != nil {
				yield(nil, err)
				return
			}
		}
		for _, d := range docs {
			a, err := article(d)
			if err == nil {
				err = ctx.Err()
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// nameOf is the name of a text: of its files without what they have in common.
func nameOf(file string) string {
	base := path.Base(filepath.ToSlash(file))
	return strings.TrimSuffix(strings.TrimSuffix(base, path.Ext(base)), "_brat")
}

// documents sorts the files of a folder by the text that they are about. What brat
// reads is left to it.
func documents(src format.Source) ([]document, error) {
	files, err := format.Walk(src)
	if err != nil {
		return nil, err
	}
	byName := map[string]int{}
	var docs []document
	for _, f := range files {
		if !slices.Contains([]string{".tsv", ".ann", ".conll"}, path.Ext(f)) || path.Base(path.Dir(f)) == "brat" {
			continue
		}
		name := nameOf(f)
		i, ok := byName[name]
		if !ok {
			i = len(docs)
			byName[name] = i
			docs = append(docs, document{name: name})
		}
		docs[i].layers = append(docs[i].layers, src.File(f))
	}
	if len(docs) == 0 {
		return nil, format.Refuse(src.At(0), hint, "the folder holds no layer of LitBank")
	}
	for i := range docs {
		// Lists say most of a mention: what columns say of the same words is left out.
		slices.SortStableFunc(docs[i].layers, func(a, b format.Source) int { return rank(a) - rank(b) })
	}
	slices.SortFunc(docs, func(a, b document) int { return strings.Compare(a.name, b.name) })
	return docs, nil
}

func rank(s format.Source) int {
	return slices.Index([]string{".ann", ".tsv", ".conll"}, path.Ext(s.Rel))
}

// textOf is the text beside a list.
func textOf(src format.Source) (format.Source, error) {
	stem := strings.TrimSuffix(src.Path, filepath.Ext(src.Path)) + ".txt"
	name := strings.TrimSuffix(src.Name, filepath.Ext(src.Name)) + ".txt"
	if info, err := os.Stat(stem); err != nil || !info.Mode().IsRegular() {
		return src, format.Refuse(src.At(0), "Put the text beside it: a sentence a line, words with blanks between.", "there is no %s", filepath.Base(stem))
	}
	return format.Source{Path: stem, Name: name, Rel: src.Rel, Encoding: src.Encoding, Fallback: src.Fallback}, nil
}
