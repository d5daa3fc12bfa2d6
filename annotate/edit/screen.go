package edit

import (
	"strings"

	"lede/annotate"
)

// Screen says whether the article belongs to the study, by a value of a document
// field. With a reason it does not: it is skipped for that reason. One that was
// skipped and does belong is taken up again.
func (e Editor) Screen(s *State, field, value, title, reason string) (annotate.Change, error) {
	return e.updateSet(s, "Screen as "+strings.ToLower(title), func(set *annotate.AnnotationSet) {
		set.Fields = set.Fields.With(field, annotate.StringValue(value))
		switch {
		case reason != "" && set.Status != annotate.Skipped:
			set.Status, set.Reason = annotate.Skipped, reason
		case reason == "" && set.Status == annotate.Skipped:
			set.Status, set.Reason = annotate.New, ""
			if len(s.spans) > 0 {
				set.Status = annotate.InProgress
			}
		}
	})
}
