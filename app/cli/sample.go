package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"lede/annotate"
	"lede/annotate/format"
	"lede/assets/sample"
	"lede/assets/schemas"
)

// MakeSample makes a copy of the sample project in the state folder, or finds
// the one that is there: whoever tried things out in it finds them again. Its
// annotations are those of whoever is at the machine, so that they can go on with
// them.
func MakeSample(ctx context.Context, o Options) (path string, err error) {
	dir := filepath.Join(o.Settings.StateDir(), "sample")
	path = filepath.Join(dir, "Sample.lede")
	if exists(path) {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault("sample", path, err)
	}
	return path, replace(path, func(temp string) error { return makeSample(ctx, o, temp) })
}

func makeSample(ctx context.Context, o Options, path string) error {
	file, err := readSchema(schemas.Default)
	if err != nil {
		return err
	}
	store, err := o.Projects.Create(ctx, path, sample.Actor, file.Records(o.Env))
	if err != nil {
		return err
	}
	err = importSample(ctx, o, store, filepath.Join(filepath.Dir(path), "sample.jsonl"))
	if closed := store.Close(); err == nil {
		err = closed
	}
	return err
}

func importSample(ctx context.Context, o Options, store annotate.Store, lines string) error {
	name, err := json.Marshal(o.Settings.Annotator("", ""))
	if err != nil {
		return err
	}
	old, err := json.Marshal(sample.Annotator)
	if err != nil {
		return err
	}
	const key = `"annotator":`
	raw := bytes.ReplaceAll(sample.JSONL(), append([]byte(key), old...), append([]byte(key), name...))
	if err := os.WriteFile(lines, raw, 0o600); err != nil {
		return fault("sample", lines, err)
	}
	_, err = format.Import(ctx, store, []string{lines}, format.ImportOptions{Format: "jsonl", Actor: sample.Actor, Env: o.Env})
	return err
}
