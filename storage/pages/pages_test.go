package pages

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver that makes the files
)

// made is a file that SQLite made, and the log beside it as it was while the file was
// still open.
func made(t testing.TB, size int, statements ...string) (raw, log []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	for _, s := range append([]string{fmt.Sprintf("PRAGMA page_size=%d", size)}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if raw, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	log, _ = os.ReadFile(path + "-wal") // there may be none
	return raw, log
}

func open(raw, log []byte) (*File, error) {
	return Open(Source{bytes.NewReader(raw), int64(len(raw))}, Source{bytes.NewReader(log), int64(len(log))})
}

const table = "CREATE TABLE t (a, b, c)"

func insert(from, to int) string {
	return fmt.Sprintf(`WITH RECURSIVE n(i) AS (VALUES (%d) UNION ALL SELECT i+1 FROM n WHERE i < %d)
		INSERT INTO t SELECT i*i*i*i-7, printf('%%.*c', i*37 %% 30000, 'x') || char(233, 27700), CASE i%%4 WHEN 0 THEN NULL WHEN 1 THEN i/8.0 WHEN 2 THEN x'00ff' ELSE -i END FROM n`, from, to)
}

// rows writes down what a table holds.
func rows(f *File, name string) (all []string, whole bool) {
	for _, t := range f.Tables() {
		if t.Name == name {
			whole = f.Walk(t.Root, false, func(n *Node) bool {
				for _, r := range n.Rows {
					words := r.Values[1].(string)
					all = append(all, fmt.Sprint(r.ID, r.Values[0], len(words), strings.HasSuffix(words, "é水"), r.Values[2]))
				}
				return true
			})
		}
	}
	return all, whole
}

// want is what insert wrote.
func want(from, to int) (all []string) {
	for i := from; i <= to; i++ {
		c := []any{nil, float64(i) / 8, []byte{0, 255}, int64(-i)}[i%4]
		x := i * 37 % 30000
		if x == 0 {
			x = 1
		}
		all = append(all, fmt.Sprint(i, i*i*i*i-7, x+5, true, c))
	}
	return all
}

// TestRows reads what SQLite wrote, for pages of every size.
func TestRows(t *testing.T) {
	for _, size := range []int{512, 1024, 4096, 65536} {
		raw, _ := made(t, size, table, insert(1, 700), "CREATE INDEX i ON t (b)")
		for _, headless := range []bool{false, true} {
			if headless {
				clear(raw[:100])
			}
			f, err := open(raw, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, whole := rows(f, "t")
			if w := want(1, 700); !whole || strings.Join(got, "\n") != strings.Join(w, "\n") {
				t.Errorf("size %d, headless %v: %d rows of %d", size, headless, len(got), len(w))
			}
			if headless && f.size != size {
				t.Errorf("pages of %d are taken for pages of %d", size, f.size)
			}
		}
	}
}

// TestGuess tells the size of pages of small tables, which look like larger ones.
func TestGuess(t *testing.T) {
	for _, size := range []int{512, 4096, 65536} {
		var statements []string
		for i := range 60 {
			statements = append(statements, fmt.Sprintf("CREATE TABLE t%d (a)", i), fmt.Sprintf("INSERT INTO t%d VALUES ('one')", i))
		}
		raw, _ := made(t, size, statements...)
		clear(raw[:100])
		if f, err := open(raw, nil); err != nil || f.size != size {
			t.Errorf("pages of %d: %v %+v", size, err, f)
		}
	}
}

// TestLog takes what the log has committed, up to where it is damaged.
func TestLog(t *testing.T) {
	raw, log := made(t, 4096, "PRAGMA journal_mode=WAL", table, insert(1, 100), "PRAGMA wal_checkpoint(TRUNCATE)",
		"PRAGMA wal_autocheckpoint=0", insert(101, 150), insert(151, 200))
	if len(log) == 0 {
		t.Fatal("there is no log")
	}
	frame := 4096 + frameHeader
	commits := []int{}
	for at := logHeader; at < len(log); at += frame {
		if !bytes.Equal(log[at+4:at+8], make([]byte, 4)) {
			commits = append(commits, at)
		}
	}
	if len(commits) != 2 {
		t.Fatalf("%d commits", len(commits))
	}
	for _, c := range []struct {
		name   string
		log    []byte
		rows   int
		broken bool
	}{
		{"all", log, 200, false},
		{"none", nil, 100, false},
		{"cut within the second commit", log[:commits[1]+100], 150, true},
		{"cut within the first", log[:commits[0]+100], 100, true},
		{"a bit in the second", flipped(log, commits[1]-frame), 150, true},
		{"a bit in the header", flipped(log, 17), 100, true},
		{"too short to be one", log[:20], 100, true},
	} {
		f, err := open(raw, c.log)
		if err != nil {
			t.Fatal(err)
		}
		got, whole := rows(f, "t")
		if !whole || strings.Join(got, "\n") != strings.Join(want(1, c.rows), "\n") || f.LogBroken != c.broken {
			t.Errorf("%s: %d rows, broken %v", c.name, len(got), f.LogBroken)
		}
	}
}

func flipped(b []byte, at int) []byte {
	b = bytes.Clone(b)
	b[at] ^= 1
	return b
}

// TestFree finds the pages that deleted rows left.
func TestFree(t *testing.T) {
	raw, _ := made(t, 512, table, insert(1, 300), "DELETE FROM t WHERE rowid > 20")
	f, err := open(raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	in := map[int]bool{1: true}
	for _, table := range f.Tables() {
		f.Walk(table.Root, false, func(n *Node) bool {
			in[n.Page] = true
			for _, r := range n.Rows {
				for _, p := range r.Pages {
					in[p] = true
				}
			}
			return true
		})
	}
	free := f.Free()
	if len(free)+len(in) != f.Count() {
		t.Errorf("%d pages are free and %d in use, of %d", len(free), len(in), f.Count())
	}
}

// FuzzPages reads made-up files and logs: it must neither panic nor go on for ever.
func FuzzPages(f *testing.F) {
	raw, log := made(f, 512, "PRAGMA journal_mode=WAL", table, insert(1, 3), "CREATE INDEX i ON t (b)", "PRAGMA wal_checkpoint(TRUNCATE)", insert(4, 6))
	f.Add(raw, log)
	f.Add(raw, []byte(nil))
	f.Add(raw[:700], log)
	f.Add([]byte("SQLite format 3\x00"), []byte(nil))
	f.Fuzz(func(t *testing.T, raw, log []byte) {
		if len(raw) > 1<<17 || len(log) > 1<<17 {
			return
		}
		file, err := open(raw, log)
		if err != nil {
			return
		}
		for _, table := range file.Tables() {
			file.Walk(table.Root, table.Kind == "index", func(*Node) bool { return true })
		}
		for page := range file.Count() + 2 {
			if n, ok := file.Node(page); ok && len(n.Rows) > len(raw)+len(log) {
				t.Errorf("page %d has %d rows", page, len(n.Rows))
			}
		}
		file.Free()
	})
}
