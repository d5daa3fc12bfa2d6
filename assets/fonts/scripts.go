package fonts

import _ "embed" // the font files

//go:embed NotoNaskhArabic-Regular.ttf
var arabic []byte

//go:embed NotoSansHebrew-Regular.ttf
var hebrew []byte

//go:embed NotoSansArmenian-Regular.ttf
var armenian []byte

//go:embed NotoSansGeorgian-Regular.ttf
var georgian []byte

//go:embed NotoSansEthiopic-Regular.ttf
var ethiopic []byte

//go:embed NotoSansThai-Regular.ttf
var thai []byte

//go:embed NotoSansLao-Regular.ttf
var lao []byte

//go:embed NotoSansKhmer-Regular.ttf
var khmer []byte

//go:embed NotoSansMyanmar-Regular.ttf
var myanmar []byte

//go:embed NotoSansDevanagari-Regular.ttf
var devanagari []byte

//go:embed NotoSansBengali-Regular.ttf
var bengali []byte

//go:embed NotoSansGurmukhi-Regular.ttf
var gurmukhi []byte

//go:embed NotoSansGujarati-Regular.ttf
var gujarati []byte

//go:embed NotoSansOriya-Regular.ttf
var oriya []byte

//go:embed NotoSansTamil-Regular.ttf
var tamil []byte

//go:embed NotoSansTelugu-Regular.ttf
var telugu []byte

//go:embed NotoSansKannada-Regular.ttf
var kannada []byte

//go:embed NotoSansMalayalam-Regular.ttf
var malayalam []byte

//go:embed NotoSansSinhala-Regular.ttf
var sinhala []byte

// Script is the font of one script that the faces of the text lack. Reading a
// font costs time and memory: Covers tells, without doing so, whether a text needs
// it.
type Script struct {
	Font
	Name   string    // of the script, in English
	Ranges [][2]rune // the characters it is for, first and last
}

// Covers tells whether the font is meant for r. It may lack r all the same.
func (s Script) Covers(r rune) bool {
	for _, p := range s.Ranges {
		if r >= p[0] && r <= p[1] {
			return true
		}
	}
	return false
}

// Scripts are the fonts for other scripts than Latin, Greek and Cyrillic.
func Scripts() []Script { return scripts }

var scripts = []Script{
	{Font{"NotoNaskhArabic-Regular.ttf", arabic}, "Arabic", [][2]rune{{0x0600, 0x06FF}, {0x0750, 0x077F}, {0x08A0, 0x08FF}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFE}}},
	{Font{"NotoSansHebrew-Regular.ttf", hebrew}, "Hebrew", [][2]rune{{0x0590, 0x05FF}, {0xFB1D, 0xFB4F}}},
	{Font{"NotoSansArmenian-Regular.ttf", armenian}, "Armenian", [][2]rune{{0x0530, 0x058F}, {0xFB13, 0xFB17}}},
	{Font{"NotoSansGeorgian-Regular.ttf", georgian}, "Georgian", [][2]rune{{0x10A0, 0x10FF}, {0x1C90, 0x1CBF}, {0x2D00, 0x2D2F}}},
	{Font{"NotoSansEthiopic-Regular.ttf", ethiopic}, "Ethiopic", [][2]rune{{0x1200, 0x139F}, {0x2D80, 0x2DDF}, {0xAB00, 0xAB2F}}},
	{Font{"NotoSansThai-Regular.ttf", thai}, "Thai", [][2]rune{{0x0E00, 0x0E7F}}},
	{Font{"NotoSansLao-Regular.ttf", lao}, "Lao", [][2]rune{{0x0E80, 0x0EFF}}},
	{Font{"NotoSansKhmer-Regular.ttf", khmer}, "Khmer", [][2]rune{{0x1780, 0x17FF}, {0x19E0, 0x19FF}}},
	{Font{"NotoSansMyanmar-Regular.ttf", myanmar}, "Myanmar", [][2]rune{{0x1000, 0x109F}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}}},
	{Font{"NotoSansDevanagari-Regular.ttf", devanagari}, "Devanagari", [][2]rune{{0x0900, 0x097F}, {0x1CD0, 0x1CFF}, {0xA8E0, 0xA8FF}}},
	{Font{"NotoSansBengali-Regular.ttf", bengali}, "Bengali", [][2]rune{{0x0980, 0x09FF}}},
	{Font{"NotoSansGurmukhi-Regular.ttf", gurmukhi}, "Gurmukhi", [][2]rune{{0x0A00, 0x0A7F}}},
	{Font{"NotoSansGujarati-Regular.ttf", gujarati}, "Gujarati", [][2]rune{{0x0A80, 0x0AFF}}},
	{Font{"NotoSansOriya-Regular.ttf", oriya}, "Oriya", [][2]rune{{0x0B00, 0x0B7F}}},
	{Font{"NotoSansTamil-Regular.ttf", tamil}, "Tamil", [][2]rune{{0x0B80, 0x0BFF}}},
	{Font{"NotoSansTelugu-Regular.ttf", telugu}, "Telugu", [][2]rune{{0x0C00, 0x0C7F}}},
	{Font{"NotoSansKannada-Regular.ttf", kannada}, "Kannada", [][2]rune{{0x0C80, 0x0CFF}}},
	{Font{"NotoSansMalayalam-Regular.ttf", malayalam}, "Malayalam", [][2]rune{{0x0D00, 0x0D7F}}},
	{Font{"NotoSansSinhala-Regular.ttf", sinhala}, "Sinhala", [][2]rune{{0x0D80, 0x0DFF}, {0x111E1, 0x111F4}}},
}
