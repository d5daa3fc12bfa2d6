//go:build !unix

package storage

import "time"

var started = time.Now()

// worked is the time that has passed, where processor time is not to be had so simply.
func worked() time.Duration { return time.Since(started) }
