package edit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate"
)

// EditSchema is the change that puts records of the schema in the place of those
// with their ids; records with other ids are added. The title is a verb with what
// it is about, "Rename Actor".
//
// What a schema file could not say is refused with a sentence: two labels of one
// name, a parent that is its own child, a key that another label has. Only what is
// put is looked at, because an import may have brought what nobody would write.
func (e Editor) EditSchema(s *annotate.Schema, title string, records ...annotate.Record) (annotate.Change, error) {
	c := annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: annotate.CauseManual, Title: title}
	for _, r := range records {
		switch before := recordOf(s, r.RecordKind(), r.RecordID()); {
		case before == nil:
			c.Ops = append(c.Ops, annotate.Create(r))
		case !annotate.SameRecord(before, r):
			c.Ops = append(c.Ops, annotate.Update(before, r))
		}
	}
	if len(c.Ops) == 0 {
		return annotate.Change{}, annotate.ErrNothing
	}
	return c, checkSchema(s.After(c), c.Ops)
}

// Arrange is the change that puts the records of one kind in another order. Those
// that are not named keep their places among the others.
func (e Editor) Arrange(s *annotate.Schema, title string, kind annotate.Kind, ids []annotate.ID) (annotate.Change, error) {
	rank := map[annotate.ID]int{}
	for i, id := range ids {
		rank[id] = i
	}
	all := recordsOf(s, kind)
	var places []int
	var named []annotate.Record
	for i, r := range all {
		if _, ok := rank[r.RecordID()]; ok {
			places, named = append(places, i), append(named, r)
		}
	}
	slices.SortStableFunc(named, func(a, b annotate.Record) int { return rank[a.RecordID()] - rank[b.RecordID()] })
	for i, at := range places {
		all[at] = named[i]
	}
	for i := range all {
		all[i] = ordered(all[i], i+1)
	}
	return e.EditSchema(s, title, all...)
}

// ordered is a record with another place in its list. Rules have none.
func ordered(r annotate.Record, order int) annotate.Record {
	switch r := r.(type) {
	case annotate.Label:
		r.Order = order
		return r
	case annotate.Attribute:
		r.Order = order
		return r
	case annotate.RelationType:
		r.Order = order
		return r
	}
	return r
}

// NextOrder is the place of a record that comes after all of its kind.
func NextOrder(s *annotate.Schema, kind annotate.Kind) int {
	last := 0
	for _, r := range recordsOf(s, kind) {
		last = max(last, annotate.OrderOf(r))
	}
	return last + 1
}

// recordsOf lists the records of a kind, in order.
func recordsOf(s *annotate.Schema, kind annotate.Kind) []annotate.Record {
	var list []annotate.Record
	switch kind {
	case annotate.KindLabel:
		list = asRecords(s.Labels)
	case annotate.KindAttribute:
		list = asRecords(s.Attributes)
	case annotate.KindRelationType:
		list = asRecords(s.RelationTypes)
	case annotate.KindRule:
		list = asRecords(s.Rules)
	default: // no part of the schema
	}
	return list
}

func asRecords[T annotate.Record](items []T) []annotate.Record {
	list := make([]annotate.Record, len(items))
	for i, item := range items {
		list[i] = item
	}
	return list
}

func recordOf(s *annotate.Schema, kind annotate.Kind, id annotate.ID) annotate.Record {
	for _, r := range recordsOf(s, kind) {
		if r.RecordID() == id {
			return r
		}
	}
	return nil
}

// checkSchema says, in a sentence, what is wrong with the records that ops put
// into a schema.
func checkSchema(s *annotate.Schema, ops []annotate.Op) error {
	for _, op := range ops {
		var problem string
		switch r := op.After.(type) {
		case annotate.Label:
			problem = labelProblem(s, r)
		case annotate.RelationType:
			problem = relationProblem(s, r)
		case annotate.Attribute:
			problem = attributeProblem(s, r)
		}
		if problem != "" {
			return &annotate.Error{Kind: annotate.ErrInvalid, Detail: problem}
		}
	}
	return nil
}

