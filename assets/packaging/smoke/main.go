// Smoke starts an installed Lede as a person does and does the main job in its window:
// the sample opens, a word is selected and labelled by the keyboard, and what the
// command line exports afterwards has the span.
//
//	go run ./assets/packaging/smoke [-cli PROGRAM] PROGRAM
//
// PROGRAM is the program with the window, on a Mac Lede.app; -cli names another for
// the commands. It needs a screen that nobody else uses: on Linux X11 with a window
// manager and xdotool, on a Mac the right to send keys for the shell that runs it. The
// release workflow runs it on each system; app/e2e is the thorough test.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// patience is for machines without a graphics card, where the first start compiles
// what draws.
const patience = 90 * time.Second

func main() {
	command := flag.String("cli", "", "the program for commands, if it is another one")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: smoke [-cli PROGRAM] PROGRAM")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r := run{ctx: ctx, out: os.Stdout, program: flag.Arg(0), command: *command}
	if err := r.all(); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(1)
	}
}

// run is one start of the program, in a folder of its own.
type run struct {
	ctx              context.Context
	out              io.Writer
	program, command string
	home             string
	done             chan error // the program has ended
}

func (r *run) all() (err error) {
	if r.command == "" {
		r.command = r.program
		if strings.HasSuffix(r.program, ".app") {
			r.command = filepath.Join(r.program, "Contents", "MacOS", "lede")
		}
	}
	if r.home, err = os.MkdirTemp("", "lede-smoke-"); err != nil {
		return err
	}
	defer func() {
		if err == nil {
			err = os.RemoveAll(r.home)
		} else {
			err = fmt.Errorf("%w\nwhat was there is in %s; the window said:\n%s", err, r.home, r.probe())
		}
	}()
	project := filepath.Join(r.home, "strike ü.lede")
	for _, folder := range []string{"config", "state"} {
		if err := os.Mkdir(filepath.Join(r.home, folder), 0o700); err != nil {
			return err
		}
	}
	settings := []byte(`{"annotator": "smoke", "actor": "smoke"}`)
	if err := os.WriteFile(filepath.Join(r.home, "config", "settings.json"), settings, 0o600); err != nil {
		return err
	}
	if err := r.make(project); err != nil {
		return err
	}
	before, err := r.exported(project)
	if err != nil {
		return err
	}
	if err := r.use(project); err != nil {
		return err
	}
	after, err := r.exported(project)
	if err != nil {
		return err
	}
	if before < 0 || after != before+1 {
		return fmt.Errorf("the export has %d spans by “smoke”, before there were %d: one more was expected", after, before)
	}
	r.say("the span is in the export")
	return nil
}

func (r *run) say(done string) { _, _ = fmt.Fprintln(r.out, "ok:", done) }

func (r *run) make(project string) error {
	for _, args := range [][]string{
		{"new", project},
		{"import", project, filepath.Join("assets", "sample", "sample.jsonl")},
	} {
		if _, err := r.cli(args...); err != nil {
			return err
		}
	}
	return nil
}

