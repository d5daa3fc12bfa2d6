package formattest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
)

// memoryFor is how much a reader may use for each byte of a long line, patience how
// long it may take.
const (
	memoryFor = 16
	patience  = 2 * time.Minute
)

// huge is the length of the longest line that is tried, in bytes: more with
// LEDE_LONG=1, which takes minutes for some formats.
func huge() int {
	if os.Getenv("LEDE_LONG") == "1" {
		return 50 << 20
	}
	return 8 << 20
}

// Hostile runs the part of the suite that reads what nobody should have written.
func Hostile(t T, name string, c Case) {
	t.Helper()
	f, err := format.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	(&suite{t: t, f: f, c: &c, dir: t.TempDir()}).hostile()
}

// hostile reads what nobody should have written: never a panic, never a hang, an
// error that is a sentence, and the project as it was.
func (s *suite) hostile() {
	s.t.Helper()
	defer s.clear()
	good := s.sample()
	for _, name := range slices.Sorted(maps.Keys(good)) {
		if format.IsManifest(name) {
			continue
		}
		for what, raw := range spoiled(good[name]) {
			s.try(good, name, what, raw)
		}
		for what, raw := range map[string][]byte{
			"a very long line": bytes.Repeat([]byte("a"), huge()),
			"a very long word": stretched(good[name]),
		} {
			used := peak(func() { s.try(good, name, what, raw) })
			if used > uint64(huge()*memoryFor) {
				s.t.Fatalf("reading %s of %d MB takes %d MB of memory", what, huge()>>20, used>>20)
			}
		}
	}
	s.misplaced(good)
}

// sample is a good file, or the files of a folder, by the name that it has; "" alone
// for a file.
func (s *suite) sample() map[string][]byte {
	if len(s.c.Sample) > 0 {
		good := map[string][]byte{}
		for name, content := range s.c.Sample {
			good[name] = []byte(content)
		}
		return good
	}
	if !s.f.Writes() {
		s.t.Fatalf("a format that is only read needs Case.Sample")
	}
	store := project(s.t, findable())
	o := s.exportOptions(s.t, store, s.path())
	s.export(s.t, store, o)
	if info, err := os.Stat(o.Out); err != nil || !info.IsDir() {
		raw, err := os.ReadFile(o.Out)
		if err != nil {
			s.t.Fatal(err)
		}
		return map[string][]byte{filepath.Base(o.Out): raw}
	}
	return files(s.t, o.Out)
}

// folder reports whether the sample is of a folder.
func (s *suite) folder(good map[string][]byte) bool {
	return len(good) > 1 || s.f.FolderFor(format.ExportOptions{Options: s.c.Options, Out: "x"})
}

