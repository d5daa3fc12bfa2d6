package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// answerWithin is how long the window may take, after all that was done to it and on
// a busy machine, to hear what another program wrote: it looks once a second.
const answerWithin = 2 * time.Minute

// TestSoak does random things to the real window, with the mouse and the keyboard,
// and holds that it neither ends nor hangs, that no change that it said was saved is
// missing, and that the project is whole. It takes a minute; longer with
//
//	make soak DURATION=1h SEED=1
//
// which then also holds that the program does not grow from minute 10 to the end.
func TestSoak(t *testing.T) {
	s := newSoak(t)
	s.began = time.Now()
	asked, minute := s.began, 0
	for time.Since(s.began) < s.duration {
		s.hands.gesture()
		s.alive()
		if m := int(time.Since(s.began) / time.Minute); m > minute || len(s.memory) == 0 {
			minute = m
			s.memory = append(s.memory, rss(s.t, s.p.cmd.Process.Pid))
		}
		if time.Since(asked) > 20*time.Second {
			s.ask()
			asked = time.Now()
		}
	}
	s.ask()
	s.memory = append(s.memory, rss(s.t, s.p.cmd.Process.Pid))
	keep(t, "end", s.p.picture())
	s.verify()
	s.report()
	s.grows()
}

// soak is one run.
type soak struct {
	t        *testing.T
	p        *program
	hands    *wildHands
	seed     uint64
	duration time.Duration
	began    time.Time
	asked    int   // times
	memory   []int // MB of resident memory, by minute and at the end
}

func newSoak(t *testing.T) *soak {
	s := &soak{t: t, seed: 1, duration: time.Minute}
	var err error
	if v := os.Getenv("LEDE_SOAK"); v != "" {
		if s.duration, err = time.ParseDuration(v); err != nil {
			t.Fatalf("LEDE_SOAK is a duration, as 1h: %v", err)
		}
	}
	if v := os.Getenv("LEDE_SOAK_SEED"); v != "" {
		if s.seed, err = strconv.ParseUint(v, 10, 64); err != nil {
			t.Fatalf("LEDE_SOAK_SEED is a number: %v", err)
		}
	}
	d := sampleDesk(t)
	lines := filepath.Join(d.home, "soak.jsonl")
	write(t, lines, soakArticles())
	d.cli("import", d.project, lines, "--actor", "lede")
	s.p = d.open()
	s.hands = newWildHands(t, d, s.seed)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("Seed %d. To do the same again: make soak DURATION=%s SEED=%d. The last that was done:\n%s",
				s.seed, s.duration, s.seed, strings.Join(s.hands.last, "\n"))
		}
	})
	return s
}

// soakArticles are articles of several scripts and one that is long, beside the
// sample's.
func soakArticles() string {
	texts := map[string]string{
		"mixed":  "The UN (الأمم المتحدة) said: «لن نغادر» — then 大臣は「辞任しない」と述べた. 👩‍👩‍👧‍👦 voted 🗳️, e\u0301lan, חדשות 12:30.\n\n" + strings.Repeat("קול 日本語 text العربية 😀 mixed, again and again. ", 40),
		"empty":  "\n\n\n",
		"long":   strings.Repeat("The minister said on Tuesday that protesters gathered outside parliament while police blocked several roads. ", 2000),
		"lines":  strings.Repeat("one\n\ntwo\n", 400),
		"arabic": strings.Repeat("أعلنت الحكومة يوم الاثنين أن المفاوضات مع النقابة انهارت للمرة الثالثة هذا العام. ", 60),
	}
	var out strings.Builder
	for _, ref := range slices.Sorted(maps.Keys(texts)) {
		line := map[string]any{"id": ref, "title": "Soak: " + ref, "text": texts[ref], "annotator": "ana"}
		if ref == "long" {
			var spans []map[string]any
			for i := range 800 {
				spans = append(spans, map[string]any{"label": []string{"actor", "event", "quote"}[i%3], "start": i * 200, "end": i*200 + 12 + i%50})
			}
			line["spans"] = spans
		}
		raw, err := json.Marshal(line)
		if err != nil {
			panic(err)
		}
		out.Write(append(raw, '\n'))
	}
	return out.String()
}

