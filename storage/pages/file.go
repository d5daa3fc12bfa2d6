package pages

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

const (
	magic      = "SQLite format 3\x00"
	headerSize = 100
	usual      = 4096 // SQLite's page size, unless somebody chose another
)

// ErrNoPages says that a file has nothing that looks like a page of SQLite's.
var ErrNoPages = errors.New("no pages of a database were found")

// Source is a file as it lies on the disk.
type Source struct {
	io.ReaderAt
	Size int64
}

// File is a database file that may be damaged, with the log beside it. It is safe
// for use by one goroutine at a time.
type File struct {
	db     Source
	log    Source
	logged map[int]int64 // where the newest version of a page stands in the log
	size   int           // of a page
	usable int           // of each page
	count  int           // of pages
	header []byte        // the first 100 bytes; nil if they are none

	// LogBroken says that the log ends in something other than a whole commit:
	// what follows in it was never finished, or is damaged.
	LogBroken bool
}

// Open reads a file and its write-ahead log; a log of size 0 is none. Without a
// header that can be believed, the size of pages is told by what the pages look like.
func Open(db, log Source) (*File, error) {
	f := &File{db: db, log: log, logged: map[int]int64{}}
	head := make([]byte, headerSize)
	if n, _ := db.ReadAt(head, 0); n == headerSize && believable(head) {
		f.header = head
		f.size = pageSize(head)
	} else if f.size = f.guess(); f.size == 0 {
		return nil, ErrNoPages
	}
	f.usable = f.size
	last := f.readLog()
	if first := f.Page(1); first != nil && believable(first) {
		f.header = bytes.Clone(first[:headerSize]) // the log may have a newer one
	}
	if f.header != nil {
		f.usable = f.size - int(f.header[20])
	}
	f.count = max(last, int((db.Size+int64(f.size)-1)/int64(f.size)))
	return f, nil
}

// believable says whether the first bytes of a file are a header of SQLite's.
func believable(head []byte) bool {
	return string(head[:len(magic)]) == magic && pageSize(head) != 0 && int(head[20]) <= pageSize(head)-480
}

// pageSize reads the size of pages from a header; 0 if it is none.
func pageSize(head []byte) int {
	n := int(binary.BigEndian.Uint16(head[16:]))
	if n == 1 {
		n = 65536
	}
	if n < 512 || n&(n-1) != 0 {
		return 0
	}
	return n
}

// guess finds the size of which there are most pages of trees in the first megabytes;
// 0 if there are none. A page that is taken for a larger one may look like a page
// still, one that is cut off does not, as rows lie at the end: so most is right.
func (f *File) guess() int {
	const look = 4 << 20
	best, most := 0, 0
	for _, size := range []int{usual, 1024, 2048, 8192, 16384, 32768, 65536, 512} {
		found := 0
		f.size, f.usable = size, size
		for at := int64(0); at < min(f.db.Size, look); at += int64(size) {
			if n, ok := f.Node(int(at/int64(size)) + 1); ok && len(n.Rows)+len(n.Children) > 0 && n.Bad == 0 {
				found++
			}
		}
		if found > most {
			best, most = size, found
		}
	}
	return best
}

// Count is how many pages there are, or should be.
func (f *File) Count() int { return f.count }

// Header says whether the file has a header, and what its two numbers are that
// belong to whoever made it: application_id and user_version.
func (f *File) Header() (application uint32, version int, ok bool) {
	if f.header == nil {
		return 0, 0, false
	}
	return binary.BigEndian.Uint32(f.header[68:]), int(int32(binary.BigEndian.Uint32(f.header[60:]))), true
}

// Whole says whether the file is as long as its header says it is.
func (f *File) Whole() bool {
	return f.header != nil && int(binary.BigEndian.Uint32(f.header[28:])) <= f.count && f.db.Size%int64(f.size) == 0
}

// Page reads a page, counted from 1, in its newest version; nil if it is not there.
func (f *File) Page(n int) []byte {
	if n < 1 {
		return nil
	}
	page := make([]byte, f.size)
	from, at := f.db, int64(n-1)*int64(f.size)
	if logged, ok := f.logged[n]; ok {
		from, at = f.log, logged
	}
	if at+int64(f.size) > from.Size {
		return nil
	}
	if _, err := from.ReadAt(page, at); err != nil {
		return nil
	}
	return page
}

// Free lists the pages that are not in use. What stands on them is what was deleted.
func (f *File) Free() map[int]bool {
	free := map[int]bool{}
	if f.header == nil {
		return free
	}
	for trunk := int(binary.BigEndian.Uint32(f.header[32:])); trunk > 0 && trunk <= f.count && !free[trunk]; {
		page := f.Page(trunk)
		if page == nil {
			break
		}
		leaves := int(binary.BigEndian.Uint32(page[4:]))
		if leaves > f.usable/4-2 {
			break // no such page
		}
		free[trunk] = true
		for i := range leaves {
			free[int(binary.BigEndian.Uint32(page[8+4*i:]))] = true
		}
		trunk = int(binary.BigEndian.Uint32(page))
	}
	return free
}
