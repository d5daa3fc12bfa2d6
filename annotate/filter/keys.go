package filter

import (
	"strings"

	"lede/annotate"
)

// Shape says what the values of a key look like.
type Shape int

// The shapes of values. A Whole value is compared as it is, with * for anything; a
// Part may stand anywhere in what is compared.
const (
	Whole Shape = iota
	Part
	Choice
	Dates
	Numbers
)

// Key describes a key of the language.
type Key struct {
	Key     annotate.FilterKey
	Named   bool // a name follows: attr.type:
	Shape   Shape
	Choices []string // of a Choice
	About   string   // a few words for people
	Example string
}

// Keys are all keys, in the order in which they are offered.
var Keys = []Key{
	{annotate.FilterStatus, false, Choice, statuses(), "how far the article is", "status:done"},
	{annotate.FilterFlag, false, Choice, []string{"yes", "no"}, "flagged with a question", "flag:yes"},
	{annotate.FilterTag, false, Whole, nil, "tags of the article", "tag:round1"},
	{annotate.FilterAssigned, false, Whole, nil, "whose turn it is", "assigned:me"},
	{annotate.FilterLabel, false, Whole, nil, "has a span with the label", "label:quote"},
	{annotate.FilterAttr, true, Whole, nil, "has a span with the value", "attr.type:PROTEST"},
	{annotate.FilterRelation, false, Whole, nil, "has a relation of the type", "relation:speaker"},
	{annotate.FilterEntity, false, Whole, nil, "has a span of the entity", `entity:"Angela Merkel"`},
	{annotate.FilterField, true, Whole, nil, "has the value in a document field", "field.genre:report"},
	{annotate.FilterNote, false, Part, nil, "part of a note", "note:unclear"},
	{annotate.FilterSpans, false, Numbers, nil, "number of spans", "spans:1..5"},
	{annotate.FilterAnnotator, false, Whole, nil, "somebody worked on it", "annotator:ana"},
	{annotate.FilterSource, false, Whole, nil, "the publisher", "source:reuters"},
	{annotate.FilterPublished, false, Dates, nil, "when it was published", "published:2026-03..2026-04"},
	{annotate.FilterLang, false, Whole, nil, "the language", "lang:ar"},
	{annotate.FilterTitle, false, Part, nil, "part of the title", "title:strike"},
	{annotate.FilterAuthor, false, Part, nil, "part of the author’s name", "author:smith"},
	{annotate.FilterURL, false, Part, nil, "part of the address", "url:bbc.co.uk"},
	{annotate.FilterRef, false, Whole, nil, "the id as imported", "ref:wire-17*"},
	{annotate.FilterSplit, false, Whole, nil, "the part of the data", "split:train"},
	{annotate.FilterMeta, true, Whole, nil, "any other fact", "meta.desk:politics"},
	{annotate.FilterIn, false, Choice, []string{"bin", "project"}, "in the bin or not", "in:bin"},
}

func statuses() (names []string) {
	for _, s := range annotate.Statuses {
		names = append(names, string(s))
	}
	return names
}

// about finds what is known of a key; nil for a key that is none.
func about(key string) *Key {
	if key == "language" {
		key = string(annotate.FilterLang)
	}
	for i := range Keys {
		if string(Keys[i].Key) == key {
			return &Keys[i]
		}
	}
	return nil
}

// typed is the key as people type it before a value.
func (k Key) typed() string {
	if k.Named {
		return string(k.Key) + "."
	}
	return string(k.Key) + ":"
}

func names() (all []string) {
	for _, k := range Keys {
		all = append(all, strings.TrimSuffix(k.typed(), ":"))
	}
	return all
}
