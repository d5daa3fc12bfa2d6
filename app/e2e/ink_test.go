package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"sync"
	"testing"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// ink is how a word looks: drawn from the font's file at a size, by itself.
type ink struct {
	text string
	w, h int
	dark []float64 // 0 paper to 1 ink, by rows
	dots []dot     // a sample of it, for the first look
	mean float64
	norm float64
}

// dot is one point of a sample.
type dot struct {
	at   int // x + y*w
	x, y int
	v    float64
}

// margin is the blank paper left and right of a word that belongs to its look:
// without it "port" would be seen in "transport".
const margin = 2

var faces sync.Map // path → []*font.Face

// fontsOf are the faces of a font file: one, or several in a collection.
func fontsOf(path string) ([]*font.Face, error) {
	if f, ok := faces.Load(path); ok {
		return f.([]*font.Face), nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all, err := font.ParseTTC(bytes.NewReader(raw))
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("%s: no font in it: %w", path, err)
	}
	faces.Store(path, all)
	return all, nil
}

// bundled is the file of one of Lede's own fonts.
func bundled(name string) string { return filepath.Join("..", "..", "assets", "fonts", name+".ttf") }

// has says whether a font has a glyph for every character of a word.
func has(f *font.Face, text string) bool {
	for _, r := range text {
		if _, ok := f.NominalGlyph(r); !ok && r > 0x20 {
			return false
		}
	}
	return true
}

// drawInk draws a word as a look says. It fails if the font has no glyph for a part
// of it.
func drawInk(t testing.TB, l look, text string) *ink {
	t.Helper()
	all, err := fontsOf(l.font)
	if err != nil {
		t.Fatal(err)
	}
	f, size := font.NewFace(all[l.face].Font), l.size // a face of one's own: tests run side by side
	if !has(f, text) {
		t.Fatalf("%s has not all the glyphs of %q", l.font, text)
	}
	canvas := image.NewGray(image.Rect(0, 0, int(size)*(len([]rune(text))+4)*2, int(size*4)))
	pen := render.Renderer{FontSize: float32(size), PixScale: 1, Color: color.White}
	x := int(size)
	for _, run := range shape(f, size, text) {
		x = pen.DrawShapedRunAt(run, canvas, x, int(size*2))
	}
	return inkOf(t, text, canvas)
}

// shape is the glyphs of a word of one direction.
func shape(f *font.Face, size float64, text string) []shaping.Output {
	runes := []rune(text)
	in := shaping.Input{Text: runes, RunEnd: len(runes), Face: f, Size: fixed.Int26_6(size * 64)}
	var segmenter shaping.Segmenter
	var shaper shaping.HarfbuzzShaper
	var runs []shaping.Output
	for _, part := range segmenter.Split(in, single{f}) {
		runs = append(runs, shaper.Shape(part))
	}
	if len(runs) > 0 && runs[0].Direction == di.DirectionRTL {
		slices.Reverse(runs)
	}
	return runs
}

// single is the choice of one font for everything.
type single struct{ face *font.Face }

func (s single) ResolveFace(rune) *font.Face { return s.face }

// inkOf crops a drawing to its ink and the margins.
func inkOf(t testing.TB, text string, canvas *image.Gray) *ink {
	t.Helper()
	var box image.Rectangle
	for y := range canvas.Rect.Dy() {
		for x := range canvas.Rect.Dx() {
			if canvas.GrayAt(x, y).Y > 40 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if box.Empty() {
		t.Fatalf("%q leaves no ink", text)
	}
	box.Min.X, box.Max.X = box.Min.X-margin, box.Max.X+margin
	k := &ink{text: text, w: box.Dx(), h: box.Dy()}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			k.dark = append(k.dark, float64(canvas.GrayAt(x, y).Y)/255)
		}
	}
	k.mean, k.norm = spread(k.dark)
	k.sample()
	return k
}

// sample picks up to 80 points, half of them the darkest, half paper, spread over
// the word.
func (k *ink) sample() {
	var inked, blank []dot
	for i, v := range k.dark {
		d := dot{at: i, x: i % k.w, y: i / k.w, v: v}
		switch {
		case v > 0.7:
			inked = append(inked, d)
		case v < 0.05:
			blank = append(blank, d)
		}
	}
	k.dots = append(thin(inked, 40), thin(blank, 40)...)
}