// spoiled are bad copies of a good file, by what is wrong.
func spoiled(good []byte) map[string][]byte {
	random := rand.New(rand.NewPCG(5, uint64(len(good))))
	noise := make([]byte, 3000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	bad := map[string][]byte{
		"nothing": nil, "one NUL": {0}, "NULs": make([]byte, 5000), "noise": noise, "blanks": []byte(" \n\t\n"), "a byte order mark": []byte("\xef\xbb\xbf"),
		"half a UTF-16 file":     []byte("\xff\xfea"),
		"invalid UTF-8":          bytes.Replace(good, []byte("Zebra"), []byte("Ze\xff\xc0\x80bra"), 1),
		"a surrogate":            bytes.Replace(good, []byte("Zebra"), []byte(`Ze\ud800bra`), 1),
		"NUL inside":             bytes.Replace(good, []byte("Zebra"), []byte("Ze\x00bra"), 1),
		"a gigantic number":      bytes.ReplaceAll(good, []byte("2345"), bytes.Repeat([]byte("9"), 100_000)),
		"a negative number":      bytes.ReplaceAll(good, []byte("2345"), []byte("-2345")),
		"a number that is none":  bytes.ReplaceAll(good, []byte("2345"), []byte("1e400")),
		"lists in lists":         bytes.Repeat([]byte("["), 1<<20),
		"objects in objects":     bytes.Repeat([]byte(`{"a":`), 1<<18),
		"tags in tags":           bytes.Repeat([]byte("<a>"), 1<<18),
		"itself twice":           append(bytes.Clone(good), good...),
		"lines in another order": reversed(good),
		"carriage returns":       bytes.ReplaceAll(good, []byte("\n"), []byte("\r\n")),
	}
	for i := range 16 {
		bad[fmt.Sprintf("cut at %d of %d", i*len(good)/16, len(good))] = good[:i*len(good)/16]
	}
	for i := range 16 {
		if len(good) > 0 {
			flipped := bytes.Clone(good)
			flipped[random.IntN(len(good))] ^= byte(1 << random.IntN(8))
			bad[fmt.Sprint("a changed bit, number ", i)] = flipped
		}
	}
	return bad
}

func reversed(raw []byte) []byte {
	lines := strings.SplitAfter(string(raw), "\n")
	slices.Reverse(lines)
	return []byte(strings.Join(lines, ""))
}

// stretched has one very long word in the place of a short one.
func stretched(good []byte) []byte {
	return bytes.Replace(good, []byte(beast), bytes.Repeat([]byte("a"), huge()), 1)
}

// put writes a sample with one file replaced, and returns its path.
func (s *suite) put(good map[string][]byte, name string, raw []byte) string {
	path := s.path()
	if s.folder(good) {
		for other, content := range good {
			if other == name {
				content = raw
			}
			s.write(filepath.Join(path, filepath.FromSlash(other)), content)
		}
		return path
	}
	path = filepath.Join(filepath.Dir(path), filepath.Base(name))
	s.write(path, raw)
	return path
}

func (s *suite) write(path string, raw []byte) {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// try imports a sample with one file replaced.
func (s *suite) try(good map[string][]byte, name, what string, raw []byte) {
	s.t.Helper()
	defer s.clear()
	_ = s.read(s.put(good, name, raw), name+" with "+what) // refused or not: it has judged that itself
}

// read imports what may be bad, and looks at what that did.
func (s *suite) read(path, what string) error {
	s.t.Helper()
	ctx := context.Background()
	store := project(s.t, Nasty()[:1])
	before, err := annotest.Dump(ctx, store)
	if err != nil {
		s.t.Fatal(err)
	}
	in := importOptions(4, "me")
	in.Format, in.Options = s.f.Name, s.c.Import
	if err = s.inTime(what, func() error {
		_, err := format.Import(ctx, store, []string{path}, in)
		return err
	}); err == nil {
		if problems, err := store.Check(ctx); err != nil || len(problems) > 0 {
			s.t.Fatalf("%s was read, and left the project unsound: %v %v", what, problems, err)
		}
		return nil
	}
	if !sentence(err) {
		s.t.Fatalf("%s: the error is no sentence for people: %v", what, err)
	}
	after, dumping := annotest.Dump(ctx, store)
	if dumping != nil {
		s.t.Fatal(dumping)
	}
	if diff := annotest.Diff(before, after); diff != "" {
		s.t.Fatalf("%s was refused, but the project changed: %s", what, diff)
	}
	return err
}

// inTime runs what must neither panic nor hang.
func (s *suite) inTime(what string, run func() error) error {
	s.t.Helper()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- run()
	}()
	select {
	case err := <-done:
		if err != nil && strings.HasPrefix(err.Error(), "panic: ") {
			s.t.Fatalf("%s: %v", what, err)
		}
		return err
	case <-time.After(patience):
		s.t.Fatalf("%s: reading hangs", what)
	}
	return nil
}

// peak is how much the heap grew while something ran. Garbage is collected sooner than
// usual meanwhile: what is measured is what a reader holds, not what it has let go of.
func peak(run func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		var m runtime.MemStats
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	run()
	close(stop)
	<-stopped
	return most - min(most, before)
}

// misplaced gives a folder where a file is due, and the other way round.
func (s *suite) misplaced(good map[string][]byte) {
	s.t.Helper()
	path := s.path()
	if s.folder(good) {
		s.write(path, []byte("this is no folder"))
	} else if err := os.Mkdir(path, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := s.read(path, "a file for a folder, or a folder for a file"); err == nil {
		s.t.Fatalf("an empty folder, or a file in the place of one, was taken for a good export")
	}
	if err := s.read(filepath.Join(s.dir, "not there"), "a path where nothing is"); err == nil {
		s.t.Fatalf("what is not there was read")
	}
}

// cancelled stops exports and imports before and while they run.
func (s *suite) cancelled() {
	s.t.Helper()
	defer s.clear()
	store := project(s.t, findable())
	for _, at := range []int{0, 1} {
		if s.f.Writes() {
			ctx, cancel := stopAt(at)
			o := s.exportOptions(s.t, store, s.path())
			o.Progress = func(format.Progress) { cancel() }
			if _, err := format.Export(ctx, store, o); !errors.Is(err, context.Canceled) {
				s.t.Fatalf("a cancelled export ends with %v", err)
			}
			if _, err := os.Stat(o.Out); !errors.Is(err, fs.ErrNotExist) {
				s.t.Fatalf("a cancelled export left something")
			}
		}
		if s.f.Reads() {
			s.cancelImport(at)
		}
	}
}

// stopAt is a context that is cancelled at once, for 0, or by the function.
func stopAt(at int) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	if at == 0 {
		cancel()
	}
	return ctx, cancel
}

func (s *suite) cancelImport(at int) {
	s.t.Helper()
	ctx, cancel := stopAt(at)
	path := s.path()
	good := s.sample()
	for name, raw := range good {
		if s.folder(good) {
			s.write(filepath.Join(path, filepath.FromSlash(name)), raw)
			continue
		}
		path = filepath.Join(filepath.Dir(path), filepath.Base(name))
		s.write(path, raw)
	}
	in := importOptions(5, "me")
	in.Format, in.Options, in.Progress = s.f.Name, s.c.Import, func(format.Progress) { cancel() }
	into := empty()
	if _, err := format.Import(ctx, into, []string{path}, in); !errors.Is(err, context.Canceled) {
		s.t.Fatalf("a cancelled import ends with %v", err)
	}
	if n, err := into.Count(context.Background(), annotate.ArticleQuery{}); err != nil || n.Total > 0 {
		s.t.Fatalf("a cancelled import left %d articles (%v)", n.Total, err)
	}
}
