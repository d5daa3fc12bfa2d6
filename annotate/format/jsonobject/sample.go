package jsonobject

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"lede/annotate/format"
)

// Sample is the first objects of a file, at most n, whether it is a list of them or
// has them one behind the other. They tell what the file is; nothing is if the first
// value is longer than a sample, or none is an object.
func Sample(s format.Sample, n int) []*Object {
	head := strings.TrimSpace(s.Head)
	if s.Dir || head == "" || head[0] != '{' && head[0] != '[' {
		return nil
	}
	d := json.NewDecoder(strings.NewReader(head))
	if head[0] == '[' {
		if _, err := d.Token(); err != nil {
			return nil
		}
	}
	var list []*Object
	for len(list) < n && d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break // where the sample ends
			}
			return list
		}
		o := Parse(string(raw), format.Place{}, "")
		if o.Err() != nil {
			return nil
		}
		list = append(list, o)
	}
	return list
}
