package app

import (
	"fmt"

	"lede/app/commands"
)

// makeLabels says where labels are made, for a project that has none.
func (s *shell) makeLabels() string {
	return fmt.Sprintf("Make them in the schema: press %s, or choose Schema… in the Project menu.", s.table.Hint(commands.SchemaEdit))
}

// unlabelled says where labels are made if the project has none, and whether that is
// so.
func (w *workspace) unlabelled() bool {
	if len(w.session.Schema().Labels) > 0 {
		return false
	}
	w.remark("There are no labels yet", w.shell.makeLabels())
	return true
}

// strayDigit says why a digit that was pressed in the text gave no label.
func (s *shell) strayDigit(key string) {
	if !s.article() || s.covered() {
		return
	}
	w := s.work
	if why := w.session.ReadOnly(); why != "" {
		w.remark("The annotations cannot be changed", why)
		return
	}
	if !w.unlabelled() {
		w.remark("No label has the key "+key, fmt.Sprintf("The bar above the text shows which key each label has. Press %s to choose a label by its name.", s.table.Hint(commands.LabelPick)))
	}
}

// nothingToConvertTo says why no label can become another one.
func (w *workspace) nothingToConvertTo() {
	if !w.unlabelled() {
		w.remark("Convert labels", "This project has only one label: there is none to convert it to.")
	}
}