// NameProblem says what is wrong with a name for files, "" if nothing is.
func NameProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "It needs a name: files and exports use it."
	case strings.TrimSpace(name) != name:
		return "The name must not begin or end with a blank."
	case strings.ContainsAny(name, "\n\x00"):
		return "The name must be one line."
	}
	return ""
}

func labelProblem(s *annotate.Schema, l annotate.Label) string {
	if p := NameProblem(l.Name); p != "" {
		return p
	}
	for _, o := range s.Labels {
		switch {
		case o.ID == l.ID:
		case o.Name == l.Name:
			return fmt.Sprintf("There is a label with the name %q already.", l.Name)
		case l.Hotkey != "" && strings.EqualFold(o.Hotkey, l.Hotkey):
			return fmt.Sprintf("The key %s is that of %s already.", strings.ToUpper(l.Hotkey), o.Called())
		}
	}
	if l.Hotkey != "" && !LabelKey(l.Hotkey) {
		return "The key of a label is a digit or a letter."
	}
	for _, c := range []string{l.Color, l.ColorDark} {
		if _, _, _, ok := annotate.RGB(c); c != "" && !ok {
			return fmt.Sprintf("The colour %q is not like #0072b2.", c)
		}
	}
	return ancestorProblem(s, l)
}

// LabelKey says whether a key can be that of a label: one digit or letter.
func LabelKey(key string) bool {
	r, n := utf8.DecodeRuneInString(key)
	return n > 0 && n == len(key) && (unicode.IsLetter(r) || r >= '0' && r <= '9')
}

// ancestorProblem refuses a parent that is not there, and circles.
func ancestorProblem(s *annotate.Schema, l annotate.Label) string {
	above := l.Parent
	for range s.Labels {
		if above == "" {
			return ""
		}
		parent, ok := s.Label(above)
		if !ok {
			return "The label that it is a kind of is not there."
		}
		if parent.ID == l.ID {
			return fmt.Sprintf("%s cannot be a kind of itself, nor of what is a kind of it.", l.Called())
		}
		above = parent.Parent
	}
	return ""
}

func relationProblem(s *annotate.Schema, t annotate.RelationType) string {
	if p := NameProblem(t.Name); p != "" {
		return p
	}
	for _, o := range s.RelationTypes {
		if o.ID != t.ID && o.Name == t.Name {
			return fmt.Sprintf("There is a relation with the name %q already.", t.Name)
		}
	}
	if t.Min < 0 || t.Max < 0 {
		return "A number of relations cannot be below 0."
	}
	if t.Max > 0 && t.Max < t.Min {
		return fmt.Sprintf("At most %d and at least %d cannot both hold.", t.Max, t.Min)
	}
	return ""
}

func attributeProblem(s *annotate.Schema, a annotate.Attribute) string {
	if p := NameProblem(a.Name); p != "" {
		return p
	}
	for _, o := range s.Attributes {
		if o.ID != a.ID && o.Name == a.Name && o.Scope == a.Scope && meet(o.Labels, a.Labels) {
			return fmt.Sprintf("There is an attribute with the name %q for the same things already.", a.Name)
		}
	}
	listed := a.Type == annotate.OneOf || a.Type == annotate.ManyOf
	switch {
	case listed && len(a.Choices) == 0:
		return "A list of values needs at least one value."
	case !listed && len(a.Choices) > 0:
		return "Only lists have values to choose from."
	}
	for i, c := range a.Choices {
		if p := NameProblem(c.Name); p != "" {
			return p
		}
		if slices.ContainsFunc(a.Choices[:i], func(o annotate.Choice) bool { return o.Name == c.Name }) {
			return fmt.Sprintf("The value %q is there twice.", c.Name)
		}
	}
	return ""
}

// meet says whether two lists of ids have one in common; none = all.
func meet(a, b []annotate.ID) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(id annotate.ID) bool { return slices.Contains(b, id) })
}

// ShareStart says whether two types of relations can start from one label.
func ShareStart(a, b annotate.RelationType) bool { return meet(a.From, b.From) }
