package fonts_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"

	"lede/assets/fonts"
)

// samples has, for each script, what everyday text in it needs.
var samples = map[string]string{
	"Arabic": "السلام٣؟،گچپژےں", "Hebrew": "שלוםִ״׳", "Armenian": "Հայերէն։՛", "Georgian": "ქართული",
	"Ethiopic": "አማርኛ።፣፩", "Thai": "ภาษาไทย่๕ฯ", "Lao": "ພາສາລາວ່໕", "Khmer": "ភាសាខ្មែរ។៥", "Myanmar": "မြန်မာဘာသာ။၅",
	"Devanagari": "हिन्दी।॥५़ॲ", "Bengali": "বাংলা।৫ড়", "Gurmukhi": "ਪੰਜਾਬੀ੫ੱ", "Gujarati": "ગુજરાતી૫",
	"Oriya": "ଓଡ଼ିଆ୫", "Tamil": "தமிழ்௫", "Telugu": "తెలుగు౫", "Kannada": "ಕನ್ನಡ೫", "Malayalam": "മലയാളം൫ൻ",
	"Sinhala": "සිංහල෴",
}

func lacks(t *testing.T, f fonts.Font, sample string) string {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return strings.Map(func(r rune) rune {
		if _, ok := face.NominalGlyph(r); ok {
			return -1
		}
		return r
	}, sample)
}

func TestFontsParseAndCoverTheirScripts(t *testing.T) {
	for _, f := range []fonts.Font{fonts.Serif(), fonts.SerifBold(), fonts.Sans(), fonts.SansBold()} {
		if l := lacks(t, f, "Aé“ЖΩ—ở"); l != "" {
			t.Errorf("%s has no glyph for %q", f.Name, l)
		}
	}
	if len(fonts.Scripts()) != len(samples) {
		t.Errorf("%d scripts, samples of %d", len(fonts.Scripts()), len(samples))
	}
	for _, s := range fonts.Scripts() {
		if samples[s.Name] == "" {
			t.Errorf("no sample of %s", s.Name)
		}
		if l := lacks(t, s.Font, samples[s.Name]); l != "" {
			t.Errorf("%s has no glyph for %q", s.Font.Name, l)
		}
		for _, r := range samples[s.Name] {
			if !s.Covers(r) && r > 0x7F && r != '।' && r != '॥' { // the stroke that all Indic scripts share
				t.Errorf("%s is not said to cover %q", s.Font.Name, r)
			}
		}
		for _, r := range "aЖΩ中" {
			if s.Covers(r) {
				t.Errorf("%s is said to cover %q", s.Font.Name, r)
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
