//go:build unix

package storage

import (
	"syscall"
	"time"
)

// worked is the processor time that the program and the helpers it started and that
// have ended took so far, on all processors together, system calls included.
func worked() time.Duration {
	var all time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			panic(err) // of arguments that are always good
		}
		all += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return all
}
