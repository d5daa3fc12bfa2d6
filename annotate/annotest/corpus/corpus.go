package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"lede/annotate"
)

// Corpus makes articles up.
type Corpus struct {
	Bytes int // of each text, about
	Spans int // of each article, rounded down to a multiple of 3
	// Statuses are taken in turn by one article after the other; none: all are done.
	Statuses []annotate.Status

	env                 annotate.Env
	actor, event, quote annotate.Label
	speaker             annotate.RelationType
	annotator           annotate.Annotator
	names               []string
}

// New prepares a corpus of articles of 2 KB with 15 spans each.
func New(env annotate.Env) *Corpus {
	c := &Corpus{Bytes: 2 << 10, Spans: 15, env: env, names: names()}
	c.actor = annotate.Label{ID: env.NewID(), Name: "actor", Title: "Actor", Hotkey: "1", Order: 1}
	c.event = annotate.Label{ID: env.NewID(), Name: "event", Title: "Event", Hotkey: "2", Order: 2}
	c.quote = annotate.Label{ID: env.NewID(), Name: "quote", Title: "Quote", Hotkey: "3", Order: 3}
	c.speaker = annotate.RelationType{ID: env.NewID(), Name: "speaker", Title: "Speaker", From: []annotate.ID{c.quote.ID}, To: []annotate.ID{c.actor.ID}}
	c.annotator = annotate.Annotator{ID: env.NewID(), Name: "ana", Kind: annotate.Human}
	return c
}

// Records are what a project must be created with to take the articles in: the labels
// actor, event and quote, the relation speaker, the annotator ana.
func (c *Corpus) Records() []annotate.Record {
	return []annotate.Record{c.actor, c.event, c.quote, c.speaker, c.annotator}
}

// Annotator is whose work all of it is.
func (c *Corpus) Annotator() annotate.Annotator { return c.annotator }

// Label is the label of most spans.
func (c *Corpus) Label() annotate.Label { return c.actor }

var sources = []string{"AFP", "AP", "ANSA", "Die Zeit", "dpa", "El País", "Kyodo", "Le Monde", "Reuters", "The Guardian", "The Hindu", "Xinhua"}

// Article is the nth article with all its annotations.
func (c *Corpus) Article(n int) annotate.ImportArticle {
	w := &writer{Corpus: c, random: rand.New(rand.NewPCG(1, uint64(n)))}
	day := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%2000).Format(time.DateOnly)
	item := annotate.ImportArticle{Article: annotate.Article{
		ID: c.env.NewID(), Ref: fmt.Sprintf("news-%07d", n), Title: w.title(), Source: sources[w.random.IntN(len(sources))],
		Author: w.name(), Published: day, PublishedISO: day, Language: "en", Intake: 1,
	}}
	status := annotate.Done
	if len(c.Statuses) > 0 {
		status = c.Statuses[n%len(c.Statuses)]
	}
	data := annotate.SetData{Annotator: c.annotator}
	data.Set = annotate.AnnotationSet{ID: c.env.NewID(), Article: item.Article.ID, Annotator: c.annotator.ID, Status: status}
	w.set = &data
	w.write()
	item.Text, item.Sets = w.text.String(), []annotate.SetData{data}
	return item
}

// Fill brings n articles into a project that was created with the Records, as one
// import.
func (c *Corpus) Fill(ctx context.Context, store annotate.Store, n int) error {
	im, err := store.BeginImport(ctx, annotate.Import{ID: c.env.NewID(), Format: "generated", Source: "corpus"})
	if err != nil {
		return err
	}
	const batch = 500
	items := make([]annotate.ImportArticle, 0, batch)
	for i := range n {
		items = append(items, c.Article(i))
		if len(items) == batch || i == n-1 {
			if err := im.Add(ctx, items); err != nil {
				return err
			}
			items = items[:0]
		}
	}
	_, err = im.Commit(ctx, annotate.Change{ID: c.env.NewID(), Actor: c.annotator.Name, Cause: annotate.CauseImport, Title: "Import generated articles"})
	return err
}

// names are 20,000 surnames, a handful of which are in nearly every article.
func names() []string {
	random := rand.New(rand.NewPCG(3, 5))
	all := make([]string, 20_000)
	for i := range all {
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		s := b.String()
		all[i] = strings.ToUpper(s[:1]) + s[1:]
	}
	return all
}

var syllables = []string{
	"bra", "nd", "vik", "il", "se", "tom", "as", "mar", "ko", "va", "lé", "rø", "chi", "ang", "ste", "in",
	"or", "ov", "ski", "ha", "mad", "al", "ez", "pe", "ri", "qu", "el", "jo", "tü", "ber", "go", "no",
}
