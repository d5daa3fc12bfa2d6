//go:build unix

package main

import (
	"os"
	"strconv"
	"syscall"
)

// become turns a child of a test that root runs into another user, for whom
// permissions count. Whoever is not root stays who they are.
func become(uid string) {
	id, err := strconv.Atoi(uid)
	if err != nil || os.Getuid() != 0 {
		return
	}
	for _, err := range []error{syscall.Setgroups(nil), syscall.Setgid(id), syscall.Setuid(id)} {
		if err != nil {
			panic(err)
		}
	}
}
