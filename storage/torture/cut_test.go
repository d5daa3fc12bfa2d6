//go:build linux

package torture

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// disk works out what a power cut leaves of a project, its log, and the drafts, backups
// and older versions beside it. It takes what is there when it is made as synced; the logs
// of faults.c say what was done since, by one worker after the other or by several at once.
//
// What it takes for granted of a file system, and why, is in docs/reliability/torture.md.
type disk struct {
	dir   string
	names map[string]*inode // as they are on the disk
	now   map[string]*inode // as programs see them
	moved []naming          // what is not synced yet, in its order
}

// inode is the content of a file: what is synced for sure, and what was done since.
type inode struct {
	base []byte
	ops  []writing
}

// writing is one write or, with no data, a cut of the file to a size.
type writing struct {
	record int64 // the number of its record in the log
	offset int64
	data   []byte // nil: a cut
	synced bool
	lost   bool // a sync failed: later ones do not make it durable
}

// naming gives a file a name, or takes it away.
type naming struct {
	record int64
	path   string
	file   *inode // nil: there is none any more
	from   string // the name that goes, where it is renamed
}

// held says whether a file is one that must survive: not what is memory (-shm), and not
// a lock, which says nothing once its holder is dead.
func held(path string) bool {
	for _, suffix := range []string{".lede", "-wal", "-journal"} {
		if strings.HasSuffix(path, suffix) {
			return true
		}
	}
	return strings.Contains(filepath.Base(path), ".lede.new-") && !strings.HasSuffix(path, "-shm")
}

// present reads the files that are held.
func present(dir string) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if !held(path) {
			continue
		}
		if found[path], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func newDisk(dir string) (*disk, error) {
	d := &disk{dir: dir, names: map[string]*inode{}, now: map[string]*inode{}}
	found, err := present(dir)
	for path, raw := range found {
		d.names[path] = &inode{base: raw}
		d.now[path] = d.names[path]
	}
	return d, err
}

// meet makes the disk agree with what programs see. A worker that was killed from outside
// may have been so between a call and its record, or the other way round.
func (d *disk) meet() error {
	found, err := present(d.dir)
	if err != nil {
		return err
	}
	for path := range d.now {
		if _, there := found[path]; !there {
			d.name(naming{path: path})
		}
	}
	for path, raw := range found {
		file := d.now[path]
		if file == nil {
			file = &inode{}
			d.name(naming{path: path, file: file})
		}
		if last := len(file.ops) - 1; last >= 0 && !bytes.Equal(file.content(), raw) {
			file.ops = file.ops[:last] // it was recorded and not done
		}
		if !bytes.Equal(file.content(), raw) { // half of it was done
			file.base, file.ops = raw, nil
		}
	}
	return nil
}

// content is what programs see of a file.
func (f *inode) content() []byte {
	content := slices.Clone(f.base)
	for _, op := range f.ops {
		content = op.apply(content)
	}
	return content
}

// record is one of a log: what a process did, in the order of all processes.
type record struct {
	number         int64
	kind           byte
	path           string
	offset, covers int64
	data           []byte
}

// readLog reads the records of one process. The last may be cut off: what it is about had not
// begun.
func readLog(log []byte) (records []record, err error) {
	for r := bytes.NewReader(log); ; {
		var head [6]int64
		if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
			return records, nil //nolint:nilerr // it is the end, of the log or of a record
		}
		if head[2] < 0 || head[5] < 0 || head[2] > 1<<16 || head[5] > 1<<30 {
			return nil, fmt.Errorf("a record of the log makes no sense: %v", head)
		}
		body := make([]byte, head[2]+head[5])
		if _, err := io.ReadFull(r, body); err != nil {
			return records, nil //nolint:nilerr // as above
		}
		records = append(records, record{head[0], byte(head[1]), string(body[:head[2]]), head[3], head[4], body[head[2]:]})
	}
}

// replay takes in what the processes of a round did, by the folder of their logs.
func (d *disk) replay(logs string) error {
	entries, err := os.ReadDir(logs)
	if err != nil {
		return err
	}
	var all []record
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(logs, e.Name()))
		if err != nil {
			return err
		}
		records, err := readLog(raw)
		if err != nil {
			return err
		}
		all = append(all, records...)
	}
	slices.SortFunc(all, func(a, b record) int { return cmp.Compare(a.number, b.number) })
	for _, r := range all {
		d.take(r)
	}
	d.age()
	return d.meet()
}

