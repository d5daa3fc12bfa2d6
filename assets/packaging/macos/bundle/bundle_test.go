package main

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const top = "../../../.."

// read reads a property list as maps, slices, strings and bools.
func read(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		tok, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := tok.(xml.StartElement); ok && start.Name.Local == "dict" {
			m, ok := value(t, d, start).(map[string]any)
			if !ok {
				t.Fatal("no dictionary")
			}
			if _, err := d.Token(); err != nil { // so that what follows is XML too
				t.Fatal(err)
			}
			return m
		}
	}
}

func value(t *testing.T, d *xml.Decoder, start xml.StartElement) any {
	t.Helper()
	var text strings.Builder
	var list []any
	for {
		tok, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text.Write(tok)
		case xml.StartElement:
			list = append(list, value(t, d, tok))
		case xml.EndElement:
			switch start.Name.Local {
			case "dict":
				m := map[string]any{}
				for i := 0; i+1 < len(list); i += 2 {
					key, _ := list[i].(string)
					if _, twice := m[key]; twice {
						t.Errorf("%q stands twice", key)
					}
					m[key] = list[i+1]
				}
				if 2*len(m) != len(list) {
					t.Errorf("keys and values do not match: %v", list)
				}
				return m
			case "array":
				return list
			case "true", "false":
				return start.Name.Local == "true"
			}
			return text.String()
		}
	}
}

func TestBundle(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "Lede.app")
	if err := bundle(top, program, out); err != nil {
		t.Fatal(err)
	}
	var files []string
	if err := filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(out, path)
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Contents/Info.plist", "Contents/MacOS/lede", "Contents/PkgInfo",
		"Contents/Resources/LICENSE", "Contents/Resources/THIRD_PARTY.md", "Contents/Resources/lede.icns",
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
	if info, err := os.Stat(filepath.Join(out, "Contents/MacOS/lede")); err != nil || info.Mode().Perm()&0o111 == 0 && os.PathSeparator == '/' {
		t.Errorf("the program cannot be started: %v, %v", info.Mode(), err)
	}
	if err := bundle(top, program, out); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an older bundle, whose files would be among the new ones: %v", err)
	}
}

// TestInfoPlist reads the property list as a Mac does, and looks whether its parts
// speak of each other.
func TestInfoPlist(t *testing.T) {
	raw, err := plist(top)
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, raw)
	toml, err := os.ReadFile(filepath.Join(top, "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"CFBundleShortVersionString", "CFBundleVersion", "CFBundleIdentifier", "CFBundleName"} {
		if v, _ := p[key].(string); v == "" || !strings.Contains(string(toml), `= "`+v+`"`) {
			t.Errorf("%s is %q, which FyneApp.toml does not say", key, v)
		}
	}
	for key, want := range map[string]any{
		"CFBundleExecutable": "lede", "CFBundleIconFile": "lede", "CFBundlePackageType": "APPL",
		"LSMinimumSystemVersion": oldest, "NSHighResolutionCapable": true,
		"LSApplicationCategoryType": "public.app-category.productivity",
	} {
		if p[key] != want {
			t.Errorf("%s is %v, want %v", key, p[key], want)
		}
	}
	opens := p["CFBundleDocumentTypes"].([]any)[0].(map[string]any)
	is := p["UTExportedTypeDeclarations"].([]any)[0].(map[string]any)
	if types, _ := opens["LSItemContentTypes"].([]any); !slices.Contains(types, is["UTTypeIdentifier"]) {
		t.Errorf("it opens %v, and a project is %v", types, is["UTTypeIdentifier"])
	}
	tags := is["UTTypeTagSpecification"].(map[string]any)
	if diff := cmp.Diff(map[string]any{"public.filename-extension": []any{"lede"}, "public.mime-type": []any{"application/x-lede"}}, tags); diff != "" {
		t.Error(diff)
	}
}

