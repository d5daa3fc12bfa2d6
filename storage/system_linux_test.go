package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"lede/annotate"
)

// nobody runs a task of this test binary as a user to whom permissions apply,
// which they do not to root.
func nobody(t *testing.T, dir, task string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Setenv("LEDE_TEST_PATH", filepath.Join(dir, "p.lede"))
		if err := children[task](); err != nil {
			t.Fatal(err)
		}
		return
	}
	run(t, dir, task, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}})
}

// run runs a task in a copy of this test binary that everybody can execute.
func run(t *testing.T, dir, task string, how *syscall.SysProcAttr) {
	t.Helper()
	place := open755(t)
	program := filepath.Join(place, "child")
	if err := copyFile(os.Args[0], program); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(program)
	child.Env = append(os.Environ(), childTask+"="+task, "LEDE_TEST_PATH="+filepath.Join(dir, "p.lede"))
	child.Dir = place
	child.SysProcAttr = how
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// open755 makes a folder that another user can reach.
func open755(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != os.TempDir() && len(d) > 1; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			break
		}
	}
	return dir
}

// expect checks an error in a child.
func expect(err, kind error) error {
	var e *annotate.Error
	if !errors.As(err, &e) || !errors.Is(err, kind) || !strings.HasSuffix(e.Detail, ".") || e.Hint == "" && !errors.Is(err, annotate.ErrReadOnly) {
		return fmt.Errorf("want %q as a sentence, got %w", kind.Error(), err)
	}
	return nil
}

func init() {
	children["open what is forbidden"] = func() error {
		for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite, annotate.ModeWindow} {
			s, err := New(Options{}).Open(ctx, testPath(), mode)
			if err == nil {
				_ = s.Close()
			}
			if err := expect(err, annotate.ErrForbidden); err != nil {
				return err
			}
		}
		_, err := New(Options{}).Create(ctx, testPath()+"new", "ana", nil)
		if errors.Is(err, annotate.ErrNotFound) { // the folder itself cannot be looked into
			return nil
		}
		return expect(err, annotate.ErrForbidden)
	}
	children["create where it is forbidden"] = func() error {
		_, err := New(Options{}).Create(ctx, testPath()+"new", "ana", nil)
		return expect(err, annotate.ErrForbidden)
	}
	children["open read-only"] = openSealed
	children["run out of room"] = runOutOfRoom
}

// openSealed opens a project that must not be written to in every mode.
func openSealed() error {
	for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite, annotate.ModeWindow} {
		s, err := New(Options{}).Open(ctx, testPath(), mode)
		if err != nil {
			return err
		}
		if info := s.Info(); !info.ReadOnly || info.Why == "" {
			return fmt.Errorf("mode %d: it can be written to: %+v", mode, info)
		}
		_, err = s.Apply(ctx, annotate.Change{Title: "x", Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: "r", Name: "r"})}})
		if err := expect(err, annotate.ErrReadOnly); err != nil {
			return err
		}
		n := 0
		for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
			if err != nil {
				return err
			}
			n += len(d.Sets[0].Spans)
		}
		problems, err := s.Check(ctx)
		if err != nil {
			return err
		}
		if len(problems) > 0 || n != 1 {
			return fmt.Errorf("mode %d: %d spans, %+v", mode, n, problems)
		}
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

func TestForbidden(t *testing.T) {
	dir := open755(t)
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.must(p.Close())
	p.must(os.Chmod(p.path, 0))
	nobody(t, dir, "open what is forbidden")
	p.must(os.Chmod(p.path, 0o644))
	p.must(os.Chmod(dir, 0))
	nobody(t, dir, "open what is forbidden")
	p.must(os.Chmod(dir, 0o555))
	nobody(t, dir, "create where it is forbidden")
	p.must(os.Chmod(dir, 0o755))
	onlyFile(t, p.path)
}

