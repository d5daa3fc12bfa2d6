package reader

import (
	"lede/annotate/text"
	"lede/app/textview"
	"lede/app/theme"
)

// hitLabel is the label under which the view knows the places that were found.
const hitLabel = "find.hit"

// ShowHits paints the places that were found in the article, and that one is at
// none of them. They stay when spans come and go; another article has none.
func (r *Reader) ShowHits(hits []text.Range) {
	if len(hits) == 0 && len(r.hits) == 0 {
		return
	}
	r.hits, r.here = hits, text.Range{}
	r.paintHits()
}

// ShowHere paints the place one is at stronger; an empty range is none.
func (r *Reader) ShowHere(at text.Range) {
	if r.here != at {
		r.here = at
		r.View.SetLayer(here, r.hereLayer())
	}
}

func (r *Reader) paintHits() {
	r.View.SetLayer(found, r.hitsLayer())
	r.View.SetLayer(here, r.hereLayer())
}

// hitsLayer has one item with a fragment for each place: what it costs is little
// more than the places themselves.
func (r *Reader) hitsLayer() textview.Layer {
	l := textview.Layer{Name: "found", Style: textview.LayerStyle{Plain: true, Color: theme.Color(theme.Found)}}
	if len(r.hits) > 0 {
		l.Items = []textview.Item{{ID: "found", Label: hitLabel, Fragments: r.hits}}
	}
	return l
}

func (r *Reader) hereLayer() textview.Layer {
	l := textview.Layer{Name: "here", Style: textview.LayerStyle{Plain: true, Outline: true, HideMarks: true, Color: theme.Color(theme.Found)}}
	if !r.here.Empty() {
		l.Items = []textview.Item{{ID: "here", Label: hitLabel, Fragments: []text.Range{r.here}}}
	}
	return l
}
