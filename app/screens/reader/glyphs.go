package reader

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	scripts "github.com/go-text/typesetting/language"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"lede/app/widgets"
)

// glyphs says that the article has characters that no font can show.
type glyphs struct {
	banner *banner
	said   string          // the sentence that shows, "" for none
	waved  map[string]bool // sentences that were waved away
}

func newGlyphs() *glyphs { return &glyphs{banner: newBanner(), waved: map[string]bool{}} }

// FontsChanged shows the article anew after the fonts got or lost one.
func (r *Reader) FontsChanged() {
	clear(r.glyphs.waved)
	r.View.FontsChanged()
	r.lookForGlyphs()
}

// lookForGlyphs brings the line about missing characters up to date with what of
// the article was in sight.
func (r *Reader) lookForGlyphs() {
	g := r.glyphs
	words := ""
	if r.o.Session.Doc() != nil {
		words = missingWords(r.View.Missing())
	}
	if err := r.o.Faces.FileError(); words != "" && err != nil {
		words = strings.ToUpper(err.Error()[:1]) + err.Error()[1:] + "."
	}
	if g.waved[words] {
		words = ""
	}
	if words == g.said {
		return
	}
	g.said = words
	if words == "" {
		g.banner.object.Hide()
	} else {
		wave := func() {
			g.waved[words] = true
			r.lookForGlyphs()
			r.Focus()
		}
		g.banner.show(widgets.IconInfo, words, Offer{"Choose a font file…", r.o.Font}, Offer{"Not now", wave})
	}
	r.Object.Refresh()
}

// missingWords is a sentence about characters that no font can show, "" for none.
func missingWords(missing []rune) string {
	var names []string
	for _, c := range missing {
		if n := scriptName(c); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return ""
	}
	const most = 3
	if len(names) > most {
		names = append(names[:most-1], "other")
	}
	list := names[0]
	if n := len(names) - 1; n > 0 {
		list = strings.Join(names[:n], ", ") + " and " + names[n]
	}
	first, size := utf8.DecodeRuneInString(list) // the names come first: a narrow window cuts the end
	return string(unicode.ToUpper(first)) + list[size:] + " characters in this article have no font here."
}

// scriptName is what people call the script of a character.
func scriptName(c rune) string {
	switch s := scripts.LookupScript(c); {
	case s == scripts.Han:
		return "Chinese"
	case s == scripts.Hiragana || s == scripts.Katakana:
		return "Japanese"
	case c >= 0x1F000 && c <= 0x1FBFF:
		return "emoji"
	case s.Strong() && s != scripts.Unknown:
		if code, err := language.ParseScript(s.String()); err == nil {
			return display.English.Scripts().Name(code)
		}
	}
	return "special"
}
