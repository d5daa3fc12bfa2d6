package e2e

import (
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// strip is the x of the map in the scroll bar, while both panels show.
const strip = 970

// TestReadingSettings sets how articles are set: by the popover with mouse and
// keys, by the palette; it is kept in settings.json.
func TestReadingSettings(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.word("organisers")
	aa := func() {
		p.click(p.see(plain.within("bar"), "words", 1).right().Add(point(46, 0)), 1)
		p.see(plain, "Text size", 1)
	}
	p.scene(t, "popover by keys", func(p *program) {
		p.key("ctrl+shift+t")
		p.see(plain, "Text size", 1)
		p.key("Right", "Right", "Tab", "Right", "Tab", "Left", "Left")
		p.see(plain, "60", 1)
		keep(p.t, "popover", p.picture())
		p.key("Escape")
		p.vanished(plain, "Text size")
		p.see(reading.sized(20), "organisers", 0)
		d.set(t, map[string]any{"text_size": 20.0, "line_spacing": 1.1, "line_length": 60.0})
	})
	p.scene(t, "popover by mouse", func(p *program) {
		aa()
		size := p.see(plain, "Text size", 1).middle()
		p.drag(point(size.X+90, size.Y), point(size.X+200, size.Y))
		p.click(p.see(plain, "Number the paragraphs", 1).middle(), 1)
		p.click(p.see(plain.sized(12), "without", 1).middle(), 1)
		p.see(look{font: bundled("NotoSans-Regular"), size: d.setting(t, "text_size").(float64), in: "middle"}, "HALDEN", 0)
		if s := d.setting(t, "text_size").(float64); s < 25 || d.setting(t, "sans") != true || d.setting(t, "paragraph_numbers") != true {
			p.t.Errorf("size %v, sans %v, numbers %v", s, d.setting(t, "sans"), d.setting(t, "paragraph_numbers"))
		}
		p.click(p.see(plain, "Reset", 1).middle(), 1)
		p.click(point(400, 700), 1) // beside it
		p.vanished(plain, "Text size")
		p.word("organisers")
		d.set(t, map[string]any{"text_size": nil, "sans": nil, "paragraph_numbers": nil})
	})
	p.scene(t, "palette", func(p *program) {
		for _, step := range []string{"bigger text", "longer lines", "more space between", "paragraph numbers"} {
			p.key("ctrl+shift+p")
			p.typed(step)
			p.key("Return")
		}
		p.see(reading.sized(20), "organisers", 0)
		d.set(t, map[string]any{"text_size": 20.0, "line_length": 75.0, "line_spacing": 1.1, "paragraph_numbers": true})
	})
	p.quit()
	p = d.open()
	p.scene(t, "remembered", func(p *program) { p.see(reading.sized(20), "organisers", 0) })
}

// set waits until settings.json holds these values; nil for none.
func (d *desk) set(t *testing.T, want map[string]any) {
	t.Helper()
	for end := time.Now().Add(3 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		good := true
		for name, v := range want {
			good = good && d.setting(t, name) == v
		}
		if good {
			return
		}
		if time.Now().After(end) {
			for name, v := range want {
				t.Errorf("settings.json: %s is %v, want %v", name, d.setting(t, name), v)
			}
			return
		}
	}
}

func (d *desk) setting(t *testing.T, name string) any {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(d.home, "config", "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all[name]
}

// TestFocusMode reads and tags without the panels, and finds the way back.
func TestFocusMode(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.word("organisers")
	wide := look{font: reading.font, size: 18, in: "window"}
	p.scene(t, "by key", func(p *program) {
		p.key("z")
		p.see(small, "Leave focus mode", 1)
		p.vanished(plain, "Actor")
		p.key("Escape", "Escape", "Escape")
		p.see(small, "Leave focus mode", 1)
		p.becomes(courier, func() {
			p.over(p.see(wide, "organisers", 0))
			p.key("1")
		}, "+"+d.span(courier, "actor", "organisers"))
		p.becomes(courier, func() { // the toolbar at the selection
			p.key("Escape", "Escape")
			p.over(p.see(wide, "Friday", 0))
			p.click(p.see(plain, "Event", 1).middle(), 1)
		}, "+"+d.span(courier, "event", "Friday"))
		keep(p.t, "focus", p.picture())
		p.key("F9")
		p.see(plain, "Actor", 0)
	})
	p.scene(t, "by mouse", func(p *program) {
		p.key("z")
		p.click(p.see(small, "Leave focus mode", 1).middle(), 1)
		p.see(plain.within("bar"), "words", 1)
	})
}

// TestParagraphNumbers has them left of Latin paragraphs and right of Arabic ones.
func TestParagraphNumbers(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	left, right := image.Rect(270, 180, 306, 760), image.Rect(934, 180, 960, 760)
	for _, c := range []struct {
		ref      string
		margin   image.Rectangle
		otherOne image.Rectangle
	}{{courier, left, right}, {"sahil-1", right, left}} {
		p.openArticle(c.ref)
		p.scene(t, c.ref, func(p *program) {
			before, other := inkIn(p.picture(), c.margin), inkIn(p.picture(), c.otherOne)
			p.key("p")
			for end := time.Now().Add(3 * time.Second); inkIn(p.picture(), c.margin) < before+20; time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					p.t.Fatalf("no numbers in the margin. See %s", keep(p.t, "numbers", p.picture()))
				}
			}
			keep(p.t, "numbers", p.picture())
			if now := inkIn(p.picture(), c.otherOne); now > other+5 {
				p.t.Errorf("ink in the other margin: %d, before %d", now, other)
			}
			p.key("p")
			for end := time.Now().Add(3 * time.Second); inkIn(p.picture(), c.margin) > before; time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					p.t.Fatal("the numbers stay")
				}
			}
		})
	}
}

