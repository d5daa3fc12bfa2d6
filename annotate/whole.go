package annotate

import (
	"context"
	"fmt"
	"iter"

	"lede/annotate/text"
)

// Keeper is what a Store gives and takes of all that a project keeps, whether it
// shows or not: for those who hand a whole project on.
type Keeper interface {
	// Snapshot is the project as it is now, for reading: what is written meanwhile
	// is in none of its answers. It must be closed, and soon: until then the file
	// keeps what it would let go.
	Snapshot(ctx context.Context) (Store, error)

	// Imports lists the imports, live and undone, by id.
	Imports(ctx context.Context) ([]Import, error)

	// Unseen streams, in project order, what Documents does not show: articles in
	// the bin, articles that an undone import brought, annotation sets that one
	// brought, and fields of a later version in the state of an article.
	Unseen(ctx context.Context) iter.Seq2[*Kept, error]

	// Changes streams the history in commit order. Memory grows with the largest
	// change, not with their number.
	Changes(ctx context.Context) iter.Seq2[Change, error]

	// BeginRestore begins to fill a project in which nothing was done since it was
	// made (Untouched) with all that another one held. What it was made with gives
	// way. It is an ErrExists if something was done in it, and an ErrBusy while an
	// import runs.
	BeginRestore(ctx context.Context) (Restorer, error)
}

// Restorer brings a project back as it was: records as they are, with their ids,
// and the history that led to them. Until Commit nothing of it shows, and nobody
// else writes; after an error, Abort leaves the project as it was. After Commit or
// Abort it is of no more use; Abort after Commit does nothing.
type Restorer interface {
	// Records brings imports, records of the schema, entities and annotators that
	// are there.
	Records(ctx context.Context, records []Record) error
	// Articles brings articles with their sets. What is Kept without a text is
	// further sets of an article that came before.
	Articles(ctx context.Context, batch []Kept) error
	// History brings the next changes, in commit order from the first. Position is
	// ignored.
	History(ctx context.Context, changes []Change) error
	// Commit refuses, as an *InvalidError, records that do not fit together and a
	// history that does not add up to them.
	Commit(ctx context.Context) error
	Abort(ctx context.Context) error
}

// Kept is an article as a project keeps it, seen or not. Without a Text it is only
// what Documents does not show of a live article.
type Kept struct {
	Article Article
	State   ArticleState
	Text    *text.Text
	Sets    []SetData // without Annotator; by annotator and id
}

// Untouched says whether nothing was done in a project since it was made.
func Untouched(ctx context.Context, s Store) (bool, error) {
	position, err := s.Position(ctx)
	return position <= 1, err
}

// Validate checks what an article and its sets say by themselves: hash and length
// of the text, places of spans, ends of relations. What they refer to elsewhere is
// not looked at. The error is an *InvalidError.
func (k *Kept) Validate() error {
	a := k.Article
	refuse := func(format string, args ...any) error {
		return &InvalidError{Kind: KindArticle, ID: a.ID, Reason: fmt.Sprintf(format, args...)}
	}
	switch {
	case a.ID == "":
		return refuse("the article has no id")
	case a.Ref == "":
		return refuse("the article has no ref")
	case k.State.ID != a.ID:
		return refuse("its state is that of another article")
	case k.State.Presence != Live && k.State.Presence != Deleted:
		return refuse("presence %q is unknown", k.State.Presence)
	case k.Text != nil && text.SHA256(k.Text.String()) != a.TextHash:
		return refuse("its text is not the one whose hash stands beside it")
	case k.Text != nil && k.Text.Len() != a.Length:
		return refuse("its text has %d characters, not %d", k.Text.Len(), a.Length)
	}
	look := keptLook{article: a, sets: map[ID]bool{}, spans: map[ID]ID{}}
	var ops []Op
	for _, d := range k.Sets {
		if d.Set.Article != a.ID {
			return refuse("annotation set %s is of another article", d.Set.ID)
		}
		look.sets[d.Set.ID] = true
		ops = append(ops, Create(d.Set))
		for _, s := range d.Spans {
			look.spans[s.ID] = s.Set
			ops = append(ops, Create(s))
		}
		for _, r := range d.Relations {
			ops = append(ops, Create(r))
		}
	}
	return Validate(ops, look)
}

