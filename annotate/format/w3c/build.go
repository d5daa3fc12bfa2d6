package w3c

import (
	"cmp"
	"encoding/json"
	"path"
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/format/jsonobject"
	"lede/annotate/text"
)

// builder makes the article of one source.
type builder struct {
	a        *format.Article
	group    *group
	only     bool // the file is about this source alone
	facts    features.Features
	embedded *string
	sets     map[string]int // by annotator
	ends     map[string]end // spans by the ids of annotations
	spans    []annotation
	links    []annotation
}

type end struct {
	set  int
	span string
}

// annotation is one of a part of the text, or of two others.
type annotation struct {
	id, creator, motivation string
	ours                    bool
	tags                    []string
	note                    string
	entity                  *format.Entity
	classes                 features.Features
	links                   []string // identifiers in bodies
	targets                 []target
	at                      format.Place
}

// take reads an annotation; where it lies is found when the text is there.
func (b *builder) take(raw string, at format.Place) error {
	o := jsonobject.Parse(raw, at, hint)
	x := annotation{id: o.Text("id"), at: at, classes: features.Features{}, targets: targetsOf(o), creator: creatorOf(o, "creator")}
	x.ours = creatorOf(o, "generator") == program
	if m, ok := o.Take("motivation"); ok {
		for _, one := range many(m) {
			if one[0] == '"' {
				x.motivation = cmp.Or(x.motivation, format.JSONString(one))
			}
		}
	}
	for _, key := range []string{"body", "bodyValue"} {
		if bodies, ok := o.Take(key); ok {
			for _, one := range many(bodies) {
				b.body(o, &x, one)
			}
		}
	}
	if o.Err() != nil {
		return o.Err()
	}
	switch {
	case len(x.targets) > 0 && x.targets[0].selects:
		b.spans = append(b.spans, x)
	case x.motivation == "linking":
		b.links = append(b.links, x)
	default:
		b.about(&x)
	}
	return nil
}

// about takes what is said of the article as a whole.
func (b *builder) about(x *annotation) {
	if x.ours {
		for name, raw := range x.classes {
			b.facts[name] = raw
		}
		return
	}
	set := &b.a.Sets[b.set(x.creator)]
	set.Note = strings.TrimPrefix(strings.Join([]string{set.Note, x.note}, "\n"), "\n")
	set.Note = strings.TrimSuffix(set.Note, "\n")
	for name, values := range format.FieldsOf(x.tags, nil) {
		set.Fields = set.Fields.With(name, values)
	}
}

// creatorOf is the name of whoever made the annotation, in whatever form it stands.
func creatorOf(o *jsonobject.Object, key string) string {
	raw, ok := o.Take(key)
	if !ok {
		return ""
	}
	first := many(raw)
	if len(first) == 0 {
		return ""
	}
	switch first[0][0] {
	case '"':
		return format.JSONString(first[0])
	case '{':
		who := o.Inner(first[0])
		names := []string{"name", "nickname", "nick", "email", "id"}
		for _, n := range names {
			if s, has := who.Peek(n); has && s[0] == '"' {
				return format.JSONString(s)
			}
		}
	}
	return ""
}

// body takes one body by its purpose.
func (b *builder) body(o *jsonobject.Object, x *annotation, raw string) {
	if raw[0] == '"' {
		if x.motivation == "linking" {
			x.links = append(x.links, format.JSONString(raw))
			return
		}
		x.tags = append(x.tags, format.JSONString(raw))
		return
	}
	if raw[0] != '{' {
		return
	}
	body := o.Inner(raw)
	value, id := body.Text("value"), body.Text("id")
	if source, ok := body.Peek("source"); ok && source[0] == '"' && id == "" {
		id = format.JSONString(source)
	}
	switch purpose := cmp.Or(body.Text("purpose"), x.motivation); purpose {
	case "describing":
		if x.ours && body.Text("format") == "text/plain" {
			b.embedded = &value
			break
		}
		x.note = addLine(x.note, value)
	case "commenting", "replying", "questioning", "assessing", "editing", "moderating":
		x.note = addLine(x.note, value)
	case "identifying":
		x.entity = &format.Entity{ID: cmp.Or(idOf("urn:x-lede:entity:", id), id), Name: cmp.Or(value, path.Base(id)), NoKind: true}
	case "classifying":
		x.class(value)
	case "linking":
		if value == "" && id != "" {
			x.links = append(x.links, id)
		} else {
			x.tags = append(x.tags, value)
		}
	default:
		if tag := cmp.Or(value, path.Base(cmp.Or(id, " "))); strings.TrimSpace(tag) != "" {
			x.tags = append(x.tags, tag)
		}
	}
	o.Adopt(body)
}

