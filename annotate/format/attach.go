package format

import (
	"context"
	"errors"
	"math"

	"lede/annotate"
)

// lengthOf is the length of the text that an article without it stands for; no bound
// if the file does not know, because it names the article by its id alone.
func (t *taken) lengthOf() int {
	if t.Hash == "" {
		return math.MaxInt
	}
	return t.Length
}

// folded is the place in units of code points of the stored text.
const folded = 1

// named is the article of the project that an article without text and hash names by
// its id, nil if there is none. The spans must lie in its text, and their own copies
// of the text, if the file has them, must say the same.
func (im *importer) named(ctx context.Context, t *taken, sets []newSet) (*annotate.Article, error) {
	if im.noArticles || t.Ref == "" {
		return nil, nil
	}
	found, err := im.store.Find(ctx, t.Ref, "")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	known, body, err := im.store.Article(ctx, found[0].ID)
	if err != nil {
		return nil, err
	}
	m := mapper{unit: units[folded], from: body, text: body}
	for _, s := range sets {
		for i := range s.set.Spans {
			if _, err := m.span(&s.set.Spans[i], false); err != nil {
				if wrong := (*offsetError)(nil); errors.As(err, &wrong) {
					err = wrong.err
				}
				return nil, err
			}
		}
	}
	return &known, nil
}

// attachByRef adds the sets of an article that came as its id alone.
func (im *importer) attachByRef(ctx context.Context, t *taken, sets []newSet) error {
	known, err := im.named(ctx, t, sets)
	if err != nil {
		return err
	}
	if known == nil {
		im.leaveOut("articles left out, because their file holds no text and the project has none with that id", t)
		return nil
	}
	return im.addToKnown(ctx, *known, sets)
}
