package odt_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/ziptest"
	_ "lede/annotate/format/odt"
)

const (
	mime = "application/vnd.oasis.opendocument.text"
	meta = `<?xml version="1.0"?><office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><meta:initial-creator>Ana Ruiz</meta:initial-creator><dc:creator>Bo</dc:creator><dc:title>Ferry stands</dc:title><dc:language>en-GB</dc:language><meta:keyword>a</meta:keyword><meta:keyword>b</meta:keyword><meta:creation-date>2026-03-04</meta:creation-date></office:meta></office:document-meta>`
)

func doc(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="dr"><office:automatic-styles><x>no</x></office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`
}

func readDoc(t testing.TB, body string, more ...string) (*format.Article, error) {
	t.Helper()
	raw := ziptest.Zip(t, append([]string{"mimetype", mime, "content.xml", doc(body)}, more...)...)
	all, err := ziptest.Read(t, "odt", ziptest.Source(t, "a.odt", raw), nil)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func TestText(t *testing.T) {
	for body, want := range map[string]string{
		`<text:h>Head</text:h>` + "\n" + `<text:p>One<text:s text:c="3"/><text:span>two</text:span>.</text:p><text:p/><text:p>Three.</text:p>`:                              "Head\n\nOne two.\n\nThree.",
		`<text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item><text:list-item><text:p>c</text:p></text:list-item></text:list><text:p>d</text:p>`: "a\n\nb\nc\n\nd",
		`<text:p>a<text:line-break/>b<text:tab/>c<text:soft-page-break/></text:p>`:                                                                                          "a\nb\tc",
		`<table:table><table:table-row><table:table-cell><text:p>1</text:p><text:p>2</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row></table:table><text:p>x</text:p>`: "1\n2\t3\n\t4\n\nx",
		`<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>kept <text:change text:change-id="1"/><text:change-start/>new<text:change-end/></text:p>`:                                                                                  "kept new",
		`<text:p>said<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So said</text:p><text:p>the board.</text:p></text:note-body></text:note>.</text:p><text:p>End.</text:p>`:                                                                                                                              "said[1].\n\nEnd.\n\n[1] So said\n\nthe board.",
		`<text:p>Before<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame> after.</text:p><text:p>Next.</text:p>`:                                                                                                                                                                                              "Before after.\n\nBox\n\nNext.",
		`<text:p><text:a>link</text:a><office:annotation><text:p>comment</text:p></office:annotation>!</text:p>`:                                                                                                                                                                                                                        "link!",
		`<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>&amp;😀</text:p>`:                                                                                                                                                                                                          "漢&😀",
		`<text:p>two
   lines</text:p>`: "two lines",
		``: "",
	} {
		a, err := readDoc(t, body)
		if err != nil || a.Text != want {
			t.Errorf("%s\n%q %v\nwant\n%q", body, a.Text, err, want)
		}
	}
}

func TestFactsAndWhatIsLeftOut(t *testing.T) {
	a, err := readDoc(t, `<text:tracked-changes><text:changed-region><text:deletion/></text:changed-region></text:tracked-changes><text:table-of-content/><text:p text:style-name="Title">x<draw:image/><office:annotation/></text:p>`, "meta.xml", meta)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(a.Meta)
	if got := a.Ref + "|" + a.Title + "|" + a.Author + "|" + a.Language + "|" + string(raw); got != `a|Ferry stands|Ana Ruiz|en-GB|{"created":"2026-03-04","keywords":"a, b"}` {
		t.Error(got)
	}
	if got := ziptest.Notes(a); got != "deleted 1 pictures 1 comments 1 contents 1 " {
		t.Error(got)
	}
}

func TestRefusesAndDetects(t *testing.T) {
	for _, c := range []struct {
		raw  []byte
		want string
	}{
		{[]byte("PK no zip"), "it is no zip file"},
		{ziptest.Zip(t, "mimetype", mime), "it holds no content.xml"},
		{ziptest.Zip(t, "content.xml", `<a>`), "a.odt/content.xml:1: it is no sound XML"},
	} {
		_, err := ziptest.Read(t, "odt", ziptest.Source(t, "a.odt", c.raw), nil)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if f, err := format.DetectFormat(ziptest.Source(t, "a.bin", ziptest.Zip(t, "mimetype", mime))); err != nil || f.Name != "odt" {
		t.Errorf("%v %v", f, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<text:p>said<text:note><text:note-body><text:p>So</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell/></table:table-row></table:table>`)
	f.Add(`<text:note-body/><table:table-row><text:text-box><table:table-cell/></text:text-box></table:table-row>`)
	f.Fuzz(func(t *testing.T, body string) {
		_, err := readDoc(t, body, "meta.xml", meta)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
