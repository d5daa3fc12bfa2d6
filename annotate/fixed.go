package annotate

// validateFixed refuses ops that alter what never changes once a record is
// there, and ops that a Store has other ways for: articles come with an import
// and go by their state, imports are switched between live and undone.
func validateFixed(op Op) error {
	switch {
	case op.Before == nil && op.After == nil:
		return invalid(op, "the op has neither a before nor an after")
	case op.Before != nil && (op.Before.RecordID() != op.ID || op.Before.RecordKind() != op.Kind):
		return invalid(op, "the op and its record differ")
	case op.Before == nil || op.After == nil:
		return validateLife(op)
	}
	switch after := op.After.(type) {
	case Article:
		before := op.Before.(Article)
		if after.TextHash != before.TextHash || after.Length != before.Length || after.Intake != before.Intake {
			return invalid(op, "the text of an article never changes")
		}
		if after.Import != before.Import {
			return invalid(op, "an article stays with the import that brought it")
		}
	case Import:
		if before := op.Before.(Import); before.State == ImportStaged || after.State == ImportStaged {
			return invalid(op, "an import that was committed is never staged again")
		}
	case AnnotationSet:
		before := op.Before.(AnnotationSet)
		if after.Article != before.Article || after.Import != before.Import {
			return invalid(op, "an annotation set stays with its article")
		}
	case Span:
		if after.Set != op.Before.(Span).Set {
			return invalid(op, "a span stays in its annotation set")
		}
	case Relation:
		if after.Set != op.Before.(Relation).Set {
			return invalid(op, "a relation stays in its annotation set")
		}
	}
	return nil
}

// validateLife refuses to create or delete what has another way to come or go.
func validateLife(op Op) error {
	switch op.Kind {
	case KindArticle:
		return invalid(op, "articles come with an import and go by their state")
	case KindArticleState:
		return invalid(op, "the state of an article is there as long as the article")
	case KindImport:
		if after, ok := op.After.(Import); !ok || after.State != ImportLive {
			return invalid(op, "an import is undone, never deleted")
		}
	default: // the others come and go as one likes
	}
	return nil
}
