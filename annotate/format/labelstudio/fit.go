package labelstudio

import (
	"regexp"
	"slices"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

// state is what fitting and writing share for one export.
type state struct {
	labels, types map[string]string // to names that XML can hold
	controls      []*control
	find          map[annotate.Scope]map[string]*control
	models        map[string]bool // annotators that are models
	several       bool            // annotators
}

func fitProject(job *format.Job) {
	s := &state{models: map[string]bool{}, several: len(job.Annotators) > 1}
	s.labels = job.SafeNames("label", job.SchemaLabels(), allowed)
	s.types = job.SafeNames("relation", job.SchemaTypes(), allowed)
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

// fit makes a region of each fragment.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*state)
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	for i := range fitted.Sets {
		set := &fitted.Sets[i]
		s.fitSpans(a, set, job)
		set.Relations = slices.Clone(set.Relations)
		for k := range set.Relations {
			set.Relations[k].Type = s.types[set.Relations[k].Type]
		}
	}
	return &fitted
}

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
		for k, f := range x.Fragments {
			region := x
			region.Fragments = []text.Range{f}
			if k > 0 {
				region = format.Span{ID: x.ID + "#" + strconv.Itoa(k+1), Label: x.Label, Fragments: region.Fragments, Origin: x.Origin}
			}
			set.Spans = append(set.Spans, region)
		}
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
