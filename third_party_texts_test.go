package main_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// insideModules are those whose own licence lies in a folder of a module; the module's
// folder in the cache is found by its path.
var insideModules = []struct{ module, file, name string }{
	{"github.com/go-gl/glfw/v3.4/glfw", "glfw/LICENSE.md", "GLFW"},
	{"golang.org/x/text", "LICENSE", "The Go standard library and runtime"},
}

// licenceTexts is each licence text of the modules and fonts once, below the names of all
// that are under it, in the order of the first of them. Notices, which the Apache licence
// asks to pass on, are among them.
func licenceTexts(t *testing.T, modules map[string]string) string {
	t.Helper()
	var texts []string
	under := map[string][]string{} // text → names
	add := func(file, name string) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := wrapped(string(raw))
		if under[text] == nil {
			texts = append(texts, text)
		}
		under[text] = append(under[text], name)
	}
	for _, key := range sortedKeys(modules) {
		name, _, _ := strings.Cut(key, " ")
		for _, inside := range insideModules {
			if inside.module == name {
				add(filepath.Join(modules[key], filepath.FromSlash(inside.file)), inside.name)
			}
		}
		for _, file := range licenceFiles(t, modules[key]) {
			add(file, name)
		}
	}
	add("assets/fonts/OFL.txt", "The Noto fonts of assets/fonts")
	var b strings.Builder
	for _, text := range texts {
		names := under[text]
		slices.Sort(names)
		b.WriteString(strings.Repeat("=", 80) + "\n" + strings.Join(slices.Compact(names), "\n") + "\n\n" + text + "\n")
	}
	return b.String()
}

// licenceFiles are a module's licence files and notices. Not all of a module that is
// licensed in parts is linked, but nobody is wronged by a text too many.
func licenceFiles(t *testing.T, dir string) (files []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() && (isLicenceFile(e.Name()) || regexp.MustCompile(`(?i)^(notice|authors)([.-].*)?$`).MatchString(e.Name())) {
			files = append(files, path.Join(dir, e.Name()))
		}
	}
	return files
}

// wrapped is a text in lines of at most 100 characters, which the window can show.
func wrapped(text string) string {
	const most = 100
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimRight(line, " \t\n\f")
		for len(line) > most {
			cut := strings.LastIndexByte(line[:most], ' ')
			if cut <= 0 {
				break // one long word, an address
			}
			lines = append(lines, line[:cut])
			line = line[cut+1:]
		}
		lines = append(lines, line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// TestLicenceTexts: what is shown and printed says whose words these are.
func TestLicenceTexts(t *testing.T) {
	raw, err := os.ReadFile("assets/licences/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"The Go Authors", "Camilla Löwy", "SIL OPEN FONT LICENSE", "fyne.io/fyne/v2\n", "github.com/mattn/go-sqlite3\n"} {
		if !strings.Contains(string(raw), part) {
			t.Errorf("assets/licences/texts.txt lacks %q", part)
		}
	}
}
