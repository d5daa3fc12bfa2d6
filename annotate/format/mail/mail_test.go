package mail_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/ziptest"
	_ "lede/annotate/format/mail"
)

func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

const head = "From: Ana Ruiz <ana@post.example>\nTo: desk@post.example\nSubject: Ferry\nDate: Wed, 4 Mar 2026 10:00:00 +0100 (CET)\nMessage-ID: <1@post.example>\nMIME-Version: 1.0\n"

func readMail(t testing.TB, name, content string, options map[string]string) (*format.Article, error) {
	t.Helper()
	all, err := ziptest.Read(t, "eml", ziptest.Source(t, name, crlf(content)), options)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func TestTexts(t *testing.T) {
	alternative := "Content-Type: multipart/alternative; boundary=b\n\nnothing\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>page<p>two\n--b--\n"
	for content, want := range map[string]string{
		"\nHello\n\nAnna.\n": "Hello\n\nAnna.",
		"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9 =\nau lait =3D\n":                               "café au lait =",
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n8J+YgCDQn9Cw\nINGA0L7QvA==\n":                                         "😀 Па ром",
		"Content-Type: text/plain; charset=gb2312\n\n\xb8\xdb\xbf\xda\n":                                                                                     "港口",
		"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9\n":                                                                                               "café",
		"Content-Type: text/plain; charset=klingon\n\ncafé\n":                                                                                                "café",
		"Content-Type: text/plain; format=flowed\n\n> quoted \n> line\nmine \ngoes on\n -stuffed\n-- \nAna\n":                                                "> quoted line\nmine goes on\n-stuffed\n-- \nAna",
		"Content-Type: text/html; charset=utf-8\n\n<html><body><table><tr><td><p>One&nbsp;é</p><p>two</p></td></tr></table><script>x</script></body></html>": "One\u00a0é\n\ntwo",
		alternative: "plain",
		"Content-Type: multipart/mixed; boundary=a\n\n--a\n" + strings.Replace(alternative, "nothing", "", 1) + "\n--a\nContent-Type: text/plain\n\nfooter\n--a\nContent-Type: application/pdf; name=x.pdf\n\n%PDF\n--a--\n": "plain\n\nfooter",
		"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\ncut off":                                                                                                                              "cut off",
		"Content-Type: nonsense\n\nx": "x",
	} {
		a, err := readMail(t, "a.eml", head+content, nil)
		if err != nil || a.Text != want {
			t.Errorf("%q\n%+v %v\nwant %q", content, a, err, want)
		}
	}
	if a, err := readMail(t, "a.eml", head+alternative, map[string]string{"part": "html"}); err != nil || a.Text != "page\n\ntwo" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestFacts(t *testing.T) {
	a, err := readMail(t, "a.eml", "From: =?utf-8?q?=C3=84nne?= <a@x.example>, b@x.example\nSubject: =?iso-8859-1?q?caf=E9?=\n folded\nDate: Wed, 4 Mar 2026 10:00:00 +0100 (CET)\nMessage-ID: <1@x>\nList-Id: News <n.x>\nOrganization: Post\nContent-Language: de\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--a\nContent-Type: message/rfc822\n\ny\n--a\nContent-Disposition: attachment; filename=\"=?utf-8?q?=C3=A4.txt?=\"\n\nz\n--a--", nil)
	if err != nil {
		t.Fatal(err)
	}
	meta, _ := json.Marshal(a.Meta)
	got := strings.Join([]string{a.Ref, a.Title, a.Author, a.Published, a.Publisher, a.Language, string(meta), a.Text, ziptest.Notes(a)}, "|")
	if want := `1@x|café folded|Änne, b@x.example|Wed, 4 Mar 2026 10:00:00 +0100|Post|de|{"from":"Änne \u003ca@x.example\u003e, b@x.example","list":"News \u003cn.x\u003e"}|x|attachments 1 attachments 1 `; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
}

func TestSavedPages(t *testing.T) {
	page := `<html lang="en"><head><title>Ferry stands</title><meta name="author" content="Ana"></head><body><nav>Startpage</nav><article>` +
		strings.Repeat("<p>The ferry will not run before Thursday, the harbour board said, because a crane fell across the slipway, and nobody was hurt.</p>", 5) + "</article></body></html>"
	a, err := readMail(t, "a.mhtml", "From: <Saved by Blink>\nSnapshot-Content-Location: https://halvik.example/ferry\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\n\n--b\nContent-Type: text/html\n\n"+page+"\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n--b\nContent-Type: text/html\n\n<p>frame\n--b--\n", nil)
	if err != nil || a.Title != "Ferry stands" || a.Author != "Ana" || a.URL != "https://halvik.example/ferry" || strings.Count(a.Text, "\n\n") != 4 || strings.Contains(a.Text, "Startpage") || ziptest.Notes(a) != "" {
		t.Errorf("%+v %v", a, err)
	}
}

const box = "From ana@x Wed Mar  4 10:00:00 2026\n" + head + "\nOne.\n\n>From here on.\n>>From there.\nFrom x it goes.\n\nFrom - Thu Mar 05 11:00:00 2026\nSubject: Two\nFrom: b@x\n\nTwo.\n\nFrom c@x Thu Mar  5 12:00:00 2026\nno head at all\n\nFrom d@x Thu Mar  5 12:00:00 2026\nSubject: Four\n\n\nFour\n"

func TestMailbox(t *testing.T) {
	for _, ends := range []string{"\n", "\r\n"} {
		all, err := ziptest.Read(t, "mbox", ziptest.Source(t, "news.mbox", []byte(strings.ReplaceAll(box, "\n", ends))), nil)
		if err != nil || len(all) != 4 {
			t.Fatalf("%d %v", len(all), err)
		}
		if a := all[0]; a.Ref != "1@post.example" || a.Text != "One.\n\nFrom here on.\n>From there.\nFrom x it goes." || a.Place.Line != 1 {
			t.Errorf("%+v", a)
		}
		if a := all[1]; a.Ref != "news:2" || a.Title != "Two" || a.Text != "Two." {
			t.Errorf("%+v", a)
		}
		if !all[2].Aside() || ziptest.Notes(all[2]) != "mails 1 " || all[3].Text != "Four" {
			t.Errorf("%+v %+v", all[2], all[3])
		}
	}
	if _, err := ziptest.Read(t, "mbox", ziptest.Source(t, "news.mbox", []byte("nothing")), nil); err == nil || !strings.Contains(err.Error(), "it is no mailbox") {
		t.Error(err)
	}
}

func TestRefuses(t *testing.T) {
	deep := head
	for n := range 30 {
		b := strings.Repeat("a", n+1)
		deep += "Content-Type: multipart/mixed; boundary=x" + b + "y\n\n--x" + b + "y\n"
	}
	for content, want := range map[string]string{
		"just words":      "it is no mail",
		"X: y\n\nz":       "names neither sender nor subject nor date",
		deep:              "more than 20 deep",
		head + "\na\x00b": "U+0000",
		head + "Content-Type: text/plain; charset=shift_jis\n\n\x81": "not in the encoding that it names, shift_jis",
	} {
		_, err := readMail(t, "a.eml", content, nil)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", content, err, want)
		}
	}
}

func TestDetect(t *testing.T) {
	for content, want := range map[string]string{head + "\nx": "eml", box: "mbox"} {
		if f, err := format.DetectFormat(ziptest.Source(t, "a.bin", []byte(content))); err != nil || f.Name != want {
			t.Errorf("%v %v, want %s", f, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(box), "mbox")
	f.Add(crlf(head+"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n=E9<p>x\n--b--\n"), "eml")
	f.Add(crlf(head+"Content-Type: text/plain; format=flowed; delsp=yes\nContent-Transfer-Encoding: base64\n\nYSANCmIgDQo=\n"), "eml")
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		if name != "eml" {
			name = "mbox"
		}
		_, err := ziptest.Read(t, name, ziptest.Source(t, "a."+name, raw), nil)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
