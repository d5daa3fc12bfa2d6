package textview

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// View is the annotated text. All methods belong to the main goroutine.
type View struct {
	widget.BaseWidget

	// Intents. The view changes nothing itself; who hears of one answers by a
	// setter. All may be nil.
	OnSelect      func(r text.Range, final bool) // final: the gesture is over
	OnChoose      func(id string)                // "" for none
	OnResize      func(id string, fragment int, r text.Range)
	OnAddFragment func(id string, r text.Range)
	OnLink        func(from, to, kind string)                            // kind is that of Relate, "" for a drag
	OnChooseLink  func(id string)                                        // "" for none
	OnPick        func(from, kind string, r text.Range, key string) bool // words are the other end; the digit pressed, or ""; true: taken
	OnAimEnd      func()                                                 // the search for the other end is over
	OnLinkContext func(pos fyne.Position, id string)
	OnTool        func(id string)
	OnChooseMore  func(id string)                       // choose it beside what is chosen, or no longer
	OnList        func(ids []string, pos fyne.Position) // more than can be drawn at a place, pos on the canvas
	OnContext     func(pos fyne.Position, offset int)   // pos on the canvas
	OnZoom        func(delta int)
	OnScroll      func() // another part of the text shows
	OnJump        func() // the view is about to show a place out of sight; what shows now can be come back to

	// What new links may be; nil allows all.
	CanStart func(from string) bool
	CanLink  func(from, to, kind string) bool

	Keys Keyboard // hears every key; nil: none but the view's own do anything

	opts   Options
	flow   *layout.Flow
	shaper layout.Shaper // of the header and other small texts
	small  map[smallKey]*layout.Block
	paint  *painter
	items  index

	title, facts string
	zoom         float32
	style        Style // as it was given; opts.Style is that with reading
	reading      Reading
	chips        bool
	granularity  text.Granularity
	armed        string
	chosen       string
	tooIDs       []string        // chosen beside it …
	too          map[string]bool // … and whether an item is
	tools        []Tool

	nothing    string // what is said in the place of the text; "" where there is one
	colX, colW float32
	scale      float32 // canvas pixels in one unit

	caret   caret
	sel     text.Range // what is selected, trimmed; empty for nothing
	focused bool
	press   press
	keys    keyState
	bar     toolbar
	hover   hover
	tip     tooltip
	wheel   wheel
	preview *preview
	links   linkState
}

// New makes a view without a text.
func New(opts Options) *View {
	opts.fill()
	v := &View{
		opts: opts, style: opts.Style, zoom: 1, chips: true, scale: 1, granularity: text.Word,
		small: map[smallKey]*layout.Block{},
	}
	v.hover.cursor, v.hover.tool = desktop.TextCursor, -1
	v.items.clear()
	v.flow = layout.NewFlow(layout.Metrics{Chain: opts.Faces.serif, Size: opts.Style.TextSize, Width: opts.Style.Column, Line: int(opts.Style.Line)})
	v.flow.Extra = v.lineExtra
	v.ExtendBaseWidget(v)
	v.measure()
	return v
}

// SetText shows a new article from its start, with nothing selected, chosen or
// marked.
func (v *View) SetText(t *text.Text) {
	v.stopGesture()
	v.hideTip()
	v.wheel.stop()
	v.items.clear()
	v.chosen, v.sel, v.caret = "", text.Range{}, caret{goal: -1}
	v.links.chosen = ""
	v.dropAim()
	v.bar.hide()
	v.flow.SetText(t)
	v.nothing = ""
	if t.Trim(text.Range{End: t.Len()}).Empty() {
		v.nothing = v.opts.Words.NoText()
	}
	v.measure()
	v.refresh()
}

// Text is the text that is shown.
func (v *View) Text() *text.Text { return v.flow.Text() }

// SetHeader sets what stands above the text and scrolls with it: the title, and
// a line of facts.
func (v *View) SetHeader(title, facts string) {
	v.title, v.facts = title, facts
	v.measure()
	v.refresh()
}

// SetLabels sets the look of the labels by their names.
func (v *View) SetLabels(l map[string]LabelStyle) {
	v.opts.Labels = l
	v.items.recount(v.Text().Len())
	v.refresh()
}

// SetStyle changes colours and measures, e.g. from light to dark.
func (v *View) SetStyle(s Style) {
	v.style, v.opts.Style = s, v.reading.Fit(s)
	v.measure()
	v.refresh()
}

// SetZoom scales everything; 1 is normal.
func (v *View) SetZoom(z float32) {
	v.zoom = max(0.4, min(z, 5))
	v.measure()
	v.refresh()
}

// SetChips shows or hides the labels above the spans; lines are closer without.
func (v *View) SetChips(on bool) {
	v.chips = on
	v.measure()
	v.refresh()
}

// SetGranularity is what a selection, by pointer or by keys, snaps to.
func (v *View) SetGranularity(g text.Granularity) { v.granularity = g }

// SetArmed shows that every selection gets this label; "" for none.
func (v *View) SetArmed(label string) {
	if v.armed != label {
		v.armed = label
		v.refresh()
	}
}

// SetTools sets the buttons of the toolbar that appears at a selection.
func (v *View) SetTools(t []Tool) {
	v.tools = t
	v.refresh()
}

// Choose makes the item the chosen one; "" for none.
func (v *View) Choose(id string) {
	if v.chosen != id {
		v.chosen = id
		v.dropAim()
		v.refresh()
	}
}

// Chosen is the id of the chosen item, "" for none.
func (v *View) Chosen() string { return v.chosen }

// px scales a measure of the style.
func (v *View) px(x float32) float32 { return x * v.zoom }

