package cli_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	_ "lede/annotate/format/all"
	"lede/app/cli"
	"lede/app/settings"
)

// desk is a command line over projects in memory.
type desk struct {
	t        *testing.T
	projects annotate.Projects
	options  cli.Options
	out, err bytes.Buffer
	windows  []string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Setenv("LEDE_ACTOR", "ana")
	env := annotest.NewEnv()
	d := &desk{t: t, projects: annotest.NewMemoryProjects(env)}
	d.options = cli.Options{
		Version: "1.2.3", Env: env, Projects: d.projects, Stdout: &d.out, Stderr: &d.err,
		Settings: settings.Open(settings.Options{ConfigDir: t.TempDir(), StateDir: t.TempDir(), Now: env.Now, NewID: env.NewID}),
		Window: func(_ context.Context, path string, sample bool) error {
			if sample {
				path = "the sample"
			}
			d.windows = append(d.windows, path)
			return nil
		},
	}
	return d
}

// run runs a command and returns what it wrote.
func (d *desk) run(ctx context.Context, want int, args ...string) (stdout, stderr string) {
	d.t.Helper()
	d.out.Reset()
	d.err.Reset()
	if code := cli.Run(ctx, d.options, args); code != want {
		d.t.Fatalf("lede %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, d.out.String(), d.err.String())
	}
	return d.out.String(), d.err.String()
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNoCommandOpensTheWindow(t *testing.T) {
	d := newDesk(t)
	project := write(t, "p.lede", "")
	plain := write(t, "strike", "")
	for _, args := range [][]string{{}, {project}, {"--sample"}, {"nosuch.lede"}, {plain}} {
		d.run(t.Context(), 0, args...)
	}
	want := []string{"", project, "the sample", "nosuch.lede", plain}
	if got := d.windows; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("windows on %q, want %q", got, want)
	}
	d.run(t.Context(), 2, "statz")
	if len(d.windows) != len(want) {
		t.Error("a misspelled command opened a window")
	}
}

// A countdown is a context that is cancelled after it was asked so many times.
type countdown struct {
	context.Context
	cancel func()
	mu     sync.Mutex
	left   int
}

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left <= 0 {
		c.cancel()
	}
	return c.Context.Err()
}

func TestCancelledImportChangesNothing(t *testing.T) {
	d := newDesk(t)
	d.run(t.Context(), 0, "new", "p.lede")
	path := write(t, "many.jsonl", strings.Repeat(`{"text":"Ana met Bo."}`+"\n", 50))
	cancelled := 0
	for left := range 40 {
		inner, cancel := context.WithCancel(t.Context())
		ctx := &countdown{Context: inner, cancel: cancel, left: left}
		d.out.Reset()
		d.err.Reset()
		code := cli.Run(ctx, d.options, []string{"import", "p.lede", path})
		cancel()
		if code == 0 {
			break
		}
		cancelled++
		if got := d.err.String(); code != 1 || got != "lede: cancelled; nothing was changed.\n" {
			t.Fatalf("exit code %d, %q", code, got)
		}
		if out, _ := d.run(t.Context(), 0, "history", "p.lede"); strings.Count(out, "\n") != 1 {
			t.Fatalf("a cancelled import is in the history:\n%s", out)
		}
		if out, _ := d.run(t.Context(), 0, "stats", "p.lede"); !strings.HasPrefix(strings.Join(strings.Fields(out), " "), "articles 0 spans 0") {
			t.Fatalf("a cancelled import left articles:\n%s", out)
		}
	}
	if cancelled == 0 {
		t.Error("no import was cancelled")
	}
}

func TestErrorsAreSentences(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&annotate.Error{Kind: annotate.ErrFull, Op: "import", Subject: "p.lede", Detail: "the disk is full.", Hint: "Make room."}, "lede: import p.lede: the disk is full. Make room.\n"},
		{&annotate.ConflictError{Kind: annotate.KindSpan, ID: "x"}, "lede: the project was changed by someone else at the same moment; nothing was written. Try again.\n"},
		{context.Canceled, "lede: cancelled; nothing was changed.\n"},
		{errors.New("odd"), "lede: odd\n"},
	} {
		d.options.Projects = failing{tt.err}
		if _, got := d.run(t.Context(), 1, "stats", "p.lede"); got != tt.want {
			t.Errorf("got  %q\nwant %q", got, tt.want)
		}
	}
}

// failing are projects that cannot be opened.
type failing struct{ err error }

func (f failing) Create(context.Context, string, string, []annotate.Record) (annotate.Store, error) {
	return nil, f.err
}

func (f failing) Open(context.Context, string, annotate.Mode) (annotate.Store, error) {
	return nil, f.err
}

func (f failing) Restore(context.Context, annotate.Restoring) error { return f.err }

func (f failing) Place(string) annotate.Place { return annotate.Place{} }

func (f failing) Salvage(context.Context, string, string, string, func(int, int)) (*annotate.Salvaged, error) {
	return nil, f.err
}

// ailing is a store with something wrong, to see what check does.
type ailing struct{ annotate.Store }

func (ailing) Check(context.Context) ([]annotate.Problem, error) {
	return []annotate.Problem{{Where: "span 7", What: "its label is gone."}}, nil
}

type ailingProjects struct{ annotate.Projects }

func (p ailingProjects) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	store, err := p.Projects.Open(ctx, path, mode)
	return ailing{store}, err
}

func TestCheckExitsWithOneOnProblems(t *testing.T) {
	d := newDesk(t)
	d.run(t.Context(), 0, "new", "p.lede")
	d.options.Projects = ailingProjects{d.projects}
	out, told := d.run(t.Context(), 1, "check", "p.lede")
	if out != "span 7: its label is gone.\n" || !strings.Contains(told, "1 problem found in p.lede") {
		t.Errorf("stdout %q, stderr %q", out, told)
	}
	out, _ = d.run(t.Context(), 1, "check", "p.lede", "--json")
	if !strings.Contains(out, `"where": "span 7"`) {
		t.Errorf("JSON is %s", out)
	}
}

func TestSampleIsMadeOnceAndKept(t *testing.T) {
	d := newDesk(t)
	d.options.Projects = filing{d.projects}
	path, err := cli.MakeSample(t.Context(), d.options)
	if err != nil {
		t.Fatal(err)
	}
	out, _ := d.run(t.Context(), 0, "stats", path, "--json")
	if !strings.Contains(out, `"articles": 5`) || !strings.Contains(out, `"ana": 56`) {
		t.Errorf("the sample holds\n%s", out)
	}
	again, err := cli.MakeSample(t.Context(), d.options)
	if err != nil || again != path {
		t.Errorf("the second time it is %s, %v", again, err)
	}
}

// filing are projects in memory under one name, with a file for each that is
// made.
type filing struct{ annotate.Projects }

func (p filing) Create(ctx context.Context, path, actor string, records []annotate.Record) (annotate.Store, error) {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return nil, err
	}
	return p.Projects.Create(ctx, "sample", actor, records)
}

func (p filing) Open(ctx context.Context, _ string, mode annotate.Mode) (annotate.Store, error) {
	return p.Projects.Open(ctx, "sample", mode)
}
