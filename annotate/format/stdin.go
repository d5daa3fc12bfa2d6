package format

import (
	"errors"
	"io"
	"os"
	"slices"
)

// StandardInput is the path that means what is piped into the program.
const StandardInput = "-"

// spool keeps the standard input in a temporary file, since formats are told by their
// content and sources may be read twice. remove takes it away again.
func (o *ImportOptions) spool(paths []string) (remove func(), err error) {
	remove = func() {}
	if o.Stdin == nil || !slices.Contains(paths, StandardInput) {
		return remove, nil
	}
	first := slices.Index(paths, StandardInput)
	if slices.Contains(paths[first+1:], StandardInput) {
		return remove, usage("the standard input can be read once.", "Name - once.")
	}
	f, err := os.CreateTemp("", "lede-stdin-*")
	if err != nil {
		return remove, fileFault("import", os.TempDir(), err)
	}
	remove = func() { _ = os.Remove(f.Name()) }
	_, err = io.Copy(f, o.Stdin)
	if err = errors.Join(err, f.Close()); err != nil {
		remove()
		return func() {}, fileFault("import", "standard input", err)
	}
	o.spooled = f.Name()
	return remove, nil
}
