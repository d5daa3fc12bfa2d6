package format

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate"
)

// Keeps says what a format holds beside labels and places; LoseRest counts the
// remainder as lost.
type Keeps struct {
	Relations, Attributes, SpanNotes, Entities bool
}

// LoseRest tells of everything in a that a format of annotated text has no place
// for: facts of the article, status, notes, fields, ids, and what keeps does not
// name.
func (j *Job) LoseRest(a *Article, keeps Keeps) {
	facts := len(a.Meta)
	for _, f := range []string{a.Title, a.Publisher, a.URL, a.Author, a.Published, a.Language} {
		if f != "" {
			facts++
		}
	}
	j.Lose("facts", "facts of articles (title, source, url, author, date, language, others)", facts, a.Ref)
	for i := range a.Sets {
		j.loseSet(a, &a.Sets[i], keeps)
	}
}

func (j *Job) loseSet(a *Article, s *Set, keeps Keeps) {
	one := func(kind, what string, lost bool) {
		if lost {
			j.Lose(kind, what, 1, a.Ref)
		}
	}
	one("status", "statuses of annotation sets", s.Status != annotate.New)
	one("set_notes", "notes on articles", s.Note != "")
	one("flags", "flags", s.Flag != "")
	one("reasons", "reasons for skipping", s.Reason != "")
	j.Lose("fields", "document fields", len(s.Fields), a.Ref)
	accepted := len(s.Accepted)
	j.Lose("ids", "ids of spans and relations", len(s.Spans)+len(s.Relations), "")
	j.Lose("origins", "origins of spans (who or what made them)", len(s.Spans), "")
	if !keeps.Relations {
		j.Lose("relations", "relations", len(s.Relations), a.Ref)
	}
	for _, x := range s.Spans {
		if !keeps.Attributes {
			j.Lose("attributes", "attributes of spans", len(x.Attributes), a.Ref)
		}
		one("notes", "notes on spans", !keeps.SpanNotes && x.Note != "")
		one("entities", "links of spans to entities", !keeps.Entities && x.Entity != nil)
		accepted += len(x.Accepted)
	}
	for _, r := range s.Relations {
		if keeps.Relations && !keeps.Attributes {
			j.Lose("attributes", "attributes of relations", len(r.Attributes), a.Ref)
		}
		one("notes", "notes on relations", keeps.Relations && !keeps.SpanNotes && r.Note != "")
		accepted += len(r.Accepted)
	}
	j.Lose("accepted", "warnings that were said to be no problem", accepted, a.Ref)
}

// SafeNames gives each name one that a format can spell: allowed says which
// runes can stay, the others become '_', and names that fall together get
// numbers. Names that change are noted in the job's Names as "kind name".
func (j *Job) SafeNames(kind string, names []string, allowed func(r rune) bool) map[string]string {
	safe, taken := map[string]string{}, map[string]bool{}
	for _, n := range names {
		if s := spell(n, allowed); s == n {
			safe[n], taken[n] = n, true
		}
	}
	for _, n := range names {
		if _, done := safe[n]; done {
			continue
		}
		base := spell(n, allowed)
		s := base
		for k := 2; taken[s]; k++ {
			s = base + "_" + strconv.Itoa(k)
		}
		safe[n], taken[s] = s, true
		j.Names[kind+" "+n] = s
	}
	return safe
}

func spell(name string, allowed func(r rune) bool) string {
	s := strings.Map(func(r rune) rune {
		if allowed(r) {
			return r
		}
		return '_'
	}, name)
	if s == "" {
		return "_"
	}
	return s
}

// FileNames gives articles file names made of their refs, each once.
type FileNames struct{ taken map[string]bool }

// Name turns a ref into a relative path without ending, with slashes: safe on
// every system whatever the ref holds, and unique whatever the case.
func (n *FileNames) Name(ref string) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	var parts []string
	for _, p := range strings.Split(ref, "/") {
		if p = safeFile(p); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) > 8 {
		parts = []string{safeFile(strings.Join(parts, "_"))}
	}
	if len(parts) == 0 {
		parts = []string{"article"}
	}
	base := strings.Join(parts, "/")
	name := base
	for k := 2; n.taken[strings.ToLower(name)]; k++ {
		name = base + "-" + strconv.Itoa(k)
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

// safeFile makes one part of a path harmless: no separators, no dot in front
// (hidden, or the parent), nothing that Windows refuses, at most 100 bytes.
func safeFile(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._-+@=()[]{}, ", r) {
			return r
		}
		return '_'
	}, s)
	for len(s) > 100 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	s = strings.TrimRight(strings.TrimLeft(s, ". "), ". ")
	if annotate.DeviceIn(s) != "" {
		s = "_" + s
	}
	return s
}

// SchemaLabels and SchemaTypes are the names of the project's labels and
// relation types, in its order.
func (j *Job) SchemaLabels() []string {
	var list []string
	for _, l := range j.Schema.Labels {
		list = append(list, l.Name)
	}
	return list
}

// SchemaTypes are the names of the project's relation types.
func (j *Job) SchemaTypes() []string {
	var list []string
	for _, t := range j.Schema.RelationTypes {
		list = append(list, t.Name)
	}
	return list
}

// ReadManifest reads the manifest of an earlier export, for what only it knows
// of a folder (whose work, which names were respelled). Any other file is nil.
func ReadManifest(raw []byte) *Manifest {
	var m Manifest
	if json.Unmarshal(raw, &m) != nil || !strings.HasPrefix(m.Program, "lede ") {
		return nil
	}
	return &m
}
