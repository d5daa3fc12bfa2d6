package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
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

// startX starts Xvfb on a display of its choice and says which.
func (s *screen) startX() string {
	s.t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", s.size.X, s.size.Y),
		"+extension", "GLX", "-nolisten", "tcp", "-noreset")
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

// picture is the whole screen as it is now.
func (s *screen) picture() *image.RGBA {
	s.t.Helper()
	cmd := exec.Command("import", "-display", s.display, "-window", "root", "-depth", "8", "ppm:-")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	raw, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("taking a picture of the screen: %v: %s", err, stderr.String())
	}
	img, err := decodePPM(raw)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// decodePPM reads the plainest of picture formats: P6, 8 bits a channel.
func decodePPM(raw []byte) (*image.RGBA, error) {
	var w, h, depth int
	in := bytes.NewReader(raw)
	if _, err := fmt.Fscanf(in, "P6\n%d %d\n%d\n", &w, &h, &depth); err != nil || depth != 255 {
		return nil, fmt.Errorf("a screenshot that is no 8-bit PPM: %w", err)
	}
	pixels, _ := io.ReadAll(in)
	if len(pixels) < 3*w*h {
		return nil, fmt.Errorf("a screenshot of %dx%d with %d bytes", w, h, len(pixels))
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(img.Pix[4*i:], pixels[3*i:3*i+3])
		img.Pix[4*i+3] = 0xff
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
