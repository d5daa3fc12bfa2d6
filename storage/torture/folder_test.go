//go:build linux

package torture

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"lede/storage"
)

// TestSyncOfTheFolderFails has SQLite's sync of the folder fail after it made the log,
// which SQLite overlooks. What was acknowledged is there after the power is cut, since the
// store has synced the folder, too; and where that fails, nothing is acknowledged.
func TestSyncOfTheFolderFails(t *testing.T) {
	newest = versionOfToday(t)
	library := compile(t)
	for _, c := range []struct {
		name   string
		fail   string
		opened bool
	}{
		{"SQLite's", "1", true},
		{"both", "3", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := workedOn(t, library, 1)
			if err := v.spend(plan{way: byCut, steps: 30, kill: 250, env: []string{"TORTURE_FOLDER=" + c.fail}}); err != nil {
				t.Fatal(err)
			}
			if v.done[4] == 0 {
				t.Error("no sync of the folder failed: this test shows nothing")
			}
			if opened := v.said["open"] > 0; opened != c.opened {
				t.Errorf("the project was opened: %v", opened)
			}
			if c.opened && v.said["ack"] == 0 {
				t.Error("nothing was acknowledged: this test shows nothing")
			}
			if err := v.cut(harm{odds: 100}); err != nil {
				t.Fatal(err)
			}
			if err := v.look(); err != nil {
				t.Errorf("after the worst power cut: %v", err)
			}
		})
	}
}

// TestAnyCallOfOpeningFails has each of the first calls to the system fail by itself, among
// them those by which SQLite changes to the log. The worker says so, or goes on, and what
// was acknowledged is there after the worst power cut.
func TestAnyCallOfOpeningFails(t *testing.T) {
	newest = versionOfToday(t)
	library := compile(t)
	faults, acked := 0, 0
	for call := 1; call <= 16; call++ {
		v := workedOn(t, library, uint64(call))
		if err := v.spend(plan{way: byCut, steps: 30, kill: 350, env: []string{fmt.Sprint("TORTURE_FAIL=", call)}}); err != nil {
			t.Fatal(err)
		}
		faults, acked = faults+v.faults(), acked+v.said["ack"]
		if err := v.cut(harm{odds: 100}); err != nil {
			t.Fatal(err)
		}
		if err := v.look(); err != nil {
			t.Errorf("call %d failed: %v", call, err)
		}
	}
	if faults < 12 || acked < 20 {
		t.Errorf("%d faults, %d changes: this shows nothing", faults, acked)
	}
}

// TestFailedSyncIsNotBuiltOn has a worker write a change whose sync fails, and end there.
// Whoever opens the project next finds that change in the log, where the system believes it
// to be on the disk. What is acknowledged after it is there after the power is cut.
func TestFailedSyncIsNotBuiltOn(t *testing.T) {
	newest = versionOfToday(t)
	library := compile(t)
	acked := 0
	for sync := 3; sync <= 10; sync++ {
		v := workedOn(t, library, uint64(sync))
		if err := v.spend(plan{way: byCall, steps: 30, env: []string{fmt.Sprint("TORTURE_DOUBT=", sync)}}); err != nil {
			t.Fatal(err)
		}
		if v.done[4] != 1 {
			t.Errorf("%d syncs failed, and one was to", v.done[4])
		}
		before := v.said["ack"]
		if err := v.spend(plan{way: byCut, steps: 30, kill: 270}); err != nil {
			t.Fatal(err)
		}
		acked += v.said["ack"] - before
		if err := v.cut(harm{odds: 100}); err != nil {
			t.Fatal(err)
		}
		if err := v.look(); err != nil {
			t.Errorf("after sync %d of the log failed: %v", sync, err)
		}
	}
	if acked < 12 {
		t.Errorf("%d changes were acknowledged: this shows nothing", acked)
	}
}

// TestFailedSyncIsNotTakenInByHalves has the next who opens such a project be killed while he
// takes the log in, at one call after the other, and the power be cut then. There is no half
// of that change in the file.
func TestFailedSyncIsNotTakenInByHalves(t *testing.T) {
	newest = versionOfToday(t)
	library := compile(t)
	for _, c := range []struct {
		name  string
		env   []string
		calls int
	}{
		{"writer", nil, 40},
		{"reader", []string{workerRead + "=1"}, 60},
	} {
		t.Run(c.name, func(t *testing.T) {
			cuts := 0
			for call := 1; call <= c.calls; call++ {
				v := workedOn(t, library, uint64(call))
				if err := v.spend(plan{way: byCall, steps: 30, env: []string{fmt.Sprint("TORTURE_DOUBT=", 3+call%8)}}); err != nil {
					t.Fatal(err)
				}
				if err := v.spend(plan{way: byCut, steps: 30, kill: call, env: c.env}); err != nil {
					t.Fatal(err)
				}
				if err := v.cut(harm{odds: 50}); err != nil {
					t.Fatal(err)
				}
				if v.dropped+v.torn > 0 {
					cuts++
				}
				if err := v.look(); err != nil {
					t.Errorf("killed in call %d: %v", call, err)
				}
			}
			if cuts < c.calls/2 {
				t.Errorf("%d power cuts took something: this shows nothing", cuts)
			}
		})
	}
}

// workedOn is a project that somebody has made, and closed.
func workedOn(t *testing.T, library string, seed uint64) *victim {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	v := &victim{tally: newTally(), dir: filepath.Join(folder(t, "/dev/shm"), "p"), library: library, random: random}
	v.path = filepath.Join(v.dir, "project.lede")
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := storage.New(storage.Options{}).Create(context.Background(), v.path, actor, firstRecords(environment(random)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return v
}
