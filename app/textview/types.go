package textview

import (
	"fmt"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

// Item is one span of a layer.
type Item struct {
	ID          string // unique in its layer
	Label       string // name of the label; see LabelStyle
	Fragments   []text.Range
	Provisional bool   // a suggestion: drawn lighter, with a question mark
	Badge       string // shown behind the label's title, e.g. "PROTEST"
}

// Link is a relation between two items of its layer. Links are drawn for the
// chosen item, or for all; see SetAllLinks.
type Link struct{ ID, From, To, Label string }

// Layer is a set of items with one look.
type Layer struct {
	Name     string
	Items    []Item
	Links    []Link
	Style    LayerStyle
	Editable bool // its chosen item has handles
}

// LayerStyle is the look of a layer. Zero is that of the annotator's own.
type LayerStyle struct {
	Color     color.Color // instead of the labels' colours, e.g. for search hits
	Plain     bool        // a fill only: no line, no chip, no lane, not to be chosen
	Outline   bool        // of a plain layer: a line around each item
	Faint     bool        // half as strong, e.g. another annotator's
	HideChips bool
	HideMarks bool // no marks beside the scroll bar
}

// Pattern is the form of a label's line: nobody has to tell labels by colour.
type Pattern uint8

// The line patterns.
const (
	Solid Pattern = iota
	Dashed
	Double
	Dotted
)

// LabelStyle is the look of a label.
type LabelStyle struct {
	Title   string
	Color   color.Color
	Pattern Pattern
}

// Tool is a button of the small toolbar at the selection.
type Tool struct {
	ID    string
	Title string
	Label string // the label whose colour it shows; "" for a plain tool
	Key   string // the hotkey, as shown
}

// Clock is the time, injected so that tests own it.
type Clock interface {
	Now() time.Time
	// After calls f once, on any goroutine, unless stopped before.
	After(d time.Duration, f func()) (stop func())
}

// Words are the few words that the view shows by itself.
type Words struct {
	Part   func(n int) string               // "2nd part" of a split span, n from 2
	PartOf func(label string, n int) string // "2nd part of Quote", where it is out of sight
	Armed  func(title, label string) string // the hint while a label is armed

	Count   func(title string, n int) string  // "Actor 3", of items near a place of the map
	Hits    func(n int) string                // "2 hits", of plain layers
	Stacked func(n int, more []string) string // n spans lie here, these below the one that was told of

	Reverse func(link string) string // a link's label as its far end sees it: "speaker of"
	Beyond  func(n int) string       // n more links that lead over an edge
	More    func(n int) string       // n links in sight are not drawn
	NoEnd   string                   // no possible end of a new link is in sight

	NoText func() string // in the place of a text that has nothing but white space
}

// Options are what a view is made with. Faces is required.
type Options struct {
	Faces    *Faces
	Style    Style // zero: LightStyle()
	Labels   map[string]LabelStyle
	Words    Words
	Tip      func(layer, id string) Tip // what a tooltip says of an item; nil: there are none
	Dispatch func(func())               // runs on the main goroutine; nil: fyne.Do
	Clock    Clock                      // nil: the real one
	Mods     func() fyne.KeyModifier    // keys held now; nil: asks the driver
}

func (o *Options) fill() {
	o.Words.fill()
	if o.Style.Page == nil {
		o.Style = LightStyle()
	}
	if o.Dispatch == nil {
		o.Dispatch = fyne.Do
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	if o.Words.Part == nil {
		o.Words.Part = func(n int) string { return ordinal(n) + " part" }
	}
	if o.Words.PartOf == nil {
		o.Words.PartOf = func(label string, n int) string { return ordinal(n) + " part of " + label }
	}
	if o.Words.Armed == nil {
		o.Words.Armed = func(title, _ string) string { return title + ": select text to tag it. Esc stops." }
	}
	if o.Words.Reverse == nil {
		o.Words.Reverse = func(link string) string { return link + " of" }
	}
	if o.Words.Beyond == nil {
		o.Words.Beyond = func(n int) string { return fmt.Sprintf("+%d more", n) }
	}
	if o.Words.More == nil {
		o.Words.More = func(n int) string {
			return fmt.Sprintf("+%d more relations here. Choose a span to see its own.", n)
		}
	}
	if o.Words.NoEnd == "" {
		o.Words.NoEnd = "No possible end is in sight. Space and Page Up scroll, Esc stops."
	}
	if o.Words.NoText == nil {
		o.Words.NoText = func() string { return "This article has no text." }
	}
}

// fill gives the words of tooltips their English.
func (w *Words) fill() {
	if w.Count == nil {
		w.Count = func(title string, n int) string { return fmt.Sprintf("%s %d", title, n) }
	}
	if w.Hits == nil {
		w.Hits = func(n int) string {
			if n == 1 {
				return "1 hit"
			}
			return fmt.Sprintf("%d hits", n)
		}
	}
	if w.Stacked == nil {
		w.Stacked = func(n int, more []string) string {
			return fmt.Sprintf("%d spans here, also %s", n, strings.Join(more, ", "))
		}
	}
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) After(d time.Duration, f func()) func() {
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }
}
