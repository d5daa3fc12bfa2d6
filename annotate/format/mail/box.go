package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// box cuts a mailbox into mails.
type box struct {
	in    *bufio.Reader
	line  int  // read so far
	ahead bool // the line "From …" of the next mail was read
}

func newBox(in io.Reader) *box { return &box{in: bufio.NewReaderSize(in, 64<<10)} }

// next is the next mail with the line on which it begins; nil for one that is too
// large. At the end it is io.EOF.
func (b *box) next() (raw []byte, at int, err error) {
	blank := true
	for !b.ahead { // what stands before the first mail is none
		piece, whole, err := b.read()
		if err != nil {
			return nil, 0, err
		}
		b.ahead = whole && blank && fromLine.Match(piece)
		blank = len(bytes.TrimRight(piece, "\r\n")) == 0
	}
	b.ahead = false
	at = b.line
	raw = []byte{}
	blank, start := false, true
	for {
		piece, whole, err := b.read()
		if errors.Is(err, io.EOF) {
			return raw, at, nil
		}
		if err != nil {
			return nil, at, err
		}
		if start && blank && fromLine.Match(piece) {
			b.ahead = true
			return raw, at, nil
		}
		if start {
			blank = whole && len(bytes.TrimRight(piece, "\r\n")) == 0
			piece = unquote(piece)
		}
		start = whole
		if raw != nil {
			if raw = append(raw, piece...); len(raw) > maxMail {
				raw = nil // read on to its end without keeping it
			}
		}
	}
}

// read is the next line, or a piece of a very long one; whole says that it ends here.
func (b *box) read() (piece []byte, whole bool, err error) {
	piece, err = b.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return piece, false, nil
	case err != nil && len(piece) > 0:
		b.line++
		return piece, true, nil
	case err != nil:
		return nil, false, err
	}
	b.line++
	return piece, true, nil
}
