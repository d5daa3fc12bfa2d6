package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
)

// Key is the fact in which an article keeps how it was drawn into the sample that is
// tagged with the tag.
func Key(tag string) string { return "sample:" + tag }

// Record is that fact: enough to cite the sample and to weight the article, whose
// chance to be drawn was Drawn in Of.
type Record struct {
	Frame   int      `json:"frame"`            // articles of which the sample was drawn
	Filter  string   `json:"filter,omitempty"` // that said which these were; "" = all
	N       int      `json:"n"`
	By      []string `json:"by,omitempty"`
	Seed    int64    `json:"seed"`
	Stratum []string `json:"stratum,omitempty"` // the article's values of By
	Of      int      `json:"of"`                // articles of the stratum in the frame
	Drawn   int      `json:"drawn"`             // of the stratum
}

// Deed tags the articles of the sample and writes into each, by tag, how it was drawn. of
// is the filter that said what the sample is of, as it was typed.
func (s *Sample) Deed(tags []string, of string) edit.Deed {
	by := ""
	if len(s.By) > 0 {
		by = ", by " + strings.Join(s.By, " and ")
	}
	what := fmt.Sprintf("%d as %s (seed %d%s)", s.Frame, strings.Join(tags, ", "), s.Seed, by)
	return edit.Facts("Sample %s of "+strings.ReplaceAll(what, "%", "%%"), func(a *annotate.Article) {
		stratum := s.Strata[s.In[a.ID]]
		raw, _ := json.Marshal(Record{s.Frame, of, s.N, s.By, s.Seed, stratum.Values, stratum.Of, stratum.Drawn}) // texts and numbers always encode
		for _, tag := range tags {
			a.Meta = a.Meta.With(Key(tag), raw)
		}
		a.Meta = a.Meta.WithList(annotate.TagsKey, append(a.Tags(), tags...))
	})
}

// OfProject draws a sample of the articles of a project that pass a filter. Tags that
// articles have already are refused.
func OfProject(ctx context.Context, store annotate.Store, f *annotate.Filter, tags []string, o Options) (*Sample, error) {
	if err := Unused(ctx, store, tags); err != nil {
		return nil, err
	}
	frame, err := OfFilter(ctx, store, f)
	if err != nil {
		return nil, err
	}
	return Draw(frame, o)
}

// Unused refuses tags that articles have already: what was drawn twice could not be
// cited.
func Unused(ctx context.Context, store annotate.Store, tags []string) error {
	for _, tag := range tags {
		had, err := store.Count(ctx, annotate.ArticleQuery{Filter: filter.Term(annotate.FilterTag, tag)})
		if err != nil {
			return err
		}
		if had.Total > 0 {
			return &annotate.Error{
				Kind: annotate.ErrExists, Op: "sample", Subject: tag, Detail: have(had.Total) + " this tag already.",
				Hint: "Take another tag, or take this one off them first.",
			}
		}
	}
	return nil
}

func have(articles int) string {
	if articles == 1 {
		return "1 article has"
	}
	return fmt.Sprintf("%d articles have", articles)
}

// OfFilter are the articles that pass a filter, nil for all: the frame of a sample.
func OfFilter(ctx context.Context, store annotate.Store, f *annotate.Filter) ([]annotate.Article, error) {
	rows, err := store.Articles(ctx, annotate.ArticleQuery{Filter: f})
	if err != nil {
		return nil, err
	}
	frame := make([]annotate.Article, len(rows))
	for i, r := range rows {
		frame[i] = r.Article
	}
	return frame, nil
}
