package jsonl

import (
	"encoding/json"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "jsonl",
		Title:       "JSON lines (Lede)",
		Description: "One line for each article and annotator, with everything that was said of the text. Reads any JSON lines with a text.",
		Extensions:  []string{".jsonl", ".ndjson"},
		Standoff:    true,
		Several:     true,
		Oracles:     []string{"DuckDB 1.5.6", "pandas 1.5.3"},
		Options: []format.Option{
			{Key: "text-column", For: format.ForImport, Help: "the key that holds the text; default: text, content, body, article, document or sentence"},
		},
		CannotHold: []string{
			"schema details: titles, colours, keys, guidelines, attribute definitions, rules", "history", "attributes and other names of entities",
			"reasons for skipping", "kinds of annotators other than gold",
		},
		ColumnsOf: columnsOf,
		Detect:    detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// detect: every line of the sample is an object with a text.
func detect(s format.Sample) int {
	named := 0
	if !s.Dir && (s.Ext == ".jsonl" || s.Ext == ".ndjson") {
		named = 50
	}
	if s.Dir || !strings.HasPrefix(strings.TrimSpace(s.Head), "{") {
		return named
	}
	lines := s.Lines(20)
	if len(lines) == 0 {
		// The first line is longer than the sample.
		if strings.HasPrefix(s.Head, `{"id":`) && strings.Contains(s.Head, `"title":`) {
			return 95
		}
		return 40
	}
	for _, line := range lines {
		var keys map[string]json.RawMessage
		if json.Unmarshal([]byte(line), &keys) != nil || !hasText(keys) {
			return named // reading will say in which line what is wrong
		}
	}
	switch {
	case strings.Contains(lines[0], `"annotator":`) && strings.Contains(lines[0], `"spans":`) && strings.Contains(lines[0], `"relations":`):
		return 95
	case s.Ext == ".txt":
		return 60 // as likely a text of somebody's JSON
	}
	return 80
}

func hasText(keys map[string]json.RawMessage) bool {
	if _, ok := keys["sha256"]; ok {
		return true
	}
	for _, k := range format.TextColumns {
		if _, ok := keys[k]; ok {
			return true
		}
	}
	return false
}

func fitProject(job *format.Job) {
	s := job.Schema
	job.Lose("schema", "details of the schema (titles, colours, keys, guidelines, definitions of attributes, rules)",
		len(s.Labels)+len(s.Attributes)+len(s.RelationTypes)+len(s.Rules), "")
	job.Lose("history", "changes of the history", int(job.Changes), "")
	for _, e := range job.Entities {
		if len(e.Attributes) > 0 {
			job.Lose("entities", "attributes of entities", len(e.Attributes), e.Name)
		}
		job.Lose("entities", "other names of entities", len(e.Aliases), e.Name)
	}
	for _, p := range job.People {
		if p.Kind != annotate.Human && p.Name != annotate.GoldName {
			job.Lose("annotators", "kinds of annotators (model, gold)", 1, p.Name)
		}
	}
}

// fit keeps everything but reasons for skipping and, without the text, titles,
// which are text too.
func fit(a *format.Article, job *format.Job) *format.Article {
	for _, s := range a.Sets {
		if s.Reason != "" {
			job.Lose("reasons", "reasons for skipping", 1, a.Ref)
		}
	}
	if !job.NoText || a.Title == "" {
		return a
	}
	job.Lose("titles", "titles, which are left out with the text", 1, a.Ref)
	fitted := *a
	fitted.Title = ""
	return &fitted
}
