package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"lede/annotate"
)

// repairReport is what check --repair --json writes.
type repairReport struct {
	Problems  []problem `json:"problems"`
	Out       string    `json:"out,omitempty"`
	Articles  int       `json:"articles"`
	Binned    int       `json:"bin"`
	Spans     int       `json:"spans"`
	Relations int       `json:"relations"`
	Rebuilt   int       `json:"rebuilt"`
	Lost      []problem `json:"lost"`
}

// repair salvages a project that has problems into a new one.
func (a *app) repair(ctx context.Context, project, out string, asJSON bool) error {
	if out != "" {
		if err := annotate.CheckProjectName("salvage", filepath.Base(out)); err != nil {
			return err
		}
	}
	problems, err := a.problemsOf(ctx, project)
	switch {
	case errors.Is(err, annotate.ErrDamaged), errors.Is(err, annotate.ErrForeign): // its beginning may be all that is lost
		problems = append(problems, problem{"file", err.Error()})
	case err != nil:
		return err
	case len(problems) == 0 && asJSON:
		return a.asJSON(repairReport{Problems: []problem{}, Lost: []problem{}})
	case len(problems) == 0:
		return a.say("%s: no problems found, so there is nothing to repair.", project)
	}
	if out == "" {
		out = freeName(project, "salvaged")
	}
	news, done := a.startSteps("Reading pages")
	s, err := a.Projects.Salvage(ctx, project, out, a.actor(), news)
	done()
	if err != nil {
		return err
	}
	if asJSON {
		r := repairReport{
			Problems: problems, Out: out, Articles: s.Articles, Binned: s.Binned, Spans: s.Spans, Relations: s.Relations, Rebuilt: s.Rebuilt,
			Lost: []problem{},
		}
		for _, p := range s.Lost {
			r.Lost = append(r.Lost, problem(p))
		}
		return a.asJSON(r)
	}
	for _, p := range s.Lost {
		if err := a.say("%s: %s", p.Where, p.What); err != nil {
			return err
		}
	}
	bin := ""
	if s.Binned > 0 {
		bin = " (and " + plural(s.Binned, "article") + " in the bin)"
	}
	a.note("lede: salvaged %s%s, %s and %s into %s. %s was not touched; keep it.",
		plural(s.Articles, "article"), bin, plural(s.Spans, "span"), plural(s.Relations, "relation"), out, project)
	return nil
}

// freeName is a name beside a project that says what the file is.
func freeName(project, what string) string {
	title := strings.TrimSuffix(filepath.Base(project), annotate.ProjectEnding)
	base := filepath.Join(filepath.Dir(project), annotate.PortableName(title+" "+what))
	path := base + annotate.ProjectEnding
	for n := 2; exists(path); n++ {
		path = fmt.Sprintf("%s-%d%s", base, n, annotate.ProjectEnding)
	}
	return path
}
