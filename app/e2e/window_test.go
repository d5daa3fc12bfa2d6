package e2e

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWindow goes through what is around the text: the sheet of shortcuts, the
// palette, light and dark, zoom.
func TestWindow(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.word("organisers")
	p.scene(t, "shortcut sheet", func(p *program) {
		p.key("F1")
		p.see(plain, "Tag as Source phrase", 0)
		keep(p.t, "sheet", p.picture())
		p.key("Escape")
		p.vanished(plain, "Tag as Source phrase")
	})
	p.scene(t, "palette", func(p *program) {
		p.key("ctrl+shift+p")
		p.typed("zoom in")
		p.see(plain, "Zoom in", 1)
		p.key("Return")
		p.see(reading.sized(20), "organisers", 0)
	})
	p.scene(t, "zoom by key", func(p *program) {
		p.key("ctrl+0")
		p.see(reading, "organisers", 0)
		p.key("ctrl+minus")
		p.see(reading.sized(16), "organisers", 0)
		p.key("ctrl+0", "ctrl+plus")
		p.see(reading.sized(20), "organisers", 0)
		p.key("ctrl+0")
		p.see(reading, "organisers", 0)
	})
	p.scene(t, "zoom by the wheel with ctrl", func(p *program) {
		at := fmtPoint(p.word("organisers").middle())
		p.xdo("mousemove", at[0], at[1], "sleep", between, "keydown", "ctrl", "click", "4", "sleep", between, "keyup", "ctrl")
		p.see(reading.sized(20), "organisers", 0)
		p.key("ctrl+0")
	})
	p.scene(t, "light and dark", func(p *program) {
		corner := image.Rect(500, 600, 600, 700)
		dark := func() bool { return brightness(p.picture(), corner) < 0.4 }
		p.key("ctrl+shift+d")
		for end := time.Now().Add(2 * time.Second); !dark(); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				p.t.Fatalf("the window did not become dark. See %s", keep(p.t, "still-light", p.picture()))
			}
		}
		p.word("organisers")
		keep(p.t, "dark", p.picture())
	})
	p.quit()
	p = d.open()
	p.scene(t, "remembered", func(p *program) {
		p.word("organisers")
		if brightness(p.picture(), image.Rect(500, 600, 600, 700)) > 0.5 {
			p.t.Error("the window opened light after it was made dark")
		}
	})
}

// scene is a subtest in a window that is open already.
func (p *program) scene(t *testing.T, name string, do func(p *program)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Helper()
		defer p.on(t)()
		p.key("Escape", "Escape", "ctrl+Home")
		do(p)
	})
}

// brightness is the mean shade of a part of a picture, 0 black to 1 white.
func brightness(img *image.RGBA, part image.Rectangle) float64 {
	shades := pageOf(img, part)
	sum := 0.0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			sum += shades.shade[y*shades.w+x]
		}
	}
	return sum / float64(part.Dx()*part.Dy())
}

func fmtPoint(p image.Point) []string { return at(p)[1:3] }

// TestFirstQuote goes from the start of the program on the sample (make run) to
// the first saved quote, and counts: at most 3 mouse actions, and without the mouse
// at most 12 keys, these from the welcome screen.
func TestFirstQuote(t *testing.T) {
	t.Parallel()
	const quote = "“It is a fair offer, and it is the last one,”"
	t.Run("mouse", func(t *testing.T) {
		d := newDesk(t)
		p := d.start("--sample")
		p.wait("opened", 0)
		d.project = p.sampleCopy()
		p.word("VARNO")
		p.becomes(varno, func() {
			p.wheel(p.word("VARNO").middle(), 8)
			p.still(reading, "“It") // the text glides on for a while
			p.drag(p.word("“It").left(), p.word("one,”").right())
			p.click(p.see(plain.within("article"), "Quote", 1).middle(), 1)
		}, "+"+d.span(varno, "quote", quote))
		t.Logf("from the start to the first saved quote: %d mouse actions, %d keys", p.mouse, p.keys)
		if p.mouse > 3 || p.keys > 0 {
			t.Errorf("%d mouse actions and %d keys; at most 3 and 0", p.mouse, p.keys)
		}
	})
	t.Run("keys", func(t *testing.T) {
		d := newDesk(t)
		p := d.start()
		p.key("Return") // “Try the sample project”
		p.wait("opened", 0)
		d.project = p.sampleCopy()
		p.word("VARNO")
		p.becomes(varno, func() {
			p.key("Page_Down", "Down", "Down", "shift+End") // the line that begins with the quote …
			p.key(times(4, "ctrl+shift+Left")...)           // … without “said its director, Tomasz”
			p.key("3")
		}, "+"+d.span(varno, "quote", quote))
		t.Logf("from the start to the first saved quote: %d keys, %d mouse actions", p.keys, p.mouse)
		if p.keys > 12 || p.mouse > 0 {
			t.Errorf("%d keys and %d mouse actions; at most 12 and 0", p.keys, p.mouse)
		}
	})
}

// sampleCopy is the project that the program made of the sample.
func (p *program) sampleCopy() string {
	p.t.Helper()
	found := ""
	_ = filepath.WalkDir(p.home, func(path string, e os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".lede" {
			found = path
		}
		return nil
	})
	if found == "" {
		p.t.Fatal("there is no project anywhere in the home of the program")
	}
	return found
}

// TestName puts the name right that Lede took from the login at the first start, on the
// sample: what is annotated there keeps being hers.
func TestName(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.env = []string{"LEDE_ACTOR=pc7"}
	p := d.start("--sample")
	p.wait("opened", 0)
	d.project = p.sampleCopy()
	mine := "SELECT group_concat(DISTINCT annotator) || ' ' || count(*) FROM v_spans"
	before := d.value(mine)
	mark := p.mark()
	p.click(p.see(plain.within("middle"), "Change the name…", 1).middle(), 1)
	p.see(plain, "Cancel", 1)
	p.key("ctrl+a")
	p.typed("Ana Ruiz")
	p.key("Return")
	p.wait("opened", mark)
	p.word("VARNO")
	if got, want := d.value(mine), strings.Replace(before, "pc7", "Ana Ruiz", 1); got != want || got == before {
		t.Errorf("the spans are of %s, not of %s", got, want)
	}
	keep(t, "name", p.picture())
	p.quit()
	d.cli("check", d.project)
}
