package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// codedLine says below the inspector how the selected words, or those of the chosen
// span, were labelled before. It always has its room, so that nothing moves when it
// says something.
type codedLine struct {
	object  fyne.CanvasObject
	words   *widgets.Words
	surface *widgets.Surface

	asked annotate.CodedQuery // what it tells of, or is about to
	stop  context.CancelFunc  // ends the look-up that is under way
	turn  int                 // of the look-ups: only the last one is shown
}

// codedHeight is the height of the line.
const codedHeight float32 = 38

func (w *workspace) newCodedLine() *codedLine {
	c := &codedLine{words: widgets.NewElastic("", theme.SmallSize, theme.Dim), stop: func() {}}
	c.surface = widgets.NewSurface(c.words, func() { w.shell.table.Run(commands.CodedBefore) })
	c.surface.Pad, c.surface.Radius = widgets.Even(8, 5), 5
	c.surface.Hide()
	room := widgets.NewAtLeast(fyne.NewSize(0, codedHeight), widgets.NewPadded(widgets.Pad{Left: 8, Top: 4, Right: 8, Bottom: 6}, c.surface))
	c.object = container.NewStack(widgets.NewFill(theme.Panel), room)
	return c
}

// bindCoded makes the command that lists where words were labelled before.
func (s *shell) bindCoded() {
	s.on(commands.CodedBefore, s.in((*workspace).listCoded), func() bool {
		return s.article() && len(s.work.marked()) > 0
	})
}

// aboutMarked asks about the selected words, or those of the chosen span.
func (w *workspace) aboutMarked() annotate.CodedQuery {
	at := w.marked()
	if len(at) == 0 || at.Extent().Len() > 4*annotate.MostWords {
		return annotate.CodedQuery{}
	}
	q := annotate.CodedQuery{Words: annotate.WordsKey(w.session.Doc().Text.Quote(at))}
	if w.session.Selection().Empty() {
		q.Except = w.session.Chosen()
	}
	return q
}

// followCoded keeps the line in step with what is selected or chosen; again asks
// anew about the same words, after something was saved.
func (w *workspace) followCoded(again bool) {
	const pause = 120 * time.Millisecond // while a selection is being drawn
	c, q := w.coded, w.aboutMarked()
	if q == c.asked && !again {
		return
	}
	c.stop()
	if q != c.asked {
		c.say("")
	}
	c.asked = q
	c.turn++
	if q.Words == "" {
		return
	}
	turn := c.turn
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	w.shell.later(pause, func() {
		if turn != c.turn || w.shell.work != w {
			return
		}
		w.askCoded(ctx, q, func(found *annotate.Coded) {
			if turn == c.turn {
				c.say(w.codedWords(found))
			}
		})
	})
}

// askCoded looks words up and tells what was found, on the main goroutine.
func (w *workspace) askCoded(ctx context.Context, q annotate.CodedQuery, tell func(*annotate.Coded)) {
	w.shell.aside(func() {
		found, err := w.store.Coded(ctx, q)
		w.shell.dispatch(func() {
			switch {
			case ctx.Err() != nil || w.shell.work != w:
			case err != nil:
				w.shell.tell(err)
			default:
				tell(found)
			}
		})
	})
}

func (c *codedLine) say(words string) {
	if c.words.Text == words {
		return
	}
	c.words.SetText(words)
	if words == "" {
		c.surface.Hide()
	} else {
		c.surface.Show()
	}
}

// codedWords is what was found, as people say it: the annotator's own labels, then
// those of others by name.
func (w *workspace) codedWords(found *annotate.Coded) string {
	if len(found.Counts) == 0 {
		return ""
	}
	var whose []annotate.ID
	labels := map[annotate.ID][]string{}
	whose = append(whose, w.session.Shown().ID)
	for _, n := range found.Counts {
		if _, seen := labels[n.Annotator]; !seen && n.Annotator != whose[0] {
			whose = append(whose, n.Annotator)
		}
		label, _ := w.session.Schema().Label(n.Label)
		labels[n.Annotator] = append(labels[n.Annotator], fmt.Sprintf("%d× %s", n.N, reader.LabelTitle(label)))
	}
	var said []string
	for i, id := range whose {
		switch words := strings.Join(labels[id], ", "); {
		case words == "":
		case i == 0:
			said = append(said, words)
		default:
			said = append(said, w.nameOf(id)+" "+words)
		}
	}
	most := ""
	if found.More {
		most = fmt.Sprintf("the latest %d ", annotate.MostCoded)
	}
	return "Coded before: " + most + strings.Join(said, " · ")
}

func (w *workspace) nameOf(annotator annotate.ID) string {
	for _, a := range w.session.Annotators() {
		if a.ID == annotator {
			return a.Name
		}
	}
	return "somebody"
}

// listCoded lists where the words were labelled before, and goes there.
func (w *workspace) listCoded() {
	const most = 300
	q := w.aboutMarked()
	q.Limit = most
	if q.Words == "" {
		w.shell.notice(notice{brief: true, title: "Too long to come again", text: "Select a few words: the text of this selection is unlikely to be anywhere else."})
		return
	}
	words := w.session.Doc().Text.Quote(w.marked())
	w.inspector.Commit()
	w.session.Flush() // what was labelled a moment ago counts
	w.askCoded(context.Background(), q, func(found *annotate.Coded) {
		if len(found.Spans) == 0 {
			w.shell.notice(notice{brief: true, title: "“" + text.Brief(words, 40) + "” was not coded before"})
			return
		}
		w.showCoded(found)
	})
}

func (w *workspace) showCoded(found *annotate.Coded) {
	var items []sheet.Found
	for _, s := range found.Spans {
		label, _ := w.session.Schema().Label(s.Label)
		mark, who := reader.MarkOf(label), ""
		if s.Annotator != w.session.Shown().ID {
			who = w.nameOf(s.Annotator)
		}
		items = append(items, sheet.Found{Title: inContext(s), Mark: &mark, Key: widgets.Facts(reader.LabelTitle(label), who, text.Brief(s.Title, 28))})
	}
	sheet.Find(sheet.FinderOptions{
		Canvas: w.shell.win.Canvas(), Items: items, Hint: w.codedWords(found), None: "None of them reads like that.",
		Width: 760, Rows: 12, Gone: w.reader.Focus,
		Pick: func(i int) {
			s := found.Spans[i]
			w.jumpTo(s.Article, s.Span, s.Fragments[0])
			w.shell.probe.say("coded", "span", s.Span)
		},
	})
}

// inContext is a span's text with a little of what is around it, on one line.
func inContext(s annotate.CodedSpan) string {
	const most = 26 // code points before it
	before := []rune(strings.Join(strings.Fields(s.Before), " "))
	if cut := len(before) - most; cut > 0 {
		before = before[cut:]
		if i := strings.IndexRune(string(before), ' '); i >= 0 && i < len(string(before))/2 {
			before = []rune(string(before)[i+1:])
		}
		before = append([]rune("…"), before...)
	}
	gap := ""
	if r := []rune(s.Before); len(r) > 0 && strings.TrimSpace(string(r[len(r)-1])) == "" && len(before) > 0 {
		gap = " "
	}
	return string(before) + gap + s.Words + s.After
}
