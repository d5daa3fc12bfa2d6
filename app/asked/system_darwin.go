package asked

/*
#cgo CFLAGS: -x objective-c
#cgo LDFLAGS: -framework AppKit

int ledeHearSystem(void);
*/
import "C"

import "log/slog"

// Listen begins to hear the system. It comes before the window is made: making it
// is when GLFW takes in the file that Lede was started for.
func Listen() {
	if C.ledeHearSystem() == 0 {
		slog.Warn("a double click on a project cannot be heard: GLFW has no delegate that could be taught")
	}
}

// ledeAskedFor hands a path on; it runs on the main thread, in the middle of an
// event.
//
//export ledeAskedFor
func ledeAskedFor(path *C.char) { System.Ask(C.GoString(path)) }
