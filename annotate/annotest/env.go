package annotest

import (
	"fmt"
	"sync"
	"time"

	"lede/annotate"
)

// Start is the first time that an Env of NewEnv tells.
var Start = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)

// NewEnv returns a deterministic Env: time starts at Start and moves by a second
// with every look at it; identifiers have the form of UUIDv7 and count up from 1.
func NewEnv() annotate.Env { return NewEnvAt(Start, 0) }

// NewEnvAt is NewEnv with another first time and with identifiers of their own
// for every value of space (0 to 4095).
func NewEnvAt(start time.Time, space int) annotate.Env {
	var mu sync.Mutex
	var looks, ids int
	return annotate.Env{
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			looks++
			return start.Add(time.Duration(looks-1) * time.Second)
		},
		NewID: func() annotate.ID {
			mu.Lock()
			defer mu.Unlock()
			ids++
			return annotate.ID(fmt.Sprintf("019cb800-0000-7%03x-8000-%012x", space&0xfff, ids))
		},
	}
}
