package refiqda

import (
	"encoding/json"
	"strings"

	"github.com/google/uuid"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

// The parts of a source, as the standard has them.
type (
	textSource struct {
		GUID          string      `xml:"guid,attr"`
		Name          string      `xml:"name,attr,omitempty"`
		PlainTextPath string      `xml:"plainTextPath,attr,omitempty"`
		CreatingUser  string      `xml:"creatingUser,attr,omitempty"`
		Created       string      `xml:"creationDateTime,attr,omitempty"`
		Description   string      `xml:"Description,omitempty"`
		Content       *string     `xml:"PlainTextContent"`
		Selections    []selection `xml:"PlainTextSelection"`
		Codings       []coding    `xml:"Coding"`
		Notes         []ref       `xml:"NoteRef"`
		Variables     []value     `xml:"VariableValue"`
	}
	selection struct {
		GUID          string   `xml:"guid,attr"`
		Name          string   `xml:"name,attr,omitempty"`
		Start         string   `xml:"startPosition,attr"`
		End           string   `xml:"endPosition,attr"`
		CreatingUser  string   `xml:"creatingUser,attr,omitempty"`
		ModifyingUser string   `xml:"modifyingUser,attr,omitempty"`
		Description   string   `xml:"Description,omitempty"`
		Codings       []coding `xml:"Coding"`
		Notes         []ref    `xml:"NoteRef"`
	}
	coding struct {
		GUID         string `xml:"guid,attr"`
		CreatingUser string `xml:"creatingUser,attr,omitempty"`
		Code         ref    `xml:"CodeRef"`
		Notes        []ref  `xml:"NoteRef"`
	}
	ref struct {
		Target string `xml:"targetGUID,attr"`
	}
	value struct {
		Variable ref     `xml:"VariableRef"`
		Text     *string `xml:"TextValue"`
		Boolean  *string `xml:"BooleanValue"`
		Integer  *string `xml:"IntegerValue"`
		Float    *string `xml:"FloatValue"`
		Date     *string `xml:"DateValue"`
		DateTime *string `xml:"DateTimeValue"`
	}
)

const (
	projectSpace  = "urn:QDA-XML:project:1.0"
	codebookSpace = "urn:QDA-XML:codebook:1.0"
	internal      = "internal://"
	refVariable   = "lede.ref"
	// ledeNote is the name of notes that hold what only Lede understands.
	ledeNote = "Lede"
)

// space is the name space of the GUIDs that Lede makes.
var space = uuid.MustParse("5d1f8c0e-3f43-5b0a-9a52-6c1f7e0d2b11")

// guid is the same for the same things in every export.
func guid(kind string, parts ...string) string {
	return uuid.NewSHA1(space, []byte(kind+"\x00"+strings.Join(parts, "\x00"))).String()
}

// plain is a GUID as it is compared: some programs put it in braces or in capitals.
func plain(guid string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(guid), "{}"))
}

// spell is a text as an element holds it: as it is, or as a JSON string where XML
// could not hold it or where it begins like one.
func spell(s string) string {
	if s == "" || features.XMLText(s) && s[0] != '"' && s == strings.TrimSpace(s) {
		return s
	}
	return quoted(s)
}

// quoted is a JSON string that XML can hold.
func quoted(s string) string {
	return strings.NewReplacer("\uFFFE", `\ufffe`, "\uFFFF", `\uffff`, "\x7f", `\u007f`).Replace(string(format.AppendString(nil, s)))
}

// unspell is spell backwards.
func unspell(s string) string {
	var plain string
	if len(s) > 1 && s[0] == '"' && json.Unmarshal([]byte(s), &plain) == nil {
		if _, bad := format.CheckJSON(s); bad == "" {
			return plain
		}
	}
	return s
}
