package importer

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate/language"
)

const story = "The dockers of the harbour walked out on Monday after the talks between the union and the government broke down, officials said."

func TestLanguagesAreDetectedUnlessNot(t *testing.T) {
	for _, keep := range []bool{false, true} {
		b := open(t, write(t, "a.txt", story))
		b.more = true
		b.fields()
		b.wants("detect it where the files say none")
		if keep {
			b.named["Language"].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
		b.done()
		b.rest()
		a := b.articles()[0].Article
		if keep != (a.Language == "") || keep == language.Detected(a) {
			t.Errorf("keep %v: the language is %q, detected %v", keep, a.Language, language.Detected(a))
		}
		if !keep {
			b.wants("detected: en 1")
		}
	}
}