// TestSealed opens a project in a folder that cannot be written to: as it is at
// rest, and as a program leaves it that was killed before it could settle it.
func TestSealed(t *testing.T) {
	dir := open755(t)
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.annotated("a", "some text")
	p.must(p.Close())
	seal := func() { p.must(errors.Join(os.Chmod(p.path, 0o444), os.Chmod(dir, 0o555))) }
	unseal := func() { p.must(errors.Join(os.Chmod(dir, 0o755), os.Chmod(p.path, 0o644))) }
	seal()
	nobody(t, dir, "open read-only")
	unseal()
	raw, err := os.ReadFile(p.path)
	p.must(err)
	raw[18], raw[19] = 2, 2 // write-ahead mode, and no log beside it
	p.must(os.WriteFile(p.path, raw, 0o644))
	seal()
	nobody(t, dir, "open read-only")
	unseal()
	after, err := os.ReadFile(p.path)
	p.must(err)
	if !bytes.Equal(raw, after) {
		t.Error("the file was changed")
	}
}

// runOutOfRoom writes until the disk is full, and goes on when there is room.
func runOutOfRoom() error {
	s, err := New(Options{}).Open(ctx, testPath(), annotate.ModeWindow)
	if err != nil {
		return err
	}
	acked := 0
	for ; acked < 10000; acked++ {
		r := annotate.Rule{ID: annotate.NewID(), Name: "r", Value: strings.Repeat("x", 20000)}
		if _, err = s.Apply(ctx, annotate.Change{Title: "x", Ops: []annotate.Op{annotate.Create(r)}}); err != nil {
			break
		}
	}
	if err := expect(err, annotate.ErrFull); err != nil {
		return err
	}
	im, err := s.BeginImport(ctx, annotate.Import{})
	for range 20 {
		if err == nil {
			err = im.Add(ctx, []annotate.ImportArticle{{Text: strings.Repeat(string(annotate.NewID()), 3000)}})
		}
	}
	if err := expect(err, annotate.ErrFull); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if err := expect(s.Backup(ctx, testPath()+".copy"), annotate.ErrFull); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if exists(testPath() + ".copy") {
		return errors.New("half a backup looks like a whole one")
	}
	_ = s.Close()
	if s, err = New(Options{}).Open(ctx, testPath(), annotate.ModeRead); err != nil {
		return err
	}
	defer s.Close()
	schema, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	problems, err := s.Check(ctx)
	if err != nil {
		return err
	}
	problems = slices.DeleteFunc(problems, func(p annotate.Problem) bool { return strings.Contains(p.What, "not finished") })
	if len(problems) > 0 || len(schema.Rules) != acked {
		return fmt.Errorf("%d of %d saved changes are there: %+v", len(schema.Rules), acked, problems)
	}
	return openWithoutRoom(acked)
}

// openWithoutRoom opens a project for work whose log cannot go into the file, and finds all
// in it.
func openWithoutRoom(rules int) error {
	if info, err := os.Stat(testPath() + "-wal"); err != nil || info.Size() == 0 {
		return fmt.Errorf("there is no log, so this shows nothing: %w", err)
	}
	s, err := New(Options{}).Open(ctx, testPath(), annotate.ModeWindow)
	if err != nil {
		return fmt.Errorf("open for work: %w", err)
	}
	defer s.Close()
	if info := s.Info(); info.ReadOnly {
		return fmt.Errorf("it is read-only: %s", info.Why)
	}
	schema, err := s.Schema(ctx)
	if err == nil && len(schema.Rules) != rules {
		err = fmt.Errorf("%d of %d saved changes are there", len(schema.Rules), rules)
	}
	return err
}

// TestFullDisk works on a small file system or, where none can be mounted, with
// a limit on the size of files.
func TestFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=1500k"); err != nil {
		t.Logf("no small disk (%v); a limit instead", err)
		newProject(t, filepath.Join(dir, "p.lede")).Close()
		run(t, dir, "limited", nil)
		return
	}
	defer func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	}()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.must(p.Close())
	t.Setenv("LEDE_TEST_PATH", p.path)
	p.must(runOutOfRoom())
	if exists(p.path + windowLock) {
		t.Error("the lock stays")
	}
}

// limited runs out of room at a megabyte a file.
func limited() error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}); err != nil {
		return err
	}
	return runOutOfRoom()
}

func init() { children["limited"] = limited }
