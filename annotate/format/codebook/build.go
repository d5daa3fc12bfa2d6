package codebook

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
)

// block is a piece of the codebook.
type block struct {
	kind  kind
	level int // of a heading or an item, 1 to 3
	bits  []bit
	label int    // of a label's heading: its place in the schema; else -1
	guide string // Markdown, as it was written
}

type kind int

const (
	heading kind = iota
	paragraph
	item
	guideline
)

// bit is a stretch of text in one look.
type bit struct {
	text string
	look look
}

type look int

const (
	plain  look = iota
	name        // what files hold
	strong      // what people see
)

func say(format string, args ...any) bit { return bit{fmt.Sprintf(format, args...), plain} }

// builder puts the blocks together.
type builder struct {
	s      *annotate.Schema
	blocks []block
	shown  map[annotate.ID]bool // attributes
}

func build(s *annotate.Schema, title string) []block {
	b := &builder{s: s, shown: map[annotate.ID]bool{}}
	b.head(1, bit{title, plain})
	b.put(paragraph, 0, say("Version %d of the schema: %s, %s, %s and %s. ", s.Version, count(len(s.Labels), "label"),
		count(len(s.RelationTypes), "relation"), count(len(s.Attributes), "attribute"), count(len(s.Rules), "rule")),
		say("What stands like "), bit{"this", name}, say(" is a name that files hold."))
	if len(s.Labels) > 0 {
		b.head(2, say("Labels"))
	}
	for i := range s.Labels {
		b.labelled(i)
	}
	b.anywhere()
	b.everywhere("Attributes of every span", annotate.SpanScope)
	b.everywhere("Attributes of every relation", annotate.RelationScope)
	b.entities()
	b.everywhere("Articles", annotate.DocumentScope)
	b.others()
	var all []bit
	for _, r := range s.Rules {
		if r.Label == "" {
			if all == nil {
				b.head(2, say("Rules for all labels"))
			}
			all = b.rule(r)
			b.put(item, 1, all...)
		}
	}
	return b.blocks
}

func (b *builder) put(k kind, level int, bits ...bit) {
	b.blocks = append(b.blocks, block{kind: k, level: level, bits: bits, label: -1})
}

func (b *builder) head(level int, bits ...bit) { b.put(heading, level, bits...) }

// labelled is all about one label.
func (b *builder) labelled(i int) {
	l := b.s.Labels[i]
	b.blocks = append(b.blocks, block{kind: heading, level: 3, bits: []bit{{l.Called() + " ", plain}, {l.Name, name}}, label: i})
	if l.Description != "" {
		b.put(paragraph, 0, bit{l.Description, plain})
	}
	var facts []string
	if l.Hotkey != "" {
		facts = append(facts, "Key "+strings.ToUpper(l.Hotkey)+".")
	}
	if l.Entity != "" {
		facts = append(facts, "Its spans stand for entities: "+l.Entity+".")
	}
	if p, ok := b.s.Label(l.Parent); ok {
		facts = append(facts, "A kind of "+p.Called()+".")
	}
	if len(facts) > 0 {
		b.put(paragraph, 0, say("%s", strings.Join(facts, " ")))
	}
	if strings.TrimSpace(l.Guideline) != "" {
		b.blocks = append(b.blocks, block{kind: guideline, guide: l.Guideline, label: -1})
	}
	b.attributes("Attributes", b.those(func(a annotate.Attribute) bool {
		return a.Scope == annotate.SpanScope && slices.Contains(a.Labels, l.ID)
	}))
	first := true
	for _, t := range b.s.RelationTypes {
		if slices.Contains(t.From, l.ID) {
			b.under(&first, "Relations")
			b.relation(t)
		}
	}
	first = true
	for _, r := range b.s.Rules {
		if r.Label == l.ID {
			b.under(&first, "Rules")
			b.put(item, 1, b.rule(r)...)
		}
	}
}

// under puts the small heading of a list before its first item.
func (b *builder) under(first *bool, title string) {
	if *first {
		b.put(paragraph, 0, bit{title, strong})
		*first = false
	}
}

// anywhere are the relations that may begin at every label.
func (b *builder) anywhere() {
	first := true
	for _, t := range b.s.RelationTypes {
		if len(t.From) == 0 {
			if first {
				b.head(2, say("Relations from every label"))
				first = false
			}
			b.relation(t)
		}
	}
}

func (b *builder) relation(t annotate.RelationType) {
	to := "any label"
	if len(t.To) > 0 {
		to = b.labels(t.To)
	}
	bits := []bit{{called(t.Title, t.Name), strong}, say(" "), {t.Name, name}, say(" to %s", to)}
	switch {
	case t.Min > 0 && t.Max == t.Min:
		bits = append(bits, say(", exactly %d", t.Min))
	case t.Min > 0 && t.Max > 0:
		bits = append(bits, say(", %d to %d", t.Min, t.Max))
	case t.Min > 0:
		bits = append(bits, say(", at least %d", t.Min))
	case t.Max > 0:
		bits = append(bits, say(", at most %d", t.Max))
	}
	b.put(item, 1, sentence(bits, t.Description)...)
	for _, a := range b.s.Attributes {
		if a.Scope == annotate.RelationScope && slices.Contains(a.Labels, t.ID) {
			b.put(item, 2, b.attribute(a)...)
			b.choices(a, 3)
		}
	}
}

