package textview

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// withLinks is a rig in which every span has a link to the next one and one to a
// span far away, and the first span one to each.
func withLinks(b *testing.B, bytes, spans int) *rig {
	b.Helper()
	r := newRig(b, article(bytes), 712, 750)
	r.OnLink = func(_, _, _ string) {}
	items := someItems(bytes, spans)
	var links []Link
	for i := range items {
		links = append(
			links,
			Link{fmt.Sprint("n", i), items[i].ID, items[(i+1)%spans].ID, "speaker"},
			Link{fmt.Sprint("f", i), items[i].ID, items[(i*7919+spans/2)%spans].ID, "about"},
			Link{fmt.Sprint("h", i), items[0].ID, items[i].ID, "cue"},
		)
	}
	r.SetLayers([]Layer{{Items: items, Links: links, Editable: true}})
	return r
}

// BenchmarkLinks scrolls with all relations drawn, goes on while the other end of
// one is looked for, and adds a relation.
func BenchmarkLinks(b *testing.B) {
	for _, s := range scenes {
		scroll := func(r *rig, i int) {
			down := float32(-1)
			if i/2000%2 == 1 {
				down = 1
			}
			r.clock.pass(frame)
			r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 31*down)})
		}
		b.Run("scroll all/"+s.name, func(b *testing.B) {
			r := withLinks(b, s.bytes, s.spans)
			r.SetAllLinks(true)
			r.Choose("s0")
			b.ResetTimer()
			start := time.Now()
			for i := range b.N {
				scroll(r, i)
			}
			report(b, time.Since(start), scrollBound)
		})
		b.Run("scroll hints/"+s.name, func(b *testing.B) {
			r := withLinks(b, s.bytes, s.spans)
			r.Relate("s0", "", "words")
			b.ResetTimer()
			start := time.Now()
			for i := range b.N {
				scroll(r, i)
			}
			report(b, time.Since(start), scrollBound)
		})
		b.Run("relate/"+s.name, func(b *testing.B) {
			r := withLinks(b, s.bytes, s.spans)
			r.Choose("s1")
			b.ResetTimer()
			start := time.Now()
			for i := range b.N {
				r.PutLink(0, Link{fmt.Sprint("new", i%200), "s1", fmt.Sprint("s", 2+i%(s.spans-2)), "speaker"})
			}
			report(b, time.Since(start), tagBound)
		})
	}
}
