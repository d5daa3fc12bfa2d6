package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Icon is a drawing of the one family: lines of 1.6 in a square of 24, round
// ends.
type Icon struct {
	widget.BaseWidget
	Name  IconName
	Color theme.Name
	Side  float32
}

// IconName names a drawing.
type IconName string

// The drawings.
const (
	IconDown   IconName = "down"
	IconCheck  IconName = "check"
	IconPlus   IconName = "plus"
	IconClose  IconName = "close"
	IconPlay   IconName = "play"
	IconOpen   IconName = "open"
	IconReturn IconName = "return"
	IconWarn   IconName = "warn"
	IconInfo   IconName = "info"
	IconLock   IconName = "lock"
	IconTrash  IconName = "trash"
	IconFlag   IconName = "flag"
	IconSearch IconName = "search"
	IconClock  IconName = "clock"
	IconRight  IconName = "right"
	IconPin    IconName = "pin"
	IconPinned IconName = "pinned"

	IconChevronUp   IconName = "chevronUp"
	IconChevronDown IconName = "chevronDown"
)

// drawings are paths: "F" before one fills it.
var drawings = map[IconName][]string{
	IconDown:   {"F M7 10 L17 10 L12 16 Z"},
	IconRight:  {"M9 6 L15 12 L9 18"},
	IconCheck:  {"M5 12.5 L10 17.5 L19.5 7"},
	IconPlus:   {"M12 5 L12 19", "M5 12 L19 12"},
	IconClose:  {"M6.5 6.5 L17.5 17.5", "M17.5 6.5 L6.5 17.5"},
	IconPlay:   {"F M7 5 L19 12 L7 19 Z"},
	IconOpen:   {"M12 15 L12 4", "M7.5 8.5 L12 4 L16.5 8.5", "M5 14 L5 19 L19 19 L19 14"},
	IconReturn: {"M19 6 L19 13 L6 13", "M10 9 L6 13 L10 17"},
	IconWarn:   {"M12 4 L21 19.5 L3 19.5 Z", "M12 10 L12 14.5", "M12 16.8 L12 17.2"},
	IconInfo:   {"M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 Z", "M12 11 L12 16.5", "M12 7.6 L12 8"},
	IconLock:   {"M6 11 L18 11 L18 20 L6 20 Z", "M8.5 11 L8.5 8 A3.5 3.5 0 0 1 15.5 8 L15.5 11"},
	IconTrash:  {"M5 7 L19 7", "M9.5 7 L9.5 4.5 L14.5 4.5 L14.5 7", "M7 7 L8 19.5 L16 19.5 L17 7"},
	IconFlag:   {"M6 21 L6 4", "M6 5 L18 5 L15 9 L18 13 L6 13"},
	IconSearch: {"M10.5 4.5 A6 6 0 1 0 10.5 16.5 A6 6 0 1 0 10.5 4.5 Z", "M15 15 L20 20"},
	IconClock:  {"M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 Z", "M12 7.5 L12 12 L15.5 14"},
	IconPin:    {"M9 4 L15 4 L14.2 10.2 L17.5 13.5 L6.5 13.5 L9.8 10.2 Z", "M12 13.5 L12 20.5"},
	IconPinned: {"F M8 3.5 L16 3.5 L14.8 10 L18 14 L6 14 L9.2 10 Z", "M12 14 L12 20.5"},

	IconChevronUp:   {"M6 15 L12 9 L18 15"},
	IconChevronDown: {"M6 9 L12 15 L18 9"},
}

// NewIcon makes a drawing in a square of the given side.
func NewIcon(name IconName, side float32, c theme.Name) *Icon {
	i := &Icon{Name: name, Side: side, Color: c}
	i.ExtendBaseWidget(i)
	return i
}

// CreateRenderer is for Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	r := &iconRenderer{i: i, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.image.Resource = iconResource(i.Name, theme.Color(i.Color))
	return laidOut(r, i.Size())
}

type iconRenderer struct {
	i     *Icon
	image *canvas.Image
}

func (r *iconRenderer) Destroy()                     {}
func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) MinSize() fyne.Size           { return fyne.NewSize(r.i.Side, r.i.Side) }

func (r *iconRenderer) Layout(s fyne.Size) {
	place(r.image, (s.Width-r.i.Side)/2, (s.Height-r.i.Side)/2, r.i.Side, r.i.Side)
}

func (r *iconRenderer) Refresh() {
	if res := iconResource(r.i.Name, theme.Color(r.i.Color)); r.image.Resource != res {
		r.image.Resource = res
		r.image.Refresh()
	}
}

var iconCache = map[string]fyne.Resource{}

func iconResource(name IconName, c color.Color) fyne.Resource {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	key := fmt.Sprintf("icon-%s-%02x%02x%02x.svg", name, n.R, n.G, n.B)
	if res := iconCache[key]; res != nil {
		return res
	}
	ink := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`
	for _, path := range drawings[name] {
		if path[0] == 'F' {
			svg += fmt.Sprintf(`<path d="%s" fill="%s" stroke="none"/>`, path[2:], ink)
			continue
		}
		svg += fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`, path, ink)
	}
	res := fyne.NewStaticResource(key, []byte(svg+"</svg>"))
	iconCache[key] = res
	return res
}
