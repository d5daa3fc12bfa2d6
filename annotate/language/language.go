package language

import (
	"runtime"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"lede/annotate"
)

// Key is the further fact (Meta) of an article whose language was detected.
const Key = "language-detected"

const (
	looked      = 500  // code points of a text that are looked at
	leastWords  = 60   // letters of a text in an alphabet from which it is looked at
	leastSigns  = 12   // letters of a text in a script whose signs are words or syllables
	leastKana   = 0.03 // share of kana from which Chinese signs are Japanese
	fewOfWorker = 8    // texts from which a further worker pays
)

// Detect is the language of a text; false if it is too short or too much like several.
func Detect(text string) (code string, sure bool) {
	text = beginning(text)
	letters, signs, kana := count(text)
	if letters < leastWords && signs < leastSigns {
		return "", false
	}
	info := whatlanggo.Detect(text)
	if info.Confidence < whatlanggo.ReliableConfidenceThreshold || info.Lang < 0 {
		return "", false
	}
	if info.Lang == whatlanggo.Cmn && float64(kana) > leastKana*float64(signs) {
		info.Lang = whatlanggo.Jpn // it has more Chinese signs than kana
	}
	switch code = info.Lang.Iso6391(); {
	case info.Lang == whatlanggo.Pes: // Iranian Persian, which has no shorter code
		code = "fa"
	case info.Lang == whatlanggo.Ydd: // Eastern Yiddish
		code = "yi"
	case code == "":
		code = info.Lang.Iso6393()
	}
	return code, code != ""
}

// beginning is as much of a text as is looked at.
func beginning(text string) string {
	at := 0
	for n := 0; n < looked && at < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return text[:at]
}

// count counts the letters of a text, those that are words or syllables, and the kana.
func count(text string) (letters, signs, kana int) {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
			signs++
		case unicode.In(r, unicode.Han, unicode.Hangul):
			signs++
		case !unicode.IsLetter(r):
			continue
		}
		letters++
	}
	return letters, signs, kana
}

// DetectAll is Detect for many texts, on all processors: "" where it cannot be told.
func DetectAll(texts []string) []string {
	codes := make([]string, len(texts))
	workers := max(1, min(runtime.GOMAXPROCS(0), len(texts)/fewOfWorker))
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			defer annotate.Guard()
			for i := w; i < len(texts); i += workers {
				codes[i], _ = Detect(texts[i])
			}
		})
	}
	wait.Wait()
	return codes
}

// Mark gives an article a language that was detected.
func Mark(a *annotate.Article, code string) {
	a.Language = code
	a.Meta = a.Meta.With(Key, annotate.StringValue(code))
}

// Detected says whether the article has its language from Detect, and from nobody since.
func Detected(a annotate.Article) bool {
	return a.Language != "" && a.Meta.String(Key) == a.Language
}
