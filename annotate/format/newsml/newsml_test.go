package newsml_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/ziptest"
	_ "lede/annotate/format/newsml"
)

const nitf = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="en"><head><title>Page title</title><docdata><doc-id id-string="hp-17"/><date.issue norm="20260304T101500Z"/><urgency ed-urg="4"/><doc.copyright holder="Halvik Press"/><key-list><keyword key="ferry"/><keyword key="port"/></key-list></docdata><pubdata name="The Halvik Post" position.section="City"/></head>
<body><body.head><hedline><hl1>Ferry <em>stands</em> still</hl1><hl2>Crane fell</hl2></hedline><byline>By <person>Ana Ruiz</person></byline><dateline><location>Halvik</location></dateline></body.head>
<body.content><block><p>The ferry will not
  run, <org>the board</org> said.</p><p>Nobody was hurt.</p><media media-type="image"><media-caption>A crane</media-caption></media><hl2>What next</hl2><ul><li>One</li><li>Two</li></ul><table><tr><td>1</td><td>2</td></tr></table></block></body.content><body.end><tagline>desk</tagline></body.end></body></nitf>`

func item(guid, content string) string {
	return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="` + guid + `" version="1" xml:lang="en-GB"><catalogRef href="x"/><itemMeta><itemClass qcode="ninat:text"/><provider literal="hp.example"><name>Halvik Press</name></provider><versionCreated>2026-03-04T10:15:00+01:00</versionCreated></itemMeta>` +
		`<contentMeta><urgency>3</urgency><headline>Ferry stands</headline><by>By Ana Ruiz</by><slugline>FERRY</slugline><creator qcode="x"><name>Someone</name></creator><subject qcode="medtop:1"><name>port</name></subject></contentMeta><contentSet>` + content + `</contentSet></newsItem>`
}

const xhtml = `<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body><h1>Ferry</h1><p>It stands<br/>still.</p></body></html></inlineXML>`

func readXML(t testing.TB, name, content string) ([]*format.Article, error) {
	t.Helper()
	return ziptest.Read(t, name, ziptest.Source(t, "a.xml", []byte(content)), nil)
}

func said(a *format.Article) string {
	meta, _ := json.Marshal(a.Meta)
	return strings.Join([]string{a.Ref, a.Title, a.Author, a.Publisher, a.Published, a.Language, string(meta), a.Text}, "|")
}

func TestNITF(t *testing.T) {
	all, err := readXML(t, "nitf", nitf)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d %v", len(all), err)
	}
	want := `hp-17|Ferry stands still|Ana Ruiz|The Halvik Post|2026-03-04T101500Z|en|{"dateline":"Halvik","keywords":"ferry, port","section":"City","subtitle":"Crane fell","urgency":"4"}|` +
		"The ferry will not run, the board said.\n\nNobody was hurt.\n\nWhat next\n\nOne\nTwo\n\n1\t2"
	if got := said(all[0]); got != want || ziptest.Notes(all[0]) != "captions 1 " {
		t.Errorf("\n%s\n%s %s", got, want, ziptest.Notes(all[0]))
	}
}

func TestNewsML(t *testing.T) {
	message := `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>` + item("urn:1", xhtml) +
		item("urn:2", `<inlineData contenttype="text/plain">Plain words.</inlineData>`) + item("urn:3", `<remoteContent href="a.jpg"/>`) +
		item("urn:4", `<inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><hedline><hl1>Other</hl1></hedline></body.head><body.content><p>In NITF.</p></body.content></body></nitf></inlineXML>`) + `</itemSet></newsMessage>`
	all, err := readXML(t, "newsml-g2", message)
	if err != nil || len(all) != 4 {
		t.Fatalf("%d %v", len(all), err)
	}
	if got, want := said(all[0]), `urn:1|Ferry stands|Ana Ruiz|Halvik Press|2026-03-04T10:15:00+01:00|en-GB|{"slug":"FERRY","subjects":"medtop:1","urgency":"3"}|`+"Ferry\n\nIt stands\nstill."; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if all[1].Text != "Plain words." || !all[2].Aside() || all[3].Text != "In NITF." || all[3].Ref != "urn:4" || all[3].Title != "Ferry stands" {
		t.Errorf("%q %v %q", all[1].Text, all[2].Aside(), all[3].Text)
	}
}

func TestRefusesAndDetects(t *testing.T) {
	for content, want := range map[string]string{
		"<rss/>":       "it holds no story",
		"<nitf><body>": "it is no sound XML",
		"<!DOCTYPE nitf [<!ENTITY a 'b'>]><nitf/>": "declares entities",
		"": "it holds no story",
	} {
		_, err := readXML(t, "nitf", content)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
	for content, want := range map[string]string{nitf: "nitf", item("x", xhtml): "newsml-g2"} {
		if f, err := format.DetectFormat(ziptest.Source(t, "a.xml", []byte(content))); err != nil || f.Name != want {
			t.Errorf("%v %v, want %s", f, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(nitf)
	f.Add(item("a", xhtml))
	f.Add(`<newsItem><inlineXML><td/><tr><td><table></table></td></tr></inlineXML><name/></newsItem>`)
	f.Fuzz(func(t *testing.T, content string) {
		_, err := readXML(t, "nitf", content)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