// keptLook knows an article and what lies in it, and takes the rest for granted.
type keptLook struct {
	article Article
	sets    map[ID]bool
	spans   map[ID]ID
}

func (l keptLook) ArticleLength(ID) (int, bool) { return l.article.Length, true }
func (l keptLook) Exists(Kind, ID) bool         { return true }
func (l keptLook) SetArticle(set ID) (ID, bool) { return l.article.ID, l.sets[set] }

func (l keptLook) SpanSet(span ID) (ID, bool) {
	set, ok := l.spans[span]
	return set, ok
}

func (l keptLook) Referrers(Kind, ID) (Kind, ID, bool) { return "", "", false }

// Sequence checks the changes of a history, one by one in commit order. Known says
// whether a change was before.
type Sequence struct {
	Known    func(change ID) (bool, error)
	position int64
	seqs     map[ID]int64 // by replica
	clocks   map[ID]Clock
}

// Position is how many changes there were.
func (s *Sequence) Position() int64 { return s.position }

// latestClock is in the year 4199: from there on a clock could not go on for long.
const latestClock Clock = 1 << 62

// Next checks the next change and returns it with its position: its number and its
// clock follow those of its replica, what it undoes or redoes was before, and each
// op is one that a Store could have written. The error is a sentence.
func (s *Sequence) Next(c Change) (Change, error) {
	if s.seqs == nil {
		s.seqs, s.clocks = map[ID]int64{}, map[ID]Clock{}
	}
	c.Position = s.position + 1
	if c.Replaced != nil {
		c.Position += int64(c.Replaced.Changes) - 1
	}
	refuse := func(format string, args ...any) error {
		return &Error{Kind: ErrInvalid, Subject: fmt.Sprintf("change %d", c.Position), Detail: fmt.Sprintf(format, args...) + "."}
	}
	switch {
	case c.ID == "" || c.Replica == "" || c.Cause == "":
		return c, refuse("it has no id, no replica or no cause")
	case (c.Replaced != nil) != (c.Cause == CauseBaseline):
		return c, refuse("it does not say what it stands for, or stands for nothing")
	case c.Purged < 0:
		return c, refuse("fewer than no records of it were purged")
	case c.Replaced != nil:
		if err := s.begin(c); err != "" {
			return c, refuse("%s", err)
		}
	case c.Seq != s.seqs[c.Replica]+1:
		return c, refuse("it is number %d of its replica, after number %d", c.Seq, s.seqs[c.Replica])
	case c.Clock <= s.clocks[c.Replica]:
		return c, refuse("its clock goes back")
	case c.Clock > latestClock:
		return c, refuse("its clock is too far ahead")
	}
	for _, other := range []ID{c.ID, c.Undoes, c.Redoes} {
		if other == "" {
			continue
		}
		known, err := s.Known(other)
		switch {
		case err != nil:
			return c, err
		case known && other == c.ID:
			return c, refuse("its id %s was that of an earlier change", c.ID)
		case !known && other != c.ID:
			return c, refuse("it takes back, or brings back, change %s, which is not before it", other)
		}
	}
	for n, op := range c.Ops {
		if err := validateShape(op); err != nil {
			return c, refuse("op %d: %s", n+1, err)
		}
	}
	s.position = c.Position
	s.seqs[c.Replica], s.clocks[c.Replica] = c.Seq, c.Clock
	return c, nil
}

// begin begins with a change that stands for others; it says what is wrong with it.
func (s *Sequence) begin(c Change) string {
	if s.position > 0 {
		return "it stands for the changes before it, and is not the first"
	}
	if wrong := c.Replaced.validate(c); wrong != "" {
		return wrong
	}
	for _, e := range c.Replaced.Replicas {
		s.seqs[e.Replica], s.clocks[e.Replica] = e.Seq, e.Clock()
	}
	return ""
}

// validateShape checks an op by itself.
func validateShape(op Op) error {
	if op.ID == "" {
		return invalid(op, "the op has no id")
	}
	if op.After != nil && (op.After.RecordID() != op.ID || op.After.RecordKind() != op.Kind) {
		return invalid(op, "the op and its record differ")
	}
	return validateFixed(op)
}
