package figure

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"lede/app/textview/layout"
)

// SVG writes the scene as a file that needs nothing else: letters are outlines,
// each written once and used wherever it stands.
func (s *Scene) SVG(w io.Writer) error {
	b := &svg{faces: map[*layout.Face]int{}, known: map[string]bool{}}
	var body strings.Builder
	b.out = &body
	for d, list := range s.shapes {
		if len(list) == 0 {
			continue
		}
		b.put(`<g class="%s">`, layers[d])
		for _, x := range list {
			b.shape(x)
		}
		b.put("</g>\n")
	}
	var head strings.Builder
	fmt.Fprintf(&head, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img" aria-labelledby="title desc">`,
		number(s.Width), number(s.Height))
	fmt.Fprintf(&head, "\n<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", escape(s.Title), escape(s.Words))
	fmt.Fprintf(&head, "<defs>\n%s</defs>\n<rect width=\"100%%\" height=\"100%%\" %s/>\n", b.defs.String(), paint("fill", s.Page))
	fmt.Fprintf(&head, "<g transform=\"translate(%s %s)\">\n", number(s.dx), number(s.dy))
	for _, part := range []string{head.String(), body.String(), "</g>\n</svg>\n"} {
		if _, err := io.WriteString(w, part); err != nil {
			return err
		}
	}
	return b.err
}

// layers are the names of the depths.
var layers = [depths]string{"fills", "lines", "text", "labels", "arcs", "names", "names-text"}

type svg struct {
	out   *strings.Builder
	defs  strings.Builder
	faces map[*layout.Face]int
	known map[string]bool // what stands in defs
	err   error
}

func (b *svg) put(format string, args ...any) { fmt.Fprintf(b.out, format, args...) }

func (b *svg) shape(x shape) {
	switch x := x.(type) {
	case rect:
		b.rect(x)
	case bars:
		b.put(`<path %s d="`, paint("fill", x.color))
		for _, r := range x.list {
			b.put("M%s %sH%sV%sH%sz", number(r.x0), number(r.y0), number(r.x1), number(r.y1), number(r.x0))
		}
		b.put("\"/>\n")
	case letters:
		b.letters(x)
	case stroke:
		b.put(`<path fill="none" %s stroke-width="%s" stroke-linecap="round" d="M%s`, paint("stroke", x.color), number(x.width), place(x.points[0]))
		if len(x.points) == 2 {
			b.put("L%s\"/>\n", place(x.points[1]))
			return
		}
		b.put("C%s %s %s\"/>\n", place(x.points[1]), place(x.points[2]), place(x.points[3]))
	case picture:
		b.picture(x)
	}
}

func (b *svg) rect(r rect) {
	b.put(`<rect x="%s" y="%s" width="%s" height="%s" `, number(r.x0), number(r.y0), number(r.x1-r.x0), number(r.y1-r.y0))
	if r.span != "" {
		b.put(`data-span="%s" data-part="%d" `, escape(r.span), r.part+1)
	}
	if r.radius > 0 {
		b.put(`rx="%s" `, number(r.radius))
	}
	if r.edge.A > 0 {
		b.put("%s ", paint("stroke", r.edge))
	}
	b.put("%s/>\n", paint("fill", r.color))
}

// letters writes a run in the units of its face, so that its outlines can be used
// as they are.
func (b *svg) letters(l letters) {
	n, ok := b.faces[l.face]
	if !ok {
		n = len(b.faces)
		b.faces[l.face] = n
	}
	scale := l.size / l.glyphs[0].em
	b.put(`<g %s transform="translate(0 %s) scale(%s)">`, paint("fill", l.color), number(l.baseline), strconv.FormatFloat(float64(scale), 'g', 6, 32))
	for _, g := range l.glyphs {
		id := fmt.Sprintf("g%d-%d", n, g.id)
		if !b.known[id] {
			b.known[id] = true
			fmt.Fprintf(&b.defs, "<path id=\"%s\" d=\"%s\"/>\n", id, outline(g.path))
		}
		b.put(`<use xlink:href="#%s" x="%.0f"`, id, g.x/scale)
		if g.y != 0 {
			b.put(` y="%.0f"`, -g.y/scale)
		}
		b.put("/>")
	}
	b.put("</g>\n")
}

// outline is a glyph as a path, in its face's units, y downwards.
func outline(path []font.Segment) string {
	var b strings.Builder
	verbs := map[opentype.SegmentOp]struct {
		letter string
		points int
	}{
		opentype.SegmentOpMoveTo: {"M", 1}, opentype.SegmentOpLineTo: {"L", 1},
		opentype.SegmentOpQuadTo: {"Q", 2}, opentype.SegmentOpCubeTo: {"C", 3},
	}
	for i, s := range path {
		v := verbs[s.Op]
		if v.letter == "M" && i > 0 {
			b.WriteString("z")
		}
		b.WriteString(v.letter)
		for k := range v.points {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(number(s.Args[k].X) + " " + number(-s.Args[k].Y))
		}
	}
	b.WriteString("z")
	return b.String()
}

func (b *svg) picture(p picture) {
	id := fmt.Sprintf("e%x", p.words)
	if !b.known[id] {
		b.known[id] = true
		var raw bytes.Buffer
		if err := png.Encode(&raw, p.image); err != nil && b.err == nil {
			b.err = err
		}
		size := p.image.Bounds().Size()
		fmt.Fprintf(&b.defs, "<image id=\"%s\" width=\"%d\" height=\"%d\" xlink:href=\"data:image/png;base64,%s\"/>\n",
			id, size.X, size.Y, base64.StdEncoding.EncodeToString(raw.Bytes()))
	}
	scale := (p.x1 - p.x0) / float32(p.image.Bounds().Dx())
	b.put("<use xlink:href=\"#%s\" transform=\"translate(%s %s) scale(%s)\"/>\n", id, number(p.x0), number(p.y0), strconv.FormatFloat(float64(scale), 'g', 6, 32))
}

// paint is a colour as an attribute, and its opacity as another: programs for
// pictures know no rgba().
func paint(what string, c color.NRGBA) string {
	if c.A == 0 {
		return what + `="none"`
	}
	s := fmt.Sprintf(`%s="#%02x%02x%02x"`, what, c.R, c.G, c.B)
	if c.A < 0xff {
		s += fmt.Sprintf(` %s-opacity="%s"`, what, number(float32(c.A)/255))
	}
	return s
}

func place(p point) string { return number(p.x) + " " + number(p.y) }

// number writes a length with as many places as can be seen.
func number(x float32) string {
	s := strconv.FormatFloat(float64(x), 'f', 2, 32)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// escape makes a text safe in XML; characters that XML has no place for become
// U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes all
	return b.String()
}
