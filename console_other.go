//go:build !windows

package main

import (
	"fmt"
	"os"
)

// program is what the command line is called.
const program = "lede"

// output has nothing to do where every program may print to where it was started.
func output() (leave func(), end func(code int)) { return func() {}, func(int) {} }

// tell says to a person why the program ends before its window is open.
func tell(text string) { fmt.Fprintln(os.Stderr, text) }
