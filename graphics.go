//go:build !nogui

package main

import (
	"bytes"
	"io"
)

// graphics is where the log goes on its way to the log file. Fyne ends the program
// when it cannot make a window, and says so only there; whoever started it by a double
// click would see nothing at all.
type graphics struct{ to io.Writer }

// noWindow is what Fyne 2.8 writes before it ends the program.
var noWindow = []byte("window creation error")

const noGraphics = `Lede cannot open its window: this computer's graphics driver offers no OpenGL 2.1.

Install the driver of the graphics card's maker. In a virtual machine, switch 3D acceleration on; a remote session may offer none at all.

The commands need no graphics: “lede-cli --help” lists them. What the driver said is in the log.`

func (g *graphics) Write(line []byte) (int, error) {
	n, err := g.to.Write(line)
	if bytes.Contains(line, noWindow) {
		tell(noGraphics)
	}
	return n, err
}
