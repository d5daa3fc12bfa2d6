package e2e

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// worldDesk is a desk with short articles in several scripts.
func worldDesk(t testing.TB, settings string, articles ...[2]string) *desk {
	t.Helper()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), settings)
	var lines []string
	for _, a := range articles {
		line, err := json.Marshal(map[string]string{"id": a[0], "title": a[0], "text": a[1]})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	file := filepath.Join(d.home, "world.jsonl")
	write(t, file, strings.Join(lines, "\n"))
	d.cli("new", d.project, "--actor", "lede")
	d.cli("import", d.project, file, "--actor", "lede")
	return d
}

const anaInLight = `{"annotator": "ana", "theme": "light"}`

// noto is the look of article text in a script that a bundled font is for.
func noto(script string) look {
	return look{font: bundled("NotoSans" + script + "-Regular"), size: 18, in: "middle"}
}

// TestAnyScript tags words by mouse and by keys in right-to-left, Indic and
// Southeast Asian scripts, in Chinese and beside emoji. Offsets come from the file.
func TestAnyScript(t *testing.T) {
	t.Parallel()
	d := worldDesk(t, anaInLight,
		[2]string{"ar", "أعلن الوزير (NATO) إضراب 4,000 عامل في الميناء يوم الاثنين."},
		[2]string{"he", "השר אמר לעיתונאים (NATO) ביום שלישי, 15 במאי."},
		[2]string{"hi", "मंत्री क्षत्रिय ने सोमवार को हड़ताल की।"},
		[2]string{"th", "รัฐมนตรี กล่าวว่า คนงาน หยุดงาน เมื่อวันจันทร์"},
		[2]string{"zh", "四千名码头工人周一罢工。"},
		[2]string{"em", "The family 👩‍👩‍👧‍👦 waved 👍🏽 twice."},
	)
	p := d.open()
	hebrew, hindi, thai := noto("Hebrew"), noto("Devanagari"), noto("Thai")
	double := func(l look, word, key string) func(*program) {
		return func(p *program) {
			p.click(p.see(l, word, 0).middle(), 2)
			p.key(key)
		}
	}
	keys := func(keys ...string) func(*program) { return func(p *program) { p.key(keys...) } }
	for _, a := range []struct {
		ref   string
		steps []step
	}{
		{"ar", []step{
			{"double click", double(arabic, "إضراب", "2"), []string{"+" + d.span("ar", "event", "إضراب")}},
			{"drag over a Latin name in brackets", func(p *program) {
				p.drag(p.see(arabic, "الوزير", 0).middle(), p.word("NATO").middle())
				p.key("1")
			}, []string{"+" + d.span("ar", "actor", "الوزير (NATO")}},
			{"keys: Left goes on by words", keys("ctrl+shift+Left", "4"), []string{"+" + d.span("ar", "cue", "أعلن")}},
		}},
		{"he", []step{
			{"double click", double(hebrew, "השר", "1"), []string{"+" + d.span("he", "actor", "השר")}},
			{"drag against the text", func(p *program) {
				p.drag(p.see(hebrew, "לעיתונאים", 0).middle(), p.see(hebrew, "אמר", 0).middle())
				p.key("2")
			}, []string{"+" + d.span("he", "event", "אמר לעיתונאים")}},
		}},
		{"hi", []step{
			{"double click", double(hindi, "सोमवार", "6"), []string{"+" + d.span("hi", "time", "सोमवार")}},
			{"drag", func(p *program) {
				p.drag(p.see(hindi, "मंत्री", 0).middle(), p.see(hindi, "क्षत्रिय", 0).middle())
				p.key("2")
			}, []string{"+" + d.span("hi", "event", "मंत्री क्षत्रिय")}},
			{"keys by words", keys("ctrl+Right", "ctrl+shift+Right", "1"), []string{"+" + d.span("hi", "actor", "क्षत्रिय")}},
			{"keys by characters: a conjunct is one", keys("g", "Right", "Right", "Right", "shift+Right", "3", "g", "g"), []string{"+" + d.span("hi", "quote", "क्ष")}},
		}},
		{"th", []step{
			{"drag", func(p *program) {
				p.drag(p.see(thai, "คนงาน", 0).left(), p.see(thai, "หยุดงาน", 0).right())
				p.key("2")
			}, []string{"+" + d.span("th", "event", "คนงาน หยุดงาน")}},
			{"keys: a character with its marks is one", keys("g", "Right", "shift+Right", "3", "g", "g"), []string{"+" + d.span("th", "quote", "ฐ")}},
		}},
		{"zh", []step{
			{"drag", func(p *program) {
				s := p.see(p.chinese("罢工"), "罢工", 0)
				p.drag(s.left(), s.right())
				p.key("2")
			}, []string{"+" + d.span("zh", "event", "罢工")}},
			{"keys", keys("shift+Right", "shift+Right", "shift+Right", "1"), []string{"+" + d.span("zh", "actor", "四千名")}},
		}},
		{"em", []step{
			{"drag over a family", func(p *program) {
				p.drag(p.word("family").middle(), p.word("waved").middle())
				p.key("2")
			}, []string{"+" + d.span("em", "event", "family 👩‍👩‍👧‍👦 waved")}},
		}},
	} {
		t.Run(a.ref, func(t *testing.T) {
			defer p.on(t)()
			p.openArticle(a.ref)
			p.run(t, a.ref, a.steps)
		})
	}
}

// TestMissingCharacters: what no font can show is said, and can be waved away.
func TestMissingCharacters(t *testing.T) {
	t.Parallel()
	const unknown = "\U0010FF00\U0010FF01" // of a plane for private use
	d := worldDesk(t, anaInLight, [2]string{"latin", "Plain words."}, [2]string{"odd", "Signs " + unknown + " here."})
	p := d.open()
	const said = "Special characters in this article have no font here."
	if p.sees(plain, said) {
		t.Error("it is said of a Latin article")
	}
	p.openArticle("odd")
	p.see(plain, said, 0)
	p.becomes("odd", func() { // what cannot be shown can be tagged
		p.drag(p.word("Signs").middle(), p.word("here.").middle())
		p.key("1")
	}, "+"+d.span("odd", "actor", "Signs "+unknown+" here"))
	p.openArticle("latin")
	p.vanished(plain, said)
	p.openArticle("odd")
	p.click(p.see(plain, "Not now", 0).middle(), 1)
	p.vanished(plain, said)
}

// TestFontFileThatIsGone: the window says so where the font was needed.
func TestFontFileThatIsGone(t *testing.T) {
	t.Parallel()
	d := worldDesk(t, `{"annotator": "ana", "theme": "light", "font_file": "/none/own.ttf"}`, [2]string{"odd", "Signs \U0010FF00 here."})
	p := d.open()
	p.see(plain, "The font file /none/own.ttf is not there any more. Choose another one.", 0)
	p.key("ctrl+comma")
	p.see(plain, "own.ttf", 0)
	p.see(small, "The font file /none/own.ttf is not there any more.", 0)
	p.click(p.see(plain, "Remove", 0).middle(), 1)
	p.see(plain, "this computer’s fonts", 0)
	p.key("Escape")
	p.see(plain, "Special characters in this article have no font here.", 0)
}
