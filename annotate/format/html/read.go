package html

import (
	"context"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/webpage"
)

// readOptions are those of reading pages.
var readOptions = []format.Option{
	{
		Key: "extract", Values: []string{"article", "body", "all"}, Default: "article", For: format.ForImport,
		Help: "article: what is the article on the page; body: the page without navigation and the like; all: everything on it",
	},
	{Key: "captions", Values: []string{"yes", "no"}, Default: "no", For: format.ForImport, Help: "captions of pictures, where they stand"},
}

var pageEndings = []string{".html", ".htm", ".xhtml"}

func detect(s format.Sample) int {
	if s.Dir {
		return 0
	}
	head := strings.ToLower(strings.TrimSpace(s.Head[:min(4096, len(s.Head))]))
	for strings.HasPrefix(head, "<!--") || strings.HasPrefix(head, "<?") {
		_, rest, found := strings.Cut(head, ">")
		if !found {
			break
		}
		head = strings.TrimSpace(rest)
	}
	switch named := slices.Contains(pageEndings, s.Ext); {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return 90
	case named && strings.Contains(head, "<"):
		return 70
	case named:
		return 50
	}
	return 0
}

// readPages yields the articles of a page, or of all pages of a folder.
func readPages(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		if !src.Dir {
			readPage(ctx, src, s, yield)
			return
		}
		files, err := format.Walk(src)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, rel := range files {
			if slices.Contains(pageEndings, strings.ToLower(path.Ext(rel))) && !readPage(ctx, src.File(rel), s, yield) {
				return
			}
		}
	}
}

func readPage(ctx context.Context, src format.Source, s format.Settings, yield func(*format.Article, error) bool) bool {
	if err := ctx.Err(); err != nil {
		yield(nil, err)
		return false
	}
	if page := savedWith(src); page != "" {
		return yield(format.LeftOut(src.At(0), "frames", "pages that a browser saved beside another one, as parts of it", 1, src.Name), nil)
	}
	raw, err := webpage.Decode(src)
	if err != nil {
		yield(nil, err)
		return false
	}
	page, err := webpage.Parse(raw)
	if err != nil {
		yield(nil, format.Refuse(src.At(0), "Is it the right --format?", "it cannot be read as a page: %s", err))
		return false
	}
	if ours(page.Document()) {
		return ownArticles(src, page.Document(), yield)
	}
	found := page.Take(webpage.Options{Mode: webpage.Mode(s["extract"]), Captions: s.Yes("captions")})
	a := &format.Article{Place: src.At(0), Ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), RefFromName: true, Text: found.Text}
	found.Fill(a)
	a.Skip("captions", "captions of pictures (--opt captions=yes takes them)", found.Captions, src.Name)
	if found.Whole {
		a.Skip("whole_pages", "pages on which no article was found: the whole body was taken, without what is beside it", 1, src.Name)
	}
	return yield(a, nil)
}

// savedWith is the page with which a browser saved this one as a frame, in a folder
// that is named after it ("Ferry_files" beside "Ferry.html", in any language).
func savedWith(src format.Source) string {
	dir := filepath.Dir(src.Path)
	if path.Dir(src.Rel) == "." {
		return "" // the folder was given itself
	}
	name := filepath.Base(dir)
	for i, r := range name {
		if i == 0 || r != '_' && r != '-' && r != '.' && r != ' ' {
			continue
		}
		for _, ending := range pageEndings {
			page := filepath.Join(filepath.Dir(dir), name[:i]+ending)
			if info, err := os.Stat(page); err == nil && info.Mode().IsRegular() {
				return page
			}
		}
	}
	return ""
}
