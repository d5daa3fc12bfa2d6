package annotate

import (
	"encoding/json"
	"slices"
)

// Pattern is the line under a span, so that labels differ by more than colour.
type Pattern string

// The line patterns.
const (
	Solid  Pattern = "solid"
	Dashed Pattern = "dashed"
	Double Pattern = "double"
	Dotted Pattern = "dotted"
)

// Label is a type of span.
type Label struct {
	ID          ID      `json:"id"`
	Name        string  `json:"name"`  // case-sensitive, unique among labels; what files use
	Title       string  `json:"title"` // what people see
	Color       string  `json:"color"` // #rrggbb on a light page
	ColorDark   string  `json:"color_dark,omitempty"`
	Pattern     Pattern `json:"pattern,omitempty"`
	Hotkey      string  `json:"hotkey,omitempty"` // "1".."9", "0" or a letter
	Description string  `json:"description,omitempty"`
	Guideline   string  `json:"guideline,omitempty"` // Markdown
	Parent      ID      `json:"parent,omitempty"`
	Entity      string  `json:"entity,omitempty"` // kind of entity that its spans stand for; "" = none
	Order       int     `json:"order"`
	Extra       Extra   `json:"-"`
}

// AttributeType is the type of an attribute's values.
type AttributeType string

// The attribute types. OneOf and ManyOf take names of Choices; a ManyOf value is
// an array.
const (
	TextValue    AttributeType = "text"
	NumberValue  AttributeType = "number"
	BooleanValue AttributeType = "boolean"
	OneOf        AttributeType = "one_of"
	ManyOf       AttributeType = "many_of"
	DateValue    AttributeType = "date"
)

// Scope says what an attribute belongs to.
type Scope string

// The scopes. An attribute of the document scope is a document field.
const (
	SpanScope     Scope = "span"
	RelationScope Scope = "relation"
	EntityScope   Scope = "entity"
	DocumentScope Scope = "document"
)

// When is a condition on the values of other attributes of the same thing: each
// named attribute has one of the listed values. The empty condition holds.
type When = map[string][]string

// Choice is one value of an attribute that has a closed list.
type Choice struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	When  When   `json:"when,omitempty"` // offered only if it holds
}

// Attribute describes one attribute of spans, relations, entities or documents.
// Labels limits it: to spans of these labels, to relations of these types, or to
// entities of the kinds that these labels stand for; none = all.
type Attribute struct {
	ID          ID              `json:"id"`
	Scope       Scope           `json:"scope"`
	Labels      []ID            `json:"labels,omitempty"`
	Name        string          `json:"name"`
	Title       string          `json:"title"`
	Type        AttributeType   `json:"type"`
	Choices     []Choice        `json:"choices,omitempty"`
	Required    bool            `json:"required,omitempty"` // a warning when absent, never a refusal
	Description string          `json:"description,omitempty"`
	Default     json.RawMessage `json:"default,omitempty"` // the value that a form begins with
	When        When            `json:"when,omitempty"`    // asked for only if it holds
	Order       int             `json:"order"`
	Extra       Extra           `json:"-"`
}

// RelationType is a type of directed link between two spans of one set. From
// and To limit what is offered, never what is stored.
type RelationType struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"` // unique among relation types
	Title       string `json:"title"`
	From        []ID   `json:"from,omitempty"` // labels; none = any
	To          []ID   `json:"to,omitempty"`
	Min         int    `json:"min,omitempty"` // how many a span should have; warnings only
	Max         int    `json:"max,omitempty"` // 0 = any number
	Description string `json:"description,omitempty"`
	Hotkey      string `json:"hotkey,omitempty"` // "1".."9", pressed with Ctrl; "" = its place among the types offered
	Order       int    `json:"order"`
	Extra       Extra  `json:"-"`
}

// Rule is a codebook rule that is checked and warned about.
type Rule struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Label ID     `json:"label,omitempty"`
	Value string `json:"value,omitempty"`
	Extra Extra  `json:"-"`
}

// Schema is everything a project says about what can be annotated, in order.
type Schema struct {
	Version       int // counts the changes that touched it
	Labels        []Label
	Attributes    []Attribute
	RelationTypes []RelationType
	Rules         []Rule
}

// Label finds a label by id.
func (s *Schema) Label(id ID) (Label, bool) {
	return find(s.Labels, func(l Label) bool { return l.ID == id })
}

// LabelNamed finds a label by its exact name.
func (s *Schema) LabelNamed(name string) (Label, bool) {
	return find(s.Labels, func(l Label) bool { return l.Name == name })
}

// LabelByKey finds a label by its hotkey.
func (s *Schema) LabelByKey(key string) (Label, bool) {
	return find(s.Labels, func(l Label) bool { return key != "" && l.Hotkey == key })
}

// RelationType finds a relation type by id.
func (s *Schema) RelationType(id ID) (RelationType, bool) {
	return find(s.RelationTypes, func(t RelationType) bool { return t.ID == id })
}

// RelationTypeNamed finds a relation type by its exact name.
func (s *Schema) RelationTypeNamed(name string) (RelationType, bool) {
	return find(s.RelationTypes, func(t RelationType) bool { return t.Name == name })
}

// RelationTypesBetween lists the types offered for a link from one label to
// another.
func (s *Schema) RelationTypesBetween(from, to ID) []RelationType {
	var offered []RelationType
	for _, t := range s.RelationTypes {
		if t.Allows(from, to) {
			offered = append(offered, t)
		}
	}
	return offered
}

// RelationTypesFrom lists the types offered for links from a label.
func (s *Schema) RelationTypesFrom(label ID) []RelationType {
	var offered []RelationType
	for _, t := range s.RelationTypes {
		if t.AllowsFrom(label) {
			offered = append(offered, t)
		}
	}
	return offered
}

// Allows tells whether the type is offered for a link from one label to another.
func (t RelationType) Allows(from, to ID) bool { return t.AllowsFrom(from) && t.AllowsTo(to) }

// AllowsFrom tells whether the type is offered for links from a label.
func (t RelationType) AllowsFrom(label ID) bool { return allows(t.From, label) }

// AllowsTo tells whether the type is offered for links to a label.
func (t RelationType) AllowsTo(label ID) bool { return allows(t.To, label) }

// AttributesOf lists the attributes of a scope that apply to a label.
func (s *Schema) AttributesOf(scope Scope, label ID) []Attribute {
	var apply []Attribute
	for _, a := range s.Attributes {
		if a.Scope == scope && allows(a.Labels, label) {
			apply = append(apply, a)
		}
	}
	return apply
}

func allows(ids []ID, id ID) bool { return len(ids) == 0 || slices.Contains(ids, id) }

func find[T any](items []T, match func(T) bool) (T, bool) {
	if i := slices.IndexFunc(items, match); i >= 0 {
		return items[i], true
	}
	var none T
	return none, false
}
