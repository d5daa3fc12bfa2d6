package bioc

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
)

func init() {
	format.Register(&format.Format{
		Name:        "bioc",
		Title:       "BioC collection (XML or JSON)",
		Description: "A BioC collection of biomedical text mining, as XML or JSON: documents, passages, annotations and relations with infons.",
		Extensions:  []string{".xml", ".json", ".jsonl"},
		ExtensionFor: func(s format.Settings) string {
			if s["form"] == "json" {
				return ".json"
			}
			return ".xml"
		},
		Training: true,
		Several:  true,
		Oracles:  []string{"bioc e3559aa"},
		Options: []format.Option{
			{
				Key: "form", Values: []string{"auto", "xml", "json"}, Default: "auto", For: format.ForExport,
				Help: "auto: JSON if the name ends in .json, else XML",
			},
		},
		CannotHold: []string{
			"control characters in XML (JSON holds them)", "attributes and other names of entities", "details of the schema",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

func detect(s format.Sample) int {
	head := strings.TrimSpace(s.Head)
	has := func(parts ...string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(head, p) })
	}
	switch {
	case s.Dir || head == "":
		return 0
	case head[0] == '<' && (has("<collection>", "<source>") || has("<!DOCTYPE collection", "BioC")):
		return 97
	case head[0] == '{' && (has(`"passages"`, `"infons"`) || has(`"bioctype"`)):
		return 98
	}
	return 0
}

// ourKey is the key file of collections that Lede wrote: their infons are spelled as
// features.Word does it.
const ourKey = "lede.key"

// The infons that the format uses itself.
const (
	typeInfon      = "type"
	annotatorInfon = "annotator"
)

// controlInfon says of a document which characters XML could not hold.
const controlInfon = features.Prefix + "control"

var names = features.Names{typeInfon, annotatorInfon}

// state is what fitting and writing share for one export.
type state struct {
	json          bool
	count         int               // articles so far
	labels, types map[string]string // to names that XML can hold
}

func fitProject(job *format.Job) {
	s := &state{json: job.Settings["form"] == "json"}
	if job.Settings["form"] == "auto" {
		s.json = strings.EqualFold(filepath.Ext(job.Out), ".json")
	}
	s.labels, s.types = map[string]string{}, map[string]string{}
	if !s.json {
		s.labels = job.SafeNames("label", job.SchemaLabels(), features.XMLName)
		s.types = job.SafeNames("relation", job.SchemaTypes(), features.XMLName)
	}
	features.LoseProject(job)
	job.State = s
}

// fit keeps everything; in XML, without the characters that it cannot hold.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	s.count++
	if s.json {
		fitted := *a
		fitted.Name = strconv.Itoa(s.count)
		return &fitted
	}
	c := cleaner{job: job, ref: a.Ref}
	fitted := c.article(a)
	fitted.Name = strconv.Itoa(s.count)
	for i := range a.Sets {
		fitted.Sets = append(fitted.Sets, c.set(s, a.Sets[i]))
	}
	return fitted
}

// cleaner replaces what XML cannot hold and tells of it.
type cleaner struct {
	job *format.Job
	ref string
}

func (c cleaner) text(s string) string {
	safe, n := features.XMLSafe(s)
	if n > 0 {
		c.job.Lose("names", "names with control characters, which XML cannot hold, replaced by U+FFFD (--opt form=json keeps them)", 1, c.ref)
	}
	return safe
}

// article is the article with its facts and text, and without its sets. Values of
// infons need no cleaning: features.Word escapes them.
func (c cleaner) article(a *format.Article) *format.Article {
	clean, n := features.XMLSafe(a.Text)
	if n == 0 {
		fitted := *a
		fitted.Ref, fitted.Meta, fitted.Sets = c.text(a.Ref), c.values(a.Meta), nil
		return &fitted
	}
	c.job.Lose("control", "texts with control characters, which XML cannot hold, replaced by U+FFFD, which only Lede takes back (--opt form=json keeps them)", 1, c.ref)
	return &format.Article{
		Prepared: features.XMLRestore(a.Text),
		Place:    a.Place, Ref: c.text(a.Ref), Title: a.Title, Publisher: a.Publisher, URL: a.URL, Author: a.Author, Published: a.Published,
		PublishedISO: a.PublishedISO, Language: a.Language, Meta: c.values(a.Meta), Text: clean, Hash: hashOf(clean), Length: a.Length, Split: a.Split,
	}
}

// values are values under names that XML can hold.
func (c cleaner) values(v annotate.Values) annotate.Values {
	if v == nil {
		return nil
	}
	clean := annotate.Values{}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		clean[c.text(name)] = v[name]
	}
	return clean
}

func (c cleaner) set(s *state, set format.Set) format.Set {
	set.Annotator = c.text(set.Annotator)
	spans := make([]format.Span, len(set.Spans))
	for i, x := range set.Spans {
		x.Label, x.Attributes = s.labels[x.Label], c.values(x.Attributes)
		spans[i] = x
	}
	relations := make([]format.Relation, len(set.Relations))
	for i, r := range set.Relations {
		r.Type, r.Attributes = s.types[r.Type], c.values(r.Attributes)
		relations[i] = r
	}
	set.Spans, set.Relations = spans, relations
	return set
}
