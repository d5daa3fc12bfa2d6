package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
	"lede/app/figure"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// Drawing is what pictures of passages need beside what comes with every build.
// The zero value draws no emoji.
type Drawing struct {
	Fonts func(*layout.Library) // adds fonts
	Emoji figure.Emoji
}

// renderFlags are the flags of lede render.
type renderFlags struct {
	out, format, span, annotator, theme string
	spans, labels                       []string
	width, scale                        float64
	noChips, relations, title, sans     bool
	force, dryRun, json                 bool
}

var pictureFormats = []string{"svg", "png", "html"}

func (a *app) renderCommand() *cobra.Command {
	var f renderFlags
	cmd := &cobra.Command{
		Use:   "render PROJECT ARTICLE --out FILE.svg|png|html",
		Short: "Draw an article, or a passage of it, as a picture or page",
		Long: `Render draws an article with its spans as the window shows it: for a paper, a
talk or a mail. ARTICLE is its id, #3 for the third one, or the beginning of its
title. FILE's ending chooses what is made: svg or png, a picture of the passage,
or html, a page of the whole article (docs/formats/html.md).

In svg the letters are outlines, so that it looks the same everywhere; the text is
in its description. Emoji are small pictures; a build without a window has none,
draws empty boxes and says so.`,
		Example: "  lede render strike.lede varno-1 --out strike.svg --range 0:340 --relations\n" +
			"  lede render strike.lede '#2' --out figure.png --scale 3 --theme dark --title\n" +
			"  lede render strike.lede 'Dockers walk' --out page.html",
		Args: takes(2, 2, "a project and an article"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return a.render(cmd.Context(), args[0], args[1], f)
		},
		ValidArgsFunction: onlyProject,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "file to make, or - for the standard output")
	flags.StringVar(&f.format, "format", "", "svg, png or html (default: by the file's ending)")
	flags.StringVar(&f.span, "range", "", "the passage, as START:END in characters (default: the whole article)")
	flags.StringSliceVar(&f.spans, "spans", nil, "the passage: the sentences of the spans with these ids")
	flags.StringSliceVar(&f.labels, "labels", nil, "draw spans with these labels only")
	flags.StringVar(&f.annotator, "annotator", "", "whose spans are drawn")
	flags.StringVar(&f.theme, "theme", "light", "light or dark")
	flags.Float64Var(&f.width, "width", 0, "width of the picture in pixels (default 668; a short text makes a narrower one)")
	flags.Float64Var(&f.scale, "scale", 2, "pixels of a png for each pixel of the window")
	flags.BoolVar(&f.noChips, "no-chips", false, "leave out the labels above the spans")
	flags.BoolVar(&f.relations, "relations", false, "draw relations as arcs")
	flags.BoolVar(&f.title, "title", false, "title, source and date above the text")
	flags.BoolVar(&f.sans, "sans", false, "draw the text without serifs")
	flags.BoolVar(&f.force, "force", false, "replace the file that is there")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be drawn, and write nothing")
	flags.BoolVar(&f.json, "json", false, "report as JSON")
	a.readsAsOf(cmd, "draw from")
	complete(cmd, "theme", func() []string { return []string{"light", "dark"} })
	complete(cmd, "format", func() []string { return pictureFormats })
	return cmd
}

// check fills in the format and refuses what cannot be meant.
func (f *renderFlags) check(cmd *cobra.Command) error {
	if f.out == "" {
		return misuse(cmd, "--out is needed: a file that ends in .svg, .png or .html, or -")
	}
	if f.format == "" {
		f.format = strings.ToLower(strings.TrimPrefix(filepath.Ext(f.out), "."))
		if f.format == "htm" {
			f.format = "html"
		}
	}
	switch { // what is not a number is not within either
	case !slices.Contains(pictureFormats, f.format) && f.out == "-":
		return misuse(cmd, "with --out - the --format is needed: svg, png or html")
	case !slices.Contains(pictureFormats, f.format):
		return misuse(cmd, "--out should end in .svg, .png or .html, or --format say which of them is meant")
	case f.theme != "light" && f.theme != "dark":
		return misuse(cmd, "--theme is light or dark, and %q is neither", f.theme)
	case f.span != "" && len(f.spans) > 0:
		return misuse(cmd, "--range and --spans both choose the passage; give one of them")
	case f.width != 0 && !(f.width >= figure.Least && f.width <= 10_000):
		return misuse(cmd, "--width is from %d to 10000 pixels", figure.Least)
	case !(f.scale > 0 && f.scale <= 16):
		return misuse(cmd, "--scale is more than 0 and at most 16")
	case f.out == "-" && f.json && !f.dryRun:
		return misuse(cmd, "--json and --out - both want the standard output")
	}
	if f.format != "html" {
		return nil
	}
	for _, flag := range []string{"range", "spans", "labels", "width", "scale", "relations", "title", "sans"} {
		if cmd.Flags().Changed(flag) {
			return misuse(cmd, "--%s is for pictures; a page holds the whole article", flag)
		}
	}
	return nil
}

// rendered is what render --json reports.
type rendered struct {
	Out       string   `json:"out"`
	Format    string   `json:"format"`
	Article   string   `json:"article"`
	Annotator string   `json:"annotator"`
	Range     [2]int   `json:"range"`
	Width     int      `json:"width,omitempty"` // pixels of the file
	Height    int      `json:"height,omitempty"`
	Spans     int      `json:"spans"`
	Relations int      `json:"relations"`
	Undrawn   []string `json:"undrawn"` // characters that no font has
}

