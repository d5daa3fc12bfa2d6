package lede

import (
	"encoding/json"
	"io"
	"strconv"

	"lede/annotate"
	"lede/annotate/format"
)

// change is a line of history.jsonl. The clock is in two numbers: together they would
// be more than many a reader of JSON takes for whole.
type change struct {
	ID      annotate.ID    `json:"id"`
	Replica annotate.ID    `json:"replica"`
	Seq     int64          `json:"seq"`
	Time    int64          `json:"time"` // milliseconds since 1970
	Tick    int64          `json:"tick"` // counts changes of one millisecond
	Actor   string         `json:"actor"`
	Cause   annotate.Cause `json:"cause"`
	Title   string         `json:"title"`
	Article annotate.ID    `json:"article"`
	Undoes  annotate.ID    `json:"undoes"`
	Redoes  annotate.ID    `json:"redoes"`
	Ops     []op           `json:"ops"`

	Replaced *annotate.Replaced `json:"replaced"` // what the first change of a compacted history stands for

	Purged int `json:"purged"` // how many records it was about that were purged since

	Change annotate.ID `json:"change"` // on a line that only goes on with the ops of the last
}

// opsOfLine is how many ops a line holds: a change of a million would be more than a
// reader can take at once.
const opsOfLine = 5000

type op struct {
	Kind   annotate.Kind   `json:"kind"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// The clock of the domain keeps its counter in so many bits below the time.
const (
	tickBits = 16
	maxTime  = 1 << (62 - tickBits)
)

// change writes a change.
func (w *writer) change(out io.Writer, c annotate.Change) error {
	for _, f := range []struct{ key, value string }{
		{`{"id":`, string(c.ID)}, {`,"replica":`, string(c.Replica)},
	} {
		w.line = format.AppendString(append(w.line, f.key...), f.value)
	}
	w.line = strconv.AppendInt(append(w.line, `,"seq":`...), c.Seq, 10)
	w.line = strconv.AppendInt(append(w.line, `,"time":`...), int64(c.Clock>>tickBits), 10)
	w.line = strconv.AppendInt(append(w.line, `,"tick":`...), int64(c.Clock&(1<<tickBits-1)), 10)
	for _, f := range []struct{ key, value string }{
		{`,"actor":`, c.Actor},
		{`,"cause":`, string(c.Cause)},
		{`,"title":`, c.Title},
		{`,"article":`, string(c.Article)},
		{`,"undoes":`, string(c.Undoes)},
		{`,"redoes":`, string(c.Redoes)},
	} {
		if f.value != "" {
			w.line = format.AppendString(append(w.line, f.key...), f.value)
		}
	}
	if c.Replaced != nil {
		raw, err := json.Marshal(c.Replaced)
		if err != nil {
			return err
		}
		w.line = append(append(w.line, `,"replaced":`...), raw...)
	}
	if c.Purged > 0 {
		w.line = strconv.AppendInt(append(w.line, `,"purged":`...), int64(c.Purged), 10)
	}
	w.line = append(w.line, `,"ops":[`...)
	for i, o := range c.Ops {
		switch {
		case i == 0:
		case i%opsOfLine == 0:
			w.line = format.AppendString(append(w.line, "]}\n{\"change\":"...), string(c.ID))
			w.line = append(w.line, `,"ops":[`...)
		default:
			w.line = append(w.line, ',')
		}
		if err := w.flush(out); err != nil {
			return err
		}
		w.line = format.AppendString(append(w.line, `{"kind":`...), string(o.Kind))
		if err := w.record(o.Before, `,"before":`); err != nil {
			return err
		}
		if err := w.record(o.After, `,"after":`); err != nil {
			return err
		}
		w.line = append(w.line, '}')
	}
	w.line = append(w.line, "]}\n"...)
	return w.end(out)
}

// flush writes what there is of a long line.
func (w *writer) flush(out io.Writer) error {
	if len(w.line) < atOnce {
		return nil
	}
	return w.end(out)
}

// writeWhole writes what stands beside the articles that are seen.
func (w *writer) writeWhole(whole *format.Whole) error {
	out, err := w.zip.Create(unseenFile)
	if err != nil {
		return err
	}
	for k, err := range whole.Unseen {
		if err == nil {
			err = w.kept(k)
		}
		if err == nil {
			err = w.end(out)
		}
		if err != nil {
			return err
		}
	}
	if out, err = w.zip.Create(historyFile); err != nil {
		return err
	}
	for c, err := range whole.Changes {
		if err == nil {
			err = w.change(out, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// kept puts what does not show of an article at the end of the line.
func (w *writer) kept(k *annotate.Kept) error {
	if err := w.record(k.Article, `{"article":`); err != nil {
		return err
	}
	if err := w.record(k.State, `,"state":`); err != nil {
		return err
	}
	if k.Text != nil {
		w.line = format.AppendString(append(w.line, `,"text":`...), k.Text.String())
	}
	w.line = append(w.line, `,"sets":`...)
	begin := `[{"set":`
	for _, d := range k.Sets {
		if err := w.record(d.Set, begin); err != nil {
			return err
		}
		begin = `,{"set":`
		w.line = append(w.line, `,"spans":[`...)
		comma := ""
		for _, s := range d.Spans {
			if err := w.record(s, comma); err != nil {
				return err
			}
			comma = ","
		}
		w.line = append(w.line, `],"relations":[`...)
		comma = ""
		for _, r := range d.Relations {
			if err := w.record(r, comma); err != nil {
				return err
			}
			comma = ","
		}
		w.line = append(w.line, "]}"...)
	}
	if len(k.Sets) == 0 {
		w.line = append(w.line, '[')
	}
	w.line = append(w.line, "]}\n"...)
	return nil
}

// parseChange takes a line of history.jsonl as the change it was, or as more of the last
// of those that were before it.
func (r *reader) parseChange(at format.Place, raw string, before []annotate.Change) ([]annotate.Change, error) {
	var l change
	if err := json.Unmarshal([]byte(raw), &l); err != nil {
		return before, format.Refuse(at, seeKeys, "the change is not what it should be: %s", err)
	}
	ops, err := r.parseOps(at, l.Ops)
	if err != nil {
		return before, err
	}
	if l.Change != "" {
		last := len(before) - 1
		if last < 0 || before[last].ID != l.Change {
			return before, format.Refuse(at, seeKeys, "it goes on with change %q, which is not the one before it", l.Change)
		}
		before[last].Ops = append(before[last].Ops, ops...)
		return before, nil
	}
	if l.Time < 0 || l.Time >= maxTime || l.Tick < 0 || l.Tick >= 1<<tickBits {
		return before, format.Refuse(at, seeKeys, "the change was made at no time that a clock shows")
	}
	return append(before, annotate.Change{
		ID: l.ID, Actor: l.Actor, Cause: l.Cause, Title: l.Title, Article: l.Article, Undoes: l.Undoes, Redoes: l.Redoes,
		Replica: l.Replica, Seq: l.Seq, Clock: annotate.Clock(l.Time<<tickBits | l.Tick), Ops: ops,
		Replaced: l.Replaced, Purged: l.Purged,
	}), nil
}

func (r *reader) parseOps(at format.Place, list []op) ([]annotate.Op, error) {
	ops := make([]annotate.Op, 0, len(list))
	for _, o := range list {
		before, err := r.recordOrNone(at, o.Kind, o.Before)
		if err != nil {
			return nil, err
		}
		after, err := r.recordOrNone(at, o.Kind, o.After)
		if err != nil {
			return nil, err
		}
		switch {
		case after != nil:
			ops = append(ops, annotate.Op{Kind: o.Kind, ID: after.RecordID(), Before: before, After: after})
		case before != nil:
			ops = append(ops, annotate.Delete(before))
		default:
			return nil, format.Refuse(at, seeKeys, "the change has an op with neither a before nor an after")
		}
	}
	return ops, nil
}
