package webannotsv

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// cell reads a cell: one value for each annotation of the stack.
func (p *parser) cell(u *unit, c column, cell string) error {
	for i, value := range split(cell, '|') {
		id := ""
		if c.kind != target {
			value, id = suffix(value)
		}
		var err error
		switch c.kind {
		case plain, placeholder:
			a := p.annotation(u, c.layer, i, id)
			if c.kind == plain {
				a.say(c.feature, value)
			}
		case role:
			p.roles(p.span(u, c.layer, i, id), c, value)
		case target:
			p.targets(u, p.span(u, c.layer, i, ""), c, value)
		case source:
			p.relation(u, p.stacked(u, c.layer, i), c, value, id)
		case link:
			err = p.link(u, c, i, value)
		case element:
			p.element(u, c, i, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// say gives an annotation a value; * is none. The same value stands in each row of an
// annotation: the first counts.
func (a *annotation) say(feature, value string) {
	if value == "*" || a.fs.Get(feature).Kind != cas.Null {
		return
	}
	a.fs.Fields = append(a.fs.Fields, cas.Field{Name: feature, Value: cas.Value{Kind: cas.Word, Text: unescapeValue(value)}})
}

// stacked is the annotation of a layer at a place of the unit's stack, made if need be.
func (p *parser) stacked(u *unit, layer string, i int) *annotation {
	stack := u.stacks[layer]
	for len(stack) <= i {
		stack = append(stack, nil)
	}
	u.stacks[layer] = stack
	if stack[i] == nil {
		stack[i] = &annotation{fs: &cas.FS{Place: u.place, ID: p.next, Type: layer}, begin: u.begin, end: u.end}
		p.next++
		p.order = append(p.order, stack[i])
	}
	return stack[i]
}

// annotation is the annotation of a value: in the stack for relations, which lie in
// one row; spans may have begun in another.
func (p *parser) annotation(u *unit, layer string, i int, id string) *annotation {
	if p.related[layer] {
		return p.stacked(u, layer, i)
	}
	return p.span(u, layer, i, id)
}

// span is a span: known in this row, by its id, or new.
func (p *parser) span(u *unit, layer string, i int, id string) *annotation {
	if known := p.byID[id]; id != "" && known != nil && known.fs.Type == layer && (len(u.stacks[layer]) <= i || u.stacks[layer][i] == nil) {
		for len(u.stacks[layer]) <= i {
			u.stacks[layer] = append(u.stacks[layer], nil)
		}
		u.stacks[layer][i] = known
		known.end = max(known.end, u.end)
	}
	a := p.stacked(u, layer, i)
	if id != "" && p.byID[id] == nil {
		p.byID[id] = a
	}
	return a
}

// roles makes the links of a slot.
func (p *parser) roles(a *annotation, c column, value string) {
	if value == "_" || a.fs.Get(c.feature).Kind != cas.Null {
		return
	}
	var links []cas.Value
	for _, name := range split(value, ';') {
		l := &annotation{fs: &cas.FS{Place: a.fs.Place, ID: p.next, Type: c.other}}
		p.next++
		l.say("role", name)
		links = append(links, cas.Value{Kind: cas.Ref, Ref: l.fs.ID})
		if p.d.Add(l.fs) != nil {
			return // cannot be: its number is new
		}
	}
	a.fs.Fields = append(a.fs.Fields, cas.Field{Name: c.feature, Value: cas.Value{Kind: cas.List, List: links}})
}

// targets fills the links of a slot, when all is read.
func (p *parser) targets(u *unit, a *annotation, c column, value string) {
	if value == "*" || value == "_" {
		return
	}
	p.bound = append(p.bound, func() error {
		links := a.fs.Get(c.feature).List
		for i, name := range split(value, ';') {
			name, id := suffix(name)
			if i >= len(links) || name == "*" || name == "_" {
				continue
			}
			to, err := p.resolve(u, c.other, name, id)
			if err != nil {
				return err
			}
			l := p.d.Find(links[i].Ref)
			if l != nil && l.Get("target").Kind == cas.Null {
				l.Fields = append(l.Fields, cas.Field{Name: "target", Value: cas.Value{Kind: cas.Ref, Ref: to.fs.ID}})
			}
		}
		return nil
	})
}

// resolve finds the annotation that a unit and an id mean.
func (p *parser) resolve(u *unit, layer, name, id string) (*annotation, error) {
	if id != "" && id != "0" {
		if a := p.byID[id]; a != nil {
			return a, nil
		}
		return nil, format.Refuse(u.place, "Is the file whole?", "%s points at the annotation [%s], which is not there", u.id, id)
	}
	other := p.units[name]
	if other == nil {
		return nil, format.Refuse(u.place, "Is the file whole?", "%s points at %q, which is no row", u.id, name)
	}
	if stack := other.stacks[layer]; len(stack) > 0 && stack[0] != nil {
		return stack[0], nil
	}
	if layer == cas.Annotation { // any
		for _, l := range slices.Sorted(maps.Keys(other.stacks)) {
			if stack := other.stacks[l]; l != cas.Token && stack[0] != nil && !stack[0].relation {
				return stack[0], nil
			}
		}
	}
	return nil, format.Refuse(u.place, "Is the file whole?", "%s points at an annotation of %s in row %s, which is not there", u.id, cas.Short(layer), name)
}

// relation gives a relation its ends, when all is read: value says the row of its
// beginning, id which annotations are meant there and here.
func (p *parser) relation(u *unit, a *annotation, c column, value, id string) {
	a.relation = true
	p.bound = append(p.bound, func() error {
		layer := c.other
		if strings.HasSuffix(c.layer, ".dependency.Dependency") {
			layer = cas.Token // written as POS, for the reason that INCEpTION shows
		}
		fromID, toID, _ := strings.Cut(id, "_")
		from, err := p.resolve(u, layer, value, fromID)
		if err != nil {
			return err
		}
		to, err := p.resolve(u, layer, u.id, toID)
		if err != nil {
			return err
		}
		a.begin, a.end = to.begin, to.end
		a.fs.Fields = append(a.fs.Fields,
			cas.Field{Name: "Governor", Value: cas.Value{Kind: cas.Ref, Ref: from.fs.ID}},
			cas.Field{Name: "Dependent", Value: cas.Value{Kind: cas.Ref, Ref: to.fs.ID}})
		return nil
	})
}

// link reads "relation->chain-place", and puts the annotation into the chain.
func (p *parser) link(u *unit, c column, i int, value string) error {
	cut := strings.LastIndex(value, "->")
	if cut < 0 {
		return format.Refuse(u.place, "", "%q names no place in a chain", value)
	}
	chain, place, ok := strings.Cut(value[cut+2:], "-")
	n, err1 := strconv.Atoi(chain)
	k, err2 := strconv.Atoi(place)
	if !ok || err1 != nil || err2 != nil {
		return format.Refuse(u.place, "", "%q names no place in a chain", value)
	}
	if p.chains[n] == nil {
		p.chains[n] = map[int]*annotation{}
		p.links[n] = c.layer
	}
	if known := p.chains[n][k]; known != nil && known.fs.Type == c.layer {
		for len(u.stacks[c.layer]) <= i {
			u.stacks[c.layer] = append(u.stacks[c.layer], nil)
		}
		if u.stacks[c.layer][i] == nil {
			u.stacks[c.layer][i] = known
			known.end = max(known.end, u.end)
		}
		return nil
	}
	a := p.stacked(u, c.layer, i)
	p.chains[n][k] = a
	a.say("referenceRelation", value[:cut])
	return nil
}

// element reads referenceType, when the links have made the annotations.
func (p *parser) element(u *unit, c column, i int, value string) {
	p.bound = append(p.bound, func() error {
		if stack := u.stacks[c.layer]; i < len(stack) && stack[i] != nil {
			stack[i].say("referenceType", value)
		}
		return nil
	})
}

// chained ties the links of each chain, and adds the heads.
func (p *parser) chained(view *cas.View) {
	for _, n := range slices.Sorted(maps.Keys(p.chains)) {
		places := slices.Sorted(maps.Keys(p.chains[n]))
		for i := 1; i < len(places); i++ {
			from, to := p.chains[n][places[i-1]], p.chains[n][places[i]]
			from.fs.Fields = append(from.fs.Fields, cas.Field{Name: "next", Value: cas.Value{Kind: cas.Ref, Ref: to.fs.ID}})
		}
		head := strings.TrimSuffix(p.links[n], "Link") + "Chain"
		p.d.Types.Add(head, cas.Base).Feature(cas.Feature{Name: "first", Range: p.links[n]})
		f := &cas.FS{Place: p.src.At(0), ID: p.next, Type: head, Fields: []cas.Field{
			{Name: "first", Value: cas.Value{Kind: cas.Ref, Ref: p.chains[n][places[0]].fs.ID}},
		}}
		p.next++
		if p.d.Add(f) == nil {
			view.Members = append(view.Members, f.ID)
		}
	}
}
