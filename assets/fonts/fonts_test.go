package fonts_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"

	"lede/assets/fonts"
)

func TestFontsParseAndCoverTheirScripts(t *testing.T) {
	for _, c := range []struct {
		font   fonts.Font
		sample string
	}{
		{fonts.Serif(), "Aé“ЖΩ—"},
		{fonts.SerifBold(), "Aé“ЖΩ—"},
		{fonts.Sans(), "Aé“ЖΩ·"},
		{fonts.SansBold(), "Aé“ЖΩ·"},
		{fonts.Arabic(), "السلام٣"},
		{fonts.Hebrew(), "שלום"},
	} {
		face, err := font.ParseTTF(bytes.NewReader(c.font.Data))
		if err != nil {
			t.Errorf("%s: %v", c.font.Name, err)
			continue
		}
		for _, r := range c.sample {
			if _, ok := face.NominalGlyph(r); !ok {
				t.Errorf("%s has no glyph for %q", c.font.Name, r)
			}
		}
	}
}

func TestLicenseIsTheOpenFontLicense(t *testing.T) {
	for _, want := range []string{"SIL OPEN FONT LICENSE", "Google", "PERMISSION & CONDITIONS"} {
		if !strings.Contains(fonts.License, want) {
			t.Errorf("OFL.txt lacks %q", want)
		}
	}
}
