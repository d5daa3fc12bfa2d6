package w3c

import (
	"cmp"
	"hash/fnv"
	"os"
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

const hint = "docs/formats/w3c.md has what is read."

// spool keeps the annotations of a file in a temporary file, sorted by the source
// that they are about: files have them in any order.
type spool struct {
	file   *os.File
	size   int64
	groups map[string]*group
	order  []*group
	ids    map[uint64]*group // of annotations
	links  []link
}

// group is all that is said of one source.
type group struct {
	source string
	parts  []part
}

// part is where an annotation lies in the spool.
type part struct {
	at     int64
	length int
	line   int
}

// link is an annotation of other annotations, or of a source as a whole.
type link struct {
	part
	target string
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "lede-w3c-*")
	if err != nil {
		return nil, err
	}
	return &spool{file: f, groups: map[string]*group{}, ids: map[uint64]*group{}}, nil
}

func (s *spool) close() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

func hash(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()
}

func (s *spool) group(source string) *group {
	g := s.groups[source]
	if g == nil {
		g = &group{source: source}
		s.groups[source] = g
		s.order = append(s.order, g)
	}
	return g
}

// add keeps an annotation.
func (s *spool) add(item format.JSONItem) error {
	o := jsonobject.Parse(item.Raw, item.Place, hint)
	id := o.Text("id")
	targets := targetsOf(o)
	if o.Err() != nil {
		return o.Err()
	}
	if len(targets) == 0 {
		return format.Refuse(item.Place, hint, "the annotation that begins here has no target")
	}
	p := part{s.size, len(item.Raw), item.Place.Line}
	if _, err := s.file.WriteString(item.Raw); err != nil {
		return err
	}
	s.size += int64(p.length)
	first := targets[0]
	if !first.selects {
		s.links = append(s.links, link{p, first.source})
		return nil
	}
	g := s.group(first.source)
	g.parts = append(g.parts, p)
	if id != "" {
		s.ids[hash(id)] = g
	}
	return nil
}

// sort puts what is about other annotations to the source of these, and all into the
// order of the file.
func (s *spool) sort() {
	for _, l := range s.links {
		g := s.ids[hash(l.target)]
		if g == nil {
			source, _, _ := strings.Cut(l.target, "#")
			if s.groups[l.target] != nil {
				source = l.target
			}
			g = s.group(source)
		}
		g.parts = append(g.parts, l.part)
	}
	s.links = nil
	for _, g := range s.order {
		slices.SortFunc(g.parts, func(a, b part) int { return cmp.Compare(a.at, b.at) })
	}
	slices.SortFunc(s.order, func(a, b *group) int { return cmp.Compare(a.parts[0].at, b.parts[0].at) })
}

// raw is an annotation again.
func (s *spool) raw(p part) (string, error) {
	b := make([]byte, p.length)
	_, err := s.file.ReadAt(b, p.at)
	return string(b), err
}

// target is one target of an annotation.
type target struct {
	source    string
	selects   bool // a part of the source
	selectors []string
}

// targetsOf takes the targets, in whatever form they have.
func targetsOf(o *jsonobject.Object) []target {
	raw, ok := o.Take("target")
	if !ok {
		return nil
	}
	var list []target
	for _, one := range many(raw) {
		if one[0] == '"' {
			list = append(list, target{source: format.JSONString(one)})
			continue
		}
		inner := o.Inner(one)
		t := target{}
		for _, key := range []string{"source", "id"} {
			if t.source == "" {
				if s, has := inner.Peek(key); has && s[0] == '"' {
					t.source = inner.Text(key)
				} else if has && s[0] == '{' {
					t.source = o.Inner(s).Text("id")
				}
			}
		}
		if selector, has := inner.Take("selector"); has {
			t.selects, t.selectors = true, many(selector)
		}
		o.Adopt(inner)
		list = append(list, t)
	}
	return list
}

// many is the elements of a list, or the value itself.
func many(raw string) []string {
	if raw[0] != '[' {
		return []string{raw}
	}
	var list []string
	for one := range format.JSONElements(raw) {
		list = append(list, one)
	}
	return list
}

// nameOf is the file name that a source ends with.
func nameOf(source string) string {
	source, _, _ = strings.Cut(source, "?")
	source, _, _ = strings.Cut(source, "#")
	return path.Base(source)
}
