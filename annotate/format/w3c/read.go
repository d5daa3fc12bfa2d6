package w3c

import (
	goctx "context"
	"io"
	"iter"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/text"
)

func read(ctx goctx.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		sources := []format.Source{src}
		if src.Dir {
			files, err := format.Walk(src)
			if err != nil {
				yield(nil, err)
				return
			}
			sources = nil
			for _, f := range files {
				if ext := path.Ext(f); ext == ".jsonld" || ext == ".json" {
					sources = append(sources, src.File(f))
				}
			}
		}
		for _, one := range sources {
			for a, err := range articles(ctx, one) {
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
	}
}

// articles are those that one file is about.
func articles(ctx goctx.Context, src format.Source) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		s, err := newSpool()
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.close()
		for item := range items(src) {
			if err = item.Err; err == nil {
				err = s.add(item)
			}
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
		s.sort()
		for _, g := range s.order {
			a, err := article(s, g, src)
			if err == nil {
				err = ctx.Err()
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// items are the annotations of a file: a list, a page, a graph, or one behind the
// other.
func items(src format.Source) iter.Seq[format.JSONItem] {
	head := beginning(src)
	list := ""
	for _, key := range []string{"items", "@graph"} {
		if strings.HasPrefix(head, "{") && strings.Contains(head, `"`+key+`"`) {
			list = key
		}
	}
	if list == "" {
		return src.JSONItems()
	}
	return func(yield func(format.JSONItem) bool) {
		for name, item := range src.JSONMembers(list) {
			switch {
			case item.Err != nil, name == list:
				if !yield(item) {
					return
				}
			case name == "first" && item.Raw[0] == '{': // the first page of a collection
				for key, value := range format.JSONFields(item.Raw) {
					if key != "items" || value[0] != '[' {
						continue
					}
					for one := range format.JSONElements(value) {
						if !yield(format.JSONItem{Place: item.Place, Raw: one}) {
							return
						}
					}
				}
			}
		}
	}
}

// beginning is the start of the file; reading will tell of faults.
func beginning(src format.Source) string {
	in, err := src.Text()
	if err != nil {
		return ""
	}
	defer func() { _ = in.Close() }()
	head := make([]byte, 16<<10)
	n, _ := io.ReadFull(in, head)
	return strings.TrimLeft(string(head[:n]), " \t\r\n")
}

// article is all that is said of one source, with its text.
func article(s *spool, g *group, src format.Source) (*format.Article, error) {
	a := &format.Article{Place: src.At(0), Ref: g.source, RefFromName: true}
	b := &builder{a: a, group: g, only: len(s.order) == 1, facts: features.Features{}, sets: map[string]int{}, ends: map[string]end{}}
	for _, p := range g.parts {
		raw, err := s.raw(p)
		if err != nil {
			return nil, err
		}
		if err := b.take(raw, src.At(p.line)); err != nil {
			return nil, err
		}
	}
	if name, err := url.PathUnescape(nameOf(g.source)); err == nil && !strings.Contains(g.source, ":") {
		a.Ref = strings.TrimSuffix(name, path.Ext(name))
	}
	if err := b.text(src); err != nil {
		return nil, err
	}
	return a, b.finish()
}

// text finds the text: in an annotation, beside the file, or by its hash in the
// project.
func (b *builder) text(src format.Source) error {
	raw := ""
	switch file, ok := b.beside(src); {
	case b.embedded != nil:
		raw = *b.embedded
	case ok:
		var err error
		if raw, err = file.Decode(); err != nil {
			return err
		}
	case b.facts.String(hashOf) != "":
		return b.byHash()
	default:
		return format.Refuse(src.At(0), "Put it beside, as a file of that name or of the name of the annotations with .txt.", "the text of %q is not there", b.group.source)
	}
	in, err := text.Normalize(raw)
	if err != nil {
		return format.Refuse(src.At(0), "Mend the text.", "the text of %q: %s", b.group.source, err)
	}
	b.a.Text = in.Text
	return nil
}

// beside is the file of the text in the folder of the annotations.
func (b *builder) beside(src format.Source) (format.Source, bool) {
	dir := filepath.Dir(src.Path)
	name, err := url.PathUnescape(nameOf(b.group.source))
	if err != nil || strings.ContainsAny(name, `/\`+"\x00") {
		name = ""
	}
	stem := filepath.Base(src.Path)
	stem = strings.TrimSuffix(stem, filepath.Ext(stem)) + ".txt"
	if !b.only {
		stem = ""
	}
	for _, candidate := range []string{name, stem} {
		if !strings.EqualFold(path.Ext(candidate), ".txt") || !filepath.IsLocal(candidate) {
			continue
		}
		full := filepath.Join(dir, candidate)
		if info, err := os.Stat(full); err == nil && info.Mode().IsRegular() {
			return format.Source{Path: full, Name: filepath.Join(filepath.Dir(src.Name), candidate), Rel: candidate, Encoding: src.Encoding, Fallback: src.Fallback}, true
		}
	}
	return format.Source{}, false
}
