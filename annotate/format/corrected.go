package format

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/drift"
	"lede/annotate/text"
)

// maxDrifted bounds the spans that a report lists one by one.
const maxDrifted = 10000

// Drifted is an article of the project whose text a file has corrected.
type Drifted struct {
	Ref     string        `json:"ref"`
	Title   string        `json:"title,omitempty"`
	Place   string        `json:"place"`   // where the corrected text was read
	Applied bool          `json:"applied"` // false: it waits for a decision
	Same    int           `json:"same"`    // spans at the same offsets
	Moved   []DriftedSpan `json:"moved"`
	Lost    []DriftedSpan `json:"lost"`
	// Relations is how many are lost with the spans at their ends, Unlisted how many
	// spans are not listed because there are too many.
	Relations int `json:"relations"`
	Unlisted  int `json:"unlisted,omitempty"`
}

// DriftedSpan is a span and what became of it.
type DriftedSpan struct {
	Annotator string             `json:"annotator"`
	Label     string             `json:"label"`
	Text      string             `json:"text"`
	From      annotate.Fragments `json:"from"`
	To        annotate.Fragments `json:"to,omitempty"`
	Fate      drift.Fate         `json:"fate"`
}

// correct gives an article another text: the one in the project goes to the bin with
// all that was said of it, and a new one takes its ref, its place, its facts where the
// file has none, and those spans whose words still stand in it. Without AcceptDrift it
// does nothing if there are spans, and lists what would become of them.
func (im *importer) correct(ctx context.Context, t *taken, known annotate.Article, sets []newSet) error {
	if known.TextHash == t.hash {
		return im.addToKnown(ctx, known, sets)
	}
	doc, err := im.store.Document(ctx, known.ID)
	if err != nil {
		return err
	}
	if im.refs["\x00"+string(known.ID)] != nil {
		return Refuse(t.Place, "Give each article its own id.", "the article %q occurs twice, and only one can correct what is in the project", known.Ref)
	}
	im.refs["\x00"+string(known.ID)] = &staged{id: known.ID, hash: t.hash, place: t.Place}
	c := correction{im: im, doc: doc, to: t, report: Drifted{Ref: known.Ref, Title: known.Title, Place: t.Place.String(), Moved: []DriftedSpan{}, Lost: []DriftedSpan{}}}
	moved := c.move()
	spans := 0
	for _, d := range doc.Sets {
		spans += len(d.Spans)
	}
	if spans > 0 && !im.o.AcceptDrift {
		im.leaveOut("articles whose text was corrected: they wait until what becomes of their spans is accepted (--accept-drift)", t)
		im.report.Drift = append(im.report.Drift, c.report)
		return nil
	}
	c.report.Applied = true
	if spans > 0 {
		im.report.Drift = append(im.report.Drift, c.report)
	}
	sets = slices.DeleteFunc(sets, func(s newSet) bool {
		there := slices.ContainsFunc(doc.Sets, func(d annotate.SetData) bool { return d.Annotator.ID == s.annotator.ID })
		if there {
			im.notes.add("kept_sets", "annotation sets left out, because the project has another of the same annotator and article", 1, s.set.Place.String())
		}
		return there
	})
	im.ops = append(im.ops, annotate.Update(
		annotate.ArticleState{ID: known.ID, Presence: annotate.Live}, annotate.ArticleState{ID: known.ID, Presence: annotate.Deleted}))
	if err := im.addAs(ctx, t, known.Ref, sets); err != nil {
		return err
	}
	im.report.Added.Articles--
	im.report.Corrected++
	c.adopt(&im.batch[len(im.batch)-1], moved)
	return nil
}

// correction is one corrected article.
type correction struct {
	im     *importer
	doc    *annotate.Document
	to     *taken
	report Drifted
	listed int
}