func addLine(note, more string) string {
	if note == "" || more == "" {
		return note + more
	}
	return note + "\n" + more
}

// class takes "name=value", with the name in quotes if it has a "=" itself.
func (x *annotation) class(s string) {
	name, value := "", ""
	if dec := json.NewDecoder(strings.NewReader(s)); strings.HasPrefix(s, `"`) && dec.Decode(&name) == nil {
		value = strings.TrimPrefix(s[dec.InputOffset():], "=")
	} else {
		var ok bool
		if name, value, ok = strings.Cut(s, "="); !ok {
			name, value = "class", s
		}
	}
	if x.ours {
		x.classes[name] = features.Value(value)
		return
	}
	x.classes[name] = features.Text(value)
}

func (b *builder) set(who string) int {
	i, ok := b.sets[who]
	if !ok {
		i = len(b.a.Sets)
		b.sets[who] = i
		b.a.Sets = append(b.a.Sets, format.Set{Place: b.a.Place, Annotator: who})
	}
	return i
}

// byHash makes the article one without its text.
func (b *builder) byHash() error {
	b.a.NoText, b.a.Hash = true, b.facts.String(hashOf)
	n, err := strconv.Atoi(b.facts.String(lengthOf))
	if len(b.a.Hash) != 64 || err != nil || n < 0 {
		return format.Refuse(b.a.Place, hint, "%s and %s of %q do not say which text is meant", hashOf, lengthOf, b.group.source)
	}
	b.a.Length = n
	return nil
}

// finish anchors the spans in the text, links them and takes the facts.
func (b *builder) finish() error {
	b.anchor()
	for i := range b.links {
		b.relation(&b.links[i])
	}
	ref := b.facts.String(features.Ref)
	if ref != "" {
		b.a.Ref, b.a.RefFromName = ref, false
	}
	for _, name := range []string{features.Ref, hashOf, lengthOf, offsetsOf} {
		delete(b.facts, name)
	}
	if raw, ok := b.facts[features.Sets]; ok {
		sets, err := features.ToSets(b.a.Sets, raw, b.a.Place)
		if err != nil {
			return err
		}
		b.a.Sets = sets
		delete(b.facts, features.Sets)
	}
	features.ToArticle(b.a, b.facts)
	return nil
}

// span adds one for each tag; without any, the motivation is the label.
func (b *builder) span(x *annotation, ranges []text.Range) {
	tags := x.tags
	if len(tags) == 0 {
		tags = []string{cmp.Or(x.motivation, "annotation")}
	}
	at := b.set(x.creator)
	for k, tag := range tags {
		if tag = strings.Join(strings.Fields(strings.ReplaceAll(tag, "\n", " ")), " "); x.ours {
			tag = tags[k]
		}
		if tag == "" {
			continue
		}
		s := format.Span{Place: x.at, Label: tag, Fragments: ranges}
		f := features.Features{}
		for name, raw := range x.classes {
			f[name] = raw
		}
		features.ToSpan(&s, f)
		s.Note = x.note
		if s.Entity == nil {
			s.Entity = x.entity
		}
		set := &b.a.Sets[at]
		s.ID = idOf(spanIRI, x.id)
		if _, taken := b.ends[x.id]; taken || s.ID == "" || k > 0 {
			s.ID = "#" + strconv.Itoa(len(set.Spans)+1)
			set.LocalIDs = true
		}
		if k == 0 && x.id != "" {
			b.ends[x.id] = end{at, s.ID}
		}
		set.Spans = append(set.Spans, s)
	}
}

// relation links two spans: two targets, or a target and a body.
func (b *builder) relation(x *annotation) {
	var ends []string
	for _, t := range x.targets {
		ends = append(ends, t.source)
	}
	ends = append(ends, x.links...)
	if len(ends) != 2 {
		b.a.Skip("links", "links of other than two annotations, left out", 1, x.id)
		return
	}
	from, ok1 := b.ends[ends[0]]
	to, ok2 := b.ends[ends[1]]
	if !ok1 || !ok2 || from.set != to.set {
		b.a.Skip("links", "links between other things than two annotations of one text and creator, left out", 1, x.id)
		return
	}
	kind := "link"
	if len(x.tags) > 0 && x.tags[0] != "" {
		kind = x.tags[0]
	}
	r := format.Relation{Place: x.at, Type: kind, From: from.span, To: to.span}
	features.ToRelation(&r, x.classes)
	r.Note = x.note
	set := &b.a.Sets[from.set]
	if r.ID = idOf(relationIRI, x.id); r.ID == "" {
		set.LocalIDs = true
	}
	set.Relations = append(set.Relations, r)
}
