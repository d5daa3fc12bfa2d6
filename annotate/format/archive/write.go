package archive

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"

	"lede/annotate/format"
)

// Writer writes an archive of which the same entries, in the same order, always
// give the same bytes.
type Writer struct {
	out io.WriteCloser
	zip *zip.Writer
	has map[string]bool
}

// Create begins the archive that is the file name of an export ("" for a format of
// one file).
func Create(out format.Target, name string) (*Writer, error) {
	w, err := out.Create(name)
	if err != nil {
		return nil, err
	}
	return &Writer{out: w, zip: zip.NewWriter(w), has: map[string]bool{}}, nil
}

// header is that of an entry at the first moment that zip knows: 1 Jan 1980.
func (w *Writer) header(name string, method uint16) (*zip.FileHeader, error) {
	if w.has[name] {
		return nil, fmt.Errorf("export: the entry %q is written twice", name)
	}
	w.has[name] = true
	h := &zip.FileHeader{Name: name, Method: method, ModifiedDate: 1<<5 | 1} //nolint:staticcheck // Modified would add an extra field
	h.SetMode(0o644)
	return h, nil
}

// Create begins the next entry, which is packed as it is written. It ends when the
// next one begins.
func (w *Writer) Create(name string) (io.Writer, error) {
	h, err := w.header(name, zip.Deflate)
	if err != nil {
		return nil, err
	}
	return w.zip.CreateHeader(h)
}

// Store writes an entry that is not packed, with its size before it: readers that
// look at the first bytes of a file want their signature so.
func (w *Writer) Store(name string, content []byte) error {
	h, err := w.header(name, zip.Store)
	if err != nil {
		return err
	}
	h.CRC32 = crc32.ChecksumIEEE(content)
	h.CompressedSize64, h.UncompressedSize64 = uint64(len(content)), uint64(len(content))
	out, err := w.zip.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = out.Write(content)
	return err
}

// Close ends the archive and closes the file.
func (w *Writer) Close() error {
	err := w.zip.Close()
	if closing := w.out.Close(); err == nil {
		err = closing
	}
	return err
}