// move is what annotators said of the old text, as far as it can be said of the new
// one; the article of the sets is still to be given.
func (c *correction) move() []annotate.SetData {
	m := drift.New(c.doc.Text, c.to.text)
	var moved []annotate.SetData
	for _, d := range c.doc.Sets {
		set := annotate.SetData{Set: d.Set, Annotator: d.Annotator}
		set.Set.ID, set.Set.Import = c.im.o.Env.NewID(), c.im.id
		ids := map[annotate.ID]annotate.ID{}
		var lost []string
		for _, x := range d.Spans {
			to, fate := m.Anchor(x.Fragments)
			c.tell(d.Annotator.Name, x, to, fate)
			if fate == drift.Lost || fate == drift.Unsure {
				label, _ := c.im.schema.Label(x.Label)
				lost = append(lost, fmt.Sprintf("%s “%s”", label.Name, quoteOf(c.doc.Text, x.Fragments)))
				continue
			}
			old := x.ID
			x.ID, x.Set, x.Fragments = c.im.o.Env.NewID(), set.Set.ID, to
			ids[old] = x.ID
			set.Spans = append(set.Spans, x)
		}
		for _, r := range d.Relations {
			from, to := ids[r.From], ids[r.To]
			if from == "" || to == "" {
				c.report.Relations++
				continue
			}
			r.ID, r.Set, r.From, r.To = c.im.o.Env.NewID(), set.Set.ID, from, to
			set.Relations = append(set.Relations, r)
		}
		if len(lost) > 0 {
			flagLost(&set.Set, lost)
		}
		moved = append(moved, set)
	}
	return moved
}

// tell lists what became of a span.
func (c *correction) tell(annotator string, x annotate.Span, to annotate.Fragments, fate drift.Fate) {
	if fate == drift.Same {
		c.report.Same++
		return
	}
	if c.listed++; c.listed > maxDrifted {
		c.report.Unlisted++
		return
	}
	label, _ := c.im.schema.Label(x.Label)
	s := DriftedSpan{Annotator: annotator, Label: label.Name, Text: quoteOf(c.doc.Text, x.Fragments), From: x.Fragments, To: to, Fate: fate}
	if fate == drift.Moved {
		c.report.Moved = append(c.report.Moved, s)
	} else {
		c.report.Lost = append(c.report.Lost, s)
	}
}

func quoteOf(t *text.Text, f annotate.Fragments) string {
	q := strings.Join(strings.Fields(t.Quote(f)), " ")
	if r := []rune(q); len(r) > 200 {
		q = string(r[:199]) + "…"
	}
	return q
}

// flagLost leaves a question where people look for questions, and a list in the note.
func flagLost(s *annotate.AnnotationSet, lost []string) {
	const most = 50
	n := fmt.Sprintf("%d spans", len(lost))
	if len(lost) == 1 {
		n = "1 span"
	}
	if s.Flag == "" {
		s.Flag = n + " lost when the text was corrected (see the note)"
	}
	list := lost[:min(most, len(lost))]
	note := "Lost when the text was corrected, " + n + ":\n" + strings.Join(list, "\n")
	if len(lost) > most {
		note += "\n…"
	}
	if s.Note != "" {
		note = s.Note + "\n\n" + note
	}
	s.Note = note
}

// adopt completes the new article with what the old one had.
func (c *correction) adopt(item *annotate.ImportArticle, moved []annotate.SetData) {
	old, a := c.doc.Article, &item.Article
	for _, f := range []struct{ now, was *string }{
		{&a.Title, &old.Title}, {&a.Source, &old.Source}, {&a.URL, &old.URL}, {&a.Author, &old.Author}, {&a.Language, &old.Language},
	} {
		if *f.now == "" {
			*f.now = *f.was
		}
	}
	if a.Published == "" {
		a.Published, a.PublishedISO = old.Published, old.PublishedISO
	}
	meta := maps.Clone(old.Meta)
	if meta == nil {
		meta = annotate.Values{}
	}
	maps.Copy(meta, a.Meta)
	if a.Meta = meta; len(meta) == 0 {
		a.Meta = nil
	}
	a.Order, a.Extra = old.Order, old.Extra
	here := c.im.refs[a.Ref]
	for i := range moved {
		moved[i].Set.Article = a.ID
		here.annotators = append(here.annotators, moved[i].Annotator.ID)
		c.im.bytes += 200 * len(moved[i].Spans)
	}
	item.Sets = append(moved, item.Sets...)
}
