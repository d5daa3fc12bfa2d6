package annotate

import (
	"fmt"
	"strings"
)

// Lookup is what Validate may ask of the project as it is after the ops of a
// change. Every answer is about live (not deleted) records, but for the length of
// an article, which may be in the bin: sets are made on live articles alone, spans
// come and go in the sets that are there.
type Lookup interface {
	ArticleLength(id ID) (codePoints int, ok bool)
	Exists(kind Kind, id ID) bool
	SetArticle(set ID) (article ID, ok bool)
	SpanSet(span ID) (set ID, ok bool)
	// Referrers lists live records that point at the record: spans of a label,
	// sets of an annotator, spans and relations of a set, relations of a span…
	// One is enough.
	Referrers(kind Kind, id ID) (Kind, ID, bool)
}

// Validate checks the structure of what a change leaves behind: bounds,
// fragments, both ends of a relation in one set, nothing pointing at what is
// gone. Every Store calls it inside its transaction, after the ops. Schema rules
// are not structure: they warn, elsewhere. The error is an *InvalidError.
func Validate(ops []Op, look Lookup) error {
	for _, op := range ops {
		if err := validateFixed(op); err != nil {
			return err
		}
		if op.After == nil {
			if kind, id, ok := look.Referrers(op.Kind, op.ID); ok {
				return invalid(op, "%s %s still refers to it", kind, id)
			}
			continue
		}
		if err := validateRecord(op, look); err != nil {
			return err
		}
	}
	return nil
}

func validateRecord(op Op, look Lookup) error {
	if op.ID == "" || op.After.RecordID() != op.ID || op.After.RecordKind() != op.Kind {
		return invalid(op, "the op and its record differ")
	}
	switch r := op.After.(type) {
	case Label:
		return validateLabel(op, r)
	case Attribute:
		return validateAttribute(op, r)
	case RelationType:
		return validateRelationType(op, r)
	case Entity:
		return validateEntity(op, r)
	case Annotator:
		return validateAnnotator(op, r)
	case Article:
		if r.Ref == "" {
			return invalid(op, "the article has no ref")
		}
	case ArticleState:
		if r.Presence != Live && r.Presence != Deleted {
			return invalid(op, "presence %q is unknown", r.Presence)
		}
	case AnnotationSet:
		return validateSet(op, r, look)
	case Span:
		return validateSpan(op, r, look)
	case Relation:
		return validateRelation(op, r, look)
	}
	return nil
}

func validateName(op Op, name string) error {
	if name == "" || strings.ContainsAny(name, "\n\x00") {
		return invalid(op, "the name %q is empty or has a line break", name)
	}
	return nil
}

func validateAnnotator(op Op, a Annotator) error {
	if strings.TrimSpace(a.Name) == "" {
		return invalid(op, "an annotator needs a name")
	}
	if strings.EqualFold(a.Name, AllName) || (strings.EqualFold(a.Name, GoldName) && a.Kind != Gold) {
		return invalid(op, "the name %q is reserved", a.Name)
	}
	return nil
}

func validateSet(op Op, s AnnotationSet, look Lookup) error {
	if op.Before == nil && !look.Exists(KindArticle, s.Article) { // what is there may be of an article in the bin
		return invalid(op, "its article %s is not there", s.Article)
	}
	if !look.Exists(KindAnnotator, s.Annotator) {
		return invalid(op, "its annotator %s is not there", s.Annotator)
	}
	switch s.Status {
	case New, InProgress, Done, Skipped:
		return nil
	}
	return invalid(op, "status %q is unknown", s.Status)
}

func validateSpan(op Op, s Span, look Lookup) error {
	article, ok := look.SetArticle(s.Set)
	if !ok {
		return invalid(op, "its annotation set %s is not there", s.Set)
	}
	length, ok := look.ArticleLength(article)
	if !ok {
		return invalid(op, "its article %s is not there", article)
	}
	if err := ValidateFragments(s.Fragments, length); err != nil {
		return invalid(op, "%s", err)
	}
	if !look.Exists(KindLabel, s.Label) {
		return invalid(op, "its label %s is not there", s.Label)
	}
	if s.Entity != "" && !look.Exists(KindEntity, s.Entity) {
		return invalid(op, "its entity %s is not there", s.Entity)
	}
	return nil
}

func validateRelation(op Op, r Relation, look Lookup) error {
	if !look.Exists(KindRelationType, r.Type) {
		return invalid(op, "its type %s is not there", r.Type)
	}
	for _, end := range []ID{r.From, r.To} {
		if set, ok := look.SpanSet(end); !ok || set != r.Set {
			return invalid(op, "its end %s is no span of annotation set %s", end, r.Set)
		}
	}
	return nil
}

// ValidateFragments checks that fragments are non-empty, in order, apart from
// each other and within a text of the given length in code points.
func ValidateFragments(f Fragments, length int) error {
	if len(f) == 0 {
		return fmt.Errorf("it has no fragment")
	}
	end := -1
	for _, r := range f {
		switch {
		case r.Start >= r.End:
			return fmt.Errorf("fragment %d–%d is empty or reversed", r.Start, r.End)
		case r.Start < 0 || r.End > length:
			return fmt.Errorf("fragment %d–%d is outside the text of %d characters", r.Start, r.End, length)
		case r.Start <= end:
			return fmt.Errorf("fragment %d–%d overlaps or touches the one before it", r.Start, r.End)
		}
		end = r.End
	}
	return nil
}

func invalid(op Op, format string, args ...any) error {
	return &InvalidError{Kind: op.Kind, ID: op.ID, Reason: fmt.Sprintf(format, args...)}
}
