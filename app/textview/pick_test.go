package textview

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

const walkout = "Nine dockers walked out of the harbour, the union said.\n\nPolice watched from the quay all day."

// picking is a rig on an event and two actors, looking for the event's actor.
func picking(t *testing.T) *rig {
	r := linked(t, walkout, nil)
	r.SetLayers([]Layer{{Items: []Item{
		r.item("e", "event", "walked out"), r.item("a", "actor", "dockers"), r.item("b", "actor", "Police"), r.item("q", "quote", "of the harbour, the union said"),
	}, Editable: true}})
	r.CanLink = func(_, to, _ string) bool { return to == "a" || to == "b" }
	r.OnPick = func(from, kind string, q text.Range, key string) bool {
		r.log = append(r.log, fmt.Sprintf("pick %s %s %q %s", from, kind, r.Text().Slice(q), key))
		return key != "9"
	}
	r.OnAimEnd = func() { r.log = append(r.log, "end") }
	r.Choose("e")
	r.Pick("e", "actor")
	r.log = nil
	return r
}

func TestWordsArePickedByKeys(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		want string
	}{
		"the word after":                 {[]fyne.KeyName{fyne.KeyRight}, "of"},
		"the word before":                {[]fyne.KeyName{fyne.KeyLeft}, "dockers"},
		"two words before":               {[]fyne.KeyName{fyne.KeyLeft, fyne.KeyLeft}, "Nine"},
		"past the first":                 {[]fyne.KeyName{fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft}, "Nine"},
		"forth and back":                 {[]fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft}, "of"},
		"two words from the first":       {[]fyne.KeyName{fyne.KeyLeft, fyne.KeyLeft, "+", fyne.KeyRight}, "Nine dockers"},
		"backwards, and one given back":  {[]fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, "+", fyne.KeyLeft, "+", fyne.KeyLeft, "+", fyne.KeyRight}, "the harbour"},
		"the line below, a paragraph on": {[]fyne.KeyName{fyne.KeyDown, "+", fyne.KeyRight}, "from the"},
		"down and up again":              {[]fyne.KeyName{fyne.KeyDown, fyne.KeyUp}, "walked"},
	} {
		t.Run(name, func(t *testing.T) {
			r := picking(t)
			mods := fyne.KeyModifier(0)
			for _, k := range c.keys {
				if k == "+" {
					mods = fyne.KeyModifierShift
					continue
				}
				r.key(k, mods)
				mods = 0
			}
			r.wantSelection(c.want)
			r.log = nil
			r.key(fyne.KeyReturn, 0)
			r.wantLog(fmt.Sprintf("pick e actor %q ", c.want), "end")
			if r.Relating() {
				t.Error("the search goes on")
			}
		})
	}
}

func TestPickedWordsWithAKey(t *testing.T) {
	r := picking(t)
	r.key("2", 0)
	r.wantLog() // nothing is selected
	r.key(fyne.KeyRight, 0)
	r.key("9", 0) // not taken
	r.wantLog(`pick e actor "of" 9`)
	r.key("2", 0)
	r.wantLog(`pick e actor "of" 2`, "end")
}

func TestShiftGoesOnPicking(t *testing.T) {
	r := picking(t)
	r.key(fyne.KeyLeft, 0)
	r.key(fyne.KeyReturn, fyne.KeyModifierShift)
	r.wantLog(`pick e actor "dockers" `)
	r.key("A", fyne.KeyModifierShift) // the hint of the nearest possible end
	r.wantLog(`link e a "actor"`)
	r.click(r.at(r.find("Police").Start), fyne.KeyModifierShift)
	r.wantLog(`link e b "actor"`)
	if !r.Relating() {
		t.Fatal("the search has ended")
	}
	r.key(fyne.KeyEscape, 0)
	r.wantLog("end")
	r.wantSelection("")
}

func TestWordsArePickedByPointer(t *testing.T) {
	r := picking(t)
	r.drag(r.at(r.find("watched").Start), r.at(r.find("from").Start), 0)
	r.wantLog(`pick e actor "watched from" `, "end")

	r = picking(t)
	p := r.at(r.find("union").Start + 1)
	r.click(p, 0) // a quote lies there, to which no such link leads: a first click
	r.wantLog()
	r.again(p, 0)
	r.wantLog(`pick e actor "union" `, "end")

	r = picking(t)
	r.click(r.at(r.find("dockers").Start+1), 0)
	r.wantLog("end", `link e a "actor"`)

	r = picking(t)
	r.drag(r.at(r.find("dockers").Start), r.at(r.find("walked").Start), 0) // across a possible end
	r.wantLog(`pick e actor "dockers walked" `, "end")

	r = picking(t)
	r.click(fyne.NewPos(4, 120), 0) // beside the text
	r.wantLog("end")
}

func TestPickingFromRightToLeft(t *testing.T) {
	const arabic = "أضرب العمال في الميناء أمس"
	r := linked(t, arabic, nil)
	r.SetLayers([]Layer{{Items: []Item{r.item("e", "event", "أضرب")}, Editable: true}})
	r.Choose("e")
	r.Pick("e", "actor")
	r.key(fyne.KeyLeft, 0) // on in the text
	r.wantSelection("العمال")
	r.key(fyne.KeyLeft, fyne.KeyModifierShift)
	r.wantSelection("العمال في")
	r.key(fyne.KeyRight, 0)
	r.wantSelection("العمال")
}

func TestPickingCharacters(t *testing.T) {
	r := linked(t, "四千名码头工人罢工", nil)
	r.SetLayers([]Layer{{Items: []Item{r.item("e", "event", "罢工")}, Editable: true}})
	r.SetGranularity(text.Character)
	r.Choose("e")
	r.Pick("e", "actor")
	for range 2 {
		r.key(fyne.KeyLeft, fyne.KeyModifierShift)
	}
	r.wantSelection("工人")
}

func TestAPickEndsWithItsItem(t *testing.T) {
	r := picking(t)
	r.RemoveItem(0, "e")
	r.refresh()
	if r.Relating() {
		t.Error("the search goes on from an item that is gone")
	}
	r.wantLog("end")
	r = picking(t)
	r.SetText(text.New("Another article."))
	r.wantLog("end")
}
