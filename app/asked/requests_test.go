package asked

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRequestsWaitForTheWindow(t *testing.T) {
	var r Requests
	r.Ask("/a.lede") // before there is a window
	told := 0
	r.Tell(func() { told++ })
	r.Ask("/b.lede")
	if told != 1 {
		t.Errorf("told %d times, want once, for the request that came after Tell", told)
	}
	if diff := cmp.Diff([]string{"/a.lede", "/b.lede"}, r.Take()); diff != "" {
		t.Error(diff)
	}
	if again := r.Take(); len(again) > 0 || r.Waiting() {
		t.Errorf("taken twice: %q", again)
	}
}

// The hook is made for how GLFW starts on a Mac, where no test of ours runs: its source
// says whether it still does.
func TestGLFWIsAsTheHookExpects(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-gl/glfw/v3.4/glfw").Output()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "glfw", "src", "cocoa_init.m"))
	if err != nil {
		t.Fatal(err)
	}
	source := string(raw)
	at := -1
	for _, step := range []string{"@interface GLFWApplicationDelegate", "[[GLFWApplicationDelegate alloc] init]", "[NSApp setDelegate:", "[NSApp run]"} {
		next := strings.Index(source, step)
		if next <= at {
			t.Errorf("GLFW no longer has %q, or in another order", step)
		}
		at = next
	}
	if strings.Contains(source, "openURLs") || strings.Contains(source, "openFile") {
		t.Error("GLFW opens files itself now: the hook is not needed, or in its way")
	}
}
