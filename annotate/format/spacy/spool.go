package spacy

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps a section of a DocBin in a temporary file: first it is written, then
// read from its start.
type spool struct {
	file *os.File
	out  *bufio.Writer
	in   *bufio.Reader
	size int64 // bytes
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "lede-spacy-*")
	if err != nil {
		return nil, fmt.Errorf("a temporary file: %w", err)
	}
	return &spool{file: f, out: bufio.NewWriterSize(f, 64<<10)}, nil
}

func (s *spool) Write(p []byte) (int, error) {
	n, err := s.out.Write(p)
	s.size += int64(n)
	return n, err
}

// rewind ends the writing and begins the reading.
func (s *spool) rewind() error {
	if err := s.out.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	s.in = bufio.NewReaderSize(s.file, 64<<10)
	return nil
}

func (s *spool) Read(p []byte) (int, error) { return s.in.Read(p) }

func (s *spool) ReadByte() (byte, error) { return s.in.ReadByte() }

// take reads exactly n bytes.
func (s *spool) take(n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(s.in, b)
	return b, err
}

func (s *spool) close() error {
	if s == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
