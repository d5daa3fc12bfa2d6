package pdf_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/ziptest"
	"lede/annotate/format/pdf"
)

// heavy is a file that takes a while to read.
func heavy() []byte {
	return document(strings.Repeat(at(50, 700, "The ferry stands"), 200_000))
}

func TestWhatAFileMayTake(t *testing.T) {
	for name, c := range map[string]struct {
		patience time.Duration
		memory   int64
		want     string
	}{
		"time":   {time.Millisecond, 1 << 30, "it takes too long"},
		"memory": {time.Minute, 1, "GB of memory"},
	} {
		undo := pdf.Allow(c.patience, c.memory)
		_, err := readPDF(t, heavy(), nil)
		undo()
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if a, err := readPDF(t, document(at(50, 700, "The ferry")), nil); err != nil || a.Text != "The ferry" {
			t.Errorf("%s: the next file: %+v %v", name, a, err)
		}
	}
}

func TestCancelEndsTheReading(t *testing.T) {
	f, err := format.Lookup("pdf")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	for _, err = range f.Read(ctx, ziptest.Source(t, "a.pdf", heavy()), format.Settings{}) {
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// The helper is kept for the next file, and one that died meanwhile is replaced.
func TestHelperIsKept(t *testing.T) {
	small := document(at(50, 700, "The ferry"))
	read := func() int {
		t.Helper()
		if a, err := readPDF(t, small, nil); err != nil || a.Text != "The ferry" {
			t.Fatalf("%+v %v", a, err)
		}
		return pdf.Helper()
	}
	first := read()
	if again := read(); first == 0 || again != first {
		t.Errorf("helper %d, then %d", first, again)
	}
	p, err := os.FindProcess(first)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
	if after := read(); after == first {
		t.Error("a dead helper reads")
	}
}

// The helper ends when it has had nothing to do for a while, not a while after it began.
func TestHelperIsKeptWhileThereAreFiles(t *testing.T) {
	defer pdf.Rest(time.Second)()
	small := document(at(50, 700, "The ferry"))
	helpers := map[int]bool{}
	for began := time.Now(); time.Since(began) < 2*time.Second; time.Sleep(20 * time.Millisecond) {
		if _, err := readPDF(t, small, nil); err != nil {
			t.Fatal(err)
		}
		helpers[pdf.Helper()] = true
	}
	delete(helpers, 0) // it may just have been ended, by a machine that stood still
	if len(helpers) > 2 {
		t.Errorf("%d processes read the files", len(helpers))
	}
}