// inkIn counts the pixels of a part of a picture that are clearly no paper.
func inkIn(img *image.RGBA, part image.Rectangle) int {
	page := pageOf(img, part)
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if page.shade[y*page.w+x] < 0.75 {
				n++
			}
		}
	}
	return n
}

// TestMapAndTooltip: the scroll bar leads to what it shows, and tells of it; a
// tooltip comes over a span, in Latin and in Arabic text.
func TestMapAndTooltip(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.scene(t, "a click leads there", func(p *program) {
		p.click(point(strip, 760), 1)
		p.see(reading, "waiting.", 0)
		p.drag(point(strip, 700), point(strip, 90))
		p.see(reading, "organisers", 0)
	})
	p.scene(t, "the map tells what is where", func(p *program) {
		p.rest(point(strip, 755))
		p.see(look{font: plain.font, size: 11, in: "middle"}, "Eleven", 1)
		keep(p.t, "map", p.picture())
	})
	p.scene(t, "tooltip", func(p *program) {
		p.over(p.word("organisers"))
		p.key("1")
		p.key("Escape", "Escape")
		where := p.word("organisers").middle()
		p.rest(where)
		foot := look{font: plain.font, size: 11, in: "middle"}
		p.see(foot, "ana", 1)
		keep(p.t, "tooltip", p.picture())
		p.word("organisers") // it does not cover the word
		p.wheel(where, 1)
		p.vanished(foot, "ana")
	})
	p.key("ctrl+shift+d")
	p.openArticle("sahil-1")
	p.scene(t, "tooltip in Arabic, in dark", func(p *program) {
		p.over(p.see(arabic, "المفاوضات", 1))
		p.key("2", "Escape", "Escape")
		p.rest(p.see(arabic, "المفاوضات", 1).middle())
		p.see(look{font: plain.font, size: 11, in: "middle"}, "ana", 1)
		keep(p.t, "tooltip", p.picture())
		p.see(arabic, "المفاوضات", 1)
		p.key("Down")
		p.vanished(look{font: plain.font, size: 11, in: "middle"}, "ana")
	})
}

// over selects a word by dragging over it, which a slow machine cannot mistake.
func (p *program) over(word spot) {
	p.t.Helper()
	p.drag(word.left(), word.right())
}

// rest moves the pointer somewhere and leaves it there.
func (p *program) rest(at image.Point) {
	p.t.Helper()
	a := fmtPoint(at.Sub(point(6, 3)))
	b := fmtPoint(at)
	p.xdo("mousemove", a[0], a[1], "sleep", between, "mousemove", b[0], b[1])
}