// thin keeps n of the dots, evenly.
func thin(dots []dot, n int) []dot {
	if len(dots) <= n {
		return dots
	}
	var kept []dot
	for i := range n {
		kept = append(kept, dots[i*len(dots)/n])
	}
	return kept
}

// spread is the mean of values and the length of what deviates from it.
func spread(values []float64) (mean, norm float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		norm += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(norm)
}

// spot is where a word was seen: the box of its ink.
type spot struct {
	image.Rectangle
	score float64 // 1 is the very same picture
}

func (s spot) middle() image.Point { return s.Min.Add(s.Max).Div(2) }
func (s spot) left() image.Point   { return image.Pt(s.Min.X+1, s.middle().Y) }
func (s spot) right() image.Point  { return image.Pt(s.Max.X-1, s.middle().Y) }

// page is a picture in shades, dark and light alike: what is looked at.
type page struct {
	w, h   int
	shade  []float64
	within image.Rectangle
}

func pageOf(img *image.RGBA, within image.Rectangle) *page {
	gray := image.NewGray(img.Rect)
	draw.Draw(gray, gray.Rect, img, image.Point{}, draw.Src)
	p := &page{w: img.Rect.Dx(), h: img.Rect.Dy(), within: within.Intersect(img.Rect)}
	p.shade = make([]float64, p.w*p.h)
	for i := range p.shade {
		p.shade[i] = float64(gray.Pix[i]) / 255
	}
	return p
}

// Two looks: a quick one at a few points everywhere, a thorough one where that was
// promising. Both are the correlation of shades, so that a word is seen on any
// background; its sign says nothing, so that it is seen light on dark as well.
//
// The very same word scores 0.99 and more; "terminal," instead of "terminal." 0.97,
// and a word that lines or marks cross 0.85 or so. So what is clearly worse than the
// best is another word.
const (
	promising = 0.60
	certain   = 0.80
	worse     = 0.02
)

// look finds the ink, in reading order.
func (p *page) look(k *ink) []spot {
	var seen []spot
	for y := p.within.Min.Y; y <= p.within.Max.Y-k.h; y++ {
		for x := p.within.Min.X; x <= p.within.Max.X-k.w; x++ {
			if p.glance(k, x, y) < promising {
				continue
			}
			if score := p.compare(k, x, y); score >= certain {
				box := image.Rect(x+margin, y, x+k.w-margin, y+k.h)
				seen = append(seen, spot{box, score})
			}
		}
	}
	return inOrder(seen)
}

func (p *page) glance(k *ink, x, y int) float64 {
	base := y*p.w + x
	var n, sum, squares, ink, inks, both float64
	for _, d := range k.dots {
		v := p.shade[base+d.y*p.w+d.x]
		n++
		sum += v
		squares += v * v
		ink += d.v
		inks += d.v * d.v
		both += v * d.v
	}
	variance := (squares - sum*sum/n) * (inks - ink*ink/n)
	if variance < 1e-6 {
		return 0
	}
	return math.Abs(both-sum*ink/n) / math.Sqrt(variance)
}

func (p *page) compare(k *ink, x, y int) float64 {
	var sum, squares, both float64
	for row := range k.h {
		shades := p.shade[(y+row)*p.w+x:][:k.w]
		inks := k.dark[row*k.w:][:k.w]
		for i, v := range shades {
			sum += v
			squares += v * v
			both += v * (inks[i] - k.mean)
		}
	}
	n := float64(k.w * k.h)
	norm := math.Sqrt(max(0, squares-sum*sum/n))
	if norm < 0.02*math.Sqrt(n) {
		return 0
	}
	return math.Abs(both) / (norm * k.norm)
}

// inOrder drops what is worse than the best or overlaps something seen more
// clearly, and sorts the rest by lines, then from the left.
func inOrder(seen []spot) []spot {
	sort.Slice(seen, func(i, j int) bool { return seen[i].score > seen[j].score })
	var kept []spot
	for _, s := range seen {
		alone := s.score > seen[0].score-worse
		for _, k := range kept {
			alone = alone && !s.Overlaps(k.Rectangle)
		}
		if alone {
			kept = append(kept, s)
		}
	}
	sort.Slice(kept, func(i, j int) bool {
		if dy := kept[i].Min.Y - kept[j].Min.Y; dy < -6 || dy > 6 {
			return dy < 0
		}
		return kept[i].Min.X < kept[j].Min.X
	})
	return kept
}
