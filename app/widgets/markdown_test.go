package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/app/theme"
)

// richOf lists the paragraphs in an object, in order.
func richOf(o fyne.CanvasObject) []*Rich {
	switch o := o.(type) {
	case *Rich:
		return []*Rich{o}
	case *fyne.Container:
		var all []*Rich
		for _, part := range o.Objects {
			all = append(all, richOf(part)...)
		}
		return all
	}
	return nil
}

func TestMarkdown(t *testing.T) {
	source := `# Trigger

Mark the **one word** that *walked out* says; ` + "`5 < 6` \\*and* R&amp;D" + `.

- nouns as well,
  see [the manual](http://example.org)
- verbs

3. third
4. fourth

> quoted

    code  line
`
	var got []string
	for _, r := range richOf(NewMarkdown(source, 240, "the")) {
		var line []string
		for _, b := range r.Bits {
			name := map[Face]string{Sans: "", SansBold: "bold ", Serif: "serif "}[b.Face]
			if b.Back != "" {
				name += string(b.Back) + " "
			}
			if b.Color == theme.Accent {
				name += "link "
			}
			line = append(line, name+b.Text)
		}
		got = append(got, strings.Join(line, "|"))
	}
	want := []string{
		"bold Trigger",
		"Mark |selection the| |bold one word| that |serif walked out| says; |track 5 < 6| *and*| R&D.",
		"•", "nouns as well, |see |selection link the|link  manual", "•", "verbs",
		"3.", "third", "4.", "fourth", "quoted", "code  line",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestRichParagraphsWrapWithinTheirWidth(t *testing.T) {
	const width, hang = 180, 14 // a sign of punctuation may stand in the margin
	for name, bits := range map[string][]Bit{
		"address": {{Text: "See https://example.org/" + strings.Repeat("codebook", 12) + " first."}},
		"looks":   {{Text: "Mark only the ", Color: theme.Text}, {Text: "trigger", Face: SansBold}, {Text: ", the one word, or verb and particle, that says most clearly what happened."}},
		"glued":   {{Text: "Link it to who did it, whom it hit ("}, {Text: "recipient", Face: Serif}, {Text: "), where, and when."}},
		"Chinese": {{Text: "只标记最清楚地说明发生了什么的那个词，不标记整个句子。", Color: theme.Text}},
		"Arabic":  {{Text: "ضع علامة على ", Color: theme.Text}, {Text: "الكلمة", Face: SansBold}, {Text: " التي تقول بوضوح ما حدث في النص كله."}},
	} {
		w := NewRich(13, width, 20, bits...)
		set, height := w.pieces()
		if height < 40 || height != w.MinSize().Height {
			t.Errorf("%s: %v high, %v", name, height, w.MinSize())
		}
		var said, wanted string
		for _, p := range set {
			if p.x < -0.5 || p.x+p.wide > width+hang {
				t.Errorf("%s: %q stands from %.1f to %.1f", name, p.text, p.x, p.x+p.wide)
			}
			said += p.text
		}
		for _, b := range bits {
			wanted += b.Text
		}
		if strip := strings.NewReplacer(" ", ""); strip.Replace(said) != strip.Replace(wanted) {
			t.Errorf("%s: %q became %q", name, wanted, said)
		}
		if rtl := name == "Arabic"; rtl != (set[0].x > width/3) {
			t.Errorf("%s: the first word stands at %.1f", name, set[0].x)
		}
		if n := len(test.WidgetRenderer(w).Objects()); n != len(set) {
			t.Errorf("%s: %d pieces are drawn as %d", name, len(set), n)
		}
	}
}

func TestPassages(t *testing.T) {
	got := Passages("# Trigger\n\nThe *one* word,\nor two.\n\n- first\n  - second\n\n> said\n\n    code\n")
	if strings.Join(got, "|") != "Trigger|The one word, or two.|first|second|said|code" {
		t.Errorf("%q", got)
	}
}

func TestWordsAreMarkedWithoutCase(t *testing.T) {
	bits := Marked(Bit{Text: "Say it, SAY it."}, "say")
	if len(bits) != 4 || bits[0].Text != "Say" || bits[2].Text != "SAY" || bits[2].Back == "" || bits[3].Back != "" {
		t.Errorf("%+v", bits)
	}
	if two := Marked(Bit{Text: "a quote and its cue"}, "cue quote"); len(two) != 4 || two[1].Text != "quote" || two[3].Back == "" {
		t.Errorf("%+v", two)
	}
	if whole := Marked(Bit{Text: "İstanbul"}, "ist"); len(whole) != 1 { // its small form has one letter more
		t.Errorf("%+v", whole)
	}
}
