package lede

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"lede/annotate/format"
	"lede/annotate/format/archive"
)

// What the read-back looks at, without the types of the domain that the writer used.
type (
	checkedProject struct {
		Labels, Annotators []struct{ ID, Name string }
	}
	checkedArticle struct {
		Article struct{ Ref string }
		Text    string
		Sets    []struct {
			Set   struct{ Annotator string }
			Spans []struct {
				Label     string
				Fragments [][2]int
			}
		}
	}
)

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	zip, err := archive.ReadBack(open, "")
	if err != nil {
		return err
	}
	defer func() { _ = zip.Close() }()
	names := map[string]string{}
	e, ok := zip.Find(projectFile)
	if !ok {
		return format.Mismatch(format.Place{File: projectFile}, "it is not there")
	}
	raw, err := e.ReadAll(maxProject)
	if err != nil {
		return err
	}
	var p checkedProject
	if err := json.Unmarshal(raw, &p); err != nil {
		return format.Mismatch(format.Place{File: projectFile}, "it is no JSON (%s)", err)
	}
	for _, x := range append(p.Labels, p.Annotators...) {
		names[x.ID] = x.Name
	}
	if job.Whole != nil {
		if err := readBackWhole(zip, job.Whole); err != nil {
			return err
		}
	}
	if e, ok := zip.Find(articlesFile); ok {
		in, err := e.Open()
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		return readBackArticles(json.NewDecoder(in), want, names)
	}
	return format.Mismatch(format.Place{File: articlesFile}, "it is not there")
}

func readBackArticles(lines *json.Decoder, want *format.Expectations, names map[string]string) error {
	for n := 1; ; n++ {
		at := format.Place{File: articlesFile, Line: n}
		var a checkedArticle
		if err := lines.Decode(&a); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return format.Mismatch(at, "it is no JSON (%s)", err)
		}
		sum := sha256.Sum256([]byte(a.Text))
		runes := []rune(a.Text)
		for i := range max(1, len(a.Sets)) {
			x, err := want.Next()
			if err != nil {
				return format.Mismatch(at, "there are more annotation sets than in the project (%v)", err)
			}
			if a.Article.Ref != x.Ref || hex.EncodeToString(sum[:]) != x.Hash {
				return format.Mismatch(at, "article %s is not the one in the project, %s, or has another text", a.Article.Ref, x.Ref)
			}
			var got []format.ReadSpan
			who := ""
			if i < len(a.Sets) {
				who = names[a.Sets[i].Set.Annotator]
				for _, s := range a.Sets[i].Spans {
					r := format.ReadSpan{Label: names[s.Label]}
					for _, f := range s.Fragments {
						if f[0] < 0 || f[0] >= f[1] || f[1] > len(runes) {
							return format.Mismatch(at, "a span of article %s is outside the text", x.Ref)
						}
						r.Quotes = append(r.Quotes, string(runes[f[0]:f[1]]))
					}
					got = append(got, r)
				}
			}
			if who != x.Annotator {
				return format.Mismatch(at, "an annotation set of article %s is of %q there and of %q in the project", x.Ref, who, x.Annotator)
			}
			if err := x.Compare(at, got); err != nil {
				return err
			}
		}
	}
	if _, err := want.Next(); !errors.Is(err, io.EOF) {
		return format.Mismatch(format.Place{File: articlesFile}, "an article is not there")
	}
	return nil
}
