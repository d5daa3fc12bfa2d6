//go:build !nogui

package main

import (
	"bytes"
	"io"
	"os"
)

// graphics is where the log goes on its way to the log file. Where no window can be
// made, Fyne ends the program, or waits for ever, and says so only there; whoever
// started it by a double click would see nothing at all.
type graphics struct {
	to  io.Writer
	say string // why there is no window, once that is known
}

// noWindow are what Fyne 2.8 writes then, and GLFW on Windows, and what to say.
var noWindow = []struct {
	sign, say string
	last      bool // nothing more of it comes
}{
	{"window creation error", noGraphics, false},
	{"failed to initialise GLFW", noScreen, false},
	{"PlatformError: WGL: ", noGraphics, true},
}

// whence begins the last line of what Fyne writes of an error, after its cause.
const whence = "  At:"

const noGraphics = `Lede cannot open its window: this computer's graphics driver offers no OpenGL 2.1.

Install the driver of the graphics card's maker. In a virtual machine, switch 3D acceleration on; a remote session may offer none at all.

The commands need no graphics: “` + program + ` --help” lists them. What the driver said is in the log.`

const noScreen = `Lede cannot open its window: the screen cannot be used.

Over ssh, or as another user, check that DISPLAY or WAYLAND_DISPLAY names a screen that this user may use.

The commands need none: “` + program + ` --help” lists them. What was said about it is in the log.`

func (g *graphics) Write(line []byte) (int, error) {
	n, err := g.to.Write(line)
	last := bytes.Contains(line, []byte(whence))
	for _, w := range noWindow {
		if bytes.Contains(line, []byte(w.sign)) {
			g.say, last = w.say, last || w.last
		}
	}
	if last && g.say != "" {
		tell(g.say)
		os.Exit(1) // nothing was opened yet that would have to be closed
	}
	return n, err
}
