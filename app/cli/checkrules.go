package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/text"
)

// ruleFlags are the flags of lede check --rules.
type ruleFlags struct {
	rules, accepted bool
	annotator       string
	only, statuses  []string
	filter          filterFlag
}

// ruleNarrowing are the flags that go with --rules only.
var ruleNarrowing = []string{"annotator", "rule", "status", "accepted", "filter", asOfFlagName}

func (f *ruleFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.rules, "rules", false, "hold the annotations against the schema and its rules")
	flags.StringVar(&f.annotator, "annotator", "", "with --rules: whose work is checked (default: everybody's)")
	flags.StringSliceVar(&f.only, "rule", nil, "with --rules: only these rules and checks")
	flags.StringSliceVar(&f.statuses, "status", nil, "with --rules: only annotation sets that are new, in_progress, done or skipped")
	flags.BoolVar(&f.accepted, "accepted", false, "with --rules: also what somebody has accepted")
	f.filter.add(cmd, "with --rules: only articles that pass")
	complete(cmd, "rule", ruleNames)
	complete(cmd, "status", statuses)
}

func ruleNames() []string {
	return slices.Concat(rules.Names(rules.List), rules.Names(rules.Checks))
}

// needed refuses flags that say something about --rules without it.
func (f *ruleFlags) needed(cmd *cobra.Command) error {
	for _, name := range ruleNarrowing {
		if cmd.Flags().Changed(name) {
			return misuse(cmd, "--%s goes with --rules", name)
		}
	}
	return nil
}

// warned is one warning as check --rules --json writes it.
type warned struct {
	Article   string         `json:"article,omitempty"`
	Annotator string         `json:"annotator,omitempty"`
	Rule      string         `json:"rule"`
	Severity  rules.Severity `json:"severity"`
	Field     string         `json:"field,omitempty"`
	Span      annotate.ID    `json:"span,omitempty"`
	Label     string         `json:"label,omitempty"`
	Words     string         `json:"words,omitempty"`
	Start     int            `json:"start"` // code points
	End       int            `json:"end"`
	Relation  annotate.ID    `json:"relation,omitempty"`
	Entity    string         `json:"entity,omitempty"`
	Text      string         `json:"text"`
	Hint      string         `json:"hint,omitempty"`
	Accepted  bool           `json:"accepted,omitempty"`
}

// ruleReport is what check --rules --json writes.
type ruleReport struct {
	Articles int            `json:"articles"` // checked
	Rules    map[string]int `json:"rules"`    // warnings of each
	Accepted int            `json:"accepted"` // warnings that are no problem
	Faults   []string       `json:"faults"`   // rules of the schema that cannot be checked
	Warnings []warned       `json:"warnings"`
}

// ruleCheck is one run of check --rules.
type ruleCheck struct {
	*app
	f      ruleFlags
	json   bool
	people bool // there are several annotators: lines name them
	schema *annotate.Schema
	report ruleReport
}

func (a *app) checkRules(cmd *cobra.Command, project string, f ruleFlags, asJSON bool) error {
	r := &ruleCheck{app: a, f: f, json: asJSON, report: ruleReport{Rules: map[string]int{}, Faults: []string{}, Warnings: []warned{}}}
	for _, name := range f.only {
		if !slices.Contains(ruleNames(), name) {
			return misuse(cmd, "there is neither a rule nor a check %q%s", name, nearRule(name))
		}
	}
	scope := rules.Scope{}
	for _, s := range f.statuses {
		if !slices.Contains(statuses(), s) {
			return misuse(cmd, "--status is %s, and %q is none of them", strings.Join(statuses(), ", "), s)
		}
		scope.Statuses = append(scope.Statuses, annotate.Status(s))
	}
	err := a.with(cmd.Context(), project, annotate.ModeRead, func(store annotate.Store) error {
		return r.run(cmd.Context(), store, scope)
	})
	if err == nil {
		err = r.tell(project)
	}
	if err == nil && r.found() > 0 {
		return errProblems
	}
	return err
}

func nearRule(name string) string {
	if near := rules.Near(name, ruleNames()); near != "" {
		return fmt.Sprintf("; do you mean “%s”?", near)
	}
	return ""
}

func (r *ruleCheck) found() int {
	n := 0
	for _, count := range r.report.Rules {
		n += count
	}
	return n
}