func (a *app) render(ctx context.Context, project, article string, f renderFlags) error {
	if f.out != "-" {
		if err := mayReplace("render", f.out, project, f.force); err != nil {
			return err
		}
	}
	var raw bytes.Buffer
	report := rendered{Out: f.out, Format: f.format, Undrawn: []string{}}
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		src, set, err := a.renderSource(ctx, store, article, f)
		if err != nil {
			return err
		}
		report.Article, report.Annotator = src.Article.Ref, set
		if f.format == "html" {
			report.Range, report.Spans, report.Relations = [2]int{0, src.Text.Len()}, len(src.Spans), len(src.Relations)
			return writePage(ctx, store, src.Article.ID, set, f, &raw)
		}
		return a.draw(src, f, &report, &raw)
	})
	if err != nil {
		return err
	}
	return a.keepRendered(f, report, raw.Bytes())
}

// writePage exports one article as a page.
func writePage(ctx context.Context, store annotate.Store, id annotate.ID, annotator string, f renderFlags, to io.Writer) error {
	labels := "yes"
	if f.noChips {
		labels = "no"
	}
	_, err := format.Export(ctx, store, format.ExportOptions{
		Format: "html", Stdout: to, Articles: []annotate.ID{id}, Annotator: annotator,
		Options: map[string]string{"pages": "one", "theme": f.theme, "labels": labels},
	})
	return err
}

// draw draws the passage.
func (a *app) draw(src figure.Source, f renderFlags, report *rendered, to io.Writer) error {
	at, err := f.passage(src)
	if err != nil {
		return err
	}
	style := look.Light()
	if f.theme == "dark" {
		style = look.Dark()
	}
	fonts := layout.NewBundle(layout.SystemFonts())
	fonts.SetOwn(a.Settings.Settings().FontFile)
	if a.Drawing.Fonts != nil {
		a.Drawing.Fonts(fonts.Library)
	}
	passage := src.Passage(at, f.theme == "dark")
	scene, err := figure.Draw(passage, figure.Options{
		Fonts: fonts, Emoji: a.Drawing.Emoji, Style: style, Sans: f.sans, Width: float32(f.width),
		Chips: !f.noChips, Arcs: f.relations, Head: f.title,
	})
	if err != nil {
		return refuseRender(src.Article.Ref, err)
	}
	scale := float32(1)
	if f.format == "png" {
		scale = float32(f.scale)
		err = scene.PNG(to, scale)
	} else {
		err = scene.SVG(to)
	}
	if err != nil {
		return refuseRender(src.Article.Ref, err)
	}
	report.Range, report.Spans = [2]int{at.Start, at.End}, len(passage.Spans)
	if f.relations {
		report.Relations = len(passage.Links)
	}
	report.Width, report.Height = int(math.Ceil(float64(scene.Width*scale))), int(math.Ceil(float64(scene.Height*scale)))
	report.Undrawn = append(report.Undrawn, scene.Undrawn...)
	for _, r := range fonts.Missing() {
		report.Undrawn = append(report.Undrawn, string(r))
	}
	return nil
}

func refuseRender(subject string, err error) error {
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Op: "render", Subject: subject, Detail: err.Error() + ".",
		Hint: "Choose a passage with --range START:END; a page (--out FILE.html) has no limit.",
	}
}

// passage is the range that is drawn.
func (f *renderFlags) passage(src figure.Source) (text.Range, error) {
	all := text.Range{Start: 0, End: src.Text.Len()}
	if len(f.spans) > 0 {
		return sentencesOf(src, f.spans)
	}
	if f.span == "" {
		return all, nil
	}
	from, to, _ := strings.Cut(f.span, ":")
	start, err := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil || start < 0 || start >= end || end > all.End {
		return all, &UsageError{fmt.Sprintf(
			"render: --range is START:END in characters, from 0:1 to 0:%d in this article, and %q is not.", all.End, f.span)}
	}
	return text.Range{Start: start, End: end}, nil
}

// sentencesOf is from the first sentence of the spans to their last one.
func sentencesOf(src figure.Source, ids []string) (text.Range, error) {
	var at text.Range
	for _, id := range ids {
		i := slices.IndexFunc(src.Spans, func(s annotate.Span) bool { return string(s.ID) == id })
		if i < 0 {
			return at, &annotate.Error{
				Kind: annotate.ErrNotFound, Op: "render", Subject: src.Article.Ref, Detail: fmt.Sprintf("no span has the id %q.", id),
				Hint: "“lede export PROJECT --format jsonl --out -” lists spans with their ids.",
			}
		}
		f := src.Spans[i].Fragments
		from, to := src.Text.Sentence(f.Start()).Start, src.Text.Sentence(max(f.Start(), f.End()-1)).End
		if at.Empty() {
			at = text.Range{Start: from, End: to}
		}
		at = text.Range{Start: min(at.Start, from), End: max(at.End, to)}
	}
	return src.Text.Trim(at), nil
}

// keepRendered writes the file and says what is in it.
func (a *app) keepRendered(f renderFlags, r rendered, raw []byte) error {
	if len(r.Undrawn) > 0 {
		a.note("lede: no font here draws %s; they are empty boxes. A font for them, or the build with a window, helps.", strings.Join(slices.Compact(slices.Clone(r.Undrawn)), " "))
	}
	verb := "Would draw"
	if !f.dryRun {
		verb = "Drew"
		if f.out == "-" {
			_, err := a.Stdout.Write(raw)
			return err
		}
		if err := replace(f.out, func(temp string) error { return fault("render", f.out, os.WriteFile(temp, raw, 0o644)) }); err != nil { // a picture is for others to see
			return err
		}
	}
	if f.json {
		return a.asJSON(r)
	}
	size := ""
	if r.Width > 0 {
		size = fmt.Sprintf(", %d × %d pixels", r.Width, r.Height)
	}
	return a.say("%s %s with %s as %s%s to %s.", verb, r.Article, plural(r.Spans, "span"), r.Format, size, f.out)
}
