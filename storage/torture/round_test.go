//go:build linux

package torture

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/storage"
)

// hang is how long a worker may take for a round before it counts as one that
// hangs: far more than any takes.
const hang = 2 * time.Minute

// The ways in which a round ends.
const (
	byClock = iota // killed from outside, at some moment
	byCall         // killed in a call to the system, before it, after it or in the middle
	byCut          // the same, and the power goes
	ways
)

// copied is a backup that a worker was told is made, of a project that had changes
// up to a position.
type copied struct {
	path     string
	position int64
}

// victim is a project that workers are killed on, round after round.
type victim struct {
	*tally
	dir, path string
	random    *rand.Rand
	library   string
	acked     []acknowledgement
	tidied    []*tidying // in their order; those that are not done may be
	spared    []*tidying // that were not done, as the last look found
	copies    []copied
	disk      *disk    // what is synced, since somebody else last worked on it; nil: all
	old       []string // what an old file holds that is to be brought up to date; nil: it is
	program   string   // lede itself, which works in place of workers
	deeds     int      // that it was told to do
	env       []string // of the processes of this round
	mu        sync.Mutex
	lie       bool // syncs do nothing: everything here must fail
}

// plan is what is to happen in a round.
type plan struct {
	way, faults, kill, steps int
	tidy                     bool     // much is given up
	others                   int      // workers that work on the same project
	env                      []string // more of it
}

// draw makes a plan.
func (v *victim) draw() plan {
	p := plan{way: v.random.IntN(ways), steps: 30}
	if p.way != byClock {
		p.kill = 1 + v.random.IntN([]int{20, 100, 300}[v.random.IntN(3)])
	}
	if v.random.IntN(2) == 0 && !v.lie {
		p.faults = []int{30, 100, 300}[v.random.IntN(3)]
	}
	if v.lie {
		p.way, p.kill, p.env = byCut, 200+v.random.IntN(200), []string{"TORTURE_LIE=1"}
	}
	p.tidy = v.random.IntN(5) == 0
	switch {
	case v.old != nil:
		p.steps = 0
	case v.random.IntN(60) == 0: // long enough for the log to be taken into the file meanwhile
		p.steps, p.kill = 300, p.kill*10
	case v.random.IntN(6) == 0 && !v.lie:
		p.others = 1
	}
	switch {
	case v.old != nil, v.lie:
	case v.random.IntN(12) == 0: // and who comes next finds a log that may not be on the disk
		p.env = append(p.env, fmt.Sprint("TORTURE_DOUBT=", 1+v.random.IntN(30)))
	case v.random.IntN(12) == 0:
		p.env = append(p.env, workerRead+"=1")
	}
	return p
}

// run does one round.
func (v *victim) run() error {
	p := v.draw()
	if err := v.spend(p); err != nil || p.way != byCut {
		return err
	}
	return v.cut(v.disk.chance(v.random))
}

