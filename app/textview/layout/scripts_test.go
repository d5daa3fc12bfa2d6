package layout

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/text"
)

// scripts has a sentence of news in each script that Lede promises to show with
// the fonts it brings, and what is typical of it: marks, conjuncts, numbers, quotes
// and names in Latin.
var scripts = map[string]string{
	"Latin":      "Straße, Łódź: “Những người thợ”, said Ørsted’s chief — 4,000 of 12.5 %.",
	"Greek":      "Οἱ ἐργάτες τοῦ λιμανιοῦ ἀπεργοῦν ἀπὸ τὴν Δευτέρα, εἶπε ὁ ὑπουργός.",
	"Cyrillic":   "Портовики бастуют: «Мы не вернёмся», — сказала Ильза; їжак, қазақ, ѓавол.",
	"Arabic":     "قال وزيرُ النقل إنّ ٤٠٠٠ عامل (NATO) أضربوا يوم 12 مارس، «ولن نعود».",
	"Hebrew":     "שַׂר החוץ אמר ביום שלישי, 15 במאי: „לא נחזור לעבודה” (NATO).",
	"Armenian":   "Նավահանգստի բանվորները գործադուլ հայտարարեցին երկուշաբթի օրը։",
	"Georgian":   "პორტის მუშებმა ორშაბათს გაფიცვა გამოაცხადეს, თქვა მინისტრმა.",
	"Ethiopic":   "የወደብ ሠራተኞች ሰኞ ዕለት የሥራ ማቆም አድማ መቱ፤ ሚኒስትሩም አልመለሱም።",
	"Thai":       "คนงานท่าเรือสี่พันคนนัดหยุดงานเมื่อวันจันทร์ที่ผ่านมา รัฐมนตรีกล่าวว่าจะเจรจา ๑๒ ครั้ง",
	"Lao":        "ກຳມະກອນທ່າເຮືອສີ່ພັນຄົນປະທ້ວງຢຸດງານໃນວັນຈັນທີ່ຜ່ານມາ",
	"Khmer":      "កម្មករកំពង់ផែបួនពាន់នាក់បានធ្វើកូដកម្មនៅថ្ងៃច័ន្ទ។ រដ្ឋមន្ត្រីនិយាយថា ព្រះរាជាណាចក្រ",
	"Myanmar":    "ဆိပ်ကမ်းအလုပ်သမား လေးထောင်တို့သည် တနင်္လာနေ့တွင် သပိတ်မှောက်ခဲ့ကြသည်။ မြန်မာ",
	"Devanagari": "बंदरगाह के चार हज़ार श्रमिकों ने सोमवार को हड़ताल की; मंत्री क्षत्रिय ने कहा, “१२ बार” श्री कृष्ण।",
	"Bengali":    "বন্দরের চার হাজার শ্রমিক সোমবার ধর্মঘট করেছেন, মন্ত্রী বললেন। ক্ষমা, কৃষ্ণ",
	"Gurmukhi":   "ਬੰਦਰਗਾਹ ਦੇ ਚਾਰ ਹਜ਼ਾਰ ਮਜ਼ਦੂਰਾਂ ਨੇ ਸੋਮਵਾਰ ਨੂੰ ਹੜਤਾਲ ਕੀਤੀ। ਪ੍ਰਧਾਨ",
	"Gujarati":   "બંદરના ચાર હજાર કામદારોએ સોમવારે હડતાળ પાડી, મંત્રીશ્રીએ કહ્યું ક્ષમા.",
	"Oriya":      "ବନ୍ଦରର ଚାରି ହଜାର ଶ୍ରମିକ ସୋମବାର ଧର୍ମଘଟ କଲେ। କ୍ଷମା",
	"Tamil":      "துறைமுகத் தொழிலாளர்கள் நாலாயிரம் பேர் திங்களன்று வேலைநிறுத்தம் செய்தனர், ஸ்ரீ.",
	"Telugu":     "ఓడరేవు కార్మికులు నాలుగు వేల మంది సోమవారం సమ్మె చేశారు, మంత్రి క్షమాపణ.",
	"Kannada":    "ಬಂದರಿನ ನಾಲ್ಕು ಸಾವಿರ ಕಾರ್ಮಿಕರು ಸೋಮವಾರ ಮುಷ್ಕರ ನಡೆಸಿದರು, ಕ್ಷಮೆ ಶ್ರೀ.",
	"Malayalam":  "തുറമുഖത്തെ നാലായിരം തൊഴിലാളികൾ തിങ്കളാഴ്ച പണിമുടക്കി, മന്ത്രി പറഞ്ഞു ക്ഷമ.",
	"Sinhala":    "වරායේ සේවකයෝ හාරදහසක් සඳුදා වර්ජනය කළහ, ඇමති ශ්\u200dරී ලංකා ක්\u200dරමය.",
}

// TestEveryScriptHasItsGlyphs: nothing that Lede promises is drawn as a box.
func TestEveryScriptHasItsGlyphs(t *testing.T) {
	if len(scripts) < 15 {
		t.Fatal("too few scripts")
	}
	for name, s := range scripts {
		for kind, chain := range chains() {
			b := (&Shaper{}).Layout(s, Style{Chain: chain, Size: 18})
			if m := chain.library.Missing(); len(m) != 0 {
				t.Errorf("%s, %s: no glyphs for %q", name, kind, string(m))
			}
			if m := b.Missing(); len(m) != 0 {
				t.Errorf("%s, %s: the block lacks %q", name, kind, string(m))
			}
		}
	}
}

