package labelstudio

import (
	"regexp"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

// state is what fitting and writing share for one export.
type state struct {
	labels, types map[string]string // to names that XML can hold
	controls      []*control
	find          map[annotate.Scope]map[string]*control
	models        map[string]bool // annotators that are models
	several       bool            // annotators
	units         token.Layout    // what a task covers
	err           error           // of an option, told when writing starts
}

// prepared is what the writer needs of an article.
type prepared struct {
	tasks     []*format.Article
	predicted []bool // which of the sets are predictions
}

func fitProject(job *format.Job) {
	s := &state{models: map[string]bool{}, several: len(job.Annotators) > 1}
	s.labels = job.SafeNames("label", job.SchemaLabels(), allowed)
	s.types = job.SafeNames("relation", job.SchemaTypes(), allowed)
	s.units, s.err = token.ParseLayout(job.Settings)
	s.controls, s.find = controlsOf(job.Schema)
	for _, p := range job.People {
		s.models[p.Name] = p.Kind == annotate.Model
	}
	for _, e := range job.Entities {
		job.Lose("schema", "attributes of entities", len(e.Attributes), e.Name)
		job.Lose("schema", "other names of entities", len(e.Aliases), e.Name)
	}
	job.State = s
}

// part is an id as regions of a split span have it.
var part = regexp.MustCompile(`^(.+)#([2-9]|[1-9][0-9]+)$`)

// fit makes the tasks of an article, and a region of each fragment.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	p := &prepared{}
	for i := range fitted.Sets {
		set := &fitted.Sets[i]
		p.predicted = append(p.predicted, s.isPrediction(set))
		s.fitSpans(a, set, job)
		set.Relations = slices.Clone(set.Relations)
		for k := range set.Relations {
			set.Relations[k].Type = s.types[set.Relations[k].Type]
		}
	}
	p.tasks = s.units.Pieces(&fitted, job)
	for _, task := range p.tasks {
		for i := range task.Sets {
			task.Sets[i].Spans = parts(task.Sets[i].Spans)
		}
	}
	fitted.Prepared = p
	fitted.Gather(p.tasks)
	return &fitted
}

// isPrediction reports whether a set is a model's, by its annotator or by all its spans.
func (s *state) isPrediction(set *format.Set) bool {
	return s.models[set.Annotator] || len(set.Spans) > 0 &&
		!slices.ContainsFunc(set.Spans, func(x format.Span) bool { return x.Origin != "model:"+set.Annotator })
}

// parts makes a region of each fragment: X, X#2, X#3.
func parts(spans []format.Span) []format.Span {
	var list []format.Span
	for _, x := range spans {
		for k, f := range x.Fragments {
			region := x
			region.Fragments = []text.Range{f}
			if k > 0 {
				region = format.Span{ID: x.ID + "#" + strconv.Itoa(k+1), Label: x.Label, Fragments: region.Fragments, Origin: x.Origin}
			}
			list = append(list, region)
		}
	}
	return list
}

// fitSpans gives spans the names and ids that the format can hold.
func (s *state) fitSpans(a *format.Article, set *format.Set, job *format.Job) {
	taken, spans := map[string]bool{}, set.Spans
	for _, x := range spans {
		taken[x.ID] = true
	}
	renamed := map[string]string{}
	set.Spans = nil
	for _, x := range spans {
		if part.MatchString(x.ID) {
			job.Lose("ids", "ids of spans that would be taken for a part of another", 1, a.Ref+": "+x.ID)
			id := x.ID + "_"
			for taken[id] {
				id += "_"
			}
			taken[id], renamed[x.ID], x.ID = true, id, id
		}
		x.Label = s.labels[x.Label]
		set.Spans = append(set.Spans, x)
	}
	if len(renamed) == 0 {
		return
	}
	set.Relations = slices.Clone(set.Relations)
	for i := range set.Relations {
		r := &set.Relations[i]
		for _, end := range []*string{&r.From, &r.To} {
			if id, ok := renamed[*end]; ok {
				*end = id
			}
		}
	}
}
