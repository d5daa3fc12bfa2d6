package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"

	"golang.org/x/sys/windows"
)

// Windows gives a program with a window no console: what it printed would be lost,
// and a double click on something that cannot be opened would do nothing at all. So
// Lede writes to the console from which it was started, and where there is none, as
// for a double click, it shows what it said in a box of its own when it ends.
// Output that goes to a file or another program is left alone. lede-cli.exe has a
// console; nothing here concerns it.

// program is what the command line is called.
const program = "lede-cli"

var (
	kernel        = windows.NewLazySystemDLL("kernel32.dll")
	attachConsole = kernel.NewProc("AttachConsole")
	freeConsole   = kernel.NewProc("FreeConsole")
)

// parentProcess asks AttachConsole for the console of the process that started this one.
const parentProcess = 0xFFFFFFFF

// output says where standard output and error go. leave is to be called before the
// window opens: closing the console would end the window with it. end is to be
// called with the exit code.
func output() (leave func(), end func(code int)) {
	nothing := func() {}
	if standard(windows.STD_OUTPUT_HANDLE) && standard(windows.STD_ERROR_HANDLE) {
		return nothing, func(int) {}
	}
	if ok, _, _ := attachConsole.Call(parentProcess); ok != 0 {
		connect()
		return func() { _, _, _ = freeConsole.Call() }, func(int) {}
	}
	return inABox()
}

// standard says whether Windows gave the process a handle of this kind.
func standard(which uint32) bool {
	handle, err := windows.GetStdHandle(which)
	return err == nil && handle != 0 && handle != windows.InvalidHandle
}

// connect makes the console the standard input, output and error, each where it is
// nothing else.
func connect() {
	for _, c := range []struct {
		which uint32
		file  **os.File
		name  string
	}{
		{windows.STD_INPUT_HANDLE, &os.Stdin, "CONIN$"},
		{windows.STD_OUTPUT_HANDLE, &os.Stdout, "CONOUT$"},
		{windows.STD_ERROR_HANDLE, &os.Stderr, "CONOUT$"},
	} {
		if standard(c.which) {
			continue
		}
		if f, err := os.OpenFile(c.name, os.O_RDWR, 0); err == nil {
			*c.file = f
		}
	}
}

// inABox collects what is printed and returns what shows it; once the window was open
// only if the program failed, for the window says what it has to say itself.
func inABox() (leave func(), end func(code int)) {
	out, in, err := os.Pipe()
	if err != nil {
		return func() {}, func(int) {}
	}
	for which, file := range map[uint32]**os.File{windows.STD_OUTPUT_HANDLE: &os.Stdout, windows.STD_ERROR_HANDLE: &os.Stderr} {
		if !standard(which) {
			*file = in
		}
	}
	var said bytes.Buffer
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = said.ReadFrom(out) })
	opened := false
	return func() { opened = true }, func(code int) {
		_ = in.Close()
		reading.Wait()
		if code != 0 || !opened {
			box(said.String(), code != 0)
		}
	}
}

// mostInABox is how many characters fit into a box on a small screen.
const mostInABox = 3000

// box shows a text to the person, unless it is empty, and returns when it was read.
func box(text string, bad bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if runes := []rune(text); len(runes) > mostInABox {
		text = string(runes[:mostInABox]) + fmt.Sprintf("…\n\n(%d more characters; “lede-cli” prints all of it.)", len(runes)-mostInABox)
	}
	style := uint32(windows.MB_OK | windows.MB_SETFOREGROUND | windows.MB_ICONINFORMATION)
	if bad {
		style = windows.MB_OK | windows.MB_SETFOREGROUND | windows.MB_ICONERROR
	}
	words, err := windows.UTF16PtrFromString(strings.ReplaceAll(text, "\x00", ""))
	title, _ := windows.UTF16PtrFromString("Lede")
	if err == nil {
		_, _ = windows.MessageBox(0, words, title, style)
	}
}

// tell says to a person why the program ends before its window is open.
func tell(text string) { box(text, true) }