// use is what happens in the window.
func (r *run) use(project string) error {
	began := time.Now()
	if err := r.start(project); err != nil {
		return err
	}
	if err := r.wait("ready", filepath.Base(project)); err != nil {
		return err
	}
	r.say(fmt.Sprintf("the window shows the project after %.1f s", time.Since(began).Seconds()))
	time.Sleep(2 * time.Second) // until the window has the keyboard
	for _, key := range []string{"select a word", "label it"} {
		if err := r.press(key); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	if err := r.wait("saved", ""); err != nil {
		return err
	}
	r.say("a label was given")
	if runtime.GOOS == "darwin" {
		if err := r.second(); err != nil {
			return err
		}
	}
	if err := r.press("quit"); err != nil {
		return err
	}
	select {
	case err := <-r.done:
		if err != nil {
			return fmt.Errorf("the program ended with %w", err)
		}
	case <-time.After(patience):
		return errors.New("the program did not end when it was asked to")
	}
	r.say("it ends")
	return nil
}

// second opens another project by a double click while the program runs: the same
// window shows it.
func (r *run) second() error {
	project := filepath.Join(r.home, "second.lede")
	if err := r.make(project); err != nil {
		return err
	}
	if out, err := exec.CommandContext(r.ctx, "open", "-a", r.program, project).CombinedOutput(); err != nil { //nolint:gosec // the caller's own program
		return fmt.Errorf("open: %w: %s", err, out)
	}
	if err := r.wait("ready", filepath.Base(project)); err != nil {
		return err
	}
	r.say("a second project opens in the program that runs")
	return nil
}

// start starts the window on a project: on a Mac by what a double click does.
func (r *run) start(project string) error {
	cmd := exec.CommandContext(r.ctx, r.program, project) //nolint:gosec // the caller's own program
	if runtime.GOOS == "darwin" {
		args := []string{"-W", "-n", "-a", r.program}
		for _, kv := range r.environment() {
			args = append(args, "--env", kv)
		}
		cmd = exec.CommandContext(r.ctx, "open", append(args, project)...) //nolint:gosec // as above
	}
	cmd.Env = append(os.Environ(), r.environment()...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	r.done = make(chan error, 1)
	go func() { r.done <- cmd.Wait() }()
	return nil
}

func (r *run) environment() []string {
	return []string{
		"LEDE_CONFIG_DIR=" + filepath.Join(r.home, "config"), "LEDE_STATE_DIR=" + filepath.Join(r.home, "state"),
		"LEDE_PROBE=" + filepath.Join(r.home, "probe"),
	}
}

// wait waits until the window says that something has happened, by its probe.
func (r *run) wait(event, path string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		for line := range strings.Lines(r.probe()) {
			var e struct{ Event, Path string }
			if json.Unmarshal([]byte(line), &e) == nil && e.Event == event && (path == "" || filepath.Base(e.Path) == path) {
				return nil
			}
		}
		select {
		case err := <-r.done:
			return fmt.Errorf("the program ended before it said %q: %w", event, err)
		default:
		}
	}
	return fmt.Errorf("the window did not say %q %s within %v", event, path, patience)
}

func (r *run) probe() string {
	raw, err := os.ReadFile(filepath.Join(r.home, "probe"))
	if err != nil && !os.IsNotExist(err) {
		return err.Error()
	}
	return string(raw)
}

// exported counts the spans that the smoke test made, in what the command line exports.
func (r *run) exported(project string) (int, error) {
	out, err := r.cli("export", project, "--format", "jsonl", "--out", "-")
	if err != nil {
		return 0, err
	}
	count := 0
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var article struct {
			Annotator, Text string
			Spans           []struct{ Label, Text string }
		}
		if err := d.Decode(&article); errors.Is(err, io.EOF) {
			return count, nil
		} else if err != nil {
			return 0, fmt.Errorf("the export: %w", err)
		}
		for _, s := range article.Spans {
			if article.Annotator == "smoke" && s.Label == "actor" && s.Text != "" && strings.HasPrefix(article.Text, s.Text) {
				count++
			}
		}
	}
}

func (r *run) cli(args ...string) ([]byte, error) {
	cmd := exec.CommandContext(r.ctx, r.command, args...) //nolint:gosec // the caller's own program
	cmd.Env = append(os.Environ(), r.environment()...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("lede %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return out, err
}

// keys are how each system is told of a key.
var keys = map[string]map[string][]string{
	"linux": {
		"select a word": {"xdotool", "key", "ctrl+shift+Right"},
		"label it":      {"xdotool", "key", "1"},
		"quit":          {"xdotool", "key", "ctrl+q"},
	},
	"darwin": {
		"select a word": {"osascript", "-e", `tell application "System Events" to key code 124 using {shift down, option down}`},
		"label it":      {"osascript", "-e", `tell application "System Events" to keystroke "1"`},
		"quit":          {"osascript", "-e", `tell application "System Events" to keystroke "q" using command down`},
	},
	"windows": {
		"select a word": {"powershell", "-NoProfile", "-Command", `(New-Object -ComObject WScript.Shell).SendKeys('^+{RIGHT}')`},
		"label it":      {"powershell", "-NoProfile", "-Command", `(New-Object -ComObject WScript.Shell).SendKeys('1')`},
		"quit":          {"powershell", "-NoProfile", "-Command", `(New-Object -ComObject WScript.Shell).SendKeys('^q')`},
	},
}

func (r *run) press(what string) error {
	args := keys[runtime.GOOS][what]
	if len(args) == 0 {
		return fmt.Errorf("on %s nobody knows how to %s", runtime.GOOS, what)
	}
	out, err := exec.CommandContext(r.ctx, args[0], args[1:]...).CombinedOutput() //nolint:gosec // the table above
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
