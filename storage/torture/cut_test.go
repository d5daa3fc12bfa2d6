//go:build linux && !race

package torture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// disk works out what a power cut leaves of a project and its log. Before a round it
// takes what is there as synced; the log of faults.c says what was done since.
//
// Files that no call of SQLite writes under these names, such as backups, are left as
// they are: they are synced before they get their names.
type disk struct {
	names map[string]*inode
	now   map[string]*inode // names as the program sees them
	moved []rename          // that are not synced yet
}

// inode is the content of a file: what is synced for sure, and what was done since.
type inode struct {
	base []byte
	ops  []writing
}

// writing is one write or, with no data, a cut of the file to a size.
type writing struct {
	record int64
	offset int64
	data   []byte // nil: a cut
	synced bool
	lost   bool // a sync failed: later ones do not make it durable
}

// rename is a name that was made (with a file) or removed.
type rename struct {
	record int64
	path   string
	file   *inode
}

// held are the files of a project that SQLite writes.
func held(project string) []string {
	return []string{project, project + "-wal", project + "-journal"}
}

func newDisk(project string) (*disk, error) {
	d := &disk{names: map[string]*inode{}, now: map[string]*inode{}}
	for _, path := range held(project) {
		raw, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d.names[path] = &inode{base: raw}
		d.now[path] = d.names[path]
	}
	return d, nil
}

// replay takes the log in. The last record may be cut off: what it is about had not
// begun.
func (d *disk) replay(log []byte) error {
	r := bytes.NewReader(log)
	for record := int64(1); ; record++ {
		var head [5]int64
		if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
			return nil
		}
		if head[1] < 0 || head[4] < 0 || head[1] > 1<<16 || head[4] > 1<<30 {
			return fmt.Errorf("record %d of the log makes no sense: %v", record, head)
		}
		body := make([]byte, head[1]+head[4])
		if _, err := io.ReadFull(r, body); err != nil {
			return nil
		}
		d.take(record, byte(head[0]), string(body[:head[1]]), head[2], head[3], body[head[1]:])
	}
}

func (d *disk) take(record int64, kind byte, path string, offset, covers int64, data []byte) {
	file := d.now[path]
	switch kind {
	case 'c':
		d.now[path] = &inode{}
		d.moved = append(d.moved, rename{record, path, d.now[path]})
	case 'u':
		delete(d.now, path)
		d.moved = append(d.moved, rename{record, path, nil})
	case 'w', 't':
		if file == nil {
			return // a draft
		}
		w := writing{record: record, offset: offset}
		if kind == 'w' {
			w.data = data
		}
		file.ops = append(file.ops, w)
	case 's', 'e':
		if file == nil {
			d.syncNames(path, covers)
			return
		}
		for i := range file.ops {
			op := &file.ops[i]
			if op.record > covers || op.synced {
				continue
			}
			op.synced = kind == 's' && !op.lost
			op.lost = op.lost || kind == 'e'
		}
	}
}

// syncNames settles the names in a folder, also when SQLite's sync of it failed, which
// SQLite overlooks: the store syncs the folder itself then, by no call that is seen here,
// and saves nothing if that fails.
func (d *disk) syncNames(folder string, covers int64) {
	d.moved = slices.DeleteFunc(d.moved, func(m rename) bool {
		if filepath.Dir(m.path) != folder || m.record > covers {
			return false
		}
		d.name(m)
		return true
	})
}

func (d *disk) name(m rename) {
	if m.file == nil {
		delete(d.names, m.path)
	} else {
		d.names[m.path] = m.file
	}
}

// cut writes what is left. It tells how many writes and names were dropped or torn.
func (d *disk) cut(project string, random *rand.Rand) (dropped, torn int, err error) {
	keep := random.IntN(len(d.moved) + 1) // a file system keeps their order
	for _, m := range d.moved[:keep] {
		d.name(m)
	}
	dropped = len(d.moved) - keep
	odds := []int{0, 20, 50, 80, 100}[random.IntN(5)] // percent of the writes that are lost
	for _, path := range held(project) {
		file := d.names[path]
		if file == nil {
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				return 0, 0, err
			}
			continue
		}
		content := slices.Clone(file.base)
		for _, op := range file.ops {
			switch {
			case op.synced || random.IntN(100) >= odds:
				content = op.apply(content)
			case op.data != nil && random.IntN(3) == 0:
				content = op.tear(content, random)
				torn++
			default:
				dropped++
			}
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return 0, 0, err
		}
	}
	if err := os.Remove(project + "-shm"); err != nil && !os.IsNotExist(err) {
		return 0, 0, err
	}
	return dropped, torn, nil
}

func (w writing) apply(content []byte) []byte {
	if w.data == nil {
		return resize(content, w.offset)
	}
	if end := w.offset + int64(len(w.data)); int64(len(content)) < end {
		content = resize(content, end)
	}
	copy(content[w.offset:], w.data)
	return content
}

// tear applies some of the sectors of a write, or only its beginning.
func (w writing) tear(content []byte, random *rand.Rand) []byte {
	if random.IntN(2) == 0 {
		w.data = w.data[:random.IntN(len(w.data)+1)]
		return w.apply(content)
	}
	for at := int64(0); at < int64(len(w.data)); {
		end := min(int64(len(w.data)), (w.offset+at)/sector*sector+sector-w.offset)
		if random.IntN(2) == 0 {
			content = writing{offset: w.offset + at, data: w.data[at:end]}.apply(content)
		}
		at = end
	}
	return content
}

func resize(content []byte, size int64) []byte {
	if int64(len(content)) >= size {
		return content[:size]
	}
	return append(content, make([]byte, size-int64(len(content)))...)
}
