package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
)

// In the place of a text without words stands what to do, unless nothing can be done.
func TestArticleWithoutText(t *testing.T) {
	h := newHarness(t, 1)
	h.tagBy("Dockers", fyne.Key1)
	says := func() string {
		h.view().SetText(text.New(" \n"))
		var words []string
		for _, o := range test.WidgetRenderer(h.view()).Objects() {
			if w, ok := o.(*canvas.Text); ok && w.Visible() {
				words = append(words, w.Text)
			}
		}
		return strings.Join(words, " ")
	}
	const advice = "This article has no text. Import it again with its text, or skip it."
	if got := says(); !strings.HasSuffix(got, advice) {
		t.Errorf("it says %q", got)
	}
	h.intoPast(0)
	if got := says(); !strings.HasSuffix(got, "This article has no text.") {
		t.Errorf("where nothing can be changed it says %q", got)
	}
}
