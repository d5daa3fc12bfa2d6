package parquetfile

import (
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// harmless is the size up to which a packed page is not unpacked for a look: it cannot
// become large, or only by a codec whose pages state their size.
const harmless = 1 << 10

// unpacks reads a page to its end, and unpacks it where the library would trust the data
// more than the header: a bomb claims to be small.
func unpacks(codec format.CompressionCodec, h *format.PageHeader, page io.Reader) error {
	if h.CompressedPageSize > harmless && h.DataPageHeaderV2.V.NumValues == 0 {
		var in io.Reader
		switch codec {
		case format.Gzip:
			z, err := gzip.NewReader(page)
			if err != nil {
				return fmt.Errorf("a page cannot be unpacked (%w)", err)
			}
			in = z
		case format.Zstd:
			z, err := zstd.NewReader(page, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecoderLowmem(true))
			if err != nil {
				return fmt.Errorf("a page cannot be unpacked (%w)", err)
			}
			defer z.Close()
			in = z
		}
		if in != nil {
			n, err := io.Copy(io.Discard, io.LimitReader(in, int64(h.UncompressedPageSize)+1))
			if err != nil {
				return fmt.Errorf("a page cannot be unpacked (%w)", err)
			}
			if n > int64(h.UncompressedPageSize) {
				return fmt.Errorf("a page is larger than it claims")
			}
		}
	}
	_, err := io.Copy(io.Discard, page)
	return err
}
