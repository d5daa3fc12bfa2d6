package pdf

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"sync/atomic"
	"time"

	"lede/annotate"
)

// Files are read in a process of their own: a loop in the library that does not even
// read cannot be stopped from inside, and neither can one that takes all memory. The
// process is this program again, which finds at its start that it is to be a helper;
// so every program that can read PDF files has one, and nobody need set it up.
const helperOf = "LEDE_PDF_HELPER_OF" // the environment variable: the id of the parent process

// restTime is for how long the helper waits for another file.
var restTime = 5 * time.Second

// What a file may take. The helper itself ends most files before their time is over.
var (
	patience       = maxTime + maxTime/10
	memory   int64 = 2 << 30 // bytes
)

func init() {
	if os.Getenv(helperOf) == strconv.Itoa(os.Getppid()) {
		serve(os.Stdin, os.Stdout)
		os.Exit(0)
	}
}

// serve reads one file after the other until the parent has no more, or is no more.
func serve(in io.Reader, out io.Writer) {
	var most atomic.Int64
	go watchMemory(&most)
	jobs := make(chan *job)
	go func() {
		from := gob.NewDecoder(in)
		for {
			j := &job{}
			if err := from.Decode(j); err != nil {
				os.Exit(0) // while a file is read, too: nobody waits for it
			}
			jobs <- j
		}
	}()
	to := gob.NewEncoder(out)
	for j := range jobs {
		most.Store(j.Memory)
		debug.SetMemoryLimit(j.Memory / 2)
		if err := to.Encode(j.do(context.Background())); err != nil {
			return
		}
		debug.FreeOSMemory()
	}
}

// watchMemory ends the process that takes too much; 0 is no bound yet.
func watchMemory(most *atomic.Int64) {
	const all, back = "/memory/classes/total:bytes", "/memory/classes/heap/released:bytes"
	sample := []metrics.Sample{{Name: all}, {Name: back}}
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(sample)
		if m := most.Load(); m > 0 && int64(sample[0].Value.Uint64()-sample[1].Value.Uint64()) > m {
			os.Exit(tooMuch)
		}
	}
}

// tooMuch is the exit code of a helper that took too much memory.
const tooMuch = 3

// helper is the process, seen from outside.
type helper struct {
	process *exec.Cmd
	to      *gob.Encoder
	from    *gob.Decoder
	close   func()
	idle    *time.Timer // ends it when it has rested for long
}

// resting is a helper that waits for another file.
var resting = make(chan *helper, 1)

func start() (*helper, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(context.Background(), self) // it outlives the file
	c.Env = append(os.Environ(), helperOf+"="+strconv.Itoa(os.Getpid()))
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	return &helper{process: c, to: gob.NewEncoder(in), from: gob.NewDecoder(out), close: func() { _ = in.Close() }}, nil
}

// rest keeps the helper for a while: a folder has many files.
func (h *helper) rest() {
	h.idle = time.AfterFunc(restTime, func() {
		if h := rested(); h != nil {
			_ = h.end()
		}
	})
	select {
	case resting <- h:
	default:
		h.idle.Stop()
		_ = h.end()
	}
}

// rested is the helper that rests, nil if none does.
func rested() *helper {
	select {
	case h := <-resting:
		h.idle.Stop()
		return h
	default:
		return nil
	}
}

// end ends the helper, whatever it does, and says how it ended.
func (h *helper) end() error {
	h.close()
	_ = h.process.Process.Kill() // fails if it ended by itself
	return h.process.Wait()
}

// apart has a file read by a helper. What the helper dies of is told like any other
// fault of the file.
func apart(ctx context.Context, j *job) (*result, error) {
	j.Memory = memory
	if h := rested(); h != nil {
		if r, err := h.read(ctx, j); !errors.Is(err, errGone) {
			return r, err
		}
	}
	h, err := start()
	if err != nil {
		return nil, fmt.Errorf("start the process that reads PDF files: %w", err)
	}
	r, err := h.read(ctx, j)
	if errors.Is(err, errGone) {
		r, err = &result{Refused: unreadable(err)}, nil
	}
	return r, err
}

// errGone says that a helper ended; it is wrapped with what it died of.
var errGone = errors.New("it is damaged, or made to do harm")

// read has the helper read a file. The helper rests afterwards, or is ended.
func (h *helper) read(ctx context.Context, j *job) (*result, error) {
	r := &result{}
	var failed error
	done := make(chan struct{})
	go func() {
		defer annotate.Guard()
		defer close(done)
		if failed = h.to.Encode(j); failed == nil {
			failed = h.from.Decode(r)
		}
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-done:
		if failed == nil {
			h.rest()
			return r, nil
		}
		var exit *exec.ExitError
		switch err := h.end(); {
		case ctx.Err() != nil: // the person ended both
			return nil, ctx.Err()
		case errors.As(err, &exit) && exit.ExitCode() == tooMuch:
			return &result{Refused: unreadable(fmt.Errorf("it takes more than %d GB of memory", j.Memory>>30))}, nil
		}
		return nil, errGone
	case <-ctx.Done():
		_ = h.end()
		<-done
		return nil, ctx.Err()
	case <-late.C:
		_ = h.end()
		<-done
		return &result{Refused: unreadable(errBounds)}, nil
	}
}
