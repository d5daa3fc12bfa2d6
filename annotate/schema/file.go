package schema

import (
	"encoding/json"
	"strings"

	"lede/annotate"
)

// File is a schema by names, as a schema file has it.
type File struct {
	Name        string      `json:"name,omitempty"`
	Title       string      `json:"title,omitempty"`
	Description string      `json:"description,omitempty"`
	Labels      []Label     `json:"labels"`
	Relations   []Relation  `json:"relations,omitempty"`
	Attributes  []Attribute `json:"attributes,omitempty"`
	Rules       []Rule      `json:"rules,omitempty"`
}

// Label is a type of span. Parent is the name of another label.
type Label struct {
	Name        string           `json:"name"`
	Title       string           `json:"title,omitempty"` // "" = made from the name
	Color       string           `json:"color,omitempty"` // "" = the next of Palette
	ColorDark   string           `json:"color_dark,omitempty"`
	Pattern     annotate.Pattern `json:"pattern,omitempty"`
	Hotkey      string           `json:"hotkey,omitempty"`
	Parent      string           `json:"parent,omitempty"`
	Entity      string           `json:"entity,omitempty"` // kind of entity that its spans stand for
	Description string           `json:"description,omitempty"`
	Guideline   string           `json:"guideline,omitempty"`
}

// Attribute belongs to spans, relations, entities or documents. Labels are names
// of labels, of relation types if the scope is relation; none = all. When limits
// it to values of other attributes.
type Attribute struct {
	Name        string                 `json:"name"`
	Title       string                 `json:"title,omitempty"`
	Scope       annotate.Scope         `json:"scope"`
	Labels      []string               `json:"labels,omitempty"`
	Type        annotate.AttributeType `json:"type"`
	Required    bool                   `json:"required,omitempty"`
	Description string                 `json:"description,omitempty"`
	Default     json.RawMessage        `json:"default,omitempty"` // as it is stored
	When        annotate.When          `json:"when,omitempty"`
	Choices     []Choice               `json:"choices,omitempty"`
}

// Choice is one value of a closed list. When limits it to values of other
// attributes.
type Choice struct {
	Name  string        `json:"name"`
	Title string        `json:"title,omitempty"`
	When  annotate.When `json:"when,omitempty"`
}

// Relation is a type of relation. From and To are names of labels; none = any.
type Relation struct {
	Name        string   `json:"name"`
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"`
	From        []string `json:"from,omitempty"`
	To          []string `json:"to,omitempty"`
	Min         int      `json:"min,omitempty"`
	Max         int      `json:"max,omitempty"`
	Hotkey      string   `json:"hotkey,omitempty"` // "1".."9", pressed with Ctrl
}

// Rule is a codebook rule, for one label or, with none, for all.
type Rule struct {
	Name  string `json:"name"`
	Label string `json:"label,omitempty"`
	Value string `json:"value,omitempty"`
}

// Colors is a label colour for light and dark pages.
type Colors struct{ Light, Dark string }

// Palette is where labels without a colour get theirs, in turn: after Okabe and Ito,
// each dark enough on a light page and light enough on a dark one. Colours that some
// people cannot tell apart have different lines there (see Look); a test simulates
// what they see.
var Palette = []Colors{
	{"#0072b2", "#56b4e9"},
	{"#bf5000", "#ff9a57"},
	{"#00805d", "#3fd0a4"},
	{"#a8487f", "#e39ac4"},
	{"#9a6a00", "#e6b450"},
	{"#6b6b00", "#d8d04a"},
	{"#3d4451", "#dcdfe8"},
}

// patterns are the lines, and lines the one that goes with each colour of Palette.
var (
	patterns = []annotate.Pattern{annotate.Solid, annotate.Dashed, annotate.Double, annotate.Dotted}
	lines    = []int{0, 1, 2, 3, 0, 2, 1}
)

// Look is the colour and line of the label at an index, for labels that come
// without. With each round of the colours the lines move on by one, so that 28
// labels differ from one another.
func Look(index int) (Colors, annotate.Pattern) {
	color, round := index%len(Palette), index/len(Palette)
	return Palette[color], patterns[(lines[color]+round)%len(patterns)]
}

// TitleOf is what people see of a name that has no title: source_phrase is
// "Source phrase", PER stays PER.
func TitleOf(name string) string {
	words := strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " ")
	if words == "" {
		return name
	}
	first := []rune(words)
	return strings.ToUpper(string(first[:1])) + string(first[1:])
}
