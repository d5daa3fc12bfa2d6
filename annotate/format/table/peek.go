package table

import (
	"bufio"
	"io"
	"strings"
)

// peeker lets the first line be looked at before the table is read.
type peeker struct{ *bufio.Reader }

func newPeeker(r io.Reader) *peeker { return &peeker{bufio.NewReaderSize(r, 64<<10)} }

// firstLine is the first line, or as much of it as there is room for.
func (p *peeker) firstLine() string {
	for n := 512; ; n *= 2 {
		head, err := p.Peek(min(n, p.Size()))
		if i := strings.IndexByte(string(head), '\n'); i >= 0 {
			return string(head[:i])
		}
		if err != nil || n >= p.Size() {
			return string(head)
		}
	}
}
