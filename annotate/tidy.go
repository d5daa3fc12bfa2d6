package annotate

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Tidier is how a Store lets go of what it keeps. Nothing of it can be undone, and none
// of it alters a record that is there.
type Tidier interface {
	// PlanCompaction says what Compact gives up of the changes that were made before a
	// time: the longest beginning of the history in which all are older. It is an
	// ErrNothing if that is none but what stands for an earlier compaction.
	PlanCompaction(ctx context.Context, before time.Time) (Compaction, error)

	// Compact gives up the changes up to a position, as they were planned, in one
	// durable step: what they say is gone, and cannot be undone, brought back or looked
	// at any more. The records stay as they are. In their place the history begins with
	// one change, of CauseBaseline, that has the id of the first, is at the position of
	// the last, and says in Replaced what it stands for; it ends with a new one, of
	// CauseCompact, which is returned. Undos and redos of a change that is gone stay as
	// what they did, and name nothing, and so does one that is applied afterwards. Until it is done a context that ends leaves
	// everything as it was. news is told how many of how many changes are gone; it may
	// be nil.
	Compact(ctx context.Context, actor string, through int64, news func(done, total int)) (Change, error)

	// PlanPurge says what Purge removes of articles in the bin, each of which must be
	// there (ErrInvalid). Purge removes them for good, in one durable step: the article,
	// all its annotation sets, its text if no other article has the same, its words in
	// the search index, and all that the history says of it. Changes that were about it
	// stay with a title that says no more than that, tell in Purged of how many of their
	// records they know nothing any more, and cannot be undone or brought back. What the
	// file still held of it goes with the next Shrink. It returns a change of
	// CausePurge.
	PlanPurge(ctx context.Context, articles []ID) (Purge, error)
	Purge(ctx context.Context, actor string, articles []ID) (Change, error)

	// Room says how much of the file is in use; Shrink gives the rest back to the
	// system, and leaves nothing in the file of what was removed from the project. It
	// is done whole or not at all, while others read; what others write waits. news is
	// told how many of how many bytes are written; it may be nil.
	Room(ctx context.Context) (Room, error)
	Shrink(ctx context.Context, news func(done, total int64)) error
}

// Compaction is what a compaction would give up.
type Compaction struct {
	Replaced
	Fresh int   // of these, how many are changes that are still there
	Kept  int   // how many changes stay
	Bytes int64 // that the changes to be given up take, about
}

// KeepDays is the time before which Compact gives changes up when those of the last
// days are to be kept; with no days it is just after now, so that all are given up.
func KeepDays(now time.Time, days int) time.Time {
	if days == 0 {
		return now.Add(time.Second)
	}
	return now.AddDate(0, 0, -days)
}

// Purge is what a purge would remove.
type Purge struct {
	Articles, Spans, Relations int
	Changes                    int // changes about them, which cannot be undone any more
	Shared                     int // articles whose text another one has, too: it stays as that one's
}

// PurgedTitle is the title of a change about articles that were purged since.
const PurgedTitle = "Change what was purged later"

// PurgeTitle is the title of the change that purged articles.
func PurgeTitle(articles int) string {
	if articles == 1 {
		return "Purge 1 article from the bin"
	}
	return fmt.Sprintf("Purge %s articles from the bin", thousands(articles))
}

// NotInBin is the error of a purge of articles that are not in the bin.
func NotInBin(path string, articles int) error {
	what := "1 of the articles is not in the bin"
	if articles > 1 {
		what = fmt.Sprintf("%s of the articles are not in the bin", thousands(articles))
	}
	return &Error{Kind: ErrInvalid, Op: "purge", Subject: path, Detail: what + ", so nothing was removed.", Hint: "Move them there first."}
}

// Replaced is what a change of CauseBaseline stands for: all changes from the first on.
type Replaced struct {
	Changes  int            `json:"changes"` // how many, which is the position of the last
	From     int64          `json:"from"`    // when the first was made, in milliseconds since 1970
	Until    int64          `json:"until"`   // when the last was
	Actors   []ActorChanges `json:"actors"`  // who made them, by name
	Replicas []ReplicaEnd   `json:"replicas"`
	Schema   int            `json:"schema"` // the version of the schema after them
}

// ActorChanges says how many changes somebody made.
type ActorChanges struct {
	Name    string `json:"name"`
	Changes int    `json:"changes"`
}

// ReplicaEnd is where a replica was when a history was compacted: the number and the
// clock of its last change that is gone. A clock is told in two numbers, as together
// they are more than many a reader of JSON takes for whole.
type ReplicaEnd struct {
	Replica ID    `json:"replica"`
	Seq     int64 `json:"seq"`
	Time    int64 `json:"time"` // milliseconds since 1970
	Tick    int64 `json:"tick"`
}

// clockTicks are the bits of a clock below its time.
const clockTicks = 16

// Clock is the reading of the clock.
func (r ReplicaEnd) Clock() Clock { return Clock(r.Time<<clockTicks | r.Tick) }

// Room is what a project's file takes, in bytes.
type Room struct {
	Size   int64 // of the file
	After  int64 // of the file when it was shrunk, about
	Needed int64 // free on the disk while it is being shrunk
	Free   int64 // on the disk; -1 where the system does not say
}

