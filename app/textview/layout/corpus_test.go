package layout

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// corpus is what property tests are made of: every script the program promises,
// and what breaks naive layouts.
var corpus = []string{
	"The harbour workers walked out; AVATAR To We office, affluent “quotes”.",
	"Straße Ünïcödé Ελληνικά Кириллица 1,000.50 € 50%",
	"قال وزير الخارجية أحمد إن الاتفاق سيوقع غدا في القاهرة",
	"العربية 123 text",
	"عدد 2024 و 12.5% (NATO) و ٣٤",
	"שר החוץ אמר ביום שלישי 15 במאי",
	"abc שלום 123 def (שלום) x",
	"北京外交部长周二表示，停火协议必须得到遵守。",
	"これは日本語の文章です。カタカナも",
	"한국어 뉴스 기사입니다",
	"👩‍👩‍👧 🇫🇷 😀 ❤️ 👍🏽 1️⃣",
	"e\u0301\u0323 a\u0308\u0304 n\u0303o",
	"क्षत्रिय हिन्दी समाचार",
	"   leading and trailing   ",
	"tab\there and\ttwo",
	"word" + strings.Repeat("y", 90),
	"a\u2028b\u2029c\u0085d",
	"\u200f\u202bmarks\u202c\u200e",
	"x",
	" ",
}

func genText(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom(corpus), 1, 6).Draw(t, "parts")
	glue := rapid.SampledFrom([]string{"", " ", "-", "(", " – "}).Draw(t, "glue")
	return strings.Join(parts, glue)
}

func testChain(t testing.TB) *Chain {
	t.Helper()
	return NewBundle(nil).Serif
}
