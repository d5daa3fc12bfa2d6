package lede

import (
	"encoding/json"
	"errors"
	"io"
	"slices"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/archive"
)

// What the read-back looks at in the history and in what does not show.
type (
	checkedChange struct {
		ID, Replica, Actor, Cause, Title, Undoes, Redoes, Change string
		Seq, Time, Tick                                          int64
		Ops                                                      []struct {
			Kind          string
			Before, After *struct{ ID string }
		}
	}
	checkedKept struct {
		Article struct{ ID string }
		State   struct{ Presence string }
		Text    *string
		Sets    []struct {
			Set   struct{ ID string }
			Spans []struct {
				ID        string
				Fragments [][2]int
			}
			Relations []struct{ ID string }
		}
	}
)

// readBackWhole compares what stands beside the articles that are seen.
func readBackWhole(zip *archive.Reader, whole *format.Whole) error {
	next, end, err := lineByLine[checkedKept](zip, unseenFile)
	if err != nil {
		return err
	}
	defer func() { _ = end.Close() }()
	for k, err := range whole.Unseen {
		got, at, more, reading := next()
		if err := errors.Join(err, reading); err != nil {
			return err
		}
		if !more || !sameKept(k, got) {
			return format.Mismatch(at, "article %s is not there, or is another one", k.Article.Ref)
		}
	}
	if _, at, more, err := next(); err != nil {
		return err
	} else if more {
		return format.Mismatch(at, "there is more than in the project")
	}
	changes, ending, err := lineByLine[checkedChange](zip, historyFile)
	if err != nil {
		return err
	}
	defer func() { _ = ending.Close() }()
	for c, err := range whole.Changes {
		got, at, more, reading := changes()
		if err := errors.Join(err, reading); err != nil {
			return err
		}
		for more && len(got.Ops) < len(c.Ops) {
			rest, _, goesOn, err := changes()
			if err != nil {
				return err
			}
			if !goesOn || len(rest.Ops) == 0 || rest.Change != string(c.ID) {
				break
			}
			got.Ops = append(got.Ops, rest.Ops...)
		}
		if !more || !sameChange(c, got) {
			return format.Mismatch(at, "change %d of the history is not there, or is another one", c.Position)
		}
	}
	_, at, more, err := changes()
	if err == nil && more {
		err = format.Mismatch(at, "there are more changes than in the project")
	}
	return err
}

// lineByLine reads the values of a file, one at a call.
func lineByLine[T any](zip *archive.Reader, name string) (next func() (item T, at format.Place, more bool, err error), end io.Closer, err error) {
	e, ok := zip.Find(name)
	if !ok {
		return nil, nil, format.Mismatch(format.Place{File: name}, "it is not there")
	}
	in, err := e.Open()
	if err != nil {
		return nil, nil, err
	}
	lines, at := json.NewDecoder(in), format.Place{File: name}
	return func() (T, format.Place, bool, error) {
		at.Line++
		var item T
		err := lines.Decode(&item)
		if errors.Is(err, io.EOF) {
			return item, at, false, nil
		}
		if err != nil {
			err = format.Mismatch(at, "it is no JSON (%s)", err)
		}
		return item, at, err == nil, err
	}, in, nil
}

func sameKept(k *annotate.Kept, got checkedKept) bool {
	if got.Article.ID != string(k.Article.ID) || got.State.Presence != string(k.State.Presence) || (got.Text == nil) != (k.Text == nil) ||
		got.Text != nil && *got.Text != k.Text.String() || len(got.Sets) != len(k.Sets) {
		return false
	}
	for i, d := range k.Sets {
		s := got.Sets[i]
		if s.Set.ID != string(d.Set.ID) || len(s.Spans) != len(d.Spans) || len(s.Relations) != len(d.Relations) {
			return false
		}
		for n, x := range d.Spans {
			places := make([][2]int, len(x.Fragments))
			for j, f := range x.Fragments {
				places[j] = [2]int{f.Start, f.End}
			}
			if s.Spans[n].ID != string(x.ID) || !slices.Equal(places, s.Spans[n].Fragments) {
				return false
			}
		}
		for n, x := range d.Relations {
			if s.Relations[n].ID != string(x.ID) {
				return false
			}
		}
	}
	return true
}

func sameChange(c annotate.Change, got checkedChange) bool {
	same := got.ID == string(c.ID) && got.Replica == string(c.Replica) && got.Actor == c.Actor && got.Cause == string(c.Cause) && got.Title == c.Title &&
		got.Undoes == string(c.Undoes) && got.Redoes == string(c.Redoes) && got.Seq == c.Seq && annotate.Clock(got.Time<<tickBits+got.Tick) == c.Clock &&
		len(got.Ops) == len(c.Ops)
	for i := 0; same && i < len(c.Ops); i++ {
		op, x := c.Ops[i], got.Ops[i]
		same = x.Kind == string(op.Kind) && (x.Before == nil) == (op.Before == nil) && (x.After == nil) == (op.After == nil) &&
			(x.Before == nil || x.Before.ID == string(op.ID)) && (x.After == nil || x.After.ID == string(op.ID))
	}
	return same
}
