package xmlread_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

// outline is the file as names and texts, or the error.
func outline(t testing.TB, content, encoding string) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.xml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := xmlread.Open(format.Source{Path: path, Name: "a.xml", Rel: "a.xml", Encoding: encoding})
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Close() }()
	var b strings.Builder
	for {
		tok, err := r.Token()
		switch x := tok.(type) {
		case xml.StartElement:
			b.WriteString("<" + x.Name.Local + xmlread.Attr(x, "v") + ">")
		case xml.CharData:
			b.Write(x)
		}
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
	}
}

func TestReadsEncodings(t *testing.T) {
	want := "<a1>é<b>&"
	for _, c := range []struct{ content, encoding string }{
		{`<a v="1">é<!-- no --><b>&amp;</b></a>`, ""},
		{"\uFEFF" + `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a SYSTEM "a.dtd"><a v="1">é<b>&#38;</b></a>`, "auto"},
		{`<?xml version="1.0" encoding="ISO-8859-1"?><a v="1">` + "\xe9" + `<b>&amp;</b></a>`, ""},
		{`<a v="1">` + "\xe9" + `<b>&amp;</b></a>`, "windows-1252"},
		{"\xff\xfe" + strings.Join(strings.Split(`<?xml version="1.0" encoding="UTF-16"?><a v="1">`, ""), "\x00") + "\x00\xe9\x00" + strings.Join(strings.Split(`<b>&amp;</b></a>`, ""), "\x00") + "\x00", ""},
	} {
		if got, err := outline(t, c.content, c.encoding); err != nil || got != want {
			t.Errorf("%q: %q %v", c.content, got, err)
		}
	}
}

func TestRefuses(t *testing.T) {
	defer xmlread.SetMaxToken(1 << 20)()
	bomb := `<?xml version="1.0"?>` + "\n" + `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>` + "\n<a>&y;</a>"
	for _, c := range []struct{ content, want string }{
		{bomb, "a.xml:2: the file declares entities"},
		{"<a>\n&nbsp;</a>", "a.xml:2: it is no sound XML"},
		{"<a>\n<b>", "a.xml:2: it is no sound XML"},
		{"<a>\n</b>", "a.xml:2: it is no sound XML"},
		{"<a/>\n<b/>", "a.xml:2: a second document begins with <b> after the first has ended"},
		{"<a>\xff</a>", "invalid UTF-8"},
		{"<a>\x00</a>", "a.xml:1"},
		{`<?xml version="1.0" encoding="klingon"?><a/>`, "encoding klingon is unknown"},
		{strings.Repeat("<a>", 1001), "more than 1000 deep"},
		{`<a b="` + strings.Repeat("x", 1<<20+100_000) + `"/>`, "longer than 1 MB"},
	} {
		_, err := outline(t, c.content, "")
		var told *annotate.Error
		if !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %v, want %q", c.content, err, c.want)
		}
	}
}

func TestTextSkipAndDecode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xml")
	if err := os.WriteFile(path, []byte("<r><s><x/>no</s><t>a<b>b</b>\nc</t><d k=\"1\"><e>2</e></d></r>"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := xmlread.Open(format.Source{Path: path, Name: "a.xml"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var got []string
	for {
		tok, err := r.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "s":
			err = r.Skip()
		case "t":
			var s string
			s, err = r.Text()
			got = append(got, s, r.Place().String())
		case "d":
			var d struct {
				K string `xml:"k,attr"`
				E int    `xml:"e"`
			}
			err = r.Decode(&d, start)
			got = append(got, d.K, string(rune('0'+d.E)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if s := strings.Join(got, "|"); s != "ab\nc|a.xml:2|1|2" {
		t.Errorf("%q", s)
	}
}
