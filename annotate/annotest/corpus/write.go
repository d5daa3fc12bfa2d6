package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"lede/annotate"
	"lede/annotate/text"
)

var (
	places  = []string{"Zürich", "Łódź", "Lagos", "Lima", "北京", "Marseille", "Hull", "Odesa", "القاهرة", "Porto Alegre"}
	bodies  = []string{"the port authority", "the dockers’ union", "the ministry", "the city council", "the central bank", "the opposition", "a spokeswoman"}
	events  = []string{"walked out", "signed the agreement", "rejected the plan", "met the delegation", "were arrested", "called off the strike", "closed the border", "protested"}
	said    = []string{"said", "told reporters", "announced", "added", "warned"}
	quoted  = []string{"We will not leave", "There is no other way", "Nobody asked us", "It is too early to say", "This cannot go on"}
	fillers = strings.Fields(`the of and to in a that for on with was by at from as is it were after his her their which had
		have been will would about more than people government year week month last two three talks country state police
		officials group party city first percent million between against under over during before war peace trade oil price
		water court law market company workers school hospital road border minister president vote election report`)
)

// writer writes one article.
type writer struct {
	*Corpus
	random *rand.Rand
	text   strings.Builder
	at     int // code points written
	set    *annotate.SetData
}

func (w *writer) one(of []string) string { return of[w.random.IntN(len(of))] }

// name is a surname; the first ones are the people whom all papers write of.
func (w *writer) name() string {
	share := w.random.Float64()
	return w.names[int(share*share*share*float64(len(w.names)))]
}

func (w *writer) title() string {
	return w.name() + " " + w.one(events) + " in " + w.one(places)
}

func (w *writer) put(s string) {
	w.text.WriteString(s)
	w.at += utf8.RuneCountInString(s)
}

// mark puts words with a label over all that was written since start.
func (w *writer) mark(label annotate.Label, start int, words string) annotate.ID {
	w.put(words)
	s := annotate.Span{
		ID: w.env.NewID(), Set: w.set.Set.ID, Label: label.ID, Origin: annotate.OriginImport,
		Fragments: annotate.Fragments{text.Range{Start: start, End: w.at}},
	}
	w.set.Spans = append(w.set.Spans, s)
	return s.ID
}

// write writes marked sentences at equal distances, in paragraphs of about 400 bytes.
func (w *writer) write() {
	marked := w.Spans / 3
	for i, paragraph := 0, 400; i < marked || w.text.Len() < w.Bytes; {
		if w.text.Len() >= paragraph {
			w.put("\n\n")
			paragraph += 400
		} else if w.text.Len() > 0 {
			w.put(" ")
		}
		switch {
		case i == marked || w.text.Len() < w.Bytes*i/marked:
			w.filler()
			continue
		case i%2 == 0:
			w.deed()
		default:
			w.speech()
		}
		i++
	}
}

// deed says who did what.
func (w *writer) deed() {
	w.mark(w.actor, w.at, w.name())
	w.put(" and others ")
	w.mark(w.event, w.at, w.one(events))
	w.put(" in " + w.one(places) + " on Monday, ")
	w.mark(w.actor, w.at, w.one(bodies))
	w.put(" " + w.one(said) + ".")
}

// speech says who said what; somebody is named in the quote.
func (w *writer) speech() {
	start := w.at
	w.put("“" + w.one(quoted) + ", and neither will ")
	w.mark(w.actor, w.at, w.name())
	quote := w.mark(w.quote, start, ",”")
	w.put(" ")
	who := w.mark(w.actor, w.at, w.name())
	w.put(" " + w.one(said) + ".")
	w.set.Relations = append(w.set.Relations, annotate.Relation{ID: w.env.NewID(), Set: w.set.Set.ID, Type: w.speaker.ID, From: quote, To: who})
}

// filler is a sentence without spans.
func (w *writer) filler() {
	for i := range 8 + w.random.IntN(8) {
		word := w.one(fillers)
		switch {
		case i == 0:
			word = strings.ToUpper(word[:1]) + word[1:]
		case w.random.IntN(8) == 0:
			word = " " + w.name()
		default:
			word = " " + word
		}
		w.put(word)
	}
	w.put(".")
}