// size scales a font size. Whole sizes only: shaping rounds others its own way.
func (v *View) size(x float32) float32 {
	return float32(math.Max(1, math.Round(float64(x*v.zoom))))
}

// chipSize may be a half: chips are small, and nothing is measured in them.
func (v *View) chipSize() float32 {
	return float32(math.Round(float64(v.opts.Style.ChipSize*v.zoom*2)) / 2)
}

// measure fits the column to the widget and hands all measures to the flow.
func (v *View) measure() {
	s, size := v.opts.Style, v.Size()
	width := size.Width
	clear(v.small)
	side := v.side()
	if width <= 0 {
		width = v.px(s.Column) + 2*v.px(side) + s.Strip
	}
	v.colW = max(60, min(v.px(s.Column), width-s.Strip-2*side))
	v.colX = float32(math.Round(float64(max(side, (width-v.colW)/2))))
	line := s.Line
	if !v.chips {
		line = s.LinePlain
	}
	chain := v.opts.Faces.serif
	if v.reading.Sans {
		chain = v.opts.Faces.sans
	}
	v.flow.SetMetrics(layout.Metrics{
		Chain: chain, Size: v.size(s.TextSize), Width: v.colW,
		Line: v.round(line), Gap: v.round(s.ParagraphGap), Blank: v.round(s.BlankLine),
		Head: float64(v.headHeight()), Tail: float64(v.px(s.Bottom)), Height: size.Height,
	})
}

func (v *View) round(x float32) int { return max(1, int(math.Round(float64(v.px(x))))) }

// Resize fits the text to a new size; the first character that shows stays.
func (v *View) Resize(s fyne.Size) {
	if s == v.Size() {
		return
	}
	v.BaseWidget.Resize(s)
	v.measure()
	v.refresh()
}

// MinSize is small: the view scrolls.
func (v *View) MinSize() fyne.Size { return fyne.NewSize(160, 80) }

// Refresh draws the view again.
func (v *View) Refresh() { v.refresh() }

// refresh rebuilds what shows. It costs what is on the screen.
func (v *View) refresh() {
	if v.paint != nil {
		v.paint.build()
		v.paint.mark()
	}
}

// ScrollPosition is the first code point that shows: a place to come back to.
func (v *View) ScrollPosition() int {
	o, _ := v.flow.TopOffset()
	return o
}

// ScrollTo puts the line of a code point at the top.
func (v *View) ScrollTo(offset int) {
	if offset <= 0 {
		v.flow.ScrollTo(0)
	} else {
		v.flow.ScrollToOffset(offset, 0)
	}
	v.scrolled()
}

func (v *View) scrollBy(dy float64) {
	v.flow.ScrollBy(dy)
	v.scrolled()
}

func (v *View) scrolled() {
	v.wheel.due = 0
	v.hideTip()
	v.refresh()
	if v.OnScroll != nil {
		v.OnScroll()
	}
}

// Reveal scrolls, if need be, so that the range shows: about a third below the
// top if it was out of sight.
func (v *View) Reveal(r text.Range) {
	h := float64(v.Size().Height)
	lineH := float64(v.flow.Metrics().Line)
	first := v.flow.LineOf(r.Start, false)
	last := v.flow.LineOf(max(r.Start, r.End-1), false)
	y0, y1 := v.flow.LineOf(r.Start, false).Y-v.flow.Top(), last.Y-v.flow.Top()+lineH
	if y0 >= 0 && (y1 <= h || y1-y0 > h && y0 < h/2) {
		return
	}
	if away := h / 2; v.OnJump != nil && (y1 < -away || y0 > h+away) {
		v.OnJump()
	}
	if first.Y < v.flow.Metrics().Head+lineH/2 {
		v.flow.ScrollTo(0)
		if y1 = v.flow.LineOf(r.Start, false).Y + lineH; y1 <= h {
			v.scrolled()
			return
		}
	}
	v.flow.ScrollToOffset(r.Start, max(0, (h-lineH)/3))
	v.scrolled()
}

// LocateXY is where a caret at the offset stands in the view, in the middle of
// its line, and whether that is in sight. For tests and popovers.
func (v *View) LocateXY(offset int) (fyne.Position, bool) {
	l := v.flow.LineOf(offset, false)
	x := l.Block.CaretX(l.Line, offset-l.Base)
	y := float32(l.Y-v.flow.Top()) + v.fillTop() + v.fillDepth()/2
	return fyne.NewPos(v.colX+x, y), y >= 0 && y <= v.Size().Height
}

// fillTop is where fill and text box begin within a line.
func (v *View) fillTop() float32 {
	if v.chips {
		return v.px(v.opts.Style.FillTop)
	}
	return v.px(v.opts.Style.FillTopPlain)
}

// fillDepth is the height of fill and text box.
func (v *View) fillDepth() float32 {
	if v.chips {
		return v.px(v.opts.Style.FillDepth)
	}
	return v.px(v.opts.Style.FillDepthPlain)
}

// label is the look of a label, also of one that nobody described.
func (v *View) label(name string) LabelStyle {
	l, ok := v.opts.Labels[name]
	if !ok {
		l = LabelStyle{Title: name, Color: v.opts.Style.Unknown}
	}
	if l.Color == nil {
		l.Color = v.opts.Style.Unknown
	}
	if l.Title == "" {
		l.Title = name
	}
	return l
}

// AccessibilityLabel reads the sentence at the caret.
func (v *View) AccessibilityLabel() string {
	return v.Text().Slice(v.Text().Sentence(v.caret.at))
}

// AccessibilityRole tells that the view is text.
func (v *View) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