func (b *builder) labels(ids []annotate.ID) string {
	var all []string
	for _, id := range ids {
		l, _ := b.s.Label(id)
		all = append(all, l.Called())
	}
	return strings.Join(all, " or ")
}

// entities are the kinds of entity with their attributes.
func (b *builder) entities() {
	kinds := b.s.EntityKinds()
	if len(kinds) == 0 {
		b.everywhere("Entities", annotate.EntityScope)
		return
	}
	b.head(2, say("Entities"))
	for _, kind := range kinds {
		b.head(3, bit{kind, name})
		var of []annotate.ID
		for _, l := range b.s.Labels {
			if l.Entity == kind {
				of = append(of, l.ID)
			}
		}
		b.put(paragraph, 0, say("What spans of %s stand for.", b.labels(of)))
		b.attributes("", b.s.EntityAttributes(kind))
	}
}

// those are the attributes that fit, in order.
func (b *builder) those(fit func(annotate.Attribute) bool) []annotate.Attribute {
	var list []annotate.Attribute
	for _, a := range b.s.Attributes {
		if fit(a) {
			list = append(list, a)
		}
	}
	return list
}

// everywhere are the attributes of a scope that are for all that it has.
func (b *builder) everywhere(title string, scope annotate.Scope) {
	b.section(title, b.those(func(a annotate.Attribute) bool { return a.Scope == scope && len(a.Labels) == 0 }))
}

// others are attributes that had no place so far, such as those of entities for a
// label that stands for none.
func (b *builder) others() {
	b.section("Other attributes", b.those(func(a annotate.Attribute) bool { return !b.shown[a.ID] }))
}

func (b *builder) section(title string, list []annotate.Attribute) {
	if len(list) > 0 {
		b.head(2, say("%s", title))
		b.attributes("", list)
	}
}

func (b *builder) attributes(title string, list []annotate.Attribute) {
	first := title != ""
	for _, a := range list {
		b.under(&first, title)
		b.put(item, 1, b.attribute(a)...)
		b.choices(a, 2)
	}
}

var types = map[annotate.AttributeType]string{
	annotate.TextValue: "text", annotate.NumberValue: "a number", annotate.BooleanValue: "yes or no", annotate.DateValue: "a date",
	annotate.OneOf: "one of", annotate.ManyOf: "any of",
}

func (b *builder) attribute(a annotate.Attribute) []bit {
	b.shown[a.ID] = true
	what := types[a.Type]
	if a.Required {
		what += ", needed"
	}
	bits := sentence([]bit{{called(a.Title, a.Name), strong}, say(" "), {a.Name, name}, say(" (%s)", what)}, a.Description)
	if w := where(a.When); w != "" {
		bits = append(bits, say(" Asked for where %s.", w))
	}
	if len(a.Default) > 0 {
		bits = append(bits, say(" Begins with "), bit{strings.Join(annotate.Values{"": a.Default}.Strings(""), ", "), name}, say("."))
	}
	return bits
}

// choices are the values of a closed list, those together that are offered under one
// condition.
func (b *builder) choices(a annotate.Attribute, level int) {
	var order []string
	groups := map[string][]bit{}
	for _, c := range a.Choices {
		w := where(c.When)
		if _, there := groups[w]; !there {
			order = append(order, w)
			if w != "" {
				groups[w] = []bit{say("where %s: ", w)}
			} else {
				groups[w] = nil
			}
		} else {
			groups[w] = append(groups[w], say("; "))
		}
		groups[w] = append(groups[w], bit{c.Name, name})
		if title := called(c.Title, c.Name); !strings.EqualFold(title, strings.NewReplacer("_", " ", "-", " ").Replace(c.Name)) {
			groups[w] = append(groups[w], bit{" " + title, plain})
		}
	}
	for _, w := range order {
		b.put(item, level, groups[w]...)
	}
}

// where is a condition in words.
func where(when annotate.When) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(when)) {
		all = append(all, name+" is "+strings.Join(when[name], " or "))
	}
	return strings.Join(all, " and ")
}

func (b *builder) rule(r annotate.Rule) []bit {
	bits := []bit{{strings.TrimSpace(r.Name + " " + r.Value), name}}
	if kind, ok := rules.KindOf(r.Name); ok {
		bits = append([]bit{{kind.Title, strong}, say(" ")}, bits...)
		return sentence(bits, kind.Help)
	}
	return bits
}

// sentence adds a description behind a colon.
func sentence(bits []bit, description string) []bit {
	if description == "" {
		return append(bits, say("."))
	}
	return append(bits, bit{": " + description, plain})
}

func called(title, name string) string {
	if title == "" {
		return name
	}
	return title
}

func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}
