package main

import "image/color"

// The labels of the articles here, as in the schema for news.
var (
	names  = []string{"actor", "event", "quote"}
	colors = []color.Color{color.NRGBA{R: 0x00, G: 0x72, B: 0xb2, A: 0xff}, color.NRGBA{R: 0xd5, G: 0x5e, B: 0x00, A: 0xff}, color.NRGBA{R: 0x00, G: 0x80, B: 0x5d, A: 0xff}}
)
