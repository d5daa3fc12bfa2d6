package presstext_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	_ "lede/annotate/format/html"
	"lede/annotate/format/internal/ziptest"
	_ "lede/annotate/format/plain"
	_ "lede/annotate/format/presstext"
)

const uni = `User Name: Somebody
Date and Time: Wednesday, March 4, 2026
Documents (2)
1. Ferry stands still

Page 1 of 4

Ferry stands still

The Halvik Post

March 4, 2026 Wednesday

Copyright 2026 Halvik Press All Rights Reserved

Section: CITY; Pg. 3
Length: 212 words
Byline: By Ana Ruiz
Dateline: HALVIK

Body


The ferry will not run before Thursday, the board said.

“Nobody was hurt,” said Ilse Brandvik. Length: not a tag here.

Graphic

Photo of a crane

Load-Date: March 5, 2026

End of Document

Page 3 of 4

A headline that goes
on in a second line

Nordblatt

7. März 2026

Length: 12 words

Body

Kurz.

Language: GERMAN

End of Document
`

const old = `                               1 of 2 DOCUMENTS



                               The Halvik Post

                            March 4, 2026 Wednesday
                              Late Edition - Final

Ferry stands still; Crane fell in the night

BYLINE: By ANA RUIZ

SECTION: Section A; Column 1; City Desk;
Pg. 3

LENGTH: 212 words

DATELINE: HALVIK

The ferry will not run before Thursday, the harbour board said on Monday,
because a crane fell.

"Nobody was hurt," said Ilse Brandvik.

URL: http://www.halvikpost.example

SUBJECT: FERRIES (90%); PORTS (80%)

LOAD-DATE: March 5, 2026

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                    Copyright 2026 The Halvik Post Company
                             All Rights Reserved

                               2 of 2 DOCUMENTS

                                  Nordblatt

                                March 2026

HEADLINE: Second

LENGTH: 3 words

Two.
`

const tagged = `HD   Ferry stands
     still
BY   By Ana Ruiz
WC   212 words
PD   4 March 2026
ET   10:15
SN   The Halvik Post
SC   HALVPO
PG   3
LA   English
CY   (c) 2026 Halvik Press

LP

The ferry will not run.

TD
Nobody was hurt.

CO
nordla : Nordlast
NS   ctran : Transport
AN   Document HALVPO0020260304em340001a

SE   City
HD   Second
WC   2 words
PD   5 March 2026
SN   Nordblatt
LA   German
TD

Two.
AN   Document NORDBL0020260305em340001b
Search Summary
Text: ferry
`

const untagged = `City
Ferry stands still
By Ana Ruiz
1,212 words
4 March 2026
10:15
The Halvik Post
HALVPO
First edition
3
English
Copyright 2026 Halvik Press.

The ferry will not run.

Nobody was hurt.

Document HALVPO0020260304em340001a

Second
2 words
5 March 2026
Nordblatt
NORDBL
German
(c) 2026 Nord

Two.

Document NORDBL0020260305em340001b

Search Summary
`

