package reader

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/theme"
	"lede/app/widgets"
)

// banner is a calm line above the article: why nothing can be changed, or an
// offer that can be waved away.
type banner struct {
	object *fyne.Container
	words  *widgets.Words
	links  *fyne.Container
	icon   *widgets.Icon
}

func newBanner() *banner {
	b := &banner{words: widgets.NewElastic("", theme.TextSize, theme.Text), icon: widgets.NewIcon(widgets.IconInfo, 16, theme.Dim)}
	b.links = widgets.NewRow(4)
	back := widgets.NewFill(theme.Tint)
	row := widgets.NewFrame(nil, nil, container.NewCenter(b.icon), container.NewCenter(b.links),
		widgets.NewPadded(widgets.Pad{Left: 10, Top: 9, Right: 8, Bottom: 8}, b.words))
	b.object = container.NewStack(back, widgets.NewPadded(widgets.Pad{Left: 22, Right: 14}, row))
	b.object.Hide()
	return b
}

// Offer is something that a banner offers to do.
type Offer struct {
	Title string
	Do    func()
}

func (b *banner) show(icon widgets.IconName, words string, offers ...Offer) {
	b.icon.Name = icon
	b.icon.Refresh()
	b.words.SetText(words)
	b.links.Objects = nil
	for _, o := range offers {
		b.links.Add(widgets.NewLink(o.Title, o.Do))
	}
	b.object.Show()
	b.object.Refresh()
}

// Banner shows why nothing can be changed, or takes that away.
func (r *Reader) Banner() {
	s := r.o.Session
	why := s.ReadOnly()
	r.bar.lock(why != "")
	switch {
	case why == "" && r.offered == "":
		r.hideBanner()
	case why == "":
		r.banner.show(widgets.IconInfo, r.offered, r.offers...)
	case s.Store().Info().AsOf != nil:
		r.hideBanner() // a line above the whole project says it
	case s.Store().Info().ReadOnly:
		r.banner.show(widgets.IconLock, "You can read, but not change anything. "+why)
	default:
		r.banner.show(widgets.IconLock, why, Offer{"Back to mine", r.o.Mine})
	}
	r.Object.Refresh()
}

func (r *Reader) hideBanner() {
	if r.banner.object.Visible() {
		r.banner.object.Hide()
	}
}

// Offer shows a line with things to do until one of them is done or the line is
// taken away with "".
func (r *Reader) Offer(words string, offers ...Offer) {
	r.offered, r.offers = words, offers
	r.Banner()
}