// Began and Ended are when the first and the last change were made that it stands for.
func (r Replaced) Began() time.Time { return time.UnixMilli(r.From) }
func (r Replaced) Ended() time.Time { return time.UnixMilli(r.Until) }

// Add counts one more change, in commit order; schema is the version after it. Of an
// earlier baseline, it takes what that stands for.
func (r *Replaced) Add(c Change, schema int) {
	r.Schema = schema
	if b := c.Replaced; b != nil {
		r.Changes, r.From, r.Until = r.Changes+b.Changes, b.From, b.Until
		for _, a := range b.Actors {
			r.count(a.Name, a.Changes)
		}
		for _, e := range b.Replicas {
			r.end(e)
		}
		return
	}
	at := c.At().UnixMilli()
	if r.Changes == 0 {
		r.From = at
	}
	r.Changes, r.Until = r.Changes+1, at
	r.count(c.Actor, 1)
	r.end(ReplicaEnd{Replica: c.Replica, Seq: c.Seq, Time: int64(c.Clock >> clockTicks), Tick: int64(c.Clock & (1<<clockTicks - 1))})
}

func (r *Replaced) count(name string, n int) {
	at, known := slices.BinarySearchFunc(r.Actors, name, func(a ActorChanges, name string) int { return cmp.Compare(a.Name, name) })
	if !known {
		r.Actors = slices.Insert(r.Actors, at, ActorChanges{Name: name})
	}
	r.Actors[at].Changes += n
}

func (r *Replaced) end(e ReplicaEnd) {
	at, known := slices.BinarySearchFunc(r.Replicas, e.Replica, func(a ReplicaEnd, replica ID) int { return cmp.Compare(a.Replica, replica) })
	if !known {
		r.Replicas = slices.Insert(r.Replicas, at, e)
	}
	r.Replicas[at] = e
}

// End is where a replica was, the zero one if it had made none of the changes.
func (r *Replaced) End(replica ID) ReplicaEnd {
	if r != nil {
		for _, e := range r.Replicas {
			if e.Replica == replica {
				return e
			}
		}
	}
	return ReplicaEnd{}
}

// validate says what is wrong with it as the beginning of a history, "" if nothing is.
func (r Replaced) validate(c Change) string {
	changes, seqs, replicas := 0, int64(0), map[ID]bool{}
	for _, a := range r.Actors {
		if a.Changes < 1 {
			return "somebody made fewer than one change"
		}
		changes += a.Changes
	}
	for _, e := range r.Replicas {
		if e.Replica == "" || replicas[e.Replica] || e.Seq < 1 || e.Time < 0 || e.Tick < 0 || e.Tick >= 1<<clockTicks || e.Clock() > latestClock {
			return "a replica is not told as it should be"
		}
		replicas[e.Replica] = true
		seqs += e.Seq
	}
	switch end := r.End(c.Replica); {
	case r.Changes < 1 || changes != r.Changes || seqs != int64(r.Changes):
		return "the changes for which it stands do not add up"
	case end.Seq != c.Seq || end.Clock() != c.Clock:
		return "it is not the last of those for which it stands"
	case c.Undoes != "" || c.Redoes != "":
		return "it takes a change back, or brings one back"
	}
	for _, op := range c.Ops {
		if op.After != nil {
			return "it makes or alters a record"
		}
	}
	return ""
}

// Sentence says what changes are given up, for people: “1,204 changes from 3 March 2026
// to 5 June 2026 by ana (1,200) and ben (4)”, in the time of this computer.
func (r Replaced) Sentence() string {
	const most = 5
	var who []string
	actors := slices.Clone(r.Actors)
	slices.SortStableFunc(actors, func(a, b ActorChanges) int { return cmp.Compare(b.Changes, a.Changes) })
	for i, a := range actors {
		if i == most && len(actors) > most+1 {
			who = append(who, fmt.Sprintf("%d others", len(actors)-most))
			break
		}
		who = append(who, fmt.Sprintf("%s (%s)", a.Name, thousands(a.Changes)))
	}
	const day = "2 January 2006"
	from, until := r.Began().Local().Format(day), r.Ended().Local().Format(day)
	when := " of " + from
	if from != until {
		when = " from " + from + " to " + until
	}
	noun := " changes"
	if r.Changes == 1 {
		noun = " change"
	}
	return thousands(r.Changes) + noun + when + " by " + enumerate(who)
}

func enumerate(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// BaselineTitle is the title of the change with which a compacted history begins.
const BaselineTitle = "Begin the history here"

// CompactTitle is the title of the change with which a compaction ends.
func CompactTitle(changes int) string {
	if changes == 1 {
		return "Compact the history: 1 change given up"
	}
	return fmt.Sprintf("Compact the history: %s changes given up", thousands(changes))
}

// NothingToCompact is the error of a compaction that would give up nothing.
func NothingToCompact(path string) error {
	return &Error{
		Kind: ErrNothing, Op: "compact the history of", Subject: path, Detail: "no change is as old as that.",
		Hint: "“lede history” lists the changes and when they were made.",
	}
}
