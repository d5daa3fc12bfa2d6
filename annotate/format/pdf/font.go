package pdf

import (
	"errors"

	library "github.com/ledongthuc/pdf"
)

// letter is what one code of a font shows.
type letter struct {
	words string
	width float64 // thousandths of the size
	blank bool    // the code 32 of a font of one byte, which word spacing widens
}

// font knows the letters of a font. Each is worked out once.
type font struct {
	enc    library.TextEncoding
	bytes  int // of a code
	widths map[int]float64
	other  float64 // the width of all others
	known  map[string]letter
}

// choose takes a font of the resources.
func (d *drawing) choose(name string) error {
	if f, ok := d.fonts[name]; ok {
		d.look.font = f
		return nil
	}
	f, err := newFont(d.page.Font(name))
	if err != nil {
		return err
	}
	d.fonts[name], d.look.font = f, f
	return nil
}

func newFont(lf library.Font) (*font, error) {
	// Numbers of letters are small; large ones would keep the library busy for ever.
	err := streams(lf.V.Key("ToUnicode"), func(raw []byte) error {
		if number.Match(hex.ReplaceAll(raw, nil)) {
			return errors.New("a font claims to have millions of letters")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f := &font{bytes: 1, widths: map[int]float64{}, known: map[string]letter{}}
	if f.enc = lf.Encoder(); f.enc == nil {
		return nil, errors.New("a font in an unknown encoding")
	}
	if lf.V.Key("Subtype").Name() == "Type0" {
		f.bytes, f.other = 2, 1000
		f.composite(lf.V.Key("DescendantFonts").Index(0))
		return f, nil
	}
	first, list := lf.FirstChar(), lf.V.Key("Widths")
	for i := range min(list.Len(), 256) {
		f.widths[first+i] = list.Index(i).Float64()
	}
	return f, nil
}

// composite reads the widths of a font with codes of two bytes: c [w w …] and
// from to w.
func (f *font) composite(v library.Value) {
	if v.Key("DW").Kind() != library.Null {
		f.other = v.Key("DW").Float64()
	}
	list := v.Key("W")
	for i := 0; i+1 < list.Len(); {
		first := int(list.Index(i).Int64())
		if each := list.Index(i + 1); each.Kind() == library.Array {
			for k := range min(each.Len(), 1<<16) {
				f.widths[first+k] = each.Index(k).Float64()
			}
			i += 2
			continue
		}
		last := int(list.Index(i + 1).Int64())
		for c := max(first, 0); c <= min(last, 1<<16); c++ {
			f.widths[c] = list.Index(i + 2).Float64()
		}
		i += 3
	}
}

// letters are those of a string of codes.
func (f *font) letters(s string) []letter {
	var all []letter
	for len(s) > 0 {
		n := min(f.bytes, len(s))
		code := s[:n]
		s = s[n:]
		c, ok := f.known[code]
		if !ok {
			number := 0
			for i := range n {
				number = number<<8 | int(code[i])
			}
			c = letter{words: f.enc.Decode(code), width: f.other, blank: code == " "}
			if w, has := f.widths[number]; has {
				c.width = w
			}
			f.known[code] = c
		}
		all = append(all, c)
	}
	return all
}
