package format

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/split"
)

// SplitKey is the fact of an article (in its Meta) that keeps its part of the data,
// so that an article stays where it is when others are added.
const SplitKey = "split"

// SplitOptions ask for parts, as train, dev and test.
type SplitOptions struct {
	// Parts are the parts; none = those that the articles have already (SplitKey), and
	// articles without one stay out.
	Parts []split.Part
	Seed  int64
	// By keeps all articles with one value of a field together: source, author,
	// language, url (its host), published, published:month, published:year, another
	// fact or a document field. "" = no field.
	By        string
	Threshold float64 // from which articles are near-duplicates; 0 = not looked for
}

// SplitPlan says how the data is split.
type SplitPlan struct {
	Parts     []SplitPart `json:"parts"`
	Seed      int64       `json:"seed"`
	By        string      `json:"by,omitempty"`
	Threshold float64     `json:"threshold"` // 0: near-duplicates were not looked for
	Clusters  int         `json:"clusters"`  // of two near-duplicates or more
	Clustered int         `json:"clustered"` // articles in them
	Stored    int         `json:"stored"`    // articles that had their part already
	// Straddling are articles that had another part already than their near-duplicates
	// or others with the same value of By; at most a few are named.
	Straddling int      `json:"straddling"`
	Examples   []string `json:"examples,omitempty"`
}

// SplitPart is one part.
type SplitPart struct {
	Name  string  `json:"name"`
	Share float64 `json:"share,omitempty"` // as asked; 0 if the parts are those stored
	Counts
}

// splitting is the split of one export.
type splitting struct {
	parts []split.Part
	plan  SplitPlan
	of    map[annotate.ID]int
	all   []annotate.ID // in project order
}

// partOf is the name of an article's part.
func (s *splitting) partOf(id annotate.ID) string {
	if s == nil {
		return ""
	}
	return s.parts[s.of[id]].Name
}

func (s *splitting) count(a *Article) {
	if s == nil {
		return
	}
	i := slices.IndexFunc(s.parts, func(p split.Part) bool { return p.Name == a.Split })
	s.plan.Parts[i].add(a)
}

func (s *splitting) report() *SplitPlan {
	if s == nil {
		return nil
	}
	return &s.plan
}

// divide reads everything once and gives each article that goes out its part.
func (r *run) divide(ctx context.Context) error {
	d := divider{o: *r.o.Split}
	for doc, err := range r.store.Documents(ctx, annotate.DocumentQuery{Articles: r.o.Articles}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		a, _, left := r.chosen(doc, false)
		if a == nil {
			continue
		}
		r.pick.apply(a, left)
		if len(d.o.Parts) == 0 && a.Meta.String(SplitKey) == "" {
			r.left.add("no_split", "articles that have no part yet (lede split gives them one)", 1, a.Ref)
			continue
		}
		d.add(doc.Article.ID, a)
	}
	s, err := d.divide()
	r.split = s
	return err
}

// partPasses is a pass for each part. Losses that lie in no article are told once.
func (r *run) partPasses() []*pass {
	var passes []*pass
	for i, part := range r.split.parts {
		job := *r.job
		if i > 0 {
			job.losses = notes{}
		}
		if r.format.FitProject != nil {
			r.format.FitProject(&job)
		}
		p := &pass{job: &job, part: part.Name, counted: true}
		for _, id := range r.split.all {
			if r.split.of[id] == i {
				p.articles = append(p.articles, id)
			}
		}
		job.losses, job.Total, p.empty = r.job.losses, len(p.articles), len(p.articles) == 0
		passes = append(passes, p)
	}
	return passes
}

// divider gathers what a split needs to know of each article: about 600 bytes.
type divider struct {
	o     SplitOptions
	ids   []annotate.ID
	items []split.Item
	known bool // some article has the field By
}

func (d *divider) add(id annotate.ID, a *Article) {
	it := split.Item{Ref: a.Ref, Fixed: a.Meta.String(SplitKey), Labels: map[string]int{}}
	if d.o.Threshold > 0 {
		it.Signature = split.Sign(a.Index())
	}
	if d.o.By != "" {
		it.Group = groupOf(a, d.o.By)
		d.known = d.known || it.Group != ""
	}
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			it.Labels[x.Label]++
		}
	}
	d.ids, d.items = append(d.ids, id), append(d.items, it)
}

func (d *divider) divide() (*splitting, error) {
	o := d.o
	if o.By != "" && !d.known && len(d.items) > 0 {
		return nil, usage("no article has a field %q to split by.",
			"Fields: source, author, language, url, published, published:month, published:year, or another that articles have.", o.By)
	}
	if len(o.Parts) == 0 {
		if o.Parts = d.stored(); len(o.Parts) < 2 {
			return nil, usage("the articles of the project are not split.", "Split them with “lede split”, or give shares, as --split 80/10/10.")
		}
	}
	of, found, err := split.Assign(d.items, split.Options{Parts: o.Parts, Seed: o.Seed, Threshold: o.Threshold})
	var unknown *split.UnknownPartError
	if errors.As(err, &unknown) {
		return nil, usage("the article %q is in the part %q already.", "Name that part too, as --split %s=80,…, or split the project anew with “lede split --anew”.", unknown.Ref, unknown.Part, unknown.Part)
	}
	if err != nil {
		return nil, err
	}
	s := &splitting{parts: o.Parts, of: map[annotate.ID]int{}, all: d.ids, plan: SplitPlan{
		Seed: o.Seed, By: o.By, Threshold: o.Threshold, Clusters: found.Clusters, Clustered: found.Clustered, Stored: found.Fixed,
		Straddling: len(found.Straddling), Examples: found.Straddling[:min(maxExamples, len(found.Straddling))],
	}}
	for _, p := range o.Parts {
		s.plan.Parts = append(s.plan.Parts, SplitPart{Name: p.Name, Share: p.Share})
	}
	for i, id := range d.ids {
		s.of[id] = of[i]
	}
	return s, nil
}