// spend has workers work until they are killed.
func (v *victim) spend(p plan) (err error) {
	logs, counts := filepath.Join(v.dir, "..", "logs"), v.counts()
	if v.disk == nil {
		if v.disk, err = newDisk(v.dir); err != nil {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(logs), os.Mkdir(logs, 0o700), os.WriteFile(counts, make([]byte, 8*counters), 0o600)); err != nil {
		return err
	}
	v.env = append([]string{"LD_PRELOAD=" + v.library, "TORTURE_DIR=" + v.dir, "TORTURE_COUNTS=" + counts, "TORTURE_LOG=" + logs}, p.env...)
	if v.program != "" {
		err = v.killProgram(p)
	} else {
		err = v.killWorkers(p)
	}
	if err != nil {
		return err
	}
	if err := v.count(counts); err != nil {
		return err
	}
	return v.disk.replay(logs)
}

// counts is the file of counters.
func (v *victim) counts() string { return filepath.Join(v.dir, "..", "counts") }

// cut takes the power away.
func (v *victim) cut(h harm) error {
	dropped, torn, err := v.disk.cut(h, v.random)
	v.disk = nil
	v.cuts++
	v.dropped += dropped
	v.torn += torn
	return err
}

// killWorkers starts the workers of a round and sees to their end. If the power goes, it
// goes for all when the first is killed.
func (v *victim) killWorkers(p plan) error {
	all := []*doomed{v.doom(p, os.Args[0])}
	for range p.others {
		all[0].shared = true
		d := v.doom(p, os.Args[0])
		d.shared = true
		all = append(all, d)
	}
	ends := make(chan error, len(all))
	started := 0
	var err error
	for _, d := range all {
		if d.shared {
			d.cmd.Env = append(d.cmd.Env, workerWith+"=1")
		}
		if err = d.start(); err != nil {
			break
		}
		started++
		go func() { ends <- v.follow(d) }()
	}
	for range started {
		err = errors.Join(err, <-ends)
		if p.way == byCut || err != nil {
			for _, d := range all[:started] {
				d.die()
			}
		}
	}
	return err
}

// doomed is a process that is to be killed.
type doomed struct {
	cmd    *exec.Cmd
	out    io.Reader
	stderr bytes.Buffer
	way    int
	wait   time.Duration
	wanted int // lines, after which it is soon killed
	shared bool

	trying *tidying   // what it is about to give up
	before []*tidying // what was given up before it began to shrink the file
}

// doom prepares a process by a plan.
func (v *victim) doom(p plan, program string, args ...string) *doomed {
	d := &doomed{cmd: exec.Command(program, args...), way: p.way, wait: time.Duration(v.random.IntN(40_000)) * time.Microsecond, wanted: v.random.IntN(25)}
	d.cmd.Env = append(append(os.Environ(), v.env...),
		workerTask+"=1", workerPath+"="+v.path, fmt.Sprint(workerSeed, "=", v.random.Uint64()), fmt.Sprint(workerMany, "=", p.steps),
		fmt.Sprint("TORTURE_SEED=", v.random.Uint64()>>2), fmt.Sprint("TORTURE_FAULTS=", p.faults), fmt.Sprint("TORTURE_KILL=", p.kill))
	if p.tidy {
		d.cmd.Env = append(d.cmd.Env, workerTidy+"=1")
	}
	d.cmd.Stderr = &d.stderr
	return d
}

func (d *doomed) start() (err error) {
	if d.out, err = d.cmd.StdoutPipe(); err != nil {
		return err
	}
	return d.cmd.Start()
}

func (d *doomed) die() { _ = d.cmd.Process.Kill() }

// follow hears what a worker says, until it is dead.
func (v *victim) follow(d *doomed) error {
	end := time.AfterFunc(hang, func() { _ = d.cmd.Process.Signal(syscall.SIGQUIT) }) // it tells where it hangs
	defer end.Stop()
	heard := 0
	if d.way == byClock && d.wanted == 0 {
		time.AfterFunc(d.wait, d.die)
	}
	lines := bufio.NewScanner(d.out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := v.hear(d, lines.Text()); err != nil {
			d.die()
			return errors.Join(err, d.cmd.Wait())
		}
		if heard++; d.way == byClock && heard == d.wanted {
			time.AfterFunc(d.wait/10, d.die)
		}
	}
	return v.ended(d, d.cmd.Wait())
}

// ended counts how a process ended.
func (v *victim) ended(d *doomed, err error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	status, _ := d.cmd.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case strings.Contains(d.stderr.String(), "DATA RACE"):
		return fmt.Errorf("two goroutines meet: %s", d.stderr.String())
	case err == nil:
		v.finished++
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		v.kills[d.way]++
		if d.shared {
			v.sharers++
		}
	default:
		return fmt.Errorf("the worker ended by itself: %w\n%s", err, d.stderr.String())
	}
	return nil
}

// hear takes in what a worker says.
func (v *victim) hear(d *doomed, line string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	what, rest, _ := strings.Cut(line, " ")
	v.said[what]++
	switch what {
	case "ack":
		if what, a, whole := readAcknowledgement(rest); whole { // else it is its last line, cut off
			v.acked = append(v.acked, a)
			v.work[what]++
		}
	case "try", "did", "not", "shrinking", "shrunk":
		v.hearTidy(d, what, rest)
	case "backup":
		var c copied
		if _, err := fmt.Sscan(rest, &c.path, &c.position); err == nil {
			v.copies = append(v.copies, c)
		}
	case "told":
		if before, _, ok := strings.Cut(rest, "is running: "); ok {
			rest = before + "is running: somebody."
		}
		v.sentences[rest]++
	case "BAD":
		return errors.New(rest)
	}
	return nil
}

// count takes in what the library did.
func (v *victim) count(path string) error {
	done, err := counted(path)
	for i := range done {
		v.done[i] += done[i]
	}
	return err
}

// counted reads what the library did in this round.
func counted(path string) (done [counters]int, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return done, err
	}
	for i := range done {
		done[i] = int(binary.NativeEndian.Uint64(raw[8*i:]))
	}
	return done, nil
}

// look verifies the project. An error says what is wrong with it.
func (v *victim) look() error {
	ctx := context.Background()
	v.disk = nil
	if _, err := os.Lstat(v.path); os.IsNotExist(err) && len(v.acked) == 0 && v.said["open"] == 0 {
		return nil // it was killed before it was made
	}
	if v.old != nil {
		return v.lookOld()
	}
	v.abandon()
	s, err := storage.New(storage.Options{InstallID: "torture"}).Open(ctx, v.path, annotate.ModeWrite)
	if err != nil {
		return fmt.Errorf("it cannot be opened: %w", err)
	}
	err = errors.Join(v.sound(s), s.Close())
	if err == nil {
		err = v.traces()
	}
	if err == nil {
		err = v.lookAtCopies()
	}
	return errors.Join(err, v.alone())
}

