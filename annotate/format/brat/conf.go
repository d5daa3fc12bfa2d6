package brat

import (
	"cmp"
	"fmt"
	imagecolor "image/color"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/image/colornames"

	"lede/annotate"
	"lede/annotate/format"
)

// maxConfLine bounds what the macros of a configuration can blow a line up to.
const maxConfLine = 64 << 10

// above is how many folders above the source are looked at for a configuration, as
// brat looks for it.
const above = 2

// conf is what the configuration files of a folder say of types.
type conf struct {
	entities, events []*confType
	byName           map[string]*confType // entities and events
	relations        []*confRelation
	byRole           map[string]*confRelation // relation types, and roles of events
	attributes       []annotate.Attribute
	titles, colors   map[string]string
	unread           int // lines that are not understood
	example          string
}

type confType struct{ name, parent string }

// confRelation is a relation type or a role; nil ends are any.
type confRelation struct {
	name     string
	from, to []string
	any      [2]bool
}

// configuration reads the configuration files that go with the documents. It yields
// what they say of labels, nil if there are none.
func (r *reader) configuration() (*format.Article, *format.Article) {
	c := &conf{byName: map[string]*confType{}, byRole: map[string]*confRelation{}, titles: map[string]string{}, colors: map[string]string{}}
	places := r.confs
	if len(places) == 0 {
		places = confsAbove(r.src)
	}
	for _, p := range places {
		if path.Base(filepath.ToSlash(p.Path)) == "visual.conf" {
			c.visual(p)
		} else {
			c.annotation(p)
		}
	}
	var told *format.Article
	if c.unread > 0 {
		told = format.LeftOut(r.src.At(0), "configuration", "lines of annotation.conf and visual.conf that are not understood", c.unread, c.example)
	}
	if len(c.byName)+len(c.relations)+len(c.attributes) == 0 {
		return nil, told
	}
	return format.Describe(r.src.At(0), c.schema(r)), told
}

