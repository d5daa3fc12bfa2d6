package e2e

import (
	"fmt"
	"image"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// look is how and where something is written.
type look struct {
	font string  // path of the font's file
	face int     // which of a collection
	size float64 // pixels
	in   string  // the part of the window: one of the names of part
}

// The looks of the window's words (looks/README.md of the design).
var (
	reading = look{font: bundled("NotoSerif-Regular"), size: 18, in: "middle"}
	heading = look{font: bundled("NotoSerif-Bold"), size: 26, in: "middle"}
	plain   = look{font: bundled("NotoSans-Regular"), size: 13, in: "window"}
	strong  = look{font: bundled("NotoSans-Bold"), size: 13, in: "window"}
	small   = look{font: bundled("NotoSans-Regular"), size: 11.5, in: "window"}
	arabic  = look{font: bundled("NotoNaskhArabic-Regular"), size: 18, in: "middle"}
)

func (l look) within(part string) look { l.in = part; return l }

func (l look) sized(size float64) look { l.size = size; return l }

// part is a part of the window, roughly: it only tells apart the places where the
// same word stands.
func (p *program) part(name string) image.Rectangle {
	w, h := p.size.X, p.size.Y
	switch name {
	case "window":
		return image.Rect(0, 0, w, h)
	case "left":
		return image.Rect(0, 0, w*21/100, h)
	case "middle":
		return image.Rect(w*21/100, 0, w*76/100, h*96/100)
	case "bar": // the label bar, above the text
		return image.Rect(w*20/100, 0, w*77/100, h*12/100)
	case "article": // the text, below the label bar
		return image.Rect(w*20/100, h*12/100, w*76/100, h*96/100)
	case "right":
		return image.Rect(w*76/100, 0, w, h*96/100)
	case "status":
		return image.Rect(0, h*95/100, w, h)
	}
	p.t.Fatalf("the window has no part %q", name)
	return image.Rectangle{}
}

// patience is how long something may take to come into sight on a busy machine.
const patience = 15 * time.Second

// word is the only place where the article's text has a word, as it is printed:
// with the punctuation that touches it.
func (p *program) word(text string) spot { p.t.Helper(); return p.see(reading, text, 0) }

// calm is how long a word that something crosses must have been seen the same.
const calm = 700 * time.Millisecond

// clean is the score of a word that nothing crosses.
const clean = 0.97

// see waits until a word is in sight and says where: its nth place in reading
// order from 1, or with 0 the only one. It fails when there is none, or with 0
// several.
func (p *program) see(l look, text string, nth int) spot {
	p.t.Helper()
	k := drawInk(p.t, l, text)
	var seen []spot
	var picture *image.RGBA
	var was spot
	since := time.Now() // that it is seen where it is
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		picture = p.picture()
		seen = pageOf(picture, p.part(l.in)).look(k)
		if (nth == 0 && len(seen) == 1) || (nth > 0 && len(seen) >= nth) {
			// Something may still lie over the word and let a similar one seem better.
			s := seen[max(0, nth-1)]
			if s != was {
				was, since = s, time.Now()
			}
			if s.score > clean || time.Since(since) > calm {
				return s
			}
		}
		if time.Now().After(end) {
			break
		}
	}
	where := keep(p.t, "looking-for-"+safe(text), picture)
	places := make([]string, len(seen))
	for i, s := range seen {
		places[i] = fmt.Sprintf("%v (%.2f)", s.Rectangle, s.score)
	}
	p.t.Fatalf("“%s” (place %d, %s) was seen %d times: %s. See %s", text, nth, l.in, len(seen), strings.Join(places, ", "), where)
	return spot{}
}

// sees says whether a word is in sight now.
func (p *program) sees(l look, text string) bool {
	p.t.Helper()
	k := drawInk(p.t, l, text)
	return len(pageOf(p.picture(), p.part(l.in)).look(k)) > 0
}

// seeBelow turns the wheel over a point until a word has come into sight and stands
// still.
func (p *program) seeBelow(at image.Point, l look, text string) spot {
	p.t.Helper()
	k := drawInk(p.t, l, text)
	was := spot{}
	for end := time.Now().Add(4 * patience); time.Now().Before(end); time.Sleep(250 * time.Millisecond) {
		seen := pageOf(p.picture(), p.part(l.in)).look(k)
		switch {
		case len(seen) == 1 && seen[0].Rectangle == was.Rectangle:
			return seen[0]
		case len(seen) == 1:
			was = seen[0]
		default:
			p.wheel(at, 3)
			was = spot{}
		}
	}
	return p.see(l, text, 0)
}

// still waits until a word stands where it stood a moment ago: lists move while
// one types.
func (p *program) still(l look, text string) spot {
	p.t.Helper()
	was := p.see(l, text, 0)
	for range 20 {
		time.Sleep(250 * time.Millisecond)
		now := p.see(l, text, 0)
		if now.Rectangle == was.Rectangle {
			return now
		}
		was = now
	}
	p.t.Fatalf("“%s” does not come to rest. See %s", text, keep(p.t, "restless", p.picture()))
	return was
}

// vanished waits until a word is no longer in sight.
func (p *program) vanished(l look, text string) {
	p.t.Helper()
	for end := time.Now().Add(patience); p.sees(l, text); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("“%s” is still in sight. See %s", text, keep(p.t, "still-"+safe(text), p.picture()))
		}
	}
}

func safe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || (r > '9' && r < 'A') || (r > 'Z' && r < 'a') || (r > 'z' && r < 0x80) {
			return '-'
		}
		return r
	}, s)
}

// hanFont is the look that Chinese text was seen in before.
var hanFont atomic.Value

// chinese is the look of Chinese text: by that font of the system in which a word
// that is on the screen is seen.
func (p *program) chinese(word string) look {
	p.t.Helper()
	var fonts []look
	for _, dir := range []string{"/usr/share/fonts", "/usr/local/share/fonts"} {
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil // a folder that is not there or not ours to read
			}
			all, err := fontsOf(path)
			for i, f := range all {
				if err == nil && has(f, word) {
					fonts = append(fonts, look{font: path, face: i, size: 18, in: "middle"})
				}
			}
			return nil
		})
	}
	if l, ok := hanFont.Load().(look); ok && slices.Contains(fonts, l) {
		fonts = append([]look{l}, fonts...) // it was right before
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		for _, l := range fonts {
			if p.sees(l, word) {
				hanFont.Store(l)
				return l
			}
		}
	}
	p.t.Fatalf("“%s” was seen in none of the %d fonts for Chinese that this machine has (one is fonts-droid-fallback). See %s",
		word, len(fonts), keep(p.t, "no-chinese", p.picture()))
	return look{}
}