// stored are the parts that the articles have: the usual ones first.
func (d *divider) stored() []split.Part {
	var parts []split.Part
	for _, it := range d.items {
		if !slices.ContainsFunc(parts, func(p split.Part) bool { return p.Name == it.Fixed }) {
			parts = append(parts, split.Part{Name: it.Fixed})
		}
	}
	usual := []string{"train", "dev", "validation", "valid", "test"}
	rank := func(p split.Part) int {
		if i := slices.Index(usual, p.Name); i >= 0 {
			return i
		}
		return len(usual)
	}
	slices.SortFunc(parts, func(a, b split.Part) int {
		if c := rank(a) - rank(b); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return parts
}

// groupOf is the value of a field by which articles stay together.
func groupOf(a *Article, by string) string {
	date := a.PublishedISO
	if date == "" {
		date = a.Published
	}
	switch by {
	case "source":
		return a.Publisher
	case "author":
		return a.Author
	case "language":
		return a.Language
	case "url":
		_, rest, _ := strings.Cut(a.URL, "://")
		host, _, _ := strings.Cut(rest, "/")
		return strings.TrimPrefix(strings.ToLower(host), "www.")
	case "published":
		return date
	case "published:month":
		return a.PublishedISO[:min(7, len(a.PublishedISO))]
	case "published:year":
		return a.PublishedISO[:min(4, len(a.PublishedISO))]
	}
	if v := a.Meta.String(by); v != "" {
		return v
	}
	for _, s := range a.Sets {
		if v := s.Fields.String(by); v != "" {
			return v
		}
	}
	return ""
}

// subTarget is where one part of a split is written: a file named after it, or a
// folder.
type subTarget struct {
	t               *target
	part, extension string
	folder          bool
}

func (s *subTarget) name(name string) string {
	if s.folder {
		return s.part + "/" + name
	}
	return s.part + s.extension
}

// Create makes a file of the part.
func (s *subTarget) Create(name string) (io.WriteCloser, error) { return s.t.Create(s.name(name)) }

func (s *subTarget) open(name string) (io.ReadCloser, error) { return s.t.open(s.name(name)) }

// SplitProject gives articles their parts for good, as one change: those that have
// one keep it, unless anew is true. It returns the plan, and the change's id ("" if
// nothing changed or dryRun).
func SplitProject(ctx context.Context, store annotate.Store, o SplitOptions, anew, dryRun bool, actor string, env annotate.Env) (*SplitPlan, annotate.ID, error) {
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, "", err
	}
	d, n := divider{o: o}, namesOf(schema, nil)
	var counts []Counts
	for doc, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, "", err
		}
		a := n.article(doc)
		if anew {
			a.Meta = a.Meta.With(SplitKey, nil)
		}
		d.add(doc.Article.ID, a)
		var c Counts
		c.add(a)
		counts = append(counts, c)
	}
	s, err := d.divide()
	if err != nil {
		return nil, "", err
	}
	for i, id := range d.ids {
		s.plan.Parts[s.of[id]].sum(counts[i])
	}
	if dryRun {
		return &s.plan, "", nil
	}
	id, err := s.keep(ctx, store, actor, env)
	return &s.plan, id, err
}

// keep writes the parts into the articles.
func (s *splitting) keep(ctx context.Context, store annotate.Store, actor string, env annotate.Env) (annotate.ID, error) {
	var ops []annotate.Op
	rows, err := store.Articles(ctx, annotate.ArticleQuery{})
	if err != nil {
		return "", err
	}
	for _, row := range rows {
		part, in := s.of[row.Article.ID]
		if !in || row.Article.Meta.String(SplitKey) == s.parts[part].Name {
			continue
		}
		after := row.Article
		after.Meta = after.Meta.With(SplitKey, annotate.StringValue(s.parts[part].Name))
		ops = append(ops, annotate.Update(row.Article, after))
	}
	if len(ops) == 0 {
		return "", nil
	}
	var names []string
	for _, p := range s.parts {
		names = append(names, p.Name)
	}
	c, err := store.Apply(ctx, annotate.Change{
		ID: env.NewID(), Actor: actor, Cause: annotate.CauseManual, Title: "Split articles into " + join(names), Ops: ops,
	})
	return c.ID, err
}

func (c *Counts) sum(other Counts) {
	c.Articles += other.Articles
	c.Sets += other.Sets
	c.Spans += other.Spans
	c.Fragments += other.Fragments
	c.Relations += other.Relations
}
