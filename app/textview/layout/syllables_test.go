package layout

import (
	"strings"
	"testing"
)

// syllabify shows where a text may break.
func syllabify(t *testing.T, s string) string {
	t.Helper()
	b := (&Shaper{}).Layout(s, Style{Chain: testChain(t), Size: 18, Width: 300})
	var parts []string
	at := 0
	for _, e := range b.breaks {
		parts = append(parts, strings.TrimSpace(string(b.runes[at:e])))
		at = e
	}
	return strings.Join(parts, "|")
}

func TestSyllables(t *testing.T) {
	for s, want := range map[string]string{
		"ประชุม":                 "ประ|ชุม",
		"สวัสดี":                 "สวัส|ดี",
		"ทำงานที่บ้าน":           "ทำ|งาน|ที่|บ้าน",
		"รัฐมนตรีกล่าวว่า":       "รัฐมนตรีกล่าว|ว่า",
		"เมื่อวันจันทร์":         "เมื่อวัน|จันทร์",
		"พยายาม":                 "พยา|ยาม",
		"ค่ะ มาก":                "ค่ะ|มาก",
		"เฉลี่ย":                 "เฉลี่ย",
		"ใน สนาม":                "ใน|สนาม",
		"ນັກຂ່າວລາວ":             "ນັກ|ຂ່າວ|ລາວ",
		"ပညာရေး":                 "ပ|ညာ|ရေး",
		"မြန်မာဘာသာ":             "မြန်|မာ|ဘာ|သာ",
		"တနင်္လာနေ့":             "တ|နင်္လာ|နေ့",
		"၁၂၃ ကျပ်":               "၁၂၃|ကျပ်",
		"នៅថ្ងៃច័ន្ទ":            "នៅ|ថ្ងៃ|ច័ន្ទ",
		"បានធ្វើ":                "បាន|ធ្វើ",
		"រដ្ឋមន្ត្រី":            "រដ្ឋមន្ត្រី",
		"two words":              "two|words",
		"हिन्दी भाषा":            "हिन्दी|भाषा",
		"រដ្ឋ\u200bមន្ត្រីនិយាយ": "រដ្ឋ\u200b|មន្ត្រី|និ|យាយ",
	} {
		if got := syllabify(t, s); got != want {
			t.Errorf("%q breaks as %q, want %q", s, got, want)
		}
	}
}

// TestLinesWithoutBlanksFill: a paragraph without blanks does not leave half of its
// lines empty, and breaks at no place but where a syllable begins.
func TestLinesWithoutBlanksFill(t *testing.T) {
	for _, name := range []string{"Thai", "Lao", "Khmer", "Myanmar"} {
		s := strings.Repeat(strings.ReplaceAll(scripts[name], " ", ""), 6)
		b := (&Shaper{}).Layout(s, Style{Chain: testChain(t), Size: 18, Width: 480})
		stops := map[int]bool{}
		for _, e := range b.breaks {
			stops[e] = true
		}
		if len(b.Lines) < 4 {
			t.Fatalf("%s: %d lines", name, len(b.Lines))
		}
		for i := range b.Lines[:len(b.Lines)-1] {
			l := &b.Lines[i]
			if l.Width < 0.75*b.width {
				t.Errorf("%s: line %d is %g wide of %g", name, i, l.Width, b.width)
			}
			if !stops[l.End] {
				t.Errorf("%s: line %d breaks inside a syllable: %q", name, i, string(b.runes[l.Start:l.End]))
			}
		}
	}
}