// lookAtCopies opens every backup that has its name, acknowledged or not. Those that
// were looked at are removed.
func (v *victim) lookAtCopies() error {
	found, err := filepath.Glob(filepath.Join(v.dir, "backup-*.lede"))
	if err != nil {
		return err
	}
	for _, c := range v.copies {
		if !slices.Contains(found, c.path) {
			return fmt.Errorf("an acknowledged backup is not there: %s", c.path)
		}
	}
	for _, path := range found {
		var before []acknowledgement
		if i := slices.IndexFunc(v.copies, func(c copied) bool { return c.path == path }); i >= 0 {
			for _, a := range v.acked {
				if a.position <= v.copies[i].position {
					before = append(before, a)
				}
			}
		}
		if err := v.lookAtCopy(path, before); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	v.copies = nil
	return nil
}

func (v *victim) lookAtCopy(path string, before []acknowledgement) error {
	v.backups++
	s, err := storage.New(storage.Options{InstallID: "torture"}).Open(context.Background(), path, annotate.ModeRead)
	if err != nil {
		return err
	}
	problems, err := s.Check(context.Background())
	// What an import had staged is copied, too, and told.
	problems = slices.DeleteFunc(problems, func(p annotate.Problem) bool { return strings.Contains(p.What, "was not finished") })
	history, err2 := s.History(context.Background(), annotate.HistoryQuery{})
	if err := errors.Join(err, err2, s.Close()); err != nil || len(problems) > 0 {
		return fmt.Errorf("%w, %+v", err, problems)
	}
	in, perhaps := v.tidiedIn(history)
	wrong := ""
	for n := len(perhaps); n >= 0; n-- { // it was made before some of them
		if _, wrong = differ(history, slices.Concat(in, perhaps[:n]), before); wrong == "" {
			break
		}
	}
	if wrong != "" {
		return errors.New(wrong)
	}
	return os.Remove(path)
}

// tidiedIn are the compactions and purges that a copy with a history is made after, by the
// place of the changes that they made, and those of which that is not known. Workers that
// share a project may end them in another order than they began them.
func (v *victim) tidiedIn(history []annotate.Change) (in, perhaps []*tidying) {
	for _, t := range v.tidied {
		switch {
		case t.change.position == 0:
			perhaps = append(perhaps, t)
		case len(history) > 0 && t.change.position <= history[len(history)-1].Position:
			in = append(in, t)
		}
	}
	return in, perhaps
}

// lookOld expects that a file of an older version, brought up to date or not, holds
// what it held, and so does each copy that was made of it first.
func (v *victim) lookOld() error {
	found, err := filepath.Glob(filepath.Join(v.dir, "*.lede"))
	if err != nil {
		return err
	}
	done := false
	for _, path := range found {
		v.checks++
		got, version, err := dump(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if diff := annotest.Diff(v.old, got); diff != "" {
			return fmt.Errorf("%s: an old file is another one: %s", path, diff)
		}
		done = done || path == v.path && version == newest
	}
	if done {
		v.migrated++
		v.old = nil
	}
	return nil
}

// dump is all that a file holds.
func dump(path string) (lines []string, version int, err error) {
	ctx := context.Background()
	s, err := storage.New(storage.Options{Env: annotest.NewEnv(), InstallID: "torture"}).Open(ctx, path, annotate.ModeRead)
	if err != nil {
		return nil, 0, err
	}
	lines, err = annotest.Dump(ctx, s)
	problems, err2 := s.Check(ctx)
	if len(problems) > 0 {
		err2 = fmt.Errorf("check: %+v", problems)
	}
	return lines, s.Info().FileVersion, errors.Join(err, err2, s.Close())
}

// abandon makes drafts that killed workers left look as old as they would be when
// somebody opens the project another day.
func (v *victim) abandon() {
	drafts, _ := filepath.Glob(filepath.Join(v.dir, ".*"))
	for _, path := range drafts {
		long := time.Now().Add(-24 * time.Hour)
		_ = os.Chtimes(path, long, long)
	}
	v.drafts += len(drafts)
}

// alone expects that nothing lies beside a project that nobody has open but copies
// of it.
func (v *victim) alone() error {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return err
	}
	var beside []string
	for _, e := range entries {
		name := e.Name()
		if name != filepath.Base(v.path) && !strings.HasPrefix(name, "project.v") && !strings.HasPrefix(name, "backup-") {
			beside = append(beside, name)
		}
	}
	if len(beside) > 0 {
		return fmt.Errorf("beside the project lie %s", strings.Join(beside, ", "))
	}
	return nil
}