func said(a *format.Article) string {
	meta, _ := json.Marshal(a.Meta)
	return strings.Join([]string{a.Ref, a.Title, a.Author, a.Publisher, a.Published, a.Language, a.URL, string(meta), a.Text}, "|")
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		format, name, content string
		want                  []string
		notes                 string
	}{
		{"lexis", "uni.txt", uni, []string{
			`uni:1|Ferry stands still|Ana Ruiz|The Halvik Post|March 4, 2026|||{"copyright":"Copyright 2026 Halvik Press All Rights Reserved","dateline":"HALVIK","length":"212 words","load_date":"March 5, 2026","section":"CITY; Pg. 3"}|` +
				"The ferry will not run before Thursday, the board said.\n\n“Nobody was hurt,” said Ilse Brandvik. Length: not a tag here.",
			`uni:2|A headline that goes on in a second line||Nordblatt|7. März 2026|GERMAN||{"length":"12 words"}|Kurz.`,
		}, "beside 4 "},
		{"lexis", "old.txt", old, []string{
			`old:1|Ferry stands still; Crane fell in the night|ANA RUIZ|The Halvik Post|March 4, 2026|ENGLISH|http://www.halvikpost.example|{"dateline":"HALVIK","edition":"Late Edition - Final","length":"212 words","load_date":"March 5, 2026","publication_type":"Newspaper","section":"Section A; Column 1; City Desk; Pg. 3","subject":"FERRIES (90%); PORTS (80%)"}|` +
				"The ferry will not run before Thursday, the harbour board said on Monday, because a crane fell.\n\n\"Nobody was hurt,\" said Ilse Brandvik.",
			`old:2|Second||Nordblatt|March 2026|||{"length":"3 words"}|Two.`,
		}, ""},
		{"factiva", "tagged.txt", tagged, []string{
			`HALVPO0020260304em340001a|Ferry stands still|Ana Ruiz|The Halvik Post|4 March 2026|English||{"companies":"nordla : Nordlast","copyright":"(c) 2026 Halvik Press","length":"212 words","page":"3","source_code":"HALVPO","subjects":"ctran : Transport","time":"10:15"}|The ferry will not run.` + "\n\nNobody was hurt.",
			`NORDBL0020260305em340001b|Second||Nordblatt|5 March 2026|German||{"length":"2 words","section":"City"}|Two.`,
		}, "beside 2 "},
		{"factiva", "plain.txt", untagged, []string{
			`HALVPO0020260304em340001a|Ferry stands still|Ana Ruiz|The Halvik Post|4 March 2026|English||{"copyright":"Copyright 2026 Halvik Press.","edition":"3","length":"1,212 words","section":"City","source_code":"HALVPO","time":"10:15"}|The ferry will not run.` + "\n\nNobody was hurt.",
			`NORDBL0020260305em340001b|Second||Nordblatt|5 March 2026|German||{"copyright":"(c) 2026 Nord","length":"2 words","source_code":"NORDBL"}|Two.`,
		}, "beside 1 "},
	} {
		for _, ends := range []string{"\n", "\r\n"} {
			src := ziptest.Source(t, c.name, []byte(strings.ReplaceAll(c.content, "\n", ends)))
			if f, err := format.DetectFormat(src); err != nil || f.Name != c.format {
				t.Errorf("%s: %v %v", c.name, f, err)
			}
			all, err := ziptest.Read(t, c.format, src, nil)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			notes := ""
			if last := all[len(all)-1]; last.Aside() {
				notes, all = ziptest.Notes(last), all[:len(all)-1]
			}
			if notes != c.notes {
				t.Errorf("%s: notes %q, want %q", c.name, notes, c.notes)
			}
			if len(all) != len(c.want) {
				t.Fatalf("%s: %d articles", c.name, len(all))
			}
			for i, a := range all {
				if got := said(a); got != c.want[i] {
					t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want[i])
				}
			}
		}
	}
}

// TestOtherFiles: the same articles out of pages, rich text and Word documents.
func TestOtherFiles(t *testing.T) {
	page := `<html><head><meta charset="utf-8"></head><body>`
	rich := `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Nexis}`
	word := ""
	for _, l := range strings.Split(uni, "\n") {
		page += "<p>" + l + "</p>"
		rich += strings.NewReplacer("“", `\ldblquote `, "”", `\'94`, "ä", `\u228?`).Replace(l) + `\par` + "\r\n"
		word += `<w:p><w:r><w:t>` + l + `</w:t></w:r></w:p>`
	}
	for name, content := range map[string][]byte{
		"uni.html": []byte(page), "uni.rtf": []byte(rich + "}"),
		"uni.docx": ziptest.Zip(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"><w:body>`+word+`</w:body></w:document>`),
	} {
		src := ziptest.Source(t, name, content)
		if f, err := format.DetectFormat(src); name != "uni.docx" && (err != nil || f.Name != "lexis") {
			t.Errorf("%s: %v %v", name, f, err)
		}
		all, err := ziptest.Read(t, "lexis", src, nil)
		if err != nil || len(all) != 3 {
			t.Errorf("%s: %d %v", name, len(all), err)
			continue
		}
		if a := all[0]; a.Title != "Ferry stands still" || a.Publisher != "The Halvik Post" || a.Author != "Ana Ruiz" || !strings.Contains(a.Text, "\n\n“Nobody was hurt,” said") {
			t.Errorf("%s: %s", name, said(a))
		}
		if all[1].Published != "7. März 2026" {
			t.Errorf("%s: %s", name, said(all[1]))
		}
	}
}

func TestRefusesAndDetects(t *testing.T) {
	for _, name := range []string{"lexis", "factiva"} {
		for _, content := range []string{"just words", "", "{\\rtf1 x", "<p>x", strings.Repeat("{\\rtf1", 2000)} {
			_, err := ziptest.Read(t, name, ziptest.Source(t, "a.txt", []byte(content)), nil)
			if told := (*annotate.Error)(nil); !errors.As(err, &told) {
				t.Errorf("%s %.20q: %v", name, content, err)
			}
		}
	}
	for content, want := range map[string]string{"Length: the ferry is long.\n\nLoad-date": "text", "A text\n12 words\nmore": "text", "<html><p>Length: 3 words": "html"} {
		if f, err := format.DetectFormat(ziptest.Source(t, "a.txt", []byte(content))); err != nil || f.Name != want {
			t.Errorf("%q: %v %v", content, f, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{uni, old, tagged, untagged, `{\rtf1\ansicpg932\uc2\u-10179??\u-8704??\'81\bin3 abc\cell}`} {
		f.Add([]byte(s), "lexis")
		f.Add([]byte(s), "factiva")
	}
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		if name != "lexis" {
			name = "factiva"
		}
		_, err := ziptest.Read(t, name, ziptest.Source(t, "a.txt", raw), nil)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
