package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrivate imports, tags and exports an article with a word of its own, by the command
// line and in the window, under strace. Nothing of it opens a socket of the Internet, and
// the word is in no file that the program keeps for itself: the log, settings, state, also
// after it met errors that quote the article.
func TestPrivate(t *testing.T) {
	t.Parallel()
	const secret = "Zyxomma"
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	trace := filepath.Join(d.home, "trace")
	d.under = []string{"strace", "-f", "-qq", "--seccomp-bpf", "-A", "-e", "trace=socket", "-o", trace}
	in := filepath.Join(d.home, "in.jsonl")
	write(t, in, `{"id": "one", "title": "A mayor", "text": "Mayor `+secret+` met the press on Friday."}`+"\n")
	d.cli("new", d.project)
	d.cli("import", d.project, in)
	p := d.start(d.project)
	p.wait("opened", 0)
	mark := p.mark()
	p.click(p.word(secret).middle(), 2)
	p.key("1")
	p.saved(mark)
	p.quit()
	d.cli("export", d.project, "--format", "jsonl", "--out", filepath.Join(d.home, "out.jsonl"), "--status", "all")
	out := read(t, filepath.Join(d.home, "out.jsonl"))
	if !strings.Contains(out, secret) {
		t.Errorf("the export does not hold the article: %s", out)
	}
	for _, wrong := range []string{`{"id": "two", "text": "` + secret + `", "spans": [{"start": 3, "end": 900, "label": "` + secret + `"}]}`, `{"text": ` + secret} {
		write(t, in, wrong+"\n")
		if said, err := d.run("import", d.project, in); err == nil {
			t.Errorf("a broken file was taken: %s", said)
		}
	}
	calls := read(t, trace)
	if n := strings.Count(calls, "socket(AF_UNIX"); n == 0 {
		t.Error("not even the screen was reached: the trace shows nothing")
	}
	for _, line := range strings.Split(calls, "\n") {
		if strings.Contains(line, "socket(AF_") && !strings.Contains(line, "socket(AF_UNIX") && !strings.Contains(line, "socket(AF_NETLINK") {
			t.Errorf("the program opened a socket: %s", line)
		}
	}
	for _, folder := range []string{"config", "state"} {
		d.without(filepath.Join(d.home, folder), secret)
	}
}

// without expects that no file in a folder holds a word.
func (d *desk) without(folder, word string) {
	d.t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		if strings.Contains(read(d.t, path), word) {
			d.t.Errorf("%s holds words of an article:\n%s", path, read(d.t, path))
		}
		return nil
	})
	if err != nil || files == 0 {
		d.t.Errorf("%d files in %s: %v", files, folder, err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