func TestPlistOfNastyNames(t *testing.T) {
	dir := t.TempDir()
	name := `A & <B> “é” 记`
	for file, text := range map[string]string{
		"FyneApp.toml": "[Details]\nName = '" + name + "'\nID = 'a.b'\nVersion = '1.2.3'\n", "LICENSE": "Copyright (c) B & C\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := plist(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p := read(t, raw); p["CFBundleName"] != name || p["NSHumanReadableCopyright"] != "Copyright (c) B & C" {
		t.Errorf("%q, %q", p["CFBundleName"], p["NSHumanReadableCopyright"])
	}
	if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte("free\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := plist(dir); err == nil || !strings.Contains(err.Error(), "copyright") {
		t.Errorf("without a copyright: %v", err)
	}
}

// TestIcns reads the icon file as its format says: every size is there, and shows the
// same picture.
func TestIcns(t *testing.T) {
	raw, err := makeIcns(iconPNG)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw[:4]) != "icns" || int(binary.BigEndian.Uint32(raw[4:])) != len(raw) {
		t.Fatalf("its head is %q", raw[:8])
	}
	var kinds []string
	for rest := raw[8:]; len(rest) > 0; {
		kind, n := string(rest[:4]), binary.BigEndian.Uint32(rest[4:])
		data := rest[8:n]
		rest = rest[n:]
		kinds = append(kinds, kind)
		i := slices.IndexFunc(iconSizes, func(s struct {
			kind   string
			pixels int
			raw    bool
		},
		) bool {
			return s.kind == kind
		})
		m := picture(t, data, iconSizes[i].pixels)
		if m.Bounds().Dx() != iconSizes[i].pixels || m.Bounds().Dy() != iconSizes[i].pixels {
			t.Errorf("%s has %v, want %d pixels", kind, m.Bounds(), iconSizes[i].pixels)
		}
		// The corner is clear, and the line that is marked is green, at every size.
		if _, _, _, a := m.At(0, 0).RGBA(); a != 0 {
			t.Errorf("%s: its corner is not clear", kind)
		}
		c := color.NRGBAModel.Convert(m.At(m.Bounds().Dx()/2, m.Bounds().Dy()*45/100)).(color.NRGBA)
		if c.A != 255 || c.G <= c.R {
			t.Errorf("%s: the middle is %v, want green", kind, c)
		}
	}
	if want := "ic04 ic11 ic05 ic12 ic07 ic13 ic08 ic14 ic09 ic10"; strings.Join(kinds, " ") != want {
		t.Errorf("it has %v, want %s", kinds, want)
	}
}

// picture reads PNG or packed channels.
func picture(t *testing.T, data []byte, pixels int) image.Image {
	t.Helper()
	packed, raw := bytes.CutPrefix(data, []byte("ARGB"))
	if !raw {
		m, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	bare, err := unpack(packed)
	n := pixels * pixels
	if err != nil || len(bare) != 4*n {
		t.Fatalf("%d bytes of channels, want %d: %v", len(bare), 4*n, err)
	}
	m := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	for i := range n {
		m.SetNRGBA(i%pixels, i/pixels, color.NRGBA{A: bare[i], R: bare[n+i], G: bare[2*n+i], B: bare[3*n+i]})
	}
	return m
}

func unpack(packed []byte) ([]byte, error) {
	var data []byte
	for len(packed) > 0 {
		n := int(packed[0])
		packed = packed[1:]
		if n >= 128 {
			if len(packed) < 1 {
				return nil, io.ErrUnexpectedEOF
			}
			data = append(data, bytes.Repeat(packed[:1], n-125)...)
			packed = packed[1:]
			continue
		}
		if len(packed) <= n {
			return nil, io.ErrUnexpectedEOF
		}
		data = append(data, packed[:n+1]...)
		packed = packed[n+1:]
	}
	return data, nil
}

func TestPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var data []byte
		for _, run := range rapid.SliceOfN(rapid.IntRange(1, 300), 0, 8).Draw(t, "runs") {
			data = append(data, bytes.Repeat([]byte{rapid.Byte().Draw(t, "byte")}, run)...)
		}
		data = append(data, rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "others")...)
		if got, err := unpack(pack(data)); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%v comes back as %v, %v", data, got, err)
		}
	})
}
