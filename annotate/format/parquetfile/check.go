package parquetfile

import (
	"bufio"
	"fmt"
	"io"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	lede "lede/annotate/format"
)

// What a page may claim: far above what any writer makes by default.
const (
	maxPage   = lede.MaxLine
	maxValues = 16 << 20
	maxLeaves = 10_000
)

// check looks over the pages of a file before they are read: memory is taken for what
// their headers claim.
func check(file *pq.File, in io.ReaderAt, size int64) error {
	meta := file.Metadata()
	if n := len(meta.Schema); n > maxLeaves {
		return fmt.Errorf("it has %d columns", n)
	}
	for g := range meta.RowGroups {
		for c := range meta.RowGroups[g].Columns {
			column := &meta.RowGroups[g].Columns[c].MetaData
			if err := checkChunk(column, in, size); err != nil {
				return fmt.Errorf("column %d of row group %d: %w", c+1, g+1, err)
			}
		}
	}
	return nil
}

func checkChunk(c *format.ColumnMetaData, in io.ReaderAt, size int64) error {
	at := c.DataPageOffset
	if c.DictionaryPageOffset > 0 && c.DictionaryPageOffset < at {
		at = c.DictionaryPageOffset
	}
	if at < 0 || c.TotalCompressedSize < 0 || at > size || c.TotalCompressedSize > size-at {
		return fmt.Errorf("it lies outside the file")
	}
	r := &counter{in: bufio.NewReaderSize(io.NewSectionReader(in, at, c.TotalCompressedSize), 4<<10)}
	protocol := new(thrift.CompactProtocol)
	for left := c.TotalCompressedSize; left > 0; left = c.TotalCompressedSize - r.n {
		var h format.PageHeader
		if err := thrift.NewDecoder(protocol.NewReader(r)).Decode(&h); err != nil {
			return fmt.Errorf("a page has a broken header (%w)", err)
		}
		values := max(h.DataPageHeader.V.NumValues, h.DataPageHeaderV2.V.NumValues, h.DictionaryPageHeader.V.NumValues)
		switch {
		case h.CompressedPageSize < 0 || int64(h.CompressedPageSize) > c.TotalCompressedSize-r.n:
			return fmt.Errorf("a page lies outside its column")
		case h.UncompressedPageSize < 0 || h.UncompressedPageSize > maxPage:
			return fmt.Errorf("a page is unpacked larger than %d MB", maxPage>>20)
		case values < 0 || values > maxValues:
			return fmt.Errorf("a page claims %d values", values)
		}
		if err := unpacks(c.Codec, &h, io.LimitReader(r, int64(h.CompressedPageSize))); err != nil {
			return err
		}
	}
	return nil
}

// counter counts the bytes read.
type counter struct {
	in *bufio.Reader
	n  int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte lets the headers be read without reading on.
func (c *counter) ReadByte() (byte, error) {
	b, err := c.in.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}
