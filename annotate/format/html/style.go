package html

import (
	"fmt"
	"strings"

	"lede/annotate"
)

// tones are the colours of a page, those of the window. (annotate cannot import
// them from app; a test there compares.)
type tones struct {
	page, text, dim, hairline, raised, accent string
	fill                                      float64 // opacity
}

var (
	light = tones{"#fcfbf8", "#202124", "#6b6d72", "#e3e0d8", "#ffffff", "#2f5da8", 0.16}
	dark  = tones{"#1c1d20", "#e7e5df", "#9a9ca2", "#2c2e33", "#24262a", "#8ab4f8", 0.22}
)

// colors are the colours of page and labels as properties, in light and dark.
func (p *page) colors() string {
	var b strings.Builder
	onScreen := map[string]string{"auto": "light dark", "light": "light", "dark": "dark"}[p.job.Settings["theme"]]
	fmt.Fprintf(&b, ":root{color-scheme:%s;%s}\n", onScreen, p.properties(p.job.Settings["theme"] == "dark"))
	switch p.job.Settings["theme"] {
	case "auto":
		fmt.Fprintf(&b, "@media (prefers-color-scheme:dark){:root{%s}}\n", p.properties(true))
		fallthrough
	case "dark":
		fmt.Fprintf(&b, "@media print{:root{color-scheme:light;%s;--page:#ffffff}}\n", p.properties(false))
	}
	for i, l := range p.job.Schema.Labels {
		fmt.Fprintf(&b, ".l%d{--c:var(--c%d);--f:var(--f%d);%s}\n", i, i, i, pattern(l.Pattern))
	}
	for lane := 1; lane < deepest; lane++ {
		fmt.Fprintf(&b, ".k%d{--w:var(--deep,2px);padding-bottom:%gpx}\n", lane, 3.5+laneStep*float64(lane-1))
	}
	return b.String()
}

// laneStep is the distance of the lines of deeper lanes, in pixels.
const laneStep = 3

func (p *page) properties(night bool) string {
	t := light
	if night {
		t = dark
	}
	var b strings.Builder
	fmt.Fprintf(&b, "--page:%s;--text:%s;--dim:%s;--hairline:%s;--raised:%s;--accent:%s", t.page, t.text, t.dim, t.hairline, t.raised, t.accent)
	for i, l := range p.job.Schema.Labels {
		color := l.Color
		if night {
			color = l.InDark()
		}
		r, g, bl, ok := annotate.RGB(color)
		if !ok {
			color = t.dim
			r, g, bl, _ = annotate.RGB(color)
		}
		fmt.Fprintf(&b, ";--c%d:#%02x%02x%02x;--f%d:rgba(%d,%d,%d,%.2f)", i, r, g, bl, i, r, g, bl, t.fill)
	}
	return b.String()
}

// pattern is the form of a label's line.
func pattern(p annotate.Pattern) string {
	switch p {
	case annotate.Dashed, annotate.Dotted:
		return "--s:" + string(p)
	case annotate.Double:
		return "--s:double;--w:3px;--deep:3px"
	default:
		return "--s:solid"
	}
}

// sheet is the rest of the look. A fragment's line is the border of its element,
// lower in deeper lanes; only outermost ones are filled. Borders and plain colours
// are what every printer draws.
const sheet = `*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:13px/1.5 "Noto Sans",system-ui,sans-serif}
article,nav,.top{max-width:668px;margin:0 auto;padding:24px}
.top{padding-bottom:0;margin-bottom:-16px}
h1{font:700 25px/1.4 "Noto Serif",Georgia,serif;margin:0}
h2{font:600 16px/1.4 "Noto Sans",system-ui,sans-serif;margin:32px 0 8px;padding-top:16px;border-top:1px solid var(--hairline)}
h3{font:700 11px/1.4 "Noto Sans",system-ui,sans-serif;letter-spacing:.5px;text-transform:uppercase;color:var(--dim);margin:24px 0 8px}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
.facts,.dim,dt{color:var(--dim)}
.facts{margin:4px 0 12px}
.text{font:18px/42px "Noto Serif",Georgia,"Times New Roman",serif;margin:8px 0 24px}
.text p{margin:0 0 8px;overflow-wrap:break-word}
.text .b{height:12px;margin:0;white-space:pre;overflow:hidden}
.text .w{white-space:pre-wrap;tab-size:4}
mark,.m{background:none content-box;color:inherit;border-bottom:var(--w,2.5px) var(--s) var(--c)}
mark{position:relative}
p>mark,.m{background-color:var(--f)}
mark[data-t]::before{content:attr(data-t);position:absolute;inset-inline-start:0;top:-9px;margin-inline-start:var(--x,0);font:700 8.5px/10px "Noto Sans",system-ui,sans-serif;letter-spacing:.02em;white-space:nowrap;color:var(--c);unicode-bidi:isolate;pointer-events:none}
a.r::after{content:attr(data-r);font:700 9px/0 "Noto Sans",system-ui,sans-serif;vertical-align:super;margin-inline-start:2px;unicode-bidi:isolate}
mark:target{outline:1.5px solid var(--c);outline-offset:1px;border-radius:3px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0 0 16px;padding:0;color:var(--dim)}
.m{color:var(--text);white-space:nowrap}
dl{margin:4px 0 12px}
dl div{display:flex;gap:8px}
dt{flex:0 0 112px;overflow-wrap:break-word;min-width:0}
dd{margin:0;min-width:0;overflow-wrap:anywhere;white-space:pre-wrap}
ol.spans,ol.relations{margin:0;padding:0;list-style:none;border-top:1px solid var(--hairline)}
ol.spans>li,ol.relations>li{padding:8px 0;border-bottom:1px solid var(--hairline)}
ol.relations{list-style:decimal inside}
ol.relations>li::marker{color:var(--accent);font-weight:700}
li:target{background:var(--raised);outline:1.5px solid var(--accent);outline-offset:1px;border-radius:3px}
ol.spans dl,ol.relations dl,ul.relations{margin:4px 0 0 24px}
ul.relations{padding:0;list-style:none}
nav ol{padding-inline-start:32px}
nav li{margin:4px 0}
article+article{border-top:1px solid var(--hairline)}
@media (forced-colors:active){mark{text-decoration:underline;forced-color-adjust:none}}
@media print{body{-webkit-print-color-adjust:exact;print-color-adjust:exact}.top{display:none}article,nav{max-width:none;padding:0}article+article{break-before:page;border:0}.text{font-size:11pt;line-height:26pt}.text p{orphans:2;widows:2}ol.spans>li,ol.relations>li{break-inside:avoid}h1,h2,h3{break-after:avoid}a{color:inherit}}
`
