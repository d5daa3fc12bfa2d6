package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"lede/annotate"
)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	ids := 0
	return Open(Options{
		ConfigDir: filepath.Join(dir, "config"), StateDir: filepath.Join(dir, "state"),
		Now:   func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) },
		NewID: func() annotate.ID { ids++; return annotate.ID(fmt.Sprintf("id-%s-%d", t.Name(), ids)) },
	})
}

func TestSettingsAreThereNextTime(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.Change(func(c *Settings) { c.Theme, c.Zoom, c.Annotator = Dark, 1.25, "ana" }); err != nil {
		t.Fatal(err)
	}
	if err := s.AddRecent(filepath.Join(dir, "a.lede"), "a"); err != nil {
		t.Fatal(err)
	}
	project := filepath.Join(dir, "a.lede")
	if err := s.SetPosition(project, "x", 120); err != nil {
		t.Fatal(err)
	}
	if err := s.SetLastArticle(project, "x"); err != nil {
		t.Fatal(err)
	}

	again := open(t, dir)
	if got := again.Settings(); got.Theme != Dark || got.Zoom != 1.25 || got.Annotator != "ana" {
		t.Errorf("settings came back as %+v", got)
	}
	if again.InstallID() == "" || again.InstallID() != s.InstallID() {
		t.Errorf("install id was %q, is %q", s.InstallID(), again.InstallID())
	}
	if r := again.Recent(); len(r) != 1 || r[0].Path != project || r[0].Title != "a" || r[0].When.IsZero() {
		t.Errorf("recents came back as %+v", r)
	}
	if p, a := again.Position(project, "x"), again.LastArticle(project); p != 120 || a != "x" {
		t.Errorf("position %d in article %q, want 120 in x", p, a)
	}
	if w := again.Warnings(); len(w) != 0 {
		t.Errorf("warnings about good files: %v", w)
	}
}

func TestGarbledFileIsSetAsideNeverFatal(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config", "settings.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"theme":"da`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if w := s.Warnings(); len(w) != 1 || !strings.Contains(w[0], "settings.json.broken") {
		t.Errorf("warnings are %q, want one that names settings.json.broken", w)
	}
	if got, err := os.ReadFile(path + ".broken"); err != nil || string(got) != `{"theme":"da` {
		t.Errorf("set aside: %q, %v", got, err)
	}
	if err := s.Change(func(c *Settings) { c.Theme = Light }); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Settings().Theme; got != Light {
		t.Errorf("theme is %q after the file was set aside, want light", got)
	}
}

// Numbers that no window can be drawn with count as not chosen; all else stays.
func TestAbsurdNumbersAreNotChosen(t *testing.T) {
	for _, absurd := range []string{"-5", "1e9", "1e-9", "-1e300"} {
		config, state := t.TempDir(), t.TempDir()
		write := func(dir, name, text string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "N", absurd)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(config, "settings.json", `{"zoom":N,"text_size":N,"line_spacing":N,"line_length":-5,"sans":true}`)
		write(state, "state.json", `{"install_id":"x","window_width":N,"window_height":1000,"picture":{"width":N,"scale":N}}`)
		if strings.Contains(absurd, "300") { // no float32 either: the file is set aside
			write(state, "state.json", `{"install_id":"x","window_height":1000}`)
		}
		s := Open(Options{ConfigDir: config, StateDir: state})
		if got, want := s.Settings(), (Settings{Sans: true}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", absurd, got)
		}
		st := s.State()
		if st.WindowWidth != 0 || st.WindowHeight != 1000 || st.Picture != (Picture{}) || st.InstallID != "x" {
			t.Errorf("%s: %+v", absurd, st)
		}
	}
	config := t.TempDir()
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"line_length":-1,"zoom":1.25}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Open(Options{ConfigDir: config, StateDir: t.TempDir()}).Settings(); got.LineLength != WindowWidth || got.Zoom != 1.25 {
		t.Errorf("what can be: %+v", got)
	}
}

func TestAFolderThatIsAFileMakesForgetfulNotFatal(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "state"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if s.InstallID() == "" {
		t.Error("there is no install id")
	}
	if len(s.Warnings()) == 0 {
		t.Error("nothing was said about a state folder that cannot be written")
	}
	if err := s.SetLastArticle("p", "x"); err == nil {
		t.Error("an unwritable state was reported as written")
	}
	if got := s.LastArticle("p"); got != "x" {
		t.Errorf("this process forgot its article: %q", got)
	}
}

