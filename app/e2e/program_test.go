package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// desk is where a test works: a screen, a home for the program, a project.
type desk struct {
	*screen
	home    string
	project string
	env     []string // further environment for the program
	under   []string // a program that runs it, with its arguments
}

// newDesk is a desk with an empty home and no project yet.
func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{screen: newScreen(t), home: t.TempDir()}
	d.project = filepath.Join(d.home, "project.lede")
	return d
}

// sampleDesk is a desk with the sample articles in a project, on which ana has
// worked before: Lede does not ask for her name. The import was somebody else's
// step.
func sampleDesk(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, filepath.Join("..", "..", "assets", "sample", "sample.jsonl"), "--actor", "lede")
	return d
}

// environment is that of somebody called ana, who has never used Lede before.
func (d *desk) environment() []string {
	var env []string
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); {
		case strings.HasPrefix(name, "LEDE_"), strings.HasPrefix(name, "FYNE_"), strings.HasPrefix(name, "XDG_"),
			strings.HasPrefix(name, "LC_"), name == "WAYLAND_DISPLAY", name == "DISPLAY", name == "HOME":
		default:
			env = append(env, kv)
		}
	}
	return append(append(env,
		"DISPLAY="+d.display, "HOME="+d.home, "LANG=C.UTF-8", "LEDE_ACTOR=ana",
		"LEDE_CONFIG_DIR="+filepath.Join(d.home, "config"), "LEDE_STATE_DIR="+filepath.Join(d.home, "state"),
		"XDG_CACHE_HOME="+cache, "XDG_RUNTIME_DIR="+d.dir, "DBUS_SESSION_BUS_ADDRESS=disabled:", "FYNE_SCALE=1",
	), d.env...)
}

// cli runs a command of the program, without the window, and returns its output.
func (d *desk) cli(args ...string) string {
	d.t.Helper()
	out, err := d.run(args...)
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			d.t.Fatalf("lede %s: %v\n%s", strings.Join(args, " "), err, exit.Stderr)
		}
		d.t.Fatal(err)
	}
	return out
}

// run runs a command, which may fail.
func (d *desk) run(args ...string) (string, error) {
	cmd := d.command(args...)
	out, err := cmd.Output()
	return string(out), err
}

// command is a run of the program.
func (d *desk) command(args ...string) *exec.Cmd {
	all := append(append(slices.Clone(d.under), lede), args...)
	cmd := exec.Command(all[0], all[1:]...)
	cmd.Env = d.environment()
	return cmd
}

// program is one run of Lede's window.
type program struct {
	*desk
	hands
	cmd   *exec.Cmd
	probe *probe
	log   string // path of what it said on stderr
	ended chan error
	done  bool
}

// open starts the window on the desk's project and waits for an article.
func (d *desk) open() *program {
	d.t.Helper()
	p := d.start(d.project)
	p.wait("opened", 0)
	return p
}

// start starts the window and waits until it can be used.
func (d *desk) start(args ...string) *program {
	d.t.Helper()
	return d.launch(d.command(args...))
}

// launch is start by any command that ends in the window.
func (d *desk) launch(cmd *exec.Cmd) *program {
	d.t.Helper()
	dir := d.t.(interface{ TempDir() string }).TempDir()
	p := &program{desk: d, log: filepath.Join(dir, "stderr"), ended: make(chan error, 1)}
	p.probe = &probe{path: filepath.Join(dir, "probe.jsonl")}
	p.hands = hands{t: d.t, display: d.display}
	said, err := os.Create(p.log)
	if err != nil {
		d.t.Fatal(err)
	}
	p.cmd = cmd
	p.cmd.Env = append(p.cmd.Env, "LEDE_PROBE="+p.probe.path)
	p.cmd.Stdout, p.cmd.Stderr = said, said
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	_ = said.Close()
	go func() { p.ended <- p.cmd.Wait() }()
	d.t.Cleanup(p.cleanup)
	p.wait("screen", 0)
	return p
}

// cleanup ends the program, and keeps what helps to understand a failure.
func (p *program) cleanup() {
	if p.t.Failed() && !p.done {
		keep(p.t, "screen-at-the-end", p.picture())
	}
	if p.t.Failed() {
		for _, path := range []string{p.log, p.probe.path} {
			if raw, err := os.ReadFile(path); err == nil {
				write(p.t, filepath.Join(artifacts(p.t), filepath.Base(path)), string(raw))
			}
		}
	}
	p.kill()
}

