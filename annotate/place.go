package annotate

import (
	"fmt"
	"strings"
)

// Place says what is particular about where a project lies: what does not hold there
// that holds on a disk of the computer.
type Place struct {
	Network string   // the kind of network folder: "NFS"; "" for none
	Sync    string   // the program that keeps its folder in step with other computers: "Dropbox"; "" for none
	Copies  []string // names of files beside it that such a program has made of two versions of it
}

// Key is the same for places of which the same is to be said; "" if nothing is.
func (p Place) Key() string {
	if p.Network == "" && p.Sync == "" && len(p.Copies) == 0 {
		return ""
	}
	return strings.Join(append([]string{p.Network, p.Sync}, p.Copies...), "\n")
}

// Advice says what to do about a place, as a title and sentences; "" for nothing.
func (p Place) Advice() (title, text string) {
	switch {
	case len(p.Copies) > 0:
		return "There is another version of this project", fmt.Sprintf(
			"Beside it lies “%s”: two computers changed the project at the same time, and each version may hold work that the other has not. "+
				"Look into both before you go on, and keep the other one until nothing in it is missed.", strings.Join(p.Copies, "”, “"))
	case p.Network != "":
		return fmt.Sprintf("This project lies in a network folder (%s)", p.Network),
			"Locks and syncs of network folders cannot be relied on. Work on a copy on this computer, with one person at a time, " +
				"and copy it back when the project is closed."
	case p.Sync != "":
		return fmt.Sprintf("This project lies in a folder that %s keeps in step", p.Sync), fmt.Sprintf(
			"Open it on one computer at a time, close it before you leave, and wait until %s is done before you open it elsewhere. "+
				"Else there may be two versions of it, each with a part of the work.", p.Sync)
	}
	return "", ""
}
