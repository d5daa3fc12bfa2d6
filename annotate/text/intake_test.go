package text

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"pgregory.net/rapid"
)

func noZero(s string) string { return strings.ReplaceAll(s, "\x00", "0") }

func TestNormalizeMapsEveryOffset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := noZero(anyText(t))
		if rapid.Bool().Draw(t, "bom") {
			raw = "\uFEFF" + raw
		}
		in, err := Normalize(raw)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.TrimPrefix(raw, "\uFEFF")
		want = strings.ReplaceAll(strings.ReplaceAll(want, "\r\n", "\n"), "\r", "\n")
		if in.Text != want {
			t.Fatalf("text %q, want %q", in.Text, want)
		}
		if in.Same() != (raw == want || utf8.RuneCountInString(raw) == utf8.RuneCountInString(want)) {
			t.Fatalf("Same() = %v for %q", in.Same(), raw)
		}
		// The naive mapping: the length of the prefix after the same step.
		runes := []rune(raw)
		for o := 0; o <= len(runes); o++ {
			prefix := string(runes[:o])
			if o < len(runes) && o > 0 && runes[o-1] == '\r' && runes[o] == '\n' {
				prefix = string(runes[:o-1]) // between CR and LF is at the '\n'
			}
			n := strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(prefix, "\uFEFF"), "\r\n", "\n"), "\r", "\n")
			if got, ok := in.Map(o); got != utf8.RuneCountInString(n) || !ok {
				t.Fatalf("Map(%d) = %d %v, want %d in %q", o, got, ok, utf8.RuneCountInString(n), raw)
			}
		}
		if _, ok := in.Map(len(runes) + 1); ok || in.RawLen() != len(runes) {
			t.Fatalf("raw length %d, want %d", in.RawLen(), len(runes))
		}
		if _, ok := in.Map(-1); ok {
			t.Fatalf("Map(-1) is ok")
		}
	})
}

func TestDecodeAuto(t *testing.T) {
	utf16le := func(s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	for _, c := range []struct {
		raw            string
		encoding, want string
	}{
		{"", "auto", ""},
		{"plain", "auto", "plain"},
		{"\xEF\xBB\xBFZürich\r\n", "auto", "Zürich\n"},
		{"\xEF\xBB\xBF\xEF\xBB\xBFx", "", "\uFEFFx"},
		{string(utf16le("\uFEFFŻ😀\r\nx")), "auto", "Ż😀\nx"},
		{"\xFE\xFF\x00a\xD8\x3D\xDE\x00", "auto", "a😀"},
		{string(utf16le("hé")), "utf-16le", "hé"},
		{"caf\xe9 \x93so\x94", "windows-1252", "café “so”"},
		{"caf\xe9", "latin1", "café"},
		{"\xd6\xd0\xce\xc4", "gbk", "中文"},
		{"\x84\x31\xA4\x37", "gb18030", "\uFFFD"},
		{"\x93\xfa\x96\x7b", "shift_jis", "日本"},
	} {
		in, err := Decode([]byte(c.raw), c.encoding)
		if err != nil || in.Text != c.want || in.Version != IntakeVersion {
			t.Errorf("Decode(%q, %s) = %q, %v; want %q", c.raw, c.encoding, in.Text, err, c.want)
		}
	}
}

func TestDecodeRefusesWithPlace(t *testing.T) {
	for _, c := range []struct {
		raw, encoding string
		at            int
	}{
		{"ab\x00c", "auto", 2},
		{"é\xff", "utf-8", 2},
		{"\xed\xa0\x80", "utf-8", 0},
		{"a\x00\x00\x00", "utf-16le", 2},
		{"a\x00\x3d\xd8b\x00", "utf-16le", 2},
		{"a\x00b", "utf-16le", 2},
		{"\x93\xfa\x85\x20x", "shift_jis", 2},
		{"\xd6\xd0\xff", "gb18030", 2},
	} {
		_, err := Decode([]byte(c.raw), c.encoding)
		var bad *BadTextError
		if !errors.As(err, &bad) || bad.Byte != c.at {
			t.Errorf("Decode(%q, %s): %v, want byte %d", c.raw, c.encoding, err, c.at)
		}
	}
	var unknown *UnknownEncodingError
	for _, name := range []string{"utf-9", "replacement", "x-user-defined"} {
		if _, err := Decode([]byte("x"), name); !errors.As(err, &unknown) {
			t.Errorf("encoding %q: %v", name, err)
		}
	}
}

func TestAutoSuggestsEncoding(t *testing.T) {
	for name, sample := range map[string]string{
		"windows-1252": "Die Bundeskanzlerin sagte am Freitag in Köln: „Wir müssen das prüfen“, so die Größe.",
		"gb18030":      "中国国家主席周五在北京会见了来访的法国总统，双方就贸易问题交换了意见。",
		"shift_jis":    "首相は金曜日、東京で記者会見を開き、新しい経済政策について説明しました。",
		"windows-1251": "Президент встретился в пятницу с министром иностранных дел и обсудил договор.",
		"koi8-r":       "Президент встретился в пятницу с министром иностранных дел и обсудил договор.",
		"euc-kr":       "대통령은 금요일 서울에서 기자회견을 열고 새로운 경제 정책을 발표했다.",
		"windows-1256": "قال الرئيس يوم الجمعة إن الحكومة سوف تناقش الاتفاق الجديد مع الوزراء",
		"utf-16le":     "The president said on Friday",
		"utf-16be":     "The president said on Friday",
	} {
		enc, err := htmlindex.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := enc.NewEncoder().Bytes([]byte(sample))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Decode(raw, "auto")
		var guess *EncodingError
		if !errors.As(err, &guess) || guess.Suggested != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range pieces {
		f.Add([]byte(s), "auto")
	}
	f.Add([]byte("\xff\xfea\x00"), "auto")
	f.Add([]byte("\x93\xfa\x85\x20x"), "shift_jis")
	f.Add([]byte("\x1b$B"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, raw []byte, encoding string) {
		in, err := Decode(raw, encoding)
		if err != nil {
			return
		}
		if !utf8.ValidString(in.Text) || strings.ContainsAny(in.Text, "\x00\r") {
			t.Fatalf("%q as %s gave %q", raw, encoding, in.Text)
		}
		if o, ok := in.Map(in.RawLen()); !ok || o != utf8.RuneCountInString(in.Text) {
			t.Fatalf("the end maps to %d", o)
		}
		checkUnits(t, in.Text)
	})
}

func FuzzSegments(f *testing.F) {
	for _, s := range pieces {
		f.Add(s + pieces[0] + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 4000 {
			return
		}
		x := New(s)
		for _, g := range []Granularity{Character, Word, Sentence} {
			borders := naive(s, g)
			k := 1
			for seg := range x.segments(g, Range{0, x.Len()}) {
				if seg != (Range{borders[k-1], borders[k]}) {
					t.Fatalf("kind %d: %v, want %v in %q", g, seg, borders[k-1:k+1], s)
				}
				if seg.Len() < kinds[g].reach/2 && x.segment(g, seg.End-1) != seg {
					t.Fatalf("kind %d: from its end %v is %v in %q", g, seg, x.segment(g, seg.End-1), s)
				}
				k++
			}
		}
	})
}