// confsAbove are the configuration files in the nearest folder above that has any.
func confsAbove(src format.Source) []format.Source {
	at, err := filepath.Abs(src.Path)
	if err != nil {
		return nil
	}
	for range above {
		at = filepath.Dir(at)
		folder := format.Source{Path: at, Name: at, Dir: true}
		var found []format.Source
		for _, name := range []string{"annotation.conf", "visual.conf"} {
			f := folder.File(name)
			if in, err := f.Open(); err == nil {
				_ = in.Close()
				found = append(found, f)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// lines yields the lines of a section each, macros filled in.
func (c *conf) lines(src format.Source, take func(section, line string) bool) {
	section := ""
	macros := map[string]string{}
	for n, line := range src.Lines() {
		if line.Err != nil {
			c.lost(src, n)
			return
		}
		s := line.Text
		trimmed := strings.TrimSpace(s)
		switch {
		case trimmed == "", trimmed[0] == '#', strings.Trim(trimmed, "-") == "":
			continue
		case trimmed[0] == '[' && strings.HasSuffix(trimmed, "]"):
			section = strings.ToLower(trimmed[1 : len(trimmed)-1])
			continue
		}
		if name, value, ok := strings.Cut(trimmed, "="); ok && strings.HasPrefix(name, "<") && strings.HasSuffix(name, ">") {
			macros[name] = c.filled(value, macros)
			continue
		}
		if !take(section, c.filled(s, macros)) {
			c.lost(src, n)
		}
	}
}

func (c *conf) filled(s string, macros map[string]string) string {
	for name, value := range macros {
		if strings.Contains(s, name) && len(s)+strings.Count(s, name)*len(value) < maxConfLine {
			s = strings.ReplaceAll(s, name, value)
		}
	}
	return s
}

func (c *conf) lost(src format.Source, line int) {
	c.unread++
	c.example = cmp.Or(c.example, src.At(line).String())
}

// confArg is an argument of a line, as "Theme:Protein|Entity".
type confArg struct {
	key   string
	types []string
}

// confLine splits "name|other names Arg1:A, Arg2:B".
func confLine(line string) (indent int, name string, args []confArg, ok bool) {
	body := strings.TrimLeft(line, " \t")
	indent = len(line) - len(body)
	name, rest := body, ""
	if i := strings.IndexAny(body, " \t"); i >= 0 {
		name, rest = body[:i], strings.TrimSpace(body[i:])
	}
	name, _, _ = strings.Cut(name, "|")
	for _, one := range strings.Split(rest, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		key, types, has := strings.Cut(one, ":")
		if !has || key == "" {
			return 0, "", nil, false
		}
		if !strings.HasPrefix(key, "<") {
			key = strings.TrimRight(key, "?*+")
			if i := strings.IndexByte(key, '{'); i > 0 {
				key = key[:i]
			}
		}
		args = append(args, confArg{key, strings.Split(types, "|")})
	}
	return indent, name, args, name != ""
}

func (c *conf) annotation(src format.Source) {
	var stack []struct {
		indent int
		name   string
	}
	at := ""
	c.lines(src, func(section, line string) bool {
		indent, name, args, ok := confLine(line)
		if !ok {
			return false
		}
		if section != at {
			stack, at = stack[:0], section
		}
		for len(stack) > 0 && stack[len(stack)-1].indent >= indent {
			stack = stack[:len(stack)-1]
		}
		parent := ""
		if len(stack) > 0 {
			parent = stack[len(stack)-1].name
		}
		hidden := strings.HasPrefix(name, "!") // only a heading for others
		if hidden {
			name = ""
		}
		stack = append(stack, struct {
			indent int
			name   string
		}{indent, name})
		return hidden || c.add(section, name, parent, args)
	})
}

// add takes a line of a section.
func (c *conf) add(section, name, parent string, args []confArg) bool {
	switch section {
	case "entities", "spans": // as it was called once
		c.kind(&c.entities, name, parent)
	case "events":
		c.kind(&c.events, name, parent)
		for _, a := range args {
			c.role(a.key, []string{name}, a.types)
		}
	case "relations":
		if strings.HasPrefix(name, "<") || name == "Equiv" || name == "ENTITY-NESTING" {
			return true // what may overlap, and what is the same: no relations
		}
		ends := [2][]string{{"<ANY>"}, {"<ANY>"}}
		n := 0
		for _, a := range args {
			if !strings.HasPrefix(a.key, "<") && n < 2 {
				ends[n] = a.types
				n++
			}
		}
		c.role(name, ends[0], ends[1])
	case "attributes":
		c.attribute(name, args)
	default:
		return false
	}
	return true
}

func (c *conf) kind(list *[]*confType, name, parent string) {
	if c.byName[name] == nil && !strings.HasPrefix(name, "<") {
		c.byName[name] = &confType{name, parent}
		*list = append(*list, c.byName[name])
	}
}

// role notes between what a relation, or the role of an event, goes; said more than
// once, all of it.
func (c *conf) role(name string, from, to []string) {
	r := c.byRole[name]
	if r == nil {
		r = &confRelation{name: name}
		c.byRole[name] = r
		c.relations = append(c.relations, r)
	}
	for i, types := range [][]string{from, to} {
		r.any[i] = r.any[i] || slices.Contains(types, "<ANY>")
	}
	r.from, r.to = append(r.from, from...), append(r.to, to...)
}

func (c *conf) attribute(name string, args []confArg) {
	a := annotate.Attribute{Scope: annotate.SpanScope, Name: name, Type: annotate.BooleanValue}
	for _, arg := range args {
		switch {
		case arg.key == "Value":
			a.Type = annotate.OneOf
			for _, v := range arg.types {
				if v = strings.TrimSpace(v); v != "" && !slices.ContainsFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == v }) {
					a.Choices = append(a.Choices, annotate.Choice{Name: v})
				}
			}
		case strings.HasPrefix(arg.key, "<"): // how it is drawn
		case slices.Contains(arg.types, "<RELATION>") && len(arg.types) == 1:
			a.Scope = annotate.RelationScope
		default:
			for _, t := range arg.types {
				a.Labels = append(a.Labels, annotate.ID(t)) // names, until all are known
			}
		}
	}
	c.attributes = append(c.attributes, a)
}

func (c *conf) visual(src format.Source) {
	c.lines(src, func(section, line string) bool {
		switch section {
		case "labels":
			parts := strings.Split(line, "|")
			if len(parts) > 1 && strings.TrimSpace(parts[1]) != "" {
				c.titles[strings.TrimSpace(parts[0])] = strings.TrimSpace(parts[1])
			}
		case "drawing":
			_, name, args, ok := confLine(line)
			for _, a := range args {
				if a.key == "bgColor" {
					c.colors[name] = colorOf(strings.TrimSpace(a.types[0]))
				}
			}
			return ok
		}
		return true
	})
}

// colorOf is a colour as #rrggbb; "" for one that is unknown.
func colorOf(s string) string {
	if _, _, _, ok := annotate.RGB(s); ok {
		return s
	}
	if named, ok := colornames.Map[strings.ToLower(s)]; ok {
		r := imagecolor.NRGBAModel.Convert(named).(imagecolor.NRGBA)
		return fmt.Sprintf("#%02x%02x%02x", r.R, r.G, r.B)
	}
	return ""
}

// schema is what the files say, under the names that an export of ours respelled.
func (c *conf) schema(r *reader) *annotate.Schema {
	s := &annotate.Schema{}
	for _, t := range slices.Concat(c.entities, c.events) {
		s.Labels = append(s.Labels, annotate.Label{
			Name: r.name("label", t.name), Title: c.titles[t.name], Color: c.colors[t.name], Parent: annotate.ID(r.name("label", t.parent)),
		})
	}
	for _, t := range c.relations {
		kind := annotate.RelationType{Name: r.name("relation", t.name), Title: c.titles[t.name]}
		if !t.any[0] {
			kind.From = c.labels(r, t.from)
		}
		if !t.any[1] {
			kind.To = c.labels(r, t.to)
		}
		s.RelationTypes = append(s.RelationTypes, kind)
	}
	for _, a := range c.attributes {
		var names []string
		for _, id := range a.Labels {
			names = append(names, string(id))
		}
		if a.Labels = nil; !slices.Contains(names, "<ANY>") {
			a.Labels = c.labels(r, names)
		}
		a.Title = c.titles[a.Name]
		s.Attributes = append(s.Attributes, a)
	}
	return s
}

// labels are types of the files, groups of them spelled out, as names of labels.
func (c *conf) labels(r *reader, types []string) []annotate.ID {
	var ids []annotate.ID
	add := func(name string) {
		if id := annotate.ID(r.name("label", name)); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, t := range types {
		switch t = strings.TrimSpace(t); {
		case t == "<ENTITY>":
			for _, x := range c.entities {
				add(x.name)
			}
		case t == "<EVENT>":
			for _, x := range c.events {
				add(x.name)
			}
		case c.byName[t] != nil:
			add(t)
		}
	}
	return ids
}
