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
type graphics struct{ to io.Writer }

// noWindow are what Fyne 2.8 and GLFW on Windows write then.
var noWindow = [][]byte{[]byte("window creation error"), []byte("PlatformError: WGL: ")}

const noGraphics = `Lede cannot open its window: this computer's graphics driver offers no OpenGL 2.1.

Install the driver of the graphics card's maker. In a virtual machine, switch 3D acceleration on; a remote session may offer none at all.

The commands need no graphics: “lede-cli --help” lists them. What the driver said is in the log.`

func (g *graphics) Write(line []byte) (int, error) {
	n, err := g.to.Write(line)
	for _, sign := range noWindow {
		if bytes.Contains(line, sign) {
			tell(noGraphics)
			os.Exit(1) // nothing was opened yet that would have to be closed
		}
	}
	return n, err
}
