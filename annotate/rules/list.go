package rules

import "slices"

// Shape is what the value of a rule is made of, before a condition.
type Shape string

// The shapes.
const (
	NoValue   Shape = "none"
	Number    Shape = "number"    // of words
	Policy    Shape = "policy"    // one of Policies
	Labels    Shape = "labels"    // names of labels
	Relations Shape = "relations" // names of relation types
	Attribute Shape = "attribute" // NAME or NAME=VALUE,VALUE
	Pair      Shape = "pair"      // two names of attributes
	CheckName Shape = "check"     // name of a check
)

// The policies of the rule overlap.
const (
	OverlapNone = "none"
	OverlapNest = "nest"
	OverlapAny  = "any"
)

// Policies are the values of the rule overlap.
var Policies = []string{OverlapNone, OverlapNest, OverlapAny}

// Kind describes a rule or a check for people.
type Kind struct {
	Name     string
	Title    string // a few words
	Help     string // a sentence: what it warns about
	Shape    Shape
	Severity Severity
	least    int // names that the value needs
}

// The names of the rules.
const (
	MaxWords           = "max_words"
	MinWords           = "min_words"
	OneFragment        = "one_fragment"
	OneParagraph       = "one_paragraph"
	WholeWords         = "whole_words"
	NoOuterBlank       = "no_outer_blank"
	NoOuterPunctuation = "no_outer_punctuation"
	BalancedQuotes     = "balanced_quotes"
	HasQuotes          = "has_quotes"
	NoQuotes           = "no_quotes"
	Overlap            = "overlap"
	NoSameNesting      = "no_same_nesting"
	Inside             = "inside"
	Apart              = "apart"
	NeedsRelation      = "needs_relation"
	NeedsIncoming      = "needs_incoming"
	EndsApart          = "ends_apart"
	DifferentEnds      = "different_ends"
	NeedsAttribute     = "needs_attribute"
	Ordered            = "ordered"
	NeedsEntity        = "needs_entity"
	Off                = "off"
)

// List is every rule, in the order of the documentation.
var List = []Kind{
	{MaxWords, "Too many words", "A span has more words than this.", Number, Doubtful, 0},
	{MinWords, "Too few words", "A span has fewer words than this.", Number, Doubtful, 0},
	{OneFragment, "In several parts", "A span is in several parts.", NoValue, Doubtful, 0},
	{OneParagraph, "Over a line break", "A part of a span runs over a line break.", NoValue, Doubtful, 0},
	{WholeWords, "Part of a word", "A span begins or ends inside a word.", NoValue, Doubtful, 0},
	{NoOuterBlank, "Blank at an end", "A part of a span begins or ends with a blank.", NoValue, Doubtful, 0},
	{NoOuterPunctuation, "Punctuation at an end", "A span begins or ends with a comma, a full stop or the like.", NoValue, Doubtful, 0},
	{BalancedQuotes, "Quotation mark alone", "A quotation mark in a span has no partner there.", NoValue, Doubtful, 0},
	{HasQuotes, "No quotation marks", "A span has no quotation marks.", NoValue, Doubtful, 0},
	{NoQuotes, "In quotation marks", "A span begins and ends with quotation marks.", NoValue, Doubtful, 0},
	{Overlap, "Overlap", "Spans share text: none of it may be shared, or they may lie in one another (nest) but not cross.", Policy, Wrong, 0},
	{NoSameNesting, "Inside its own kind", "A span lies in another one with the same label.", NoValue, Wrong, 0},
	{Inside, "Outside of what it belongs in", "A span lies in no span with one of these labels.", Labels, Wrong, 1},
	{Apart, "Shared text", "A span shares text with a span that has one of these labels.", Labels, Wrong, 1},
	{NeedsRelation, "Relation missing", "None of these relations leads from a span.", Relations, Missing, 1},
	{NeedsIncoming, "Nothing leads here", "None of these relations leads to a span.", Relations, Missing, 1},
	{EndsApart, "Ends share text", "The two ends of one of these relations share text.", Relations, Wrong, 1},
	{DifferentEnds, "The same at two ends", "Two of these relations lead from one span to the same span.", Relations, Wrong, 2},
	{NeedsAttribute, "Attribute missing", "An attribute is missing, or is none of these values.", Attribute, Missing, 1},
	{Ordered, "Wrong order", "The first of two dates or numbers is after the second.", Pair, Wrong, 2},
	{NeedsEntity, "Entity missing", "A span does not say which entity it stands for.", NoValue, Missing, 0},
	{Off, "Switched off", "A check is not made.", CheckName, Doubtful, 0},
}

// The names of the checks that follow from the model.
const (
	Required     = "required"
	ChoiceCheck  = "choice"
	When         = "when"
	ValueType    = "value_type"
	Date         = "date"
	RelationMin  = "relation_min"
	RelationMax  = "relation_max"
	RelationEnds = "relation_ends"
	SelfRelation = "self_relation"
	Duplicate    = "duplicate"
	EntityKind   = "entity_kind"
)

// Checks is every check that is made without being asked for, in the order of the
// documentation.
var Checks = []Kind{
	{Required, "Value missing", "A required attribute or document field is missing.", NoValue, Missing, 0},
	{ChoiceCheck, "Not in the list", "A value is not in the attribute’s list.", NoValue, Wrong, 0},
	{When, "Value that does not fit", "A value goes with other values of another attribute only.", NoValue, Wrong, 0},
	{ValueType, "Wrong type of value", "A value is not of the attribute’s type.", NoValue, Wrong, 0},
	{Date, "Not a date", "A date is not like 2026, 2026-03 or 2026-03-04.", NoValue, Wrong, 0},
	{RelationMin, "Too few relations", "Fewer relations of a type lead from a span than should.", NoValue, Missing, 0},
	{RelationMax, "Too many relations", "More relations of a type lead from a span than should.", NoValue, Wrong, 0},
	{RelationEnds, "Relation between other labels", "A relation begins or ends at a label that its type does not have there.", NoValue, Wrong, 0},
	{SelfRelation, "Related to itself", "A relation leads from a span to itself.", NoValue, Wrong, 0},
	{Duplicate, "Twice the same", "Two spans have one label and one text, or two relations one type and the same ends.", NoValue, Wrong, 0},
	{EntityKind, "Entity of another kind", "A span points at an entity of another kind than its label’s.", NoValue, Wrong, 0},
}

// KindOf finds a rule or a check by name.
func KindOf(name string) (Kind, bool) {
	for _, list := range [][]Kind{List, Checks} {
		if i := slices.IndexFunc(list, func(k Kind) bool { return k.Name == name }); i >= 0 {
			return list[i], true
		}
	}
	return Kind{}, false
}

// severities is how serious each rule and check is.
var severities = func() map[string]Severity {
	all := map[string]Severity{}
	for _, k := range slices.Concat(List, Checks) {
		all[k.Name] = k.Severity
	}
	return all
}()

// Names lists the names of kinds.
func Names(kinds []Kind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}
