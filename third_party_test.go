package main_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var updateThirdParty = flag.Bool("update", false, "rewrite the lists in THIRD_PARTY.md")

// systems are those that a Lede is built for; each links some modules of its own.
var systems = []string{"linux", "darwin", "windows"}

// TestThirdParty holds THIRD_PARTY.md to what is really linked and bundled, and
// refuses what Lede could not be given away with. After a change of go.mod or of
// the fonts: go test -run ThirdParty -update .
func TestThirdParty(t *testing.T) {
	const name = "THIRD_PARTY.md"
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	modules := linkedModules(t)
	want := replaceList(t, string(raw), "modules", moduleTable(t, modules))
	holdThirdParty(t, name, replaceList(t, want, "fonts", fontTable(t)))
	holdThirdParty(t, "assets/licences/texts.txt", licenceTexts(t, modules))
}

// holdThirdParty compares a file with what it should be now, or writes that.
func holdThirdParty(t *testing.T, name, want string) {
	t.Helper()
	if *updateThirdParty {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if want != string(raw) {
		t.Errorf("%s is not what is linked and bundled now; look at the licences of what changed, then run go test -run ThirdParty -update .\n%s",
			name, firstDifference(string(raw), want))
	}
}

// linkedModules are the modules linked on any system: "path version" → its folder in
// the module cache.
func linkedModules(t *testing.T) map[string]string {
	t.Helper()
	dirs := map[string]string{}
	for _, system := range systems {
		for _, p := range goList(t, []string{"GOOS=" + system, "GOARCH=amd64", "CGO_ENABLED=1"}, "-deps", ".") {
			if p.Module != nil && !p.Module.Main {
				dirs[p.Module.Path+" "+p.Module.Version] = p.Module.Dir
			}
		}
	}
	if len(dirs) < 10 {
		t.Fatalf("go list names only %d modules; Fyne alone brings more", len(dirs))
	}
	return dirs
}

// moduleTable lists the modules with their licences.
func moduleTable(t *testing.T, dirs map[string]string) string {
	t.Helper()
	table := "| module | version | licence |\n| --- | --- | --- |\n"
	for _, key := range sortedKeys(dirs) {
		path, version, _ := strings.Cut(key, " ")
		names := licencesIn(t, path, dirs[key])
		table += fmt.Sprintf("| %s | %s | %s |\n", path, version, strings.Join(names, ", "))
	}
	return table
}

// licencesIn reads the licence files of the module at dir and names the licences.
func licencesIn(t *testing.T, module, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatalf("%s: %v", module, err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() || !isLicenceFile(e.Name()) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatalf("%s: %v", module, err)
		}
		found := licencesOf(string(raw))
		if len(found) == 0 {
			t.Errorf("%s: no known licence in its file %s: read it, and teach licencesOf its wording", module, e.Name())
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		t.Errorf("%s has no licence file: it may not be given away", module)
	}
	for _, n := range names {
		if refused(n) {
			t.Errorf("%s is under the %s, which Lede's own licence does not go with", module, n)
		}
	}
	return names
}

func isLicenceFile(name string) bool {
	return regexp.MustCompile(`(?i)^(un)?licen[cs]e([.-].*)?$|^copying([.-].*)?$`).MatchString(name)
}

// licences are recognised by a sentence that each has and no other: the ones that
// are refused as well, so that they are told from an unknown one.
var licences = []struct{ name, sentence string }{
	{"AGPL", "gnu affero general public license"},
	{"LGPL", "gnu lesser general public license"},
	{"GPL", "gnu general public license"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"Apache-2.0", "apache license"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose"},
	{"BSD-3-Clause", "redistribution and use in source and binary forms"},
	{"Zlib", "this software is provided 'as-is', without any express or implied warranty"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
	{"OFL-1.1", "sil open font license"},
}

// licencesOf names the licences whose text is in a file.
func licencesOf(text string) []string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	var names []string
	for _, l := range licences {
		if !strings.Contains(text, l.sentence) {
			continue
		}
		name := l.name
		// The clause that the two-clause version leaves out.
		if name == "BSD-3-Clause" && !regexp.MustCompile(`neither the names? of|names? of (its|the) .{0,80}may not be used|may be used to endorse`).MatchString(text) {
			name = "BSD-2-Clause"
		}
		names = append(names, name)
	}
	// The LGPL and AGPL name the GPL, and the MPL names all three as those it
	// can be combined with.
	if slices.Contains(names, "MPL-2.0") {
		return []string{"MPL-2.0"}
	}
	return names
}

func refused(licence string) bool {
	return slices.Contains([]string{"AGPL", "GPL", "LGPL"}, licence)
}

// fontTable lists the fonts under assets/fonts, each under the licence that lies
// beside it.
func fontTable(t *testing.T) string {
	t.Helper()
	folders := map[string]string{} // font file → licence
	err := filepath.WalkDir("assets/fonts", func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !regexp.MustCompile(`(?i)\.(ttf|otf|ttc|woff2?)$`).MatchString(path) {
			return err
		}
		folders[filepath.ToSlash(path)] = fontLicence(t, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	table := "| font | licence |\n| --- | --- |\n"
	for _, f := range sortedKeys(folders) {
		table += fmt.Sprintf("| %s | %s |\n", f, folders[f])
	}
	return table
}

// fontLicence reads the licence file in the font's folder.
func fontLicence(t *testing.T, font string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(font))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !regexp.MustCompile(`(?i)^(ofl|.*licen[cs]e).*$`).MatchString(e.Name()) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(filepath.Dir(font), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if names := licencesOf(string(raw)); slices.Contains(names, "OFL-1.1") {
			return "OFL-1.1"
		}
	}
	t.Errorf("%s: no SIL Open Font License lies beside it, which that licence asks for", font)
	return "unknown"
}

// replaceList puts table between the marks of the list called name.
func replaceList(t *testing.T, page, name, table string) string {
	t.Helper()
	open, end := "<!-- "+name+" -->\n", "<!-- end "+name+" -->"
	before, rest, ok := strings.Cut(page, open)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("THIRD_PARTY.md lacks the marks %q and %q", strings.TrimSpace(open), end)
	}
	return before + open + table + end + after
}

func firstDifference(have, want string) string {
	h, w := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(h), len(w)) {
		if h[i] != w[i] {
			return fmt.Sprintf("line %d\n  has  %s\n  want %s", i+1, h[i], w[i])
		}
	}
	return "one is longer than the other"
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// TestRefusedLicencesAreTold: a copyleft text is known for what it is, however it
// is wrapped, and does not pass as another.
func TestRefusedLicencesAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"GNU AFFERO GENERAL PUBLIC\n   LICENSE Version 3":                                       "AGPL",
		"GNU GENERAL PUBLIC LICENSE\n Version 2":                                                "GPL",
		"GNU Lesser General\tPublic License":                                                    "LGPL",
		"Permission is hereby granted, free of charge, to any person obtaining a copy\nof this": "MIT",
	} {
		got := licencesOf(text)
		if len(got) == 0 || got[0] != want {
			t.Errorf("licencesOf(%q) = %v, want %s", text, got, want)
		}
		if (want != "MIT") != refused(want) {
			t.Errorf("refused(%s) = %v", want, refused(want))
		}
	}
	if got := licencesOf("All rights reserved."); got != nil {
		t.Errorf("a text that grants nothing passes as %v", got)
	}
}
