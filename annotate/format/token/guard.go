package token

import (
	"path"
	"strings"

	"lede/annotate/format"
)

const bom = "\uFEFF"

// Guard keeps a text that begins with U+FEFF whole: the intake takes one off, for a
// byte order mark, so a second one is put before it.
func Guard(a *format.Article) {
	if !strings.HasPrefix(a.Text, bom) {
		return
	}
	a.Text = bom + a.Text
	for i := range a.Sets {
		for k := range a.Sets[i].Spans {
			for f := range a.Sets[i].Spans[k].Fragments {
				a.Sets[i].Spans[k].Fragments[f].Start++
				a.Sets[i].Spans[k].Fragments[f].End++
			}
		}
	}
}

// SplitOf is the part of the data that a file is by its name: train, dev or test; else
// "".
func SplitOf(src format.Source) string {
	switch name := strings.TrimSuffix(path.Base(src.Rel), path.Ext(src.Rel)); name {
	case "train", "dev", "test":
		return name
	}
	return ""
}