// kill ends the program as a power cut would, and waits until it is gone.
func (p *program) kill() {
	if p.done {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGKILL)
	p.t.Logf("the program was killed: %v", <-p.ended)
	p.done = true
}

// gone waits until the program has ended by itself, well.
func (p *program) gone() {
	p.t.Helper()
	select {
	case err := <-p.ended:
		p.done = true
		if err != nil {
			p.t.Fatalf("the program ended badly: %v", err)
		}
	case <-time.After(15 * time.Second):
		keep(p.t, "still-open", p.picture())
		p.t.Fatalf("the program did not end within 15 seconds. What it was doing:\n%s", p.stacks())
	}
}

// stacks ends the program and returns what each of its goroutines was doing.
func (p *program) stacks() string {
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case err := <-p.ended:
		p.done = true
		p.t.Logf("asked what it does, the program ended: %v", err)
	case <-time.After(5 * time.Second):
	}
	said, _ := os.ReadFile(p.log)
	kept, _ := os.ReadFile(filepath.Join(p.home, "state", "crash.txt"))
	return string(said) + string(kept)
}

// quit closes the program as a person does by the keyboard.
func (p *program) quit() {
	p.t.Helper()
	p.key("ctrl+q")
	p.gone()
}

// wait waits for an event of the probe after a mark, and returns it.
func (p *program) wait(event string, after int) happening {
	p.t.Helper()
	return p.waitFor(event, after, func(happening) bool { return true })
}

func (p *program) waitFor(event string, after int, good func(happening) bool) happening {
	p.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		all := p.probe.all(p.t)
		for _, h := range all[min(after, len(all)):] {
			if h.Event == event && good(h) {
				return h
			}
		}
		select {
		case err := <-p.ended:
			p.done = true
			said, _ := os.ReadFile(p.log)
			p.t.Fatalf("the program ended (%v) while the test waited for %q: %s", err, event, said)
		default:
		}
	}
	where := keep(p.t, "no-"+event, p.picture())
	p.t.Fatalf("the probe did not say %q within 20 seconds; it said %s. See %s", event, p.probe.said(p.t), where)
	return happening{}
}

// saved waits until a change after the mark, and everything else, is on disk.
func (p *program) saved(after int) {
	p.t.Helper()
	p.waitFor("saved", after, func(h happening) bool { return h.Pending == 0 })
}

// mark is a point in what the probe says: events after it are new.
func (p *program) mark() int { return len(p.probe.all(p.t)) }

// happening is a line of the probe.
type happening struct {
	Event    string
	Ref      string  // opened: the article
	Name     string  // screen: what is shown; took: what was done
	Title    string  // hint, error: what was told
	Pending  int     // saved: changes that are not on disk yet
	Change   string  // saved: the change that is on disk now; remote: the one that was seen
	Ms       float64 // took: milliseconds of the program's own work
	Places   int     // listed: places that are like it
	Ticked   int     // listed: those that would be labelled
	Rows     int     // searched: lines of results
	Total    int     // searched: articles or annotations that were found
	Path     string  // crashed: the report
	Mentions int     // entity: spans that point at the one that is shown
}

// probe is the file of JSON lines that the program writes.
type probe struct {
	path   string
	offset int64
	seen   []happening
}

// all is every event so far.
func (p *probe) all(t testing.TB) []happening {
	raw, err := os.ReadFile(p.path)
	if err != nil {
		return nil // not begun
	}
	whole := raw[p.offset:]
	end := bytes.LastIndexByte(whole, '\n')
	for _, line := range bytes.Split(whole[:max(end, 0)], []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var h happening
		if err := json.Unmarshal(line, &h); err != nil {
			t.Fatalf("the probe wrote a line that is no JSON: %s", line)
		}
		p.seen = append(p.seen, h)
	}
	p.offset += int64(end + 1)
	return p.seen
}

func (p *probe) said(t testing.TB) string {
	var events []string
	for _, h := range p.all(t) {
		events = append(events, strings.TrimSpace(fmt.Sprintf("%s %s%s", h.Event, h.Ref, h.Name)))
	}
	return strings.Join(events, ", ")
}
