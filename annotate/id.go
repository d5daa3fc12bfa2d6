package annotate

import (
	"time"

	"github.com/google/uuid"
)

// ID names a record for good. New ones are UUIDv7 (RFC 9562); spans and
// relations that were imported keep the id of their file where it is unique.
type ID string

// NewID makes UUIDv7 identifiers. It is the default of every place that takes
// an injected maker of identifiers.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// Env is what the outside world lends the domain: the time and identifiers.
// Tests inject their own.
type Env struct {
	Now   func() time.Time
	NewID func() ID
}

// Clock is a hybrid logical clock reading (Kulkarni et al., "Logical Physical
// Clocks", 2014): milliseconds since 1970 in the upper 48 bits, a counter in the
// lower 16. It never goes back, even when the machine's clock does, so that
// (Clock, Replica) orders changes for every copy of a project alike.
type Clock int64

// Tick returns the reading that follows c when the machine's clock shows now.
func (c Clock) Tick(now time.Time) Clock {
	physical := Clock(now.UnixMilli()) << 16
	if physical > c {
		return physical
	}
	return c + 1
}

// Time is the wall-clock part of the reading.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c) >> 16) }
