package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/draw"
)

// iconPNG is the icon on Apple's grid: of 1024 pixels, with a margin of 100. It is
// made from assets/icons/lede.svg.
//
//go:embed icon.png
var iconPNG []byte

// iconSizes are the pictures of an icon file. The two smallest kinds are read from
// raw channels only, the others from PNG; "ic11" is 16 points on a fine screen.
var iconSizes = []struct {
	kind   string
	pixels int
	raw    bool
}{
	{"ic04", 16, true},
	{"ic11", 32, false},
	{"ic05", 32, true},
	{"ic12", 64, false},
	{"ic07", 128, false},
	{"ic13", 256, false},
	{"ic08", 256, false},
	{"ic14", 512, false},
	{"ic09", 512, false},
	{"ic10", 1024, false},
}

// makeIcns makes an icon file of the picture.
func makeIcns(picture []byte) ([]byte, error) {
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	pngs := map[int][]byte{drawn.Bounds().Dx(): picture}
	for _, size := range iconSizes {
		data := pngs[size.pixels]
		if data == nil || size.raw {
			small := image.NewRGBA(image.Rect(0, 0, size.pixels, size.pixels))
			draw.CatmullRom.Scale(small, small.Bounds(), drawn, drawn.Bounds(), draw.Src, nil)
			if size.raw {
				data = rawIcon(small)
			} else if data, err = encode(small); err != nil {
				return nil, err
			} else {
				pngs[size.pixels] = data
			}
		}
		element(&body, size.kind, data)
	}
	var file bytes.Buffer
	element(&file, "icns", body.Bytes())
	return file.Bytes(), nil
}

func encode(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

// element writes four letters, the length of all and the data.
func element(to *bytes.Buffer, kind string, data []byte) {
	to.WriteString(kind)
	_ = binary.Write(to, binary.BigEndian, uint32(8+len(data))) //nolint:gosec // pictures of a few kilobytes
	to.Write(data)
}

// rawIcon is a picture as "ARGB" and its four channels, each packed by itself.
func rawIcon(m image.Image) []byte {
	var channels [4][]byte
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			for i, v := range [4]byte{c.A, c.R, c.G, c.B} {
				channels[i] = append(channels[i], v)
			}
		}
	}
	data := []byte("ARGB")
	for _, c := range channels {
		data = append(data, pack(c)...)
	}
	return data
}

// pack writes runs of 3 to 130 equal bytes as their length + 125 and the byte, and up
// to 128 others as their number - 1 and themselves.
func pack(data []byte) []byte {
	var packed, other []byte
	flush := func() {
		for len(other) > 0 {
			n := min(len(other), 128)
			packed = append(append(packed, byte(n-1)), other[:n]...)
			other = other[n:]
		}
	}
	for i := 0; i < len(data); {
		run := 1
		for i+run < len(data) && data[i+run] == data[i] && run < 130 {
			run++
		}
		if run < 3 {
			other = append(other, data[i:i+run]...)
		} else {
			flush()
			packed = append(packed, byte(run+125), data[i])
		}
		i += run
	}
	flush()
	return packed
}
