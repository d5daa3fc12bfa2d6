package e2e

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestRest lets the window be: nothing is drawn, and hardly any time of the
// processor goes. Fyne looks for events 60 times a second whatever a program does; so
// what Lede takes is held against a window of Fyne's with nothing in it, in the same
// run. A scroll shows that the counter of frames counts. With LEDE_REST=30s the rest
// is longer.
func TestRest(t *testing.T) {
	long := 6 * time.Second
	if v := os.Getenv("LEDE_REST"); v != "" {
		var err error
		if long, err = time.ParseDuration(v); err != nil {
			t.Fatalf("LEDE_REST is a duration, as 30s: %v", err)
		}
	}
	d := sampleDesk(t)
	counter := countFrames(t, d)
	bare := newBareWindow(t, d)
	p := d.open()
	p.openArticle(courier)
	p.click(p.word("organisers").middle(), 1) // the caret stands in the text
	p.away()
	settled(t, counter)
	frames, own, other := counter.count(), ticks(t, p.cmd.Process.Pid), ticks(t, bare)
	time.Sleep(long)
	frames, own, other = counter.count()-frames, ticks(t, p.cmd.Process.Pid)-own, ticks(t, bare)-other
	t.Logf("in %s at rest: %d frames, %d ticks of the processor (of 10 ms); an empty window of Fyne's took %d", long, frames, own, other)
	if frames != 0 {
		t.Errorf("%d frames were drawn in %s at rest, not 0", frames, long)
	}
	if most := other + restTicks + int(long/(15*time.Second)); own > most {
		t.Errorf("%d ticks of the processor in %s at rest; an empty window took %d, and ours may be %d", own, long, other, most)
	}
	before := counter.count()
	p.wheel(p.word("organisers").middle(), 12)
	time.Sleep(time.Second)
	scrolled := counter.count() - before
	t.Logf("%d frames while the text scrolled by 12 notches of the wheel", scrolled)
	if scrolled < 1 {
		t.Error("no frame was counted while the text scrolled: the counter does not count")
	}
}

// restTicks is how many ticks more than an empty window Lede may take: a tick is
// counted whole to whoever runs when it ends.
const restTicks = 5

// frameCounter is the file in which a library, loaded into the program, counts
// frames.
type frameCounter struct {
	t    testing.TB
	path string
}

// countFrames has the frames counted of the program that the desk starts.
func countFrames(t testing.TB, d *desk) *frameCounter {
	t.Helper()
	library := filepath.Join(t.TempDir(), "frames.so")
	out, err := exec.Command(compiler(), "-shared", "-fPIC", "-O1", "-o", library, "testdata/frames.c", "-ldl").CombinedOutput()
	if err != nil {
		t.Fatalf("compiling the counter of frames: %v\n%s", err, out)
	}
	c := &frameCounter{t, filepath.Join(t.TempDir(), "frames")}
	d.env = append(d.env, "LD_PRELOAD="+library, "FRAMES="+c.path)
	return c
}

func (c *frameCounter) count() int {
	c.t.Helper()
	raw, err := os.ReadFile(c.path)
	if err != nil || len(raw) != 8 {
		c.t.Fatalf("the counter of frames holds %d bytes: %v", len(raw), err)
	}
	return int(binary.NativeEndian.Uint64(raw))
}

// settled waits until no frame has been drawn for a while: what a gesture began is
// over, and the reading position is written down.
func settled(t testing.TB, c *frameCounter) {
	t.Helper()
	const quiet = 2500 * time.Millisecond
	since, was := time.Now(), c.count()
	for end := time.Now().Add(20 * time.Second); time.Since(since) < quiet; time.Sleep(50 * time.Millisecond) {
		if now := c.count(); now != was {
			since, was = time.Now(), now
		}
		if time.Now().After(end) {
			t.Fatal("frames are drawn on and on, with nobody doing anything")
		}
	}
	if was == 0 {
		t.Fatal("no frame was counted, and the window is there")
	}
}

// newBareWindow shows an empty window of Fyne's on a screen of its own and says its
// process.
func newBareWindow(t testing.TB, d *desk) int {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "framebench")
	if err := build(binary, "lede/app/e2e/framebench"); err != nil {
		t.Fatal(err)
	}
	other := *d
	other.screen = newScreen(t)
	other.env = nil
	cmd := exec.Command(binary, "bare")
	cmd.Env = other.environment()
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	other.spawn(cmd)
	return cmd.Process.Pid
}

// ticks is how much of the processor a process has taken, in hundredths of a second.
func ticks(t testing.TB, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	sum := 0
	for _, f := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}