func (r *ruleCheck) run(ctx context.Context, store annotate.Store, scope rules.Scope) error {
	people, err := store.Annotators(ctx)
	if err != nil {
		return err
	}
	if r.f.annotator != "" && !strings.EqualFold(r.f.annotator, annotate.AllName) {
		id, err := annotatorNamed(people, r.f.annotator)
		if err != nil {
			return err
		}
		scope.Annotators = []annotate.ID{id}
	}
	r.people = len(people) > 1 && len(scope.Annotators) != 1
	if r.schema, err = store.Schema(ctx); err != nil {
		return err
	}
	checker, err := rules.OfProject(ctx, store)
	if err != nil {
		return err
	}
	r.report.Faults = append(r.report.Faults, checker.Faults()...)
	if scope.Filter, err = r.f.filter.read(ctx, r.app, store); err != nil {
		return err
	}
	total, err := store.Count(ctx, annotate.ArticleQuery{Filter: scope.Filter})
	if err != nil {
		return err
	}
	news, done := r.startSteps("check")
	defer done()
	for c, err := range checker.Scan(ctx, store, scope) {
		if err != nil {
			return err
		}
		if err := r.article(c); err != nil {
			return err
		}
		news(r.report.Articles, total.Total)
	}
	return r.entities(ctx, store, checker)
}

func annotatorNamed(people []annotate.Annotator, name string) (annotate.ID, error) {
	var names []string
	for _, p := range people {
		if strings.EqualFold(p.Name, name) {
			return p.ID, nil
		}
		names = append(names, p.Name)
	}
	return "", &annotate.Error{
		Kind: annotate.ErrNotFound, Op: "check", Subject: name, Detail: "there is no annotator of this name.",
		Hint: "There are: " + cmp.Or(strings.Join(names, ", "), "none") + ".",
	}
}

// article tells the warnings of one article.
func (r *ruleCheck) article(c rules.Checked) error {
	r.report.Articles++
	for i, set := range c.Document.Sets {
		spans := map[annotate.ID]annotate.Span{}
		for _, s := range set.Spans {
			spans[s.ID] = s
		}
		for _, w := range c.Warnings[i] {
			out := r.warned(w)
			out.Article, out.Annotator = c.Document.Article.Ref, set.Annotator.Name
			if s, ok := spans[w.Span]; ok {
				label, _ := r.schema.Label(s.Label)
				out.Label, out.Words = label.Name, c.Document.Text.Quote(s.Fragments)
			}
			if err := r.add(out); err != nil {
				return err
			}
		}
	}
	return nil
}

// entities tells the warnings about entities, which are of no article.
func (r *ruleCheck) entities(ctx context.Context, store annotate.Store, checker *rules.Checker) error {
	if r.f.annotator != "" || len(r.f.statuses) > 0 || r.f.filter.typed != "" {
		return nil // they are nobody's
	}
	entities, err := store.Entities(ctx)
	if err != nil {
		return err
	}
	for _, e := range entities {
		for _, w := range checker.Entity(e) {
			out := r.warned(w)
			out.Entity = e.Name
			if err := r.add(out); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *ruleCheck) warned(w rules.Warning) warned {
	return warned{
		Rule: w.Rule, Severity: w.Severity, Field: w.Field, Span: w.Span, Relation: w.Relation,
		Start: w.Range.Start, End: w.Range.End, Text: w.Text, Hint: w.Hint, Accepted: w.Accepted,
	}
}

// add counts a warning and, unless JSON is wanted, writes its line.
func (r *ruleCheck) add(w warned) error {
	if len(r.f.only) > 0 && !slices.Contains(r.f.only, w.Rule) {
		return nil
	}
	if w.Accepted {
		r.report.Accepted++
		if !r.f.accepted {
			return nil
		}
	} else {
		r.report.Rules[w.Rule]++
	}
	if r.json {
		r.report.Warnings = append(r.report.Warnings, w)
		return nil
	}
	return r.say("%s", r.line(w))
}

// line is a warning as text: article: span "words": sentence. [rule]
func (r *ruleCheck) line(w warned) string {
	where := w.Article
	if r.people {
		where += " (" + w.Annotator + ")"
	}
	about := "field " + w.Field
	switch {
	case w.Entity != "":
		where, about = "entity", fmt.Sprintf("%q", w.Entity)
	case w.Span != "":
		const most = 60
		about = w.Label + " \"" + text.Brief(w.Words, most) + "\""
	}
	mark := " [" + w.Rule + "]"
	if w.Accepted {
		mark = " [" + w.Rule + ", accepted]"
	}
	return where + ": " + about + ": " + w.Text + mark
}

func (r *ruleCheck) tell(project string) error {
	for _, fault := range r.report.Faults {
		r.note("lede: not checked: %s.", fault)
	}
	if r.json {
		return r.app.asJSON(r.report)
	}
	var counts []string
	for _, k := range slices.Concat(rules.List, rules.Checks) {
		if n := r.report.Rules[k.Name]; n > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", k.Name, n))
		}
	}
	accepted := ""
	if r.report.Accepted > 0 {
		accepted = fmt.Sprintf(" %d accepted.", r.report.Accepted)
	}
	if len(counts) == 0 {
		return r.say("%s: no warnings in %s.%s", project, plural(r.report.Articles, "article"), accepted)
	}
	r.note("lede: %s in %s: %s.%s", plural(r.found(), "warning"), plural(r.report.Articles, "article"), strings.Join(counts, ", "), accepted)
	return nil
}