// age makes room: what is synced is, and all that is not came before the next worker, whose
// syncs cover it, too, unless one has failed.
func (d *disk) age() {
	for _, file := range d.now {
		done := 0
		for done < len(file.ops) && file.ops[done].synced {
			file.base = file.ops[done].apply(file.base)
			done++
		}
		file.ops = slices.Delete(file.ops, 0, done)
		for i := range file.ops {
			file.ops[i].record = 0
		}
	}
	for i := range d.moved {
		d.moved[i].record = 0
	}
}

func (d *disk) take(r record) {
	file := d.now[r.path]
	if r.kind != 's' && r.kind != 'e' && !held(r.path) {
		return
	}
	switch r.kind {
	case 'c':
		if file == nil { // else another process was about to make it, too
			d.name(naming{record: r.number, path: r.path, file: &inode{}})
		}
	case 'u':
		d.name(naming{record: r.number, path: r.path})
	case 'l':
		d.name(naming{record: r.number, path: r.path, file: d.now[string(r.data)]})
	case 'm':
		d.name(naming{record: r.number, path: r.path, file: d.now[string(r.data)], from: string(r.data)})
	case 'w', 't':
		if file == nil {
			return // nobody can open it any more
		}
		w := writing{record: r.number, offset: r.offset}
		if r.kind == 'w' {
			w.data = r.data
		}
		file.ops = append(file.ops, w)
	case 's', 'e':
		if r.path == d.dir && r.kind == 's' {
			d.syncNames(r.covers)
		}
		if file != nil {
			file.sync(r.covers, r.kind == 's')
		}
	}
}

// sync settles what was written before it began. What a failed one is about is in doubt
// for good: the kernel takes it as clean, and a later sync does not try again.
func (f *inode) sync(covers int64, ok bool) {
	for i := range f.ops {
		op := &f.ops[i]
		if op.record > covers || op.synced {
			continue
		}
		op.synced = ok && !op.lost
		op.lost = op.lost || !ok
	}
}

// name lets programs see a new name.
func (d *disk) name(n naming) {
	n.settle(d.now)
	d.moved = append(d.moved, n)
}

func (n naming) settle(names map[string]*inode) {
	if n.from != "" {
		delete(names, n.from)
	}
	if n.file == nil {
		delete(names, n.path)
	} else {
		names[n.path] = n.file
	}
}

// syncNames settles the names that were given before a sync of the folder began. One that
// failed settles nothing, and a later one settles what it was about, too.
func (d *disk) syncNames(covers int64) {
	done := 0
	for done < len(d.moved) && d.moved[done].record <= covers {
		d.moved[done].settle(d.names)
		done++
	}
	d.moved = slices.Delete(d.moved, 0, done)
}

// harm is how hard a power cut is.
type harm struct {
	keep int // so many of the names that are not synced are there, the oldest
	odds int // percent of the writes that are lost
}

// chance draws it.
func (d *disk) chance(random *rand.Rand) harm {
	return harm{keep: random.IntN(len(d.moved) + 1), odds: []int{0, 20, 50, 80, 100}[random.IntN(5)]}
}

// cut writes what is left. It tells how many writes and names were dropped or torn.
func (d *disk) cut(h harm, random *rand.Rand) (dropped, torn int, err error) {
	for _, m := range d.moved[:h.keep] {
		m.settle(d.names)
	}
	dropped = len(d.moved) - h.keep
	found, err := present(d.dir)
	if err != nil {
		return 0, 0, err
	}
	for path := range found {
		if err := os.Remove(path); err != nil {
			return 0, 0, err
		}
	}
	written := map[*inode]string{}
	for _, path := range slices.Sorted(maps.Keys(d.names)) { // the same seed, the same cut
		file := d.names[path]
		if other, ok := written[file]; ok {
			if err := os.Link(other, path); err != nil {
				return 0, 0, err
			}
			continue
		}
		written[file] = path
		content, without, half := file.left(h.odds, random)
		dropped, torn = dropped+without, torn+half
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return 0, 0, err
		}
	}
	beside, err := filepath.Glob(filepath.Join(d.dir, "*-shm"))
	for _, path := range beside {
		err = errors.Join(err, os.Remove(path))
	}
	return dropped, torn, err
}

// left is what a power cut leaves of a file.
func (f *inode) left(odds int, random *rand.Rand) (content []byte, dropped, torn int) {
	content = slices.Clone(f.base)
	for _, op := range f.ops {
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
	return content, dropped, torn
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
