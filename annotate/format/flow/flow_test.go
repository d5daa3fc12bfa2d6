package flow_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lede/annotate/format/flow"
)

func TestHTML(t *testing.T) {
	for page, want := range map[string]string{
		`<p>She speaks</p><p>Angela left.</p>`:                         "She speaks\n\nAngela left.",
		`<div>one</div><div>two</div>`:                                 "one\ntwo",
		"a <b>b</b>\n  <i> c</i>d":                                     "a b cd",
		`a<br>b<br><br><br>c`:                                          "a\nb\n\nc",
		`<p>a<br></p><p>b`:                                             "a\n\nb",
		`<div>a</div><div><br></div><div>b</div>`:                      "a\n\nb",
		`<p>a</p><p>&nbsp;</p><p>b&nbsp;c</p>`:                         "a\n\nb\u00a0c",
		`<ul><li>one<li>two<ul><li>three</ul></ul>after`:               "one\ntwo\n\nthree\n\nafter",
		`<table><tr><th>A<th>B<tr><td><p>1</p><td></td><td>3</table>x`: "A\tB\n1\t\t3\n\nx",
		`<table><tr><td></td><td>2</table>`:                            "2",
		`x<table><tr><td></td><td>2<br>3</td></tr><tr><td>4</table>`:   "x\n\n\t2\n3\n4",
		`<table><tr><td><p>a</p><p>b</p></td><td>c</td></table>`:       "a\n\nb\n\nc",
		`<table><tr><td><table><tr><td>a<td>b</table></table>`:         "a\tb",
		"<pre>a\n  b\n\n\nc</pre>d":                                    "a\n  b\n\n\nc\n\nd",
		`<script>x</script><style>y</style>a<!-- b --><p hidden>c</p><p style="DISPLAY: none">d</p><svg><text>e</text></svg>`: "a",
		`&amp;lt; &#8220;q&#8221; soft&shy;hyphen &zwj;`:                                                                      "&lt; “q” soft\u00adhyphen \u200d",
		`<dl><dt>a<dd>b</dl>`: "a\nb",
		``:                    "",
		`a<span> </span>b`:    "a b",
		"a\u2003b":            "a\u2003b",
		`<p>a <p> b`:          "a\n\nb",
	} {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		if got := flow.HTML(doc, flow.Page{}); got != want {
			t.Errorf("%s\n%q\nwant\n%q", page, got, want)
		}
	}
}