func chains() map[string]*Chain {
	b := NewBundle(nil)
	return map[string]*Chain{"sans": b.Sans, "bold": b.SansBold, "serif": b.Serif, "title": b.SerifBold}
}

// TestCaretAndHitInEveryScript: for every grapheme of the corpus, on wide and
// narrow lines, hit(caret(o)) == o, and the caret behind it is found as well.
func TestCaretAndHitInEveryScript(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	for name, s := range scripts {
		for _, width := range []float32{0, 620, 180, 60} {
			b := shaper.Layout(s, Style{Chain: chain, Size: 18, Width: width})
			for i := range b.Lines {
				checkCarets(t, name, b, &b.Lines[i])
			}
		}
	}
}

func checkCarets(t *testing.T, name string, b *Block, l *Line) {
	t.Helper()
	for o := l.Start; o < l.Trim; o++ {
		if !b.grapheme[o] {
			continue
		}
		end := o + 1
		for !b.grapheme[end] {
			end++
		}
		w := b.cum[end] - b.cum[o]
		if w < 1 {
			t.Errorf("%s: %q is %g wide: it cannot be hit", name, string(b.runes[o:end]), w)
			continue
		}
		in := w / 4 // from the leading edge into the grapheme
		if b.RTLAt(l, o) {
			in = -in
		}
		if got, _ := b.Hit(l, b.CaretX(l, o)+in); got != o {
			t.Errorf("%s: caret %d (%q) is hit as %d", name, o, string(b.runes[o:end]), got)
		}
		from, to, _, _, _, ok := b.Cell(l, b.CaretX(l, o)+in)
		if !ok || from != o || to != end {
			t.Errorf("%s: the cell at %d is [%d,%d), want [%d,%d)", name, o, from, to, o, end)
		}
	}
}

// TestGraphemesAreThoseOfTheText: the text counts graphemes by one library, the
// layout by another; a caret must stand where a selection can end.
func TestGraphemesAreThoseOfTheText(t *testing.T) {
	shaper, chain := &Shaper{}, testChain(t)
	all := append([]string{"👩‍👩‍👧‍👦 🇫🇷🇩🇪 ❤️ 👍🏽 1️⃣ 🏴‍☠️ e\u0301\u0323 한국어 각 x"}, corpus...)
	for _, s := range scripts {
		all = append(all, s)
	}
	for _, s := range all {
		b, doc := shaper.Layout(s, Style{Chain: chain, Size: 18}), text.New(s)
		for o := range doc.Len() {
			if b.grapheme[o] != doc.IsGrapheme(o) {
				t.Errorf("%q at %d: a grapheme for the layout: %v, for the text: %v", s, o, b.grapheme[o], doc.IsGrapheme(o))
			}
		}
	}
}

// mixed is random text of words of several scripts, with brackets, numbers and
// marks between.
func mixed(t *rapid.T) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(scripts)) { // the same for the same seed
		words = append(words, strings.Fields(scripts[name])...)
	}
	words = append(words, corpus...)
	glue := rapid.SampledFrom([]string{" ", " ", " ", "", "-", " (", ") ", ", ", " 12 ", "٣", "\u200f", "/", "”"})
	var b strings.Builder
	for range rapid.IntRange(1, 14).Draw(t, "words") {
		b.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
		b.WriteString(glue.Draw(t, "glue"))
	}
	return b.String()
}

// TestSelectionOfMixedScripts: rectangles of any range cover its advances, once
// each, and those of a division of the line cover the line.
func TestSelectionOfMixedScripts(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	rapid.Check(t, func(t *rapid.T) {
		b := shaper.Layout(mixed(t), Style{Chain: chain, Size: 18, Width: rapid.Float32Range(50, 700).Draw(t, "width")})
		cut := rapid.IntRange(0, b.Len()).Draw(t, "cut")
		at := 0
		for i := range b.Lines {
			l := &b.Lines[i]
			if l.Start != at {
				t.Fatalf("line %d starts at %d, want %d", i, l.Start, at)
			}
			at = l.End
			checkRuns(t, b, l)
			type stretch struct{ x0, x1 float32 }
			var all []stretch
			total := float32(0)
			for _, part := range [][2]int{{0, cut}, {cut, b.Len()}} {
				b.Segments(l, part[0], part[1], func(x0, x1 float32) {
					for _, s := range all {
						if min(x1, s.x1)-max(x0, s.x0) > 0.02 {
							t.Fatalf("%g–%g and %g–%g overlap in %q cut at %d", x0, x1, s.x0, s.x1, string(b.runes), cut)
						}
					}
					all = append(all, stretch{x0, x1})
					total += x1 - x0
				})
			}
			if want := b.cum[l.End] - b.cum[l.Start]; math.Abs(float64(total-want)) > 0.1 {
				t.Fatalf("the rectangles of line %d are %g wide, the glyphs %g", i, total, want)
			}
		}
		if at != b.Len() {
			t.Fatalf("lines end at %d of %d", at, b.Len())
		}
	})
}
