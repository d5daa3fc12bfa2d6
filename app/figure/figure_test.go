package figure_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/figure"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

var update = flag.Bool("update", false, "write testdata/*.svg")

// schema has the labels of the news schema, each with a line of its own form.
var schema = &annotate.Schema{
	Labels: []annotate.Label{
		{ID: "actor", Name: "actor", Title: "Actor", Color: "#0072b2", ColorDark: "#56b4e9", Pattern: annotate.Solid},
		{ID: "event", Name: "event", Title: "Event", Color: "#d55e00", Pattern: annotate.Dashed},
		{ID: "quote", Name: "quote", Title: "Quote", Color: "#00805d", ColorDark: "#3fd0a4", Pattern: annotate.Double},
		{ID: "cue", Name: "cue", Title: "Cue", Color: "#a8487f", Pattern: annotate.Dotted},
	},
	Attributes: []annotate.Attribute{{
		Scope: annotate.SpanScope, Labels: []annotate.ID{"event"}, Name: "event_type", Type: annotate.OneOf,
		Choices: []annotate.Choice{{Name: "PROTEST", Title: "Protest"}},
	}},
	RelationTypes: []annotate.RelationType{{ID: "speaker", Name: "speaker", Title: "Speaker"}},
}

func span(id, label string, ends ...int) annotate.Span {
	s := annotate.Span{ID: annotate.ID(id), Label: annotate.ID(label)}
	for i := 0; i < len(ends); i += 2 {
		s.Fragments = append(s.Fragments, text.Range{Start: ends[i], End: ends[i+1]})
	}
	if label == "event" {
		s.Attributes = annotate.Values{"event_type": annotate.StringValue("PROTEST")}
	}
	return s
}

// passages are what the pictures in testdata show.
var passages = map[string]figure.Source{
	"nested": {
		Schema:    schema,
		Article:   annotate.Article{Title: "Dockers <walk> out", Source: "Varno Tribune", Published: "2026-03-04"},
		Text:      text.New("“We were offered the same page,” said Ilse Brandvik, who chairs the Harbour Workers’ Union. “Nobody walks out until that page is signed.”\n\nShe left."),
		Spans:     []annotate.Span{span("q", "quote", 0, 32, 92, 137), span("c", "cue", 33, 37), span("a", "actor", 38, 90), span("b", "actor", 64, 90), span("e", "event", 100, 109)},
		Relations: []annotate.Relation{{ID: "r", Type: "speaker", From: "q", To: "a"}},
	},
	"arabic": {
		Schema:  schema,
		Article: annotate.Article{Title: "نقابة الموانئ"},
		Text:    text.New("قالت إيلسه براندفيك في Varno يوم 4 مارس: «لن يعود أحد»."),
		Spans:   []annotate.Span{span("c", "cue", 0, 4), span("a", "actor", 5, 19), span("p", "event", 23, 39), span("q", "quote", 41, 54)},
	},
	"mixed": {
		Schema:  schema,
		Article: annotate.Article{Title: "Mixed"},
		Text:    text.New("The word שלום (peace) stood in हिन्दी, ไทย and Ελληνικά;\tthen naïve Ünïcödé."),
		Spans:   []annotate.Span{span("a", "actor", 4, 21), span("b", "event", 31, 37), span("c", "cue", 39, 42)},
	},
}

func options(width float32) figure.Options {
	return figure.Options{Fonts: layout.NewBundle(nil), Style: look.Light(), Width: width, Chips: true, Arcs: true, Head: true}
}

func all(s figure.Source) text.Range { return text.Range{Start: 0, End: s.Text.Len()} }

func svgOf(t testing.TB, p figure.Passage, o figure.Options) string {
	t.Helper()
	scene, err := figure.Draw(p, o)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := scene.SVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPictures: the bytes of the pictures. Look at what changed, then run
// go test ./app/figure -run Pictures -update
func TestPictures(t *testing.T) {
	for name, src := range passages {
		for _, dark := range []bool{false, true} {
			o := options(420)
			file := filepath.Join("testdata", name+".svg")
			if dark {
				o.Style, file = look.Dark(), filepath.Join("testdata", name+"-dark.svg")
			}
			got := svgOf(t, src.Passage(all(src), dark), o)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil || string(want) != got {
				t.Errorf("%s is another picture now (%v): run with -update and look at it", file, err)
			}
		}
	}
}

func TestPictureNeedsNothingElseAndSaysItsWords(t *testing.T) {
	src := passages["nested"]
	got := svgOf(t, src.Passage(all(src), false), options(420))
	for d := xml.NewDecoder(strings.NewReader(got)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("no XML: %v", err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
					t.Errorf("it leads to %s", a.Value)
				}
			}
		}
	}
	for _, want := range []string{"<title id=\"title\">Dockers &lt;walk&gt; out</title>", "said Ilse Brandvik, who chairs the Harbour Workers’ Union.", `class="arcs"`, `data-span="q" data-part="2"`} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %s", want)
		}
	}
	o := options(420)
	o.Chips, o.Arcs, o.Head = false, false, false
	got = svgOf(t, src.Passage(all(src), false), o)
	for _, not := range []string{`class="arcs"`, `class="labels"`, `class="names"`} {
		if strings.Contains(got, not) {
			t.Errorf("there is %s, which was not asked for", not)
		}
	}
}

