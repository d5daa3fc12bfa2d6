// Bundle lays out Lede.app, the folder that a Mac shows as one program:
//
//	go run ./assets/packaging/macos/bundle PROGRAM OUT.app
//
// It runs in the top folder, on any system: PROGRAM is only copied. Name, id and
// version come from FyneApp.toml. Signing and the disk image are build.sh's.
package main

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
)

// oldest is the oldest macOS that programs made by Go 1.26 run on; build.sh tells the
// C compiler the same.
const oldest = "12.0"

//go:embed Info.plist
var infoPlist string

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bundle PROGRAM OUT.app")
		os.Exit(2)
	}
	if err := bundle(".", os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// bundle makes the folder out of a program and of what the sources in top say of it.
func bundle(top, program, out string) error {
	info, err := plist(top)
	if err != nil {
		return err
	}
	icon, err := makeIcns(iconPNG)
	if err != nil {
		return err
	}
	contents := filepath.Join(out, "Contents")
	for _, dir := range []string{"MacOS", "Resources"} {
		if err := os.MkdirAll(filepath.Join(contents, dir), 0o755); err != nil { //nolint:gosec // a program for everyone
			return err
		}
	}
	for name, data := range map[string][]byte{
		"Info.plist": info, "PkgInfo": []byte("APPL????"), "Resources/lede.icns": icon,
	} {
		if err := os.WriteFile(filepath.Join(contents, filepath.FromSlash(name)), data, 0o644); err != nil { //nolint:gosec // as above
			return err
		}
	}
	for _, name := range []string{"LICENSE", "THIRD_PARTY.md"} {
		if err := copyFile(filepath.Join(top, name), filepath.Join(contents, "Resources", name), 0o644); err != nil {
			return err
		}
	}
	return copyFile(program, filepath.Join(contents, "MacOS", "lede"), 0o755)
}

// plist says what the program is called and what it opens.
func plist(top string) ([]byte, error) {
	var app struct {
		Details struct{ Name, ID, Version string }
	}
	if _, err := toml.DecodeFile(filepath.Join(top, "FyneApp.toml"), &app); err != nil {
		return nil, err
	}
	licence, err := os.ReadFile(filepath.Join(top, "LICENSE"))
	if err != nil {
		return nil, err
	}
	copyright := ""
	for line := range strings.Lines(string(licence)) {
		if strings.HasPrefix(line, "Copyright") {
			copyright = strings.TrimSpace(line)
		}
	}
	fields := map[string]string{
		"Name": app.Details.Name, "ID": app.Details.ID, "Version": app.Details.Version,
		"System": oldest, "Copyright": copyright,
	}
	for name, value := range fields {
		if value == "" {
			return nil, fmt.Errorf("neither FyneApp.toml nor LICENSE says the %s", strings.ToLower(name))
		}
		var escaped bytes.Buffer
		if err := xml.EscapeText(&escaped, []byte(value)); err != nil {
			return nil, err
		}
		fields[name] = escaped.String()
	}
	filled, err := template.New("Info.plist").Option("missingkey=error").Parse(infoPlist)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = filled.Execute(&b, fields)
	return b.Bytes(), err
}

// copyFile copies a file that must not be there yet.
func copyFile(from, to string, mode os.FileMode) error {
	in, err := os.Open(from) //nolint:gosec // the caller's own file
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it is only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close() // the error before says more
		return err
	}
	return out.Close()
}