// Two processes at once: each keeps what the other wrote in other fields.
func TestTwoStoresKeepEachOthersFields(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	if err := a.Change(func(c *Settings) { c.Theme = Dark }); err != nil {
		t.Fatal(err)
	}
	if err := b.Change(func(c *Settings) { c.Zoom = 2 }); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Settings(); got.Theme != Dark || got.Zoom != 2 {
		t.Errorf("settings are %+v, want dark and 2", got)
	}
}

func TestRememberedThingsAreBounded(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range mostRecent + 5 {
		if err := s.AddRecent(fmt.Sprintf("/p/%d.lede", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	if r := s.Recent(); len(r) != mostRecent || r[0].Path != absolute(fmt.Sprintf("/p/%d.lede", mostRecent+4)) {
		t.Errorf("%d recents, first %s", len(r), r[0].Path)
	}
	for i := range mostPositions + 3 {
		alter := func(p *Project) {
			if p.Positions == nil {
				p.Positions = map[string]int{}
			}
			p.Positions[fmt.Sprint(i)] = 1
			p.Order = append(p.Order, fmt.Sprint(i))
		}
		p := s.state.Projects[absolute("q")]
		alter(&p)
		if s.state.Projects == nil {
			s.state.Projects = map[string]Project{}
		}
		s.state.Projects[absolute("q")] = p
	}
	if err := s.SetPosition("q", "last", 9); err != nil {
		t.Fatal(err)
	}
	if n := len(s.State().Projects[absolute("q")].Positions); n != mostPositions {
		t.Errorf("%d positions are kept, want %d", n, mostPositions)
	}
	if s.Position("q", "last") != 9 || s.Position("q", "0") != 0 {
		t.Error("the newest position was dropped, or the oldest kept")
	}
}

func TestActor(t *testing.T) {
	s := open(t, t.TempDir())
	t.Setenv("LEDE_ACTOR", "")
	if got := s.Actor(""); got != LoginName() || got == "" {
		t.Errorf("actor is %q, want the login name", got)
	}
	if err := s.Change(func(c *Settings) { c.Actor = "chosen" }); err != nil {
		t.Fatal(err)
	}
	if got := s.Actor(""); got != "chosen" {
		t.Errorf("actor is %q, want the chosen one", got)
	}
	t.Setenv("LEDE_ACTOR", "env")
	if got := s.Actor(" "); got != "env" {
		t.Errorf("actor is %q, want LEDE_ACTOR", got)
	}
	if got := s.Actor("given"); got != "given" {
		t.Errorf("actor is %q, want the given one", got)
	}
	if got := s.Annotator("", ""); got != "env" {
		t.Errorf("annotator is %q, want the actor", got)
	}
}

func TestLogRotates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logs", "lede.log")
	r := &rotating{path: path, most: 100}
	for range 5 {
		if _, err := r.Write([]byte(strings.Repeat("x", 39) + "\n")); err != nil {
			t.Fatal(err)
		}
	}
	now, err := os.ReadFile(path)
	if err != nil || len(now) != 40 {
		t.Errorf("log has %d bytes, %v; want 40", len(now), err)
	}
	old, err := os.ReadFile(path + ".1")
	if err != nil || len(old) != 80 {
		t.Errorf("older log has %d bytes, %v; want 80", len(old), err)
	}
}

func TestKeptValuesAreRemembered(t *testing.T) {
	o := Options{ConfigDir: t.TempDir(), StateDir: t.TempDir()}
	s := Open(o)
	kept := Kept{"l-event": {"factuality": []byte(`"future"`)}}
	if err := s.SetKept("a.lede", kept); err != nil {
		t.Fatal(err)
	}
	if err := s.SetLastArticle("a.lede", "a1"); err != nil {
		t.Fatal(err)
	}
	again := Open(o)
	if v := again.Kept("a.lede")["l-event"]["factuality"]; string(v) != `"future"` || len(again.Kept("b.lede")) > 0 {
		t.Errorf("kept %s; elsewhere %v", v, again.Kept("b.lede"))
	}
}

// A copy of the program with a folder "lede-settings" beside it keeps everything there.
func TestPortableCopy(t *testing.T) {
	program := filepath.Join(t.TempDir(), "lede")
	if got := portable(program); got != "" {
		t.Errorf("without the folder: %q", got)
	}
	dir := filepath.Join(filepath.Dir(program), "lede-settings")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := portable(program); got != "" {
		t.Errorf("a file of that name: %q", got)
	}
	if err := errors.Join(os.Remove(dir), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	if got := portable(program); got != dir {
		t.Errorf("%q, want %q", got, dir)
	}
}