// fillPattern finds the fills of spans.
var fillPattern = regexp.MustCompile(`<rect x="([-\d.]+)" y="[-\d.]+" width="([-\d.]+)" height="[-\d.]+" data-span="s0" data-part="(\d+)"`)

// TestFillsAreWhereTheWordsAre: the fills of a span are the stretches that the
// layout gives its fragments, line by line.
func TestFillsAreWhereTheWordsAre(t *testing.T) {
	words := []string{"harbour", "שלום", "قال", "12.5", "“quote”", "\n", "naïve", "हिन्दी", "a", "(", ")"}
	fonts := layout.NewBundle(nil)
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 40).Draw(t, "words"), " ")
		txt := text.New(body)
		start := rapid.IntRange(0, txt.Len()-1).Draw(t, "start")
		at := text.Range{Start: start, End: rapid.IntRange(start+1, txt.Len()).Draw(t, "end")}
		o := figure.Options{Fonts: fonts, Style: look.Light(), Width: 300, Chips: true}
		p := figure.Passage{Text: body, Spans: []figure.Span{{ID: "s0", Title: "x", Color: color.NRGBA{A: 0xff}, Fragments: []figure.Fragment{{Range: at}}}}}
		scene, err := figure.Draw(p, o)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := scene.SVG(&b); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range fillPattern.FindAllStringSubmatch(b.String(), -1) {
			got = append(got, m[1]+"+"+m[2])
		}
		// The same column by the same layout: a narrower picture has one of its own.
		column := float32(252)
		lines := func() []layout.PlacedLine {
			f := layout.NewFlow(layout.Metrics{Chain: fonts.Serif, Size: o.Style.TextSize, Width: column, Line: int(o.Style.Line), Gap: int(o.Style.ParagraphGap), Blank: int(o.Style.BlankLine), Height: 1e9})
			f.SetText(txt)
			return f.Visible()
		}
		widest := float32(0)
		for _, l := range lines() {
			widest = max(widest, l.Line.Width)
		}
		if narrow := float32(int(widest + 2)); narrow < column {
			column = narrow
		}
		var want []string
		for _, l := range lines() {
			from, to := max(at.Start-l.Base, l.Line.Start), min(at.End-l.Base, l.Line.Trim)
			if from < to {
				l.Block.Segments(l.Line, from, to, func(x0, x1 float32) { want = append(want, short(x0)+"+"+short(x1-x0)) })
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("fills %v\nshould be %v", got, want)
		}
	})
}

func short(x float32) string {
	s := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(float64(x), 'f', 2, 32), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

func TestPNGHasTheSizeAndTheColours(t *testing.T) {
	src := passages["nested"]
	for _, scale := range []float32{1, 2, 3.5} {
		scene, err := figure.Draw(src.Passage(all(src), false), options(0))
		if err != nil {
			t.Fatal(err)
		}
		var raw bytes.Buffer
		if err := scene.PNG(&raw, scale); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(&raw)
		if err != nil {
			t.Fatal(err)
		}
		if w := float32(img.Bounds().Dx()); w < scene.Width*scale || w > scene.Width*scale+1 {
			t.Errorf("scale %v: %v wide, the picture is %v", scale, w, scene.Width)
		}
		seen := map[color.Color]int{}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				seen[img.At(x, y)]++
			}
		}
		for _, c := range []uint32{0xfcfbf8, 0x202124, 0x0072b2, 0xd55e00, 0x00805d, 0xa8487f, 0x2f5da8} {
			want := color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 0xff}
			if seen[want] < 20 {
				t.Errorf("scale %v: the colour %06x is seen %d times", scale, c, seen[want])
			}
		}
	}
}

func TestPassageIsCutAndKeepsItsDirection(t *testing.T) {
	src := passages["arabic"]
	p := src.Passage(text.Range{Start: 23, End: 40}, false)
	if !strings.HasPrefix(p.Text, "\u200fVarno") {
		t.Fatalf("%q does not begin with a mark", p.Text)
	}
	if len(p.Spans) != 1 || p.Spans[0].Fragments[0].Range != (text.Range{Start: 1, End: 17}) {
		t.Errorf("%+v", p.Spans)
	}
	src = passages["nested"]
	p = src.Passage(text.Range{Start: 85, End: 137}, true)
	if len(p.Spans) != 4 || p.Spans[0].Fragments[0].Part != 1 || len(p.Links) != 1 {
		t.Errorf("%+v %+v", p.Spans, p.Links)
	}
	if got := svgOf(t, p, options(420)); !strings.Contains(got, `data-span="q" data-part="2"`) || strings.Contains(got, `data-part="1" data-span="q"`) {
		t.Errorf("another part is drawn")
	}
}

func TestWhatCannotBeDrawnIsSaid(t *testing.T) {
	o := options(0)
	if _, err := figure.Draw(figure.Passage{Text: strings.Repeat("long ", figure.Longest/5+1)}, o); err == nil || !strings.Contains(err.Error(), "100000 characters") {
		t.Errorf("too long: %v", err)
	}
	o.Width = 20
	if _, err := figure.Draw(figure.Passage{Text: "x"}, o); err == nil {
		t.Error("too narrow")
	}
	o.Width = 0
	tall, err := figure.Draw(figure.Passage{Text: strings.Repeat("line\n", 2000)}, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := tall.PNG(io.Discard, 4); err == nil || !strings.Contains(err.Error(), "shorter passage") {
		t.Errorf("too tall: %v", err)
	}
}
