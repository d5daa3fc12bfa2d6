//go:build linux

package torture

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"lede/annotate/annotest"
	"lede/storage"
)

// workerTask makes this program a worker.
const workerTask = "TORTURE_WORKER"

// The environment of a long run.
const (
	longTime = "LEDE_TORTURE"      // how long, such as 1h
	longSeed = "LEDE_TORTURE_SEED" // default 1
	longLog  = "LEDE_TORTURE_LOG"  // the file of its report
)

// short is how long the run of every "go test" takes.
const short = 8 * time.Second

// newest is the version of a file of today.
var newest int

func TestMain(m *testing.M) {
	if os.Getenv(workerTask) != "" {
		if err := work(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	os.Exit(m.Run())
}

// counters are those of faults.c, in its order. failedLogs counts the syncs of the log that
// failed.
const (
	failedLogs = 11
	counters   = 12
)

// tally counts what was done.
type tally struct {
	rounds, finished, checks, backups, migrated, projects int
	kills                                                 [ways]int
	cuts, dropped, torn, drafts                           int
	done                                                  [counters]int
	lost, sharers, programs, outlines                     int
	half                                                  [2]int // compactions and purges without an answer: not done, done
	said, work, sentences                                 map[string]int
	failures                                              []string
}

func newTally() *tally {
	return &tally{said: map[string]int{}, work: map[string]int{}, sentences: map[string]int{}}
}

func (t *tally) add(o *tally) {
	for _, p := range []struct {
		to *int
		n  int
	}{
		{&t.rounds, o.rounds},
		{&t.finished, o.finished},
		{&t.checks, o.checks},
		{&t.backups, o.backups},
		{&t.migrated, o.migrated},
		{&t.projects, o.projects},
		{&t.cuts, o.cuts},
		{&t.dropped, o.dropped},
		{&t.torn, o.torn},
		{&t.lost, o.lost},
		{&t.sharers, o.sharers},
		{&t.programs, o.programs},
		{&t.drafts, o.drafts},
		{&t.outlines, o.outlines},
		{&t.half[0], o.half[0]},
		{&t.half[1], o.half[1]},
	} {
		*p.to += p.n
	}
	for i, n := range o.kills {
		t.kills[i] += n
	}
	for i, n := range o.done {
		t.done[i] += n
	}
	for _, m := range [][2]map[string]int{{t.said, o.said}, {t.work, o.work}, {t.sentences, o.sentences}} {
		for k, n := range m[1] {
			m[0][k] += n
		}
	}
	t.failures = append(t.failures, o.failures...)
}

// killed counts kills of every way, faults all calls that failed or did half.
func (t *tally) killed() int { return t.kills[byClock] + t.kills[byCall] + t.kills[byCut] }

func (t *tally) faults() int {
	return t.done[1] + t.done[2] + t.done[3] + t.done[4] + t.done[5] + t.done[6]
}

// did says whether all of it was done as often as that, cuts a quarter as often.
func (t *tally) did(enough int) bool {
	return t.killed() >= enough && t.faults() >= enough && t.cuts >= enough/4 && t.said["ack"] >= 5*enough
}

// compile makes the library. A machine that builds Lede has a C compiler.
func compile(t *testing.T) string {
	t.Helper()
	library := filepath.Join(t.TempDir(), "faults.so")
	out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-o", library, "testdata/faults.c", "-ldl").CombinedOutput()
	if err != nil {
		t.Fatalf("this test needs a C compiler, as the program does: %v\n%s", err, out)
	}
	return library
}

// lane is one row of victims, one after the other.
type lane struct {
	t       *testing.T
	random  *rand.Rand
	library string
	program string
	name    string
	disks   []string // folders on memory and on a real disk
	mu      *sync.Mutex
	all     *tally
}

// another begins a new project: a fresh one, or a file of an older version.
func (l *lane) another(n int) (*victim, error) {
	disk := l.disks[0]
	if n%8 == 7 {
		disk = l.disks[1]
	}
	root := filepath.Join(disk, fmt.Sprintf("%s-%d", l.name, n))
	v := &victim{
		tally: newTally(), dir: filepath.Join(root, "p"), library: l.library,
		random: rand.New(rand.NewPCG(l.random.Uint64(), l.random.Uint64())),
	}
	v.path = filepath.Join(v.dir, "project.lede")
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		return nil, err
	}
	if n%5 == 4 {
		v.program = l.program
	} else if n%3 == 2 {
		raw, err := os.ReadFile(fmt.Sprintf("../testdata/v%d.lede", 1+v.random.IntN(newest-1)))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(v.path, raw, 0o600); err != nil {
			return nil, err
		}
		if v.old, _, err = dump(v.path); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// roundsEach is how many rounds a project lasts.
const roundsEach = 20

// drive does rounds until the time is over.
func (l *lane) drive(until time.Time) {
	for n := 0; time.Now().Before(until); n++ {
		v, err := l.another(n)
		if err != nil {
			l.t.Error(err)
			return
		}
		for range roundsEach {
			v.rounds++
			err := v.run()
			if err == nil && (v.old != nil || v.undecided() || v.random.IntN(5) < 2) { // else the next worker finds it as it is
				err = v.look()
			}
			if err != nil {
				v.failures = append(v.failures, fmt.Sprintf("%s, project %d, round %d (in %s): %v", l.name, n, v.rounds, v.dir, err))
				break
			}
			if time.Now().After(until) {
				break
			}
		}
		if len(v.failures) == 0 {
			if err := v.look(); err != nil {
				v.failures = append(v.failures, fmt.Sprintf("%s, project %d, at its end (in %s): %v", l.name, n, v.dir, err))
			}
		}
		if len(v.failures) == 0 {
			_ = os.RemoveAll(filepath.Dir(v.dir))
		}
		v.projects++
		l.mu.Lock()
		l.all.add(v.tally)
		l.mu.Unlock()
	}
}

// torture runs lanes for a while.
func torture(t *testing.T, length time.Duration, seed uint64, every func(*tally)) *tally {
	t.Helper()
	newest = versionOfToday(t)
	_ = commit()
	library, program, all, mu := compile(t), "", newTally(), &sync.Mutex{}
	if !testing.Short() {
		program = build(t)
	}
	disks := []string{folder(t, "/dev/shm"), folder(t, "")}
	until := time.Now().Add(length)
	var wait sync.WaitGroup
	for i := range runtime.GOMAXPROCS(0) {
		l := &lane{
			t: t, random: rand.New(rand.NewPCG(seed, uint64(i))), library: library, program: program, disks: disks,
			name: fmt.Sprintf("seed-%d-lane-%d", seed, i), mu: mu, all: all,
		}
		wait.Go(func() { l.drive(until) })
	}
	over := make(chan struct{})
	go func() { wait.Wait(); close(over) }()
	for tick := time.NewTicker(time.Minute); ; {
		select {
		case <-over:
			tick.Stop()
			every(all)
			return all
		case <-tick.C:
			mu.Lock()
			every(all)
			mu.Unlock()
		}
	}
}

// folder makes a folder that stays if the test fails.
func folder(t *testing.T, in string) string {
	t.Helper()
	dir, err := os.MkdirTemp(in, "lede-torture-") //nolint:usetesting // what fails is looked at afterwards
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		dir, err = os.MkdirTemp("", "lede-torture-") //nolint:usetesting // as above
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() {
			_ = os.RemoveAll(dir)
		}
	})
	return dir
}

func versionOfToday(t *testing.T) int {
	t.Helper()
	s, err := storage.New(storage.Options{Env: annotest.NewEnv()}).Create(context.Background(), filepath.Join(t.TempDir(), "p.lede"), actor, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.Info().FileVersion
}

// TestTorture kills and breaks for a few seconds or, for "make torture", as long as
// it is told.
func TestTorture(t *testing.T) {
	length, seed, enough := short, uint64(1), 20
	if long := os.Getenv(longTime); long != "" {
		var err error
		if length, err = time.ParseDuration(long); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() { // for the detector of races, which makes it slow
		length, enough = short/2, 5
	}
	if s := os.Getenv(longSeed); s != "" {
		var err error
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	begun, all := time.Now(), newTally()
	for n := range uint64(10) { // a machine with much else to do does little in a few seconds
		all.add(torture(t, length, seed+n, func(so *tally) {
			if path := os.Getenv(longLog); path != "" {
				if err := os.WriteFile(path, []byte(report(so, begun, seed)), 0o644); err != nil {
					t.Error(err)
				}
			}
		}))
		if all.did(enough) || len(all.failures) > 0 {
			break
		}
	}
	if len(all.failures) > 0 {
		t.Errorf("%d failures", len(all.failures))
	}
	if !all.did(enough) {
		t.Error("it did too little")
	}
	t.Logf("%s", report(all, begun, seed))
}

// TestLyingDiskIsSeen shows that a round would notice a loss: with syncs that do
// nothing, acknowledged changes are lost, or the file is.
func TestLyingDiskIsSeen(t *testing.T) {
	newest = versionOfToday(t)
	l := &lane{t: t, random: rand.New(rand.NewPCG(1, 2)), library: compile(t), disks: []string{folder(t, "/dev/shm"), ""}, name: "lie"}
	for n := range 5 {
		v, err := l.another(8 * n)
		if err != nil {
			t.Fatal(err)
		}
		s, err := storage.New(storage.Options{}).Create(context.Background(), v.path, actor, firstRecords(environment(v.random)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		v.lie = true
		for range 5 {
			if err := v.run(); err != nil {
				t.Fatal(err)
			}
			if err := v.look(); err != nil {
				t.Logf("seen: %v", err)
				return
			}
		}
	}
	t.Error("nothing was synced, and nothing was missed")
}

// report is the page of a run.
func report(t *tally, begun time.Time, seed uint64) string {
	var b strings.Builder
	row := func(name string, value any) { _, _ = fmt.Fprintf(&b, "| %s | %v |\n", name, value) }
	result := "lost nothing"
	if len(t.failures) > 0 {
		result = fmt.Sprintf("%d failures", len(t.failures))
	}
	b.WriteString("| | |\n| --- | --- |\n")
	row("result", result)
	row("begun", begun.UTC().Format("2006-01-02 15:04 UTC"))
	row("duration", time.Since(begun).Round(time.Second))
	row("seed", seed)
	row("commit", commit())
	row("machine", machine())
	row("rounds", fmt.Sprintf("%d, on %d projects", t.rounds, t.projects))
	row("**kills**", fmt.Sprintf("**%d**", t.killed()))
	row("— at some moment, from outside", t.kills[byClock])
	row("— in a call to the system: before it, after it, half of it done", t.kills[byCall])
	row("— the same, and the power cut", t.kills[byCut])
	row("of them, workers that shared a project with another one", t.sharers)
	row("of them, the program itself (import, tag, assign, sample, undo, backup)", t.programs)
	row("workers and commands that came to their end first", t.finished)
	row("writes and names that a cut dropped", t.dropped)
	row("writes that it tore", t.torn)
	row("**faults injected**", fmt.Sprintf("**%d**", t.faults()))
	for i, name := range []string{"writes cut short", "writes refused: no space", "writes refused: I/O error", "syncs failed, and what they were for dropped", "cuts of a file refused", "names refused"} {
		row("— "+name, t.done[i+1])
	}
	row("calls to the system that were watched", t.done[0])
	row("— of these Go's own: names, writes, and syncs of files and folders", t.done[8])
	row("**changes acknowledged**", fmt.Sprintf("**%d**", t.said["ack"]))
	for _, what := range slices.Sorted(maps.Keys(t.work)) {
		row("— "+what, t.work[what])
	}
	row("projects opened and closed by workers", fmt.Sprintf("%d, %d", t.said["open"], t.said["closed"]))
	row("files made smaller", t.said["shrunk"])
	row("old files brought up to date", t.migrated)
	row("backups looked at", t.backups)
	row("compactions and purges that were killed or failed: not done, done", fmt.Sprintf("%d, %d", t.half[0], t.half[1]))
	row("what a compaction or purge left, held against what was there", t.outlines)
	row("drafts that kills left, removed with the next opening", t.drafts)
	row("verifications (check, history, every acknowledged op)", t.checks)
	row("**acknowledged changes lost**", fmt.Sprintf("**%d**", t.lost))
	row("errors told", t.said["told"])
	row("undo and redo refused because of what was given up", t.said["given-up"])
	row("changes told as failed that were there: the log was not synced", t.said["perhaps"])
	b.WriteString("\nWhat people would have read, and how often:\n\n")
	for _, sentence := range slices.Sorted(maps.Keys(t.sentences)) {
		_, _ = fmt.Fprintf(&b, "- %s (%d)\n", sentence, t.sentences[sentence])
	}
	for _, f := range t.failures {
		_, _ = fmt.Fprintf(&b, "\nFAILED: %s\n", f)
	}
	return b.String()
}

// commit is that of the beginning of a run: the folder may go on.
var commit = sync.OnceValue(func() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=12").Output()
	if err != nil {
		return "not known"
	}
	return strings.TrimSpace(string(out))
})

func machine() string {
	model := "unknown processor"
	if raw, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, after, ok := strings.Cut(string(raw), "model name\t: "); ok {
			model, _, _ = strings.Cut(after, "\n")
		}
	}
	return fmt.Sprintf("%s, %d cores, %s; projects on tmpfs, every eighth on a disk", model, runtime.NumCPU(), runtime.GOOS)
}
