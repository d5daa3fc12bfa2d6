package spacy

import (
	_ "embed" // the table of reserved strings
	"encoding/binary"
	"strconv"
	"strings"
	"sync"
)

// symbols.txt has the strings to which spaCy gives small numbers, with these: a line
// "NAME NUMBER" each. They are the same in all of spaCy 3.
//
//go:embed symbols.txt
var symbols string

var reserved = sync.OnceValue(func() map[string]uint64 {
	m := map[string]uint64{"": 0}
	for line := range strings.Lines(symbols) {
		name, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseUint(number, 10, 64)
		if err != nil {
			panic("symbols.txt: " + line) // it is part of the program
		}
		m[name] = n
	}
	return m
})

// idOf is the number of a string in spaCy's vocabulary.
func idOf(s string) uint64 {
	if n, ok := reserved()[s]; ok {
		return n
	}
	return murmur(s)
}

// murmur is MurmurHash64A with seed 1, by Austin Appleby (public domain).
func murmur(s string) uint64 {
	const m, r = 0xc6a4a7935bd1e995, 47
	h := uint64(1) ^ uint64(len(s))*m
	b := []byte(s)
	for ; len(b) >= 8; b = b[8:] {
		k := binary.LittleEndian.Uint64(b) * m
		k ^= k >> r
		h = (h ^ k*m) * m
	}
	if len(b) > 0 {
		for i := len(b) - 1; i >= 0; i-- {
			h ^= uint64(b[i]) << (8 * i)
		}
		h *= m
	}
	h = (h ^ h>>r) * m
	return h ^ h>>r
}
