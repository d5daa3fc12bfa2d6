package webannotsv

import (
	"context"
	"errors"
	"iter"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/cas"
)

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		files, err := cas.OpenFiles(src, s, name, ".tsv")
		if err != nil {
			yield(nil, err)
			return
		}
		defer files.Close()
		for _, left := range files.Left {
			if !yield(left, nil) {
				return
			}
		}
		for _, f := range files.List {
			articles, err := readFile(files, f, s)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

// readFile reads a file; one whose tokens agree with its text only in code points is
// taken so, and that is told.
func readFile(files *cas.Files, f cas.File, s format.Settings) ([]*format.Article, error) {
	d, err := newParser(f.Src, false).file()
	wrong := (*fault)(nil)
	if errors.As(err, &wrong) {
		again, other := newParser(f.Src, true).file()
		if other != nil {
			return nil, wrong.err
		}
		d = again
	} else if err != nil {
		return nil, err
	}
	in := cas.Input{Place: f.Src.At(0), Ref: f.Ref, Annotator: f.Annotator, Settings: s, Lede: ours(d), Names: files.Names}
	articles, err := d.Articles(in)
	if err != nil {
		return nil, err
	}
	for _, a := range articles {
		if wrong != nil {
			a.Skip("offsets", "files whose offsets count code points, against the rules of the format: taken so", 1, f.Src.Name)
		}
		for i := range a.Sets {
			for k := range a.Sets[i].Spans {
				typed(a.Sets[i].Spans[k].Attributes, annotate.SpanScope, f.Src.Schema)
			}
			for k := range a.Sets[i].Relations {
				typed(a.Sets[i].Relations[k].Attributes, annotate.RelationScope, f.Src.Schema)
			}
		}
	}
	return articles, nil
}

// ours says whether the file has the layer that Lede writes.
func ours(d *cas.Document) bool {
	_, ok := d.Types.Range(cas.SpanLayer, "label")
	return ok
}
