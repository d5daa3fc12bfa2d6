package annotate

import (
	"encoding/json"
	"strings"
)

func validateLabel(op Op, l Label) error {
	if strings.ContainsAny(l.Entity, "\n\x00") {
		return invalid(op, "the kind of entity %q has a line break", l.Entity)
	}
	return validateName(op, l.Name)
}

func validateAttribute(op Op, a Attribute) error {
	if len(a.Default) > 0 && !json.Valid(a.Default) {
		return invalid(op, "its default %q is no JSON", a.Default)
	}
	if _, unnamed := a.When[""]; unnamed {
		return invalid(op, "its condition has an attribute without a name")
	}
	return validateName(op, a.Name)
}

func validateRelationType(op Op, t RelationType) error {
	if t.Hotkey != "" && (len(t.Hotkey) != 1 || t.Hotkey < "1" || t.Hotkey > "9") {
		return invalid(op, "the key %q is not one of 1 to 9", t.Hotkey)
	}
	return validateName(op, t.Name)
}

func validateEntity(op Op, e Entity) error {
	for _, alias := range e.Aliases {
		if strings.TrimSpace(alias) == "" || strings.ContainsAny(alias, "\n\x00") {
			return invalid(op, "the alias %q is empty or has a line break", alias)
		}
	}
	return nil
}
