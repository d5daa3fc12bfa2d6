package session

import "lede/annotate"

// Place is somewhere in the project that one can come back to.
type Place struct {
	Article annotate.ID
	Title   string      // of the article, for the menu
	Offset  int         // the first code point in sight
	Span    annotate.ID // the chosen span, "" for none
}

// nearby is how far apart, in code points, two places may be that are one: about
// half a screen.
const nearby = 600

func (p Place) near(q Place) bool {
	return p.Article == q.Article && max(p.Offset-q.Offset, q.Offset-p.Offset) < nearby
}

// Places remembers where jumps began, so that one can go back and forward again as
// in a browser. It is given the place that is left; places near each other are one.
type Places struct{ back, forward []Place }

// mostPlaces is how many places are remembered.
const mostPlaces = 200

// Leave hears that a jump leaves a place. There is nothing to go forward to then.
func (p *Places) Leave(from Place) {
	p.forward = nil
	p.back = push(p.back, from)
}

// Back is the place to go back to from now, which forward then leads to again. ok
// is false when there is none.
func (p *Places) Back(now Place) (to Place, ok bool) {
	return step(&p.back, &p.forward, now)
}

// Forward is the place that Back was called from.
func (p *Places) Forward(now Place) (to Place, ok bool) {
	return step(&p.forward, &p.back, now)
}

// NextBack and NextForward say where Back and Forward would lead.
func (p *Places) NextBack(now Place) (Place, bool) { return peek(p.back, now) }

// NextForward says where Forward would lead.
func (p *Places) NextForward(now Place) (Place, bool) { return peek(p.forward, now) }

// Forget drops the places in an article that is no longer there.
func (p *Places) Forget(article annotate.ID) {
	for _, stack := range []*[]Place{&p.back, &p.forward} {
		var kept []Place
		for _, place := range *stack {
			if place.Article != article {
				kept = append(kept, place)
			}
		}
		*stack = kept
	}
}

func push(stack []Place, place Place) []Place {
	if n := len(stack); n > 0 && stack[n-1].near(place) {
		stack[n-1] = place
		return stack
	}
	stack = append(stack, place)
	return stack[max(0, len(stack)-mostPlaces):]
}

// top is where in a stack the nearest place is that is another than now, -1 for
// none.
func top(stack []Place, now Place) int {
	i := len(stack) - 1
	for i >= 0 && stack[i].near(now) {
		i--
	}
	return i
}

func peek(stack []Place, now Place) (Place, bool) {
	i := top(stack, now)
	if i < 0 {
		return Place{}, false
	}
	return stack[i], true
}

func step(from, to *[]Place, now Place) (Place, bool) {
	i := top(*from, now)
	if i < 0 {
		return Place{}, false
	}
	place := (*from)[i]
	*from = (*from)[:i]
	if now.Article != "" {
		*to = push(*to, now)
	}
	return place, true
}
