package settings

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"lede/annotate/osfile"
)

// load reads a JSON file into v. A missing file leaves v as it is. A file that
// is no such JSON is set aside.
func load[T any](path string, v *T) error {
	raw, err := os.ReadFile(path)
	if missing(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", path, err)
	}
	var fresh T
	if err := json.Unmarshal(raw, &fresh); err != nil {
		return setAside(path, err)
	}
	*v = fresh
	return nil
}

// save writes v as JSON, whole or not at all.
func save(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	_, err = temp.Write(append(raw, '\n'))
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = osfile.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name()) // the write has failed already
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}
