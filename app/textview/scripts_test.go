package textview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// sentences are in the scripts that Lede brings fonts for.
var sentences = []struct{ script, text string }{
	{"Latin", "Straße, Łódź: “Những người thợ”, said Ørsted’s chief."},
	{"Greek", "Οἱ ἐργάτες τοῦ λιμανιοῦ ἀπεργοῦν."},
	{"Cyrillic", "«Мы не вернёмся», — сказала Ильза; їжак."},
	{"Arabic", "قال وزيرُ النقل إنّ ٤٠٠٠ عامل (NATO) أضربوا 12 مارس"},
	{"Hebrew", "שַׂר החוץ אמר, 15 במאי: „לא” (NATO)."},
	{"Armenian", "Նավահանգստի բանվորները գործադուլ։"},
	{"Georgian", "პორტის მუშებმა ორშაბათს გაფიცვა."},
	{"Ethiopic", "የወደብ ሠራተኞች ሰኞ ዕለት አድማ መቱ።"},
	{"Thai", "คนงานท่าเรือสี่พันคนนัดหยุดงานเมื่อวันจันทร์"},
	{"Lao", "ກຳມະກອນທ່າເຮືອສີ່ພັນຄົນປະທ້ວງ"},
	{"Khmer", "កម្មករកំពង់ផែបួនពាន់នាក់បានធ្វើកូដកម្ម"},
	{"Myanmar", "ဆိပ်ကမ်းအလုပ်သမားတို့ သပိတ်မှောက်ခဲ့ကြသည်။"},
	{"Devanagari", "मंत्री क्षत्रिय ने कहा, “१२ बार” श्री कृष्ण।"},
	{"Bengali", "বন্দরের চার হাজার শ্রমিক। ক্ষমা, কৃষ্ণ"},
	{"Gurmukhi", "ਬੰਦਰਗਾਹ ਦੇ ਚਾਰ ਹਜ਼ਾਰ ਮਜ਼ਦੂਰਾਂ ਪ੍ਰਧਾਨ"},
	{"Gujarati", "બંદરના કામદારોએ મંત્રીશ્રીએ ક્ષમા."},
	{"Oriya", "ବନ୍ଦରର ଚାରି ହଜାର ଶ୍ରମିକ କ୍ଷମା"},
	{"Tamil", "துறைமுகத் தொழிலாளர்கள் ஸ்ரீ."},
	{"Telugu", "ఓడరేవు కార్మికులు క్షమాపణ."},
	{"Kannada", "ಬಂದರಿನ ಕಾರ್ಮಿಕರು ಕ್ಷಮೆ ಶ್ರೀ."},
	{"Malayalam", "തുറമുഖത്തെ തൊഴിലാളികൾ ക്ഷമ."},
	{"Sinhala", "වරායේ සේවකයෝ ශ්\u200dරී ලංකා ක්\u200dරමය."},
}

// TestWidthsAreThoseOfFyne: what is drawn by Fyne is as wide as the place that was
// counted for it, in every script, so that marks and carets meet the letters.
func TestWidthsAreThoseOfFyne(t *testing.T) {
	test.NewTempApp(t)
	f, shaper := BundledFaces(), layout.Shaper{}
	driver := fyne.CurrentApp().Driver()
	for _, s := range sentences {
		for _, chain := range []*layout.Chain{f.serif, f.sans, f.title, f.bold} {
			for _, size := range []float32{13, 18, 25} {
				b := shaper.Layout(s.text, layout.Style{Chain: chain, Size: size})
				for i := range b.Lines[0].Runs {
					r := &b.Lines[0].Runs[i]
					for _, p := range b.Pieces(r) {
						got, _ := driver.RenderedTextSize(p.Text, size, fyne.TextStyle{}, f.resource(r.Face))
						if d := got.Width - p.W; d < -0.6 || d > 0.6 {
							t.Errorf("%s, %g: Fyne draws %q %g wide in %s, counted are %g", s.script, size, p.Text, got.Width, r.Face.Name(), p.W)
						}
					}
				}
			}
		}
	}
	if m := f.Missing(); len(m) != 0 {
		t.Errorf("no glyphs for %q", string(m))
	}
}

// TestScriptsGolden holds where every word of several scripts is drawn, with which
// font, and the selection over a change of direction.
func TestScriptsGolden(t *testing.T) {
	s := ""
	for _, name := range []string{"Arabic", "Hebrew", "Devanagari", "Thai", "Khmer", "Myanmar", "Ethiopic", "Tamil"} {
		for _, c := range sentences {
			if c.script == name {
				s += c.text + "\n"
			}
		}
	}
	s += "abc (שלום 12) def قال [NATO] x"
	r := newRig(t, s, 460, 640)
	r.SetHeader("إضراب عمال الميناء (Varno)", "الساحل\u200e · 4 Mar 2026")
	test.AssertRendersToMarkup(t, "scripts.xml", r.win.Canvas())
	r.SetSelection(r.find("وزيرُ النقل إنّ ٤٠٠٠ عامل (NA"))
	test.AssertRendersToMarkup(t, "scripts_selected.xml", r.win.Canvas())
}

// TestFontFileIsTakenUp: what no font has is told; with another font it is not, the
// text is laid out anew, and the first line stays.
func TestFontFileIsTakenUp(t *testing.T) {
	r := newRig(t, "", 460, 300)
	var s string
	for range 60 {
		s += "A line of the article.\n"
	}
	r.SetText(text.New(s + "\U00012000\U00012001 here"))
	r.ScrollTo(200)
	if m := r.Missing(); len(m) != 0 {
		t.Fatalf("missing before the line is in sight: %q", string(m))
	}
	r.ScrollTo(r.Text().Len())
	if m := string(r.Missing()); m != "\U00012000\U00012001" {
		t.Errorf("missing %q", m)
	}
	top := r.ScrollPosition()
	r.FontsChanged()
	if got := r.ScrollPosition(); got != top {
		t.Errorf("the first line was %d, with other fonts it is %d", top, got)
	}
	r.SetText(text.New("plain"))
	if m := r.Missing(); len(m) != 0 {
		t.Errorf("the next article lacks %q", string(m))
	}
}
