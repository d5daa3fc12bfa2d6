package pdf

import (
	"errors"
	"math"

	library "github.com/ledongthuc/pdf"
)

// matrix is a change of places, as PDF writes it: a b c d e f.
type matrix [6]float64

func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

var same = matrix{1, 0, 0, 1, 0, 0}

// look is the state of the page while it is drawn.
type look struct {
	page, text, line                           matrix
	font                                       *font
	size, letter, word, stretch, leading, rise float64
}

// drawing follows the operators of a page, as far as they show text.
type drawing struct {
	look
	kept  []look
	fonts map[string]*font // of the resources in use
	page  library.Page
	forms int
	put   func(library.Text)
}

const (
	maxForms = 500     // forms that a page may show, one in the other too
	maxKept  = 100_000 // states of a page that are kept at once
)

func draw(page library.Page, contents library.Value, put func(library.Text)) error {
	d := &drawing{page: page, put: put, fonts: map[string]*font{}}
	d.look.page, d.stretch = same, 1
	d.text, d.line = same, same
	return d.run(contents)
}

func (d *drawing) run(contents library.Value) error {
	if err := streams(contents, func([]byte) error { return nil }); err != nil {
		return err
	}
	if contents.Kind() != library.Stream && contents.Kind() != library.Array {
		return nil
	}
	var failed error
	library.Interpret(contents, func(stack *library.Stack, op string) {
		args := make([]library.Value, min(stack.Len(), 20))
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		for stack.Len() > 0 {
			stack.Pop()
		}
		if failed == nil {
			failed = d.do(op, args)
		}
	})
	return failed
}

// do follows one operator; one with too few operands does nothing.
func (d *drawing) do(op string, args []library.Value) error {
	n := func(i int) float64 {
		if i < len(args) {
			return args[i].Float64()
		}
		return 0
	}
	all := matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
	switch op {
	case "cm":
		d.look.page = all.then(d.look.page)
	case "q":
		if len(d.kept) < maxKept {
			d.kept = append(d.kept, d.look)
		}
	case "Q":
		if k := len(d.kept) - 1; k >= 0 {
			d.look, d.kept = d.kept[k], d.kept[:k]
		}
	case "BT":
		d.text, d.line = same, same
	case "Tm":
		d.text, d.line = all, all
	case "TD":
		d.leading = -n(1)
		d.next(n(0), n(1))
	case "Td":
		d.next(n(0), n(1))
	case "T*":
		d.next(0, -d.leading)
	case "Tc":
		d.letter = n(0)
	case "Tw":
		d.word = n(0)
	case "Tz":
		d.stretch = n(0) / 100
	case "TL":
		d.leading = n(0)
	case "Ts":
		d.rise = n(0)
	case "Tf":
		if len(args) == 2 {
			d.size = n(1)
			return d.choose(args[0].Name())
		}
	case "\"":
		d.word, d.letter = n(0), n(1)
		fallthrough
	case "'":
		d.next(0, -d.leading)
		fallthrough
	case "Tj":
		if len(args) > 0 {
			d.show(args[len(args)-1].RawString())
		}
	case "TJ":
		if len(args) > 0 {
			d.showAll(args[0])
		}
	case "Do":
		if len(args) > 0 {
			return d.form(args[0].Name())
		}
	}
	return nil
}

func (d *drawing) next(x, y float64) {
	d.line = matrix{1, 0, 0, 1, x, y}.then(d.line)
	d.text = d.line
}

func (d *drawing) showAll(list library.Value) {
	for i := range list.Len() {
		if one := list.Index(i); one.Kind() == library.String {
			d.show(one.RawString())
		} else {
			d.advance(-one.Float64() / 1000 * d.size * d.stretch)
		}
	}
}

func (d *drawing) advance(x float64) { d.text = matrix{1, 0, 0, 1, x, 0}.then(d.text) }

func (d *drawing) show(s string) {
	if d.font == nil {
		return
	}
	for _, c := range d.font.letters(s) {
		at := matrix{d.size * d.stretch, 0, 0, d.size, 0, d.rise}.then(d.text).then(d.look.page)
		wide := c.width/1000*d.size + d.letter
		if c.blank {
			wide += d.word
		}
		// A page that lies on its side is read as if it stood upright.
		t := library.Text{FontSize: at[0], X: at[4], Y: at[5], W: c.width / 1000 * at[0], S: c.words}
		if math.Abs(at[0]) < 1e-3 && math.Abs(at[1]) > 1e-3 {
			t.FontSize = 0
		}
		d.put(t)
		d.advance(wide * d.stretch)
	}
}

// form draws a form: a piece of page that stands elsewhere in the file.
func (d *drawing) form(name string) error {
	form := d.page.Resources().Key("XObject").Key(name)
	if form.Kind() != library.Stream || form.Key("Subtype").Name() != "Form" {
		return nil // a picture
	}
	if d.forms++; d.forms > maxForms {
		return errors.New("its forms show each other without end")
	}
	m := same
	if list := form.Key("Matrix"); list.Len() == 6 {
		for i := range 6 {
			m[i] = list.Index(i).Float64()
		}
	}
	look, kept, fonts, page := d.look, d.kept, d.fonts, d.page
	d.look.page = m.then(d.look.page)
	if form.Key("Resources").Kind() == library.Dict {
		d.page, d.fonts = library.Page{V: form}, map[string]*font{}
	}
	err := d.run(form)
	d.look, d.kept, d.fonts, d.page = look, kept, fonts, page
	return err
}