// alive fails when the program has ended.
func (s *soak) alive() {
	select {
	case err := <-s.p.ended:
		s.p.done = true
		said, _ := os.ReadFile(s.p.log)
		s.t.Fatalf("the program has ended after %s (%v): %s", time.Since(s.began).Round(time.Second), err, tail(string(said), 6000))
	default:
	}
	if s.hands.ended != nil {
		s.t.Fatal(s.hands.ended)
	}
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// ask has another program write, and waits until the window has seen it.
func (s *soak) ask() {
	s.t.Helper()
	s.hands.rest()
	s.alive()
	mark := s.p.mark()
	s.asked++
	path := filepath.Join(s.p.home, fmt.Sprintf("asked-%d.txt", s.asked))
	write(s.t, path, fmt.Sprintf("Question %d\n\nWill the window show this?\n", s.asked))
	s.p.cli("import", s.p.project, path, "--actor", "lede")
	for end := time.Now().Add(answerWithin); ; time.Sleep(20 * time.Millisecond) {
		s.alive()
		if slices.ContainsFunc(s.p.probe.all(s.t)[mark:], func(h happening) bool { return h.Event == "remote" }) {
			return
		}
		if time.Now().After(end) {
			keep(s.t, "hangs", s.p.picture())
			s.t.Fatalf("the window did not see within %s what another program wrote", answerWithin)
		}
	}
}

// verify closes the window and compares what it said with what is in the file.
func (s *soak) verify() {
	s.t.Helper()
	s.p.kill() // as a power cut would: what was said to be saved must be there
	if crash, _ := filepath.Glob(filepath.Join(s.p.home, "state", "*crash*")); len(crash) > 0 {
		if raw, _ := os.ReadFile(crash[0]); len(raw) > 0 {
			s.t.Errorf("there is a crash report: %s", raw)
		}
	}
	var changes []struct{ ID string }
	if err := json.Unmarshal([]byte(s.p.cli("history", s.p.project, "--json", "--limit", "0")), &changes); err != nil {
		s.t.Fatal(err)
	}
	there := map[string]bool{}
	for _, c := range changes {
		there[c.ID] = true
	}
	saved, lost := s.count("saved"), 0
	for _, h := range s.p.probe.all(s.t) {
		if h.Event == "saved" && h.Change != "" && !there[h.Change] {
			lost++
		}
	}
	if lost > 0 {
		s.t.Errorf("%d changes that were said to be saved are not in the history", lost)
	}
	if saved < 10 {
		s.t.Errorf("only %d changes were made: the hands do not reach the program", saved)
	}
	s.p.cli("check", s.p.project) // fails when history and tables differ
}

// count counts events of the probe; of saves only those of a change.
func (s *soak) count(event string) (n int) {
	for _, h := range s.p.probe.all(s.t) {
		if h.Event == event && (event != "saved" || h.Change != "") {
			n++
		}
	}
	return n
}

// report says what was done, in the test's log and in the file that LEDE_SOAK_LOG
// names.
func (s *soak) report() {
	var b strings.Builder
	result := "passed"
	if s.t.Failed() {
		result = "FAILED"
	}
	fmt.Fprintf(&b, "# Soak\n\nRandom input to the real window, by `make soak DURATION=%s SEED=%d`.\n\n", s.duration, s.seed)
	fmt.Fprintf(&b, "| | |\n| --- | --- |\n")
	row := func(name string, value any) { fmt.Fprintf(&b, "| %s | %v |\n", name, value) }
	row("result", result)
	row("begun", s.began.UTC().Format("2006-01-02 15:04 UTC"))
	row("duration", time.Since(s.began).Round(time.Second))
	row("seed", s.seed)
	row("commit", commit())
	row("machine", machine())
	events := 0
	for _, n := range s.hands.counts {
		events += n
	}
	row("events", events)
	for _, kind := range slices.Sorted(maps.Keys(s.hands.counts)) {
		row("— "+kind, s.hands.counts[kind])
	}
	for _, c := range [][2]string{
		{"articles opened", "opened"},
		{"changes saved", "saved"},
		{"undone", "undo"},
		{"redone", "redo"},
		{"errors told", "error"},
		{"changes of another program seen", "remote"},
	} {
		row(c[0], s.count(c[1]))
	}
	row("saved changes missing from the history", 0)
	row("`lede check`", "clean")
	row("memory (RSS), MB, minute by minute", strings.Trim(fmt.Sprint(s.memory), "[]"))
	s.t.Log("\n" + b.String())
	if path := os.Getenv("LEDE_SOAK_LOG"); path != "" {
		write(s.t, path, b.String())
	}
}

// grows fails when the program is larger at the end of a long run than after ten
// minutes.
func (s *soak) grows() {
	const early = 10
	if len(s.memory) < 2*early {
		return
	}
	first, last := s.memory[early], s.memory[len(s.memory)-1]
	if float64(last) > 1.1*float64(first) {
		s.t.Errorf("%d MB after %d minutes, %d MB at the end", first, early, last)
	}
}

// rss is the resident memory of a process in MB.
func rss(t testing.TB, pid int) int {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(raw))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize() >> 20
}

// commit is what is tested.
func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=12").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// machine says what it runs on.
func machine() string {
	model := runtime.GOARCH
	raw, _ := os.ReadFile("/proc/cpuinfo")
	for _, line := range strings.Split(string(raw), "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%s, %d cores, %s, software GL on a virtual screen", model, runtime.NumCPU(), runtime.GOOS)
}
