package storage

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
)

func init() { children["write until killed"] = writeUntilKilled }

// writeUntilKilled tags and imports for ever, and says so after each step.
func writeUntilKilled() error {
	ctx := context.Background()
	projects := New(Options{InstallID: "killed", synchronous: os.Getenv("LEDE_TEST_SYNC")})
	s, err := projects.Open(ctx, os.Getenv("LEDE_TEST_PATH"), annotate.ModeWrite)
	if err != nil {
		return err
	}
	rows, err := s.Articles(ctx, annotate.ArticleQuery{Limit: 1})
	if err != nil {
		return err
	}
	d, err := s.Document(ctx, rows[0].Article.ID)
	if err != nil {
		return err
	}
	schema, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		c, err := killedStep(ctx, s, d, schema.Labels[0].ID, n)
		if err != nil {
			return err
		}
		fmt.Println(c.ID)
	}
}

// killedStep makes one change: most are two spans at once, some an import.
func killedStep(ctx context.Context, s annotate.Store, d *annotate.Document, label id, n int) (annotate.Change, error) {
	c := annotate.Change{ID: annotate.NewID(), Actor: "killed", Cause: annotate.CauseManual, Title: "Tag"}
	if n%7 != 6 {
		for range 2 {
			c.Ops = append(c.Ops, annotate.Create(annotate.Span{
				ID: annotate.NewID(), Set: d.Sets[0].Set.ID, Label: label, Origin: annotate.OriginManual,
				Fragments: annotate.Fragments{{Start: n % 4, End: 5}},
			}))
		}
		return s.Apply(ctx, c)
	}
	im, err := s.BeginImport(ctx, annotate.Import{Format: "text", Source: "killed"})
	if err != nil {
		return c, err
	}
	for batch := range 2 {
		var items []annotate.ImportArticle
		for i := range 5 {
			items = append(items, annotate.ImportArticle{Text: strings.Repeat(fmt.Sprint(c.ID, batch, i, " "), 50)})
		}
		if err := im.Add(ctx, items); err != nil {
			return c, err
		}
	}
	c.Cause, c.Title = annotate.CauseImport, "Import"
	return im.Commit(ctx, c)
}

// killing is a project that is written to by a child that is killed.
type killing struct {
	*testing.T
	path, library string
	acked         []id
}

func newKilling(t *testing.T) *killing {
	k := &killing{T: t, path: filepath.Join(t.TempDir(), "project.lede")}
	w := newProject(t, k.path)
	w.annotated("one", "some text to tag")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return k
}

// compileLibrary builds the library that makes power cuts visible.
func (k *killing) compileLibrary() {
	k.library = filepath.Join(k.TempDir(), "powercut.so")
	out, err := exec.Command("gcc", "-shared", "-fPIC", "-O1", "-o", k.library, "testdata/powercut.c", "-ldl").CombinedOutput()
	if err != nil {
		k.Fatalf("this test needs gcc, as the program does: %v\n%s", err, out)
	}
}

// round starts a child, kills it after some acknowledged steps and, with the
// library, cuts the power.
func (k *killing) round(synchronous string) {
	k.Helper()
	log := filepath.Join(k.TempDir(), "undo.log")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childTask+"=write until killed", "LEDE_TEST_PATH="+k.path, "LEDE_TEST_SYNC="+synchronous)
	if k.library != "" {
		child.Env = append(child.Env, "LD_PRELOAD="+k.library, "POWERCUT_DIR="+filepath.Dir(k.path), "POWERCUT_LOG="+log)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		k.Fatal(err)
	}
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		k.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for wanted := 1 + rand.IntN(25); wanted > 0 && lines.Scan(); wanted-- {
		k.ack(lines.Text())
	}
	_ = child.Process.Kill() // SIGKILL, mostly in the middle of the next step
	for lines.Scan() {       // what was said before it died counts as well
		k.ack(lines.Text())
	}
	_ = child.Wait()
	if k.library != "" {
		k.cutPower(log)
	}
}

func (k *killing) ack(line string) {
	k.Helper()
	if strings.Contains(line, " ") {
		k.Fatalf("the child says %q", line)
	}
	k.acked = append(k.acked, id(line))
}

// lost opens the project and counts acknowledged changes that are not there.
// What is there must be whole.
func (k *killing) lost() (lost int) {
	k.Helper()
	ctx := context.Background()
	s, err := New(Options{InstallID: "killed"}).Open(ctx, k.path, annotate.ModeWrite)
	if err != nil {
		k.Fatal(err)
	}
	problems, err := s.Check(ctx)
	if err != nil || len(problems) > 0 {
		k.Fatalf("after the kill: %v %+v", err, problems)
	}
	changes, err := s.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		k.Fatal(err)
	}
	there := map[id]bool{}
	for _, c := range changes {
		there[c.ID] = true
	}
	for _, c := range k.acked {
		if !there[c] {
			lost++
		}
	}
	if err := s.Close(); err != nil {
		k.Fatal(err)
	}
	onlyFile(k.T, k.path)
	return lost
}

// cutPower takes back every write that was not synced, newest first.
func (k *killing) cutPower(log string) {
	k.Helper()
	raw, err := os.ReadFile(log)
	if err != nil {
		k.Fatalf("the library was not loaded: %v", err)
	}
	type write struct {
		path         string
		offset, size int64
		old          []byte
	}
	var pending []write
	for r := bytes.NewReader(raw); r.Len() > 0; {
		var head [5]int64
		if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
			break // the record during which it died: the write had not begun
		}
		body := make([]byte, head[1]+head[4])
		if _, err := io.ReadFull(r, body); err != nil {
			break
		}
		w := write{path: string(body[:head[1]]), offset: head[2], size: head[3], old: body[head[1]:]}
		if head[0] == 'w' {
			pending = append(pending, w)
			continue
		}
		kept := pending[:0]
		for _, p := range pending {
			if p.path != w.path {
				kept = append(kept, p)
			}
		}
		pending = kept
	}
	for i := len(pending) - 1; i >= 0; i-- {
		w := pending[i]
		f, err := os.OpenFile(w.path, os.O_RDWR, 0)
		if err != nil {
			continue // it was removed
		}
		if _, err := f.WriteAt(w.old, w.offset); err != nil {
			k.Fatal(err)
		}
		if err := f.Truncate(w.size); err != nil {
			k.Fatal(err)
		}
		_ = f.Close()
	}
	_ = os.Remove(k.path + "-shm")
}

func TestKilledLosesNothing(t *testing.T) {
	k := newKilling(t)
	for range 12 {
		k.round("FULL")
		if lost := k.lost(); lost > 0 {
			t.Fatalf("%d of %d acknowledged changes are lost", lost, len(k.acked))
		}
	}
	t.Logf("%d acknowledged changes, 12 kills", len(k.acked))
}

func TestPowerCutLosesNothing(t *testing.T) {
	k := newKilling(t)
	k.compileLibrary()
	for range 12 {
		k.round("FULL")
		if lost := k.lost(); lost > 0 {
			t.Fatalf("%d of %d acknowledged changes are lost", lost, len(k.acked))
		}
	}
	t.Logf("%d acknowledged changes, 12 power cuts", len(k.acked))
}

// TestPowerCutIsSeen shows that the test above would notice: without syncing,
// acknowledged changes are lost, or the file is.
func TestPowerCutIsSeen(t *testing.T) {
	k := newKilling(t)
	k.compileLibrary()
	k.round("OFF")
	if lost := k.lost(); lost == 0 {
		t.Fatalf("none of %d acknowledged changes is lost although nothing was synced", len(k.acked))
	}
}
