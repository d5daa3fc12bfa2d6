//go:build linux

package torture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"lede/annotate"
	"lede/storage"
)

// build makes the program as people have it, but for the window.
func build(t *testing.T) string {
	t.Helper()
	if program := os.Getenv("LEDE_TORTURE_BIN"); program != "" {
		return program
	}
	program := filepath.Join(t.TempDir(), "lede")
	if out, err := exec.Command("go", "build", "-tags", "nogui", "-o", program, "lede").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// deed is a command line, and whether it changes the project for sure.
type deed struct {
	name    string
	args    []string
	changes bool
}

// think draws a command.
func (v *victim) think() (deed, error) {
	v.deeds++
	name := fmt.Sprintf("t%d", v.deeds)
	if _, err := os.Lstat(v.path); os.IsNotExist(err) {
		return deed{"new", []string{"new", v.path}, true}, nil
	}
	switch v.random.IntN(8) {
	case 0, 1, 2:
		file := filepath.Join(v.dir, "..", "in.jsonl")
		var lines strings.Builder
		for i := range 1 + v.random.IntN(30) {
			_, _ = fmt.Fprintf(&lines, "{\"id\": %q, \"title\": \"Torture\", \"text\": %q}\n", fmt.Sprintf("%s-%d", name, i),
				strings.Repeat("Ministers met in "+name+" – for “news”. ", 1+v.random.IntN(60)))
		}
		return deed{"import", []string{"import", v.path, file}, true}, os.WriteFile(file, []byte(lines.String()), 0o600)
	case 3:
		return deed{"tag", []string{"tag", v.path, name, "--all"}, false}, nil
	case 4:
		return deed{"assign", []string{"assign", v.path, name, "--all"}, false}, nil
	case 5:
		return deed{"sample", []string{"sample", v.path, "--n", "3", "--tag", name}, false}, nil
	case 6:
		return deed{"undo", []string{"undo", v.path}, false}, nil
	default:
		return deed{"backup", []string{"backup", v.path, filepath.Join(v.dir, fmt.Sprintf("backup-%d.lede", v.deeds))}, false}, nil
	}
}

// killProgram runs commands, one after the other, until one is killed.
func (v *victim) killProgram(p plan) error {
	p.wanted()
	for range 6 {
		before, err := v.peek()
		if err != nil {
			return fmt.Errorf("before a command: %w", err)
		}
		what, err := v.think()
		if err != nil {
			return err
		}
		q := p
		if what.name == "new" && v.random.IntN(4) > 0 {
			q = plan{way: -1} // there is to be one to work on
		}
		counts, err := counted(v.counts())
		if err != nil {
			return err
		}
		d := v.doom(q, v.program, append(what.args, "--actor", actor)...)
		home := filepath.Join(v.dir, "..", "home")
		d.cmd.Env = append(d.cmd.Env, "HOME="+home, "LEDE_CONFIG_DIR="+home, "LEDE_STATE_DIR="+home)
		if err := d.start(); err != nil {
			return err
		}
		end := time.AfterFunc(hang, func() { _ = d.cmd.Process.Signal(syscall.SIGQUIT) })
		if q.way == byClock {
			time.AfterFunc(2*d.wait, d.die)
		}
		_, _ = io.Copy(io.Discard, d.out)
		err = d.cmd.Wait()
		end.Stop()
		if status, _ := d.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() && status.Signal() == syscall.SIGKILL {
			v.kills[p.way]++
			v.programs++
			return nil
		}
		if err := v.answered(what, before, counts, d, err); err != nil {
			return fmt.Errorf("lede %s: %w", strings.Join(what.args, " "), err)
		}
	}
	v.finished++
	return nil
}

// wanted makes a plan fit for commands, which do less than a worker.
func (p *plan) wanted() {
	if p.kill > 0 {
		p.kill = 1 + p.kill/2
	}
}

// answered holds what a command said against what it did. A change whose sync failed is told
// as failed, and may be there where the disk refused to take it back, too.
func (v *victim) answered(what deed, before []annotate.Change, counts [counters]int, d *doomed, failed error) error {
	after, err := v.peek()
	if err != nil {
		return fmt.Errorf("after it: %w", err)
	}
	had := func(c annotate.Change) bool {
		return slices.ContainsFunc(before, func(b annotate.Change) bool { return b.ID == c.ID })
	}
	after = slices.DeleteFunc(after, had)
	if failed != nil {
		said := strings.TrimSpace(d.stderr.String())
		if strings.Contains(said, "goroutine ") || !strings.Contains(said, ".") {
			return fmt.Errorf("it failed without a sentence: %w\n%s", failed, said)
		}
		v.said["told"]++
		now, err := counted(v.counts())
		switch {
		case err != nil:
			return err
		case len(after) == 1 && now[failedLogs] > counts[failedLogs]:
			v.said["perhaps"]++
		case len(after) > 0 && what.name != "new":
			return fmt.Errorf("it failed, and %d changes are there: %s", len(after), said)
		}
		return nil
	}
	if len(after) == 0 && what.changes {
		return errors.New("it said that it was done, and changed nothing")
	}
	if what.name == "backup" {
		v.copies = append(v.copies, copied{what.args[2], position(before)})
	}
	v.said["open"]++
	for _, c := range after {
		v.said["ack"]++
		v.work["lede "+what.name]++
		v.acked = append(v.acked, acknowledged(c))
	}
	return nil
}

func position(changes []annotate.Change) (newest int64) {
	for _, c := range changes {
		newest = max(newest, c.Position)
	}
	return newest
}

// peek reads the history in a copy of the files: reading them where they lie would do what
// the next program is to do.
func (v *victim) peek() ([]annotate.Change, error) {
	found, err := present(v.dir)
	if err != nil || found[v.path] == nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(filepath.Join(v.dir, ".."), "peek-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, suffix := range []string{"", "-wal", "-journal"} {
		if raw, ok := found[v.path+suffix]; ok {
			err = errors.Join(err, os.WriteFile(filepath.Join(dir, "project.lede"+suffix), raw, 0o600))
		}
	}
	if err != nil {
		return nil, err
	}
	s, err := storage.New(storage.Options{InstallID: "torture"}).Open(context.Background(), filepath.Join(dir, "project.lede"), annotate.ModeWrite)
	if err != nil {
		return nil, err
	}
	changes, err := s.History(context.Background(), annotate.HistoryQuery{})
	return changes, errors.Join(err, s.Close())
}
