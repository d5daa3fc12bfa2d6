package e2e

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// screen is a virtual display with a window manager that gives every window all
// of it and takes no key for itself.
type screen struct {
	t       testing.TB
	display string // ":7"
	size    image.Point
	dir     string
}

const windowManager = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <keyboard></keyboard>
  <applications>
    <application class="*"><decor>no</decor><focus>yes</focus><maximized>yes</maximized></application>
  </applications>
</openbox_config>
`

// newScreen starts a screen of 1280x800 that ends with the test.
func newScreen(t testing.TB) *screen { return newScreenOf(t, image.Pt(1280, 800)) }

func newScreenOf(t testing.TB, size image.Point) *screen {
	t.Helper()
	s := &screen{t: t, size: size, dir: t.TempDir()}
	s.display = ":" + s.startX()
	config := filepath.Join(s.dir, "openbox.xml")
	write(t, config, windowManager)
	wm := exec.Command("openbox", "--sm-disable", "--config-file", config)
	wm.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.dir)
	s.spawn(wm)
	return s
}

// repeatAfter is how long a key must be held to repeat.
const repeatAfter = 2 * time.Second

// startX starts Xvfb on a display of its choice and says which. Keys repeat late
// (repeatAfter): on a busy machine a short press takes a while.
func (s *screen) startX() string {
	s.t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", s.size.X, s.size.Y),
		"+extension", "GLX", "-nolisten", "tcp", "-noreset", "-nocursor", "-fbdir", s.dir,
		"-ardelay", fmt.Sprint(repeatAfter.Milliseconds()))
	x.ExtraFiles = []*os.File{out}
	s.spawn(x)
	_ = out.Close()
	number := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadString('\n')
		number <- strings.TrimSpace(line)
	}()
	select {
	case n := <-number:
		if n == "" {
			s.t.Fatal("Xvfb ended before it said which display it took")
		}
		return n
	case <-time.After(20 * time.Second):
		s.t.Fatal("Xvfb did not say within 20 seconds which display it took")
	}
	return ""
}

// spawn starts a program that ends with the test.
func (s *screen) spawn(cmd *exec.Cmd) {
	s.t.Helper()
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// picture is the whole screen as it is now: the memory of the X server, which it
// keeps in a file. It is read until it is the same twice, so that no half of it is
// older than the other.
func (s *screen) picture() *image.RGBA {
	s.t.Helper()
	var was []byte
	for range 50 {
		raw, err := os.ReadFile(filepath.Join(s.dir, "Xvfb_screen0"))
		if err != nil {
			s.t.Fatalf("looking at the screen: %v", err)
		}
		if bytes.Equal(was, raw) {
			break
		}
		was = raw
	}
	img, err := decodeXWD(was)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// decodeXWD reads a dump of X11: a head of 32-bit numbers, a table of colours, and
// rows of blue, green, red and nothing.
func decodeXWD(raw []byte) (*image.RGBA, error) {
	const headLength = 100
	if len(raw) < headLength {
		return nil, fmt.Errorf("a screen of %d bytes", len(raw))
	}
	field := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	w, h, bits, stride := field(4), field(5), field(11), field(12)
	start := field(0) + 12*field(19)
	if bits != 32 || field(7) != 0 || len(raw) < start+h*stride {
		return nil, fmt.Errorf("a screen of %dx%d with %d bits a pixel in %d bytes, which this test cannot read", w, h, bits, len(raw))
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		from, to := raw[start+y*stride:][:4*w], img.Pix[y*img.Stride:][:4*w]
		for x := 0; x < 4*w; x += 4 {
			to[x], to[x+1], to[x+2], to[x+3] = from[x+2], from[x+1], from[x], 0xff
		}
	}
	return img, nil
}

// keep saves a picture among the artifacts of the test and says where.
func keep(t testing.TB, name string, img image.Image) string {
	t.Helper()
	path := filepath.Join(artifacts(t), name+".png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	return path
}

// artifacts is the folder in which a test leaves what a person wants to look at.
func artifacts(t testing.TB) string {
	t.Helper()
	dir := filepath.Join("artifacts", strings.ReplaceAll(t.Name(), "/", "_"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
